"""The values: identity is content, records lose nothing."""

from dataclasses import FrozenInstanceError, replace
from datetime import date

import pytest

from retrieval.types import Article, Kind, Paragraph, Passage

ARTICLE = Article(
    source="/news/weir.txt",
    text="Weir mended\n\nDivers mended the weir at Ossby on Monday.",
    paragraphs=(Paragraph(1, Kind.HEADLINE, 0, 11), Paragraph(2, Kind.BODY, 13, 55)),
    headline="Weir mended",
    standfirst="Café stays shut",
    dateline="OSSBY",
    authors=("Zoë Lind",),
    agencies=("AFP", "REUTERS"),
    publication="The Ossby Echo",
    published=date(2024, 2, 29),
    caption="The weir",
    credit="A. LENS",
)


def test_an_article_survives_its_record() -> None:
    assert Article.from_record(ARTICLE.to_record()) == ARTICLE


def test_an_article_without_any_metadata_survives_its_record() -> None:
    bare = Article("note", "A note on the weir.", (Paragraph(1, Kind.BODY, 0, 19),))
    assert Article.from_record(bare.to_record()) == bare


def test_an_article_keeps_its_id_when_its_text_changes() -> None:
    changed = replace(ARTICLE, text=ARTICLE.text.replace("Monday", "Friday"))
    assert changed.id == ARTICLE.id
    assert changed.text_hash != ARTICLE.text_hash


def test_copies_at_two_locations_share_a_text_hash_and_no_id() -> None:
    copy = replace(ARTICLE, source="/copies/weir.txt")
    assert copy.text_hash == ARTICLE.text_hash
    assert copy.id != ARTICLE.id


def test_an_id_is_twelve_hexadecimal_digits() -> None:
    assert len(ARTICLE.id) == 12
    assert int(ARTICLE.id, 16) >= 0


def test_an_article_without_a_headline_is_called_by_the_last_part_of_its_location() -> None:
    assert replace(ARTICLE, headline="").title == "weir.txt"
    assert ARTICLE.title == "Weir mended"


def test_words_are_the_slice_a_paragraph_spans() -> None:
    assert ARTICLE.words(ARTICLE.paragraphs[1]) == "Divers mended the weir at Ossby on Monday."


def test_a_passage_id_names_article_version_and_place() -> None:
    assert Passage("a1", "v2", 3, 0, 4, "Weir").id == "a1:v2:3"


def test_values_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        ARTICLE.headline = "Weir lost"  # type: ignore[misc]
