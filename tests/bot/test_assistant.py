import pytest

from bot.bootstrap import Byline
from bot.errors import QuestionError


@pytest.mark.parametrize("question", ["", "   ", "?!", "\x1b\x07", "🙂🙂"])
def test_a_question_without_a_word_is_refused(byline: Byline, question: str) -> None:
    with pytest.raises(QuestionError, match="The question is empty"):
        byline.assistant.ask(question)


def test_a_question_of_a_hundred_thousand_characters_is_refused_with_both_figures(byline: Byline) -> None:
    with pytest.raises(QuestionError, match=r"100,000 characters, more than the 2,000"):
        byline.assistant.ask("a" * 100_000)


def test_control_characters_in_a_question_are_taken_as_spaces(byline: Byline) -> None:
    assert byline.assistant.ask("how many\x00 beams\x1b failed?").question == "how many beams failed?"
