import pytest

from bot.answering.rewriting import stand_alone
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
    ],
)
def test_a_follow_up_is_made_standalone(byline: Byline, first: str, follow_up: str, standalone: str) -> None:
    answer = byline.assistant.ask(first)
    assert not answer.declined
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


def test_without_turns_nothing_is_changed() -> None:
    assert stand_alone("and about hacking?", []) == "and about hacking?"
