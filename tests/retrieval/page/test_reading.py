"""Newspaper page → article: every kept line with its role and place."""

from datetime import date
from pathlib import Path

import pytest

from retrieval.errors import ParseError
from retrieval.page.reading import read_page
from retrieval.parsers import text
from retrieval.types import Article, Block, Kind, Page
from tests.fakes import article_from

CAPTION = (
    "Divers from three towns worked by lamplight at the Ossby weir for six nights, passing stones down a human chain "
    "that reached back to the old mill."
)
PAGE = f"""Weir at Ossby mended after six nights in the cold river

Volunteers came from three towns with lamps, ropes and their own stones

By Ottilie Brandt and Sam Okafor

4 June 2024

Share

{CAPTION[:90]}
{CAPTION} PHOTO: ANN LENS

OSSBY - The weir at Ossby holds again, six nights after the river broke through it and emptied the mill pond.

"We ran out of soup before we ran out of people," said Ines Castro, who led the divers.

READ MORE: The flood of 1911

The repair cost the town 12,000 crowns, a tenth of what an engineer had asked for.

Join the Echo's Telegram channel to get breaking news from the river.

REUTERS, AFP

A version of this article appeared in the print edition of The Ossby Echo on June 05, 2024, with the headline Weir at Ossby mended after six nights in the cold river. Subscribe
"""


@pytest.fixture(scope="module")
def article() -> Article:
    return article_from(PAGE)


def of_kind(article: Article, kind: Kind) -> list[str]:
    return [article.words(paragraph) for paragraph in article.paragraphs if paragraph.kind is kind]


def test_the_head_of_the_page_is_read(article: Article) -> None:
    assert article.headline == "Weir at Ossby mended after six nights in the cold river"
    assert article.standfirst == "Volunteers came from three towns with lamps, ropes and their own stones"
    assert article.authors == ("Ottilie Brandt", "Sam Okafor")
    assert article.published == date(2024, 6, 4)


def test_the_photo_gives_caption_and_credit(article: Article) -> None:
    assert (article.caption, article.credit) == (CAPTION, "ANN LENS")


def test_the_dateline_is_read_and_is_no_part_of_the_first_paragraph(article: Article) -> None:
    assert article.dateline == "OSSBY"
    assert of_kind(article, Kind.BODY)[0].startswith("The weir at Ossby holds again")


def test_the_tail_gives_agencies_and_newspaper(article: Article) -> None:
    assert article.agencies == ("REUTERS", "AFP")
    assert article.publication == "The Ossby Echo"


def test_a_truncated_copy_of_a_caption_is_dropped(article: Article) -> None:
    assert article.text.count(CAPTION[:60]) == 1


def test_promotions_and_link_labels_are_dropped(article: Article) -> None:
    for words in ("Share", "READ MORE", "Telegram", "breaking news"):
        assert words not in article.text
    assert not any("Subscribe" in article.words(paragraph) for paragraph in article.paragraphs)


def test_every_sentence_of_the_story_is_kept_in_order(article: Article) -> None:
    assert [body[:12] for body in of_kind(article, Kind.BODY)] == ["The weir at ", '"We ran out ', "The repair c"]


def test_offsets_give_each_paragraphs_words(article: Article) -> None:
    assert [paragraph.number for paragraph in article.paragraphs] == list(range(1, len(article.paragraphs) + 1))
    ends = [0, *(paragraph.end for paragraph in article.paragraphs)]
    for paragraph, before in zip(article.paragraphs, ends, strict=False):
        words = article.text[paragraph.start : paragraph.end]
        assert before <= paragraph.start
        assert words == words.strip() != ""
        assert words in PAGE


def test_what_the_page_does_not_say_stays_empty() -> None:
    bare = article_from("Weir mended\n\nDivers mended the weir at Ossby on Monday after a week of rain in the hills.")
    assert bare.headline == "Weir mended"
    assert not any((bare.standfirst, bare.dateline, bare.authors, bare.agencies, bare.publication))
    assert not any((bare.published, bare.caption, bare.credit))


def test_a_note_of_one_line_is_text_without_a_headline() -> None:
    note = article_from("The weir holds.")
    assert (note.headline, of_kind(note, Kind.BODY)) == ("", ["The weir holds."])


def test_a_short_line_between_paragraphs_is_a_subhead() -> None:
    page = PAGE.replace("READ MORE: The flood of 1911", "What it cost")
    assert of_kind(article_from(page), Kind.SUBHEAD) == ["What it cost"]


@pytest.mark.parametrize(
    ("first", "headline"),
    [
        ("Council Votes To Keep The Ferry Running Through Winter, Mayor Castro Says.", True),
        ("Judge rejects request to unseal harbour contract with shipping company.", True),
        ("The council voted on Monday to keep the ferry running through the winter.", False),
        ("Ines Castro said a second ferry was the last thing that the harbour needed.", False),
    ],
)
def test_a_headline_that_ends_in_a_full_stop_is_told_from_a_first_sentence(first: str, headline: bool) -> None:
    rest = "Seven of eleven members voted for it after a debate of four hours, the clerk said."
    page = f"{first}\n\n{rest}\n\n{rest.replace('Seven', 'Eight')}"
    assert article_from(page).headline == (first if headline else "")


def test_a_newspapers_name_after_the_headline_is_the_publication() -> None:
    article = article_from(
        "Weir at Ossby mended | The Ossby Echo\n\nDivers mended the weir at Ossby on Monday after a week of rain."
    )
    assert (article.headline, article.publication) == ("Weir at Ossby mended", "The Ossby Echo")


def test_links_under_a_heading_of_links_are_dropped() -> None:
    article = article_from(PAGE + "\nMore on this story\n\nThe flood of 1911 in pictures\n\nWho owns the river\n")
    assert "flood of 1911" not in article.text
    assert "Who owns" not in article.text


def test_what_a_file_declares_wins_over_what_the_page_shows() -> None:
    declared = {"headline": "Declared", "byline": "Cy Dow", "publication": "The Norby News", "published": "2020-01-02"}
    article = read_page(Page(text.parse(PAGE.encode()).blocks, declared), "x.md")
    assert (article.headline, article.authors) == ("Declared", ("Cy Dow",))
    assert (article.publication, article.published) == ("The Norby News", date(2020, 1, 2))


def test_a_page_of_furniture_alone_is_refused_with_a_next_step() -> None:
    with pytest.raises(ParseError, match=r"empty\.txt holds no article.*Check the file"):
        read_page(Page((Block("Share"), Block("4 June 2024"))), "empty.txt")


def test_a_real_newspaper_page_is_read(real_page: Path) -> None:
    article = article_from(real_page.read_text(encoding="utf-8"))
    assert article.headline == "China, US end cyber security meetings"
    assert article.standfirst.startswith("Talks held ahead of")
    assert (article.dateline, article.agencies) == ("WASHINGTON", ("REUTERS", "NEW YORK TIMES"))
    assert (article.publication, article.published) == ("The Straits Times", date(2015, 9, 14))
    assert article.caption.startswith("Though the US")
    assert article.credit == "REUTERS"


def test_a_real_newspaper_page_loses_its_furniture_and_nothing_else(real_page: Path) -> None:
    page = real_page.read_text(encoding="utf-8")
    article = article_from(page)
    assert page.count("Though the US") == 2
    assert article.text.count("Though the US") == 1
    assert "Telegram" in page
    assert "Telegram" not in article.text
    assert not any("Subscribe" in article.words(paragraph) for paragraph in article.paragraphs)
    kept = [line for line in page.splitlines() if line.strip() and "Telegram" not in line]
    assert len(article.paragraphs) == len(kept) - 1
