"""Article → passages."""

from itertools import pairwise

import pytest

from retrieval.chunking import Chunking, embedded_text
from retrieval.types import Article, Kind, Paragraph
from tests.fakes import article_from

PAGE = """Weir at Ossby mended after six nights

By Ottilie Brandt

Divers passed the stones by lamplight. PHOTO: ANN LENS

OSSBY - The weir at Ossby holds again, six nights after the river broke through it.

Divers set 400 stones. The last of them weighed as much as a horse.

What it cost

The repair cost 12,000 crowns, a tenth of what an engineer had asked for.
"""


def article_of(*paragraphs: str, kind: Kind = Kind.BODY) -> Article:
    spans, start = [], 0
    for number, words in enumerate(paragraphs, start=1):
        spans.append(Paragraph(number, kind, start, start + len(words)))
        start += len(words) + 2
    return Article("/news/story.txt", "\n\n".join(paragraphs), tuple(spans))


@pytest.mark.parametrize("max_chars", [1, 40, 100, 600])
def test_a_passage_is_a_verbatim_slice_no_longer_than_the_bound(max_chars: int) -> None:
    article = article_from(PAGE)
    passages = Chunking(max_chars).passages(article, "v1")
    assert [passage.ordinal for passage in passages] == list(range(len(passages)))
    for passage in passages:
        assert article.text[passage.start : passage.end] == passage.text != ""
        assert len(passage.text) <= max_chars


@pytest.mark.parametrize("max_chars", [40, 100, 600])
def test_every_word_of_the_story_is_in_a_passage(max_chars: int) -> None:
    article = article_from(PAGE)
    passages = Chunking(max_chars).passages(article, "v1")
    assert all(first.end <= second.start for first, second in pairwise(passages))
    held = " ".join(passage.text for passage in passages).split()
    story = [p for p in article.paragraphs if p.kind in (Kind.BODY, Kind.CAPTION, Kind.STANDFIRST)]
    assert held == " ".join(article.words(p) for p in story).split()


def test_short_paragraphs_are_joined_but_not_across_a_subhead_and_captions_stand_alone() -> None:
    texts = [passage.text for passage in Chunking(600).passages(article_from(PAGE), "v1")]
    assert texts == [
        "Divers passed the stones by lamplight.",
        "The weir at Ossby holds again, six nights after the river broke through it.\n\n"
        "Divers set 400 stones. The last of them weighed as much as a horse.",
        "The repair cost 12,000 crowns, a tenth of what an engineer had asked for.",
    ]


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    article = article_of("The first stone fell. The second stone rolled. The third stone stayed.")
    assert [p.text for p in Chunking(50).passages(article, "v1")] == [
        "The first stone fell. The second stone rolled.",
        "The third stone stayed.",
    ]


def test_a_sentence_over_the_bound_is_cut_at_words_and_a_word_over_it_anywhere() -> None:
    assert [p.text for p in Chunking(12).passages(article_of("stones and stones and stones"), "v1")] == [
        "stones and",
        "stones and",
        "stones",
    ]
    assert [p.text for p in Chunking(4).passages(article_of("abcdefghij"), "v1")] == ["abcd", "efgh", "ij"]


def test_what_describes_the_article_is_no_passage() -> None:
    assert Chunking().passages(article_of("REUTERS", kind=Kind.AGENCIES), "v1") == []


def test_the_fingerprint_changes_with_the_bound() -> None:
    assert Chunking(600).fingerprint == Chunking().fingerprint != Chunking(300).fingerprint


def test_a_passage_is_embedded_under_its_headline() -> None:
    assert embedded_text("Weir mended", "It holds.") == "Weir mended\nIt holds."
    assert embedded_text("", "It holds.") == "It holds."
