"""What a relative date means, by the calendar."""

from datetime import date

import pytest

from bot.answering.dates import meaning
from bot.bootstrap import Byline

FRIDAY = date(2023, 5, 12)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("The pier will close on Monday.", ("on Monday", "15 May 2023")),
        ("On Monday the pier will close.", ("On Monday", "15 May 2023")),
        ("Petra Lindqvist said on Monday that it would close.", ("on Monday", "8 May 2023")),
        ("The beams failed on Friday.", ("on Friday", "12 May 2023")),
        ("The beams failed last Friday.", ("last Friday", "5 May 2023")),
        ("Divers return next Friday.", ("next Friday", "19 May 2023")),
        ("Divers came yesterday.", ("yesterday", "11 May 2023")),
        ("The work is to begin tomorrow.", ("tomorrow", "13 May 2023")),
        ("It was sold last month.", ("last month", "April 2023")),
        ("It was sold earlier this year.", ("earlier this year", "2023")),
        ("It opens next week.", ("next week", "the week of 15 May 2023")),
        ("It burned two years ago.", ("two years ago", "2021")),
        ("It burned 10 days ago.", ("10 days ago", "2 May 2023")),
        ("“We begin tomorrow,” she said last week.", ("last week", "the week of 1 May 2023")),
        ("“We begin tomorrow,” she said.", None),
        ("It closed on Monday, 1 May.", None),
        ("The ferry sails every Monday.", None),
        ("It was last year's best harvest.", None),
        ("It opened in 1911.", None),
    ],
)
def test_a_relative_date_is_counted_from_the_articles_own(text: str, when: tuple[str, str] | None) -> None:
    assert meaning(text, FRIDAY) == when


def test_a_question_that_asks_when_is_told_the_day(byline: Byline) -> None:
    answer = byline.assistant.ask("when will the old pier at Gullhaven close?")
    assert answer.text.endswith("(Counted from the article's date, 12 May 2023, “from Monday” is 15 May 2023.)")
    assert "Counted" not in byline.assistant.ask("why will the old pier at Gullhaven close?").text
