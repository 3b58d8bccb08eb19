from collections.abc import Callable

import pytest

from bot.answering.citations import cite, compose
from bot.answering.types import Selection
from retrieval.errors import UnknownArticle
from retrieval.types import Article, Sentence
from tests.bot.conftest import HARBOUR
from tests.fakes import article_from

STORED = article_from(HARBOUR)
PARAGRAPH = next(p for p in STORED.paragraphs if "214 beams" in STORED.words(p))
WHOLE = Sentence(PARAGRAPH.number, PARAGRAPH.start, PARAGRAPH.end)


def stored(article_id: str) -> Article:
    if article_id != STORED.id:
        raise UnknownArticle(article_id)
    return STORED


def test_a_citation_is_the_stored_text_at_its_offsets() -> None:
    (citation,) = cite((Selection(STORED, WHOLE, "Petra Lindqvist"),), stored)
    assert citation.quote == STORED.text[citation.start : citation.end] == STORED.words(PARAGRAPH)
    assert (citation.number, citation.paragraph, citation.speaker) == (1, PARAGRAPH.number, "Petra Lindqvist")


@pytest.mark.parametrize(
    "selection",
    [
        lambda: Selection(article_from(HARBOUR.replace("214", "215")), WHOLE),
        lambda: Selection(article_from(HARBOUR, "/somewhere/else.txt"), WHOLE),
        lambda: Selection(STORED, Sentence(PARAGRAPH.number, PARAGRAPH.start, PARAGRAPH.end + 40)),
        lambda: Selection(STORED, Sentence(PARAGRAPH.number + 1, PARAGRAPH.start, PARAGRAPH.end)),
        lambda: Selection(STORED, Sentence(99, PARAGRAPH.start, PARAGRAPH.end)),
        lambda: Selection(STORED, Sentence(PARAGRAPH.number, PARAGRAPH.end, PARAGRAPH.end)),
    ],
    ids=["altered text", "unknown article", "over the paragraph's end", "another paragraph", "no paragraph", "empty"],
)
def test_a_selection_that_does_not_match_the_stored_article_is_dropped(selection: Callable[[], Selection]) -> None:
    assert cite((selection(),), stored) == ()


def test_numbers_run_on_over_dropped_selections() -> None:
    bad = Selection(STORED, Sentence(99, 0, 5))
    assert [c.number for c in cite((bad, Selection(STORED, WHOLE), bad, Selection(STORED, WHOLE)), stored)] == [
        1,
        2,
    ]


def test_the_answer_is_the_quotes_with_their_numbers_behind_the_lead() -> None:
    citations = cite((Selection(STORED, WHOLE),), stored)
    assert compose("Petra Lindqvist", citations) == f"Petra Lindqvist: {citations[0].quote} [1]"
    assert compose("", citations) == f"{citations[0].quote} [1]"
