from dataclasses import replace

import pytest

from bot.answering.rewriting import asks_again, leans, stand_alone, without_subject
from bot.answering.types import Turn
from bot.bootstrap import Byline


@pytest.mark.parametrize(
    ("first", "follow_up", "standalone"),
    [
        ("what did Petra Lindqvist say about beams?", "and about vans?", "What did Petra Lindqvist say about vans?"),
        ("what did Petra Lindqvist say about beams?", "what about vans", "What did Petra Lindqvist say about vans?"),
        ("what did Petra Lindqvist say about beams?", "and Omar Reyes?", "What did Omar Reyes say about beams?"),
        ("what did Petra Lindqvist say about beams?", "when was that?", "When did Petra Lindqvist speak about beams?"),
        ("what did Petra Lindqvist say about beams?", "what else did she say?", "What else did Petra Lindqvist say?"),
        ("what did Petra Lindqvist say about beams?", "did she add anything?", "What else did Petra Lindqvist say?"),
        ("what did Petra Lindqvist say about beams?", "who is she?", "who is Petra Lindqvist?"),
        ("what did Petra Lindqvist say about beams?", "what is her job?", "what is Petra Lindqvist's job?"),
        ("who said the closure would ruin his season?", "what else did he say?", "What else did Omar Reyes say?"),
        ("who is Ida Brandt?", "and Omar Reyes?", "Who is Omar Reyes?"),
        ("what did Petra Lindqvist say about beams?", "why?", "Why did Petra Lindqvist speak about beams?"),
        ("what is Petra Lindqvist's job?", "and about beams?", "What did Petra Lindqvist say about beams?"),
        ("when will the old pier close?", "why", "Why will the old pier close?"),
        ("what did Petra Lindqvist say about beams?", "what does he think?", "what does Omar Reyes think?"),
        (
            "when will the old pier close?",
            "and for how many weeks?",
            "for how many weeks: when will the old pier close?",
        ),
        ("when will the old pier close?", "In what way", "In what way: when will the old pier close?"),
        (
            "what did Petra Lindqvist say about beams?",
            "and among Norwegians?",
            "what did Petra Lindqvist say about beams, and among Norwegians?",
        ),
        ("when will the old pier close?", "In which newspaper?", "In which newspaper?"),
        (
            "what did Petra Lindqvist say about beams?",
            "on which day?",
            "on which day did Petra Lindqvist speak about beams?",
        ),
        ("what did Petra Lindqvist say about beams?", "who else did she warn?", "who else did Petra Lindqvist warn?"),
        ("what did Petra Lindqvist say about beams?", "who else said that?", "who else said that (beams)?"),
        (
            "what did Petra Lindqvist say about beams?",
            "and Under Armour?",
            "What did Petra Lindqvist say about Under Armour?",
        ),
        ("what did Petra Lindqvist say about beams?", "who are her in-laws?", "who are Petra Lindqvist's in-laws?"),
        (
            "what did Petra Lindqvist say about beams?",
            "what do they ask her for?",
            "what do they ask Petra Lindqvist for?",
        ),
    ],
)
def test_a_follow_up_is_made_standalone(byline: Byline, first: str, follow_up: str, standalone: str) -> None:
    answer = byline.assistant.ask(first)
    assert stand_alone(follow_up, [Turn(first, answer)]) == standalone


@pytest.mark.parametrize(
    "question",
    [
        "How many candles did the growers light?",
        "who paid for the sirens?",
        "What did Omar Reyes say about his season?",
        "When was this article published?",
    ],
)
def test_a_question_that_stands_alone_is_left_as_it_is(byline: Byline, question: str) -> None:
    first = byline.assistant.ask("what did Petra Lindqvist say about beams?")
    assert stand_alone(question, [Turn(first.question, first)]) == question


@pytest.mark.parametrize(
    ("question", "leans_on_them"),
    [
        ("how much does the work cost?", True),
        ("when did she say that?", True),
        ("and how many candles did Ida Brandt light in the frosty valley of plums?", True),
        ("How many candles did Ida Brandt light?", False),
        ("how many candles did the plum growers of the valley light in the frost?", False),
    ],
)
def test_a_question_with_little_of_its_own_leans_on_the_turns_before(
    byline: Byline, question: str, leans_on_them: bool
) -> None:
    first = byline.assistant.ask("what did Petra Lindqvist say about beams?")
    assert leans(question, [Turn(first.question, first)]) is leans_on_them
    assert not leans(question, [])


def test_what_was_added_in_brackets_is_taken_away_again() -> None:
    assert without_subject("when was it held in public (the vote)?") == "when was it held in public?"
    assert without_subject("where did it come from (the money)?") == "where did it come from (the money)?"
    assert without_subject("when was the vote (of 1912) held?") == "when was the vote (of 1912) held?"


def test_without_turns_nothing_is_changed() -> None:
    assert stand_alone("and about hacking?", []) == "and about hacking?"


def test_a_question_after_and_is_no_fragment() -> None:
    assert asks_again("and the pier?")
    assert not asks_again("and in which towns will it be more?")
    assert asks_again("and by whom?")


def test_why_takes_the_last_answer_with_it(byline: Byline) -> None:
    first = replace(byline.assistant.ask("who did Omar Reyes tell?"), declined=False, best="reporters")
    assert stand_alone("why?", [Turn(first.question, first)]) == "Why did Omar Reyes tell reporters?"
