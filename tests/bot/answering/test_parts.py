"""Two questions in one."""

import pytest

from bot.answering.parts import split
from bot.bootstrap import Byline


@pytest.mark.parametrize(
    ("asked", "parts"),
    [
        ("When did it open and who paid for it?", ("When did it open?", "who paid for it?")),
        ("What did she say? And where was it?", ("What did she say?", "where was it?")),
        ("who is Petra Lindqvist and what did she say", ("who is Petra Lindqvist?", "what did she say?")),
        ("What did the US and China agree on?", ("What did the US and China agree on?",)),
        ("what did he say about when and where it happened?", ("what did he say about when and where it happened?",)),
        ("Who won?", ("Who won?",)),
    ],
)
def test_only_whole_questions_are_taken_apart(asked: str, parts: tuple[str, ...]) -> None:
    assert split(asked) == parts


def test_both_parts_are_answered_and_the_second_knows_the_first(byline: Byline) -> None:
    answer = byline.assistant.ask("who is Petra Lindqvist and what did Omar Reyes say?")
    assert not answer.declined
    assert [citation.number for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert {citation.speaker for citation in answer.citations} >= {"Omar Reyes"}
    for citation in answer.citations:
        assert f"{citation.quote} [{citation.number}]" in answer.text


def test_a_part_that_is_not_answered_is_said_so(byline: Byline) -> None:
    answer = byline.assistant.ask("what did Omar Reyes say and what did Vladimir Putin say about submarines?")
    assert not answer.declined
    assert "The articles don't say: what did Vladimir Putin say about submarines?" in answer.text
