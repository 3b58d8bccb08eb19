import pytest

from bot.conversations import Thread
from bot.slack.addressing import Heard, Verdict, decide, is_question

OURS = Heard("what else did he say?", False, False, direct=False, in_our_thread=True, asked_before=True)


def heard(text: str, **changes: bool) -> Heard:
    fields = {name: getattr(OURS, name) for name in Heard.__slots__} | {"text": text} | changes
    return Heard(**fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["what else did he say?", "and about hacking", "Who wrote it", "is that so?", "the mayor?"]
)
def test_a_further_question_in_our_thread_is_answered(text: str) -> None:
    assert decide(heard(text), Thread()) is Verdict.ANSWER


@pytest.mark.parametrize("text", ["thanks!", "ok", "great, thank you", "Got it.", "I'll call her", "no"])
def test_what_is_no_question_is_left_alone(text: str) -> None:
    assert decide(heard(text), Thread()) is Verdict.IGNORE


def test_a_question_to_somebody_else_turns_the_thread_to_the_people() -> None:
    assert decide(heard("what do you think?", addresses_others=True), Thread()) is Verdict.AMONG_PEOPLE
    assert decide(heard("what do you think?"), Thread(among_people=True)) is Verdict.IGNORE


def test_a_remark_of_somebody_who_asked_nothing_turns_the_thread_too() -> None:
    assert decide(heard("I was there that day.", asked_before=False), Thread()) is Verdict.AMONG_PEOPLE
    assert decide(heard("thanks both", asked_before=False), Thread()) is Verdict.IGNORE


def test_quiet_holds_until_a_mention() -> None:
    assert decide(heard("what else?"), Thread(quiet=True)) is Verdict.IGNORE
    assert decide(heard("what else?", mentioned=True), Thread(quiet=True)) is Verdict.ANSWER


def test_other_threads_are_none_of_our_business() -> None:
    assert decide(heard("what else?", in_our_thread=False), Thread()) is Verdict.IGNORE


def test_everything_in_a_direct_message_is_for_us() -> None:
    assert decide(heard("the mayor", direct=True, in_our_thread=False), Thread()) is Verdict.ANSWER


@pytest.mark.parametrize(
    ("text", "expected"), [("", False), ("🙂", False), ("What's new", True), ("Tell me more", True)]
)
def test_questions_are_told_by_mark_or_opening(text: str, expected: bool) -> None:
    assert is_question(text) is expected
