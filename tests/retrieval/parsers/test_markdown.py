"""Markdown → blocks and what its front matter declares."""

import pytest

from retrieval.errors import ParseError
from retrieval.parsers import PARSERS, markdown, parse
from retrieval.types import Block, Resource

PAGE = b"""---
title: "Weir: mended"
author: [Ann Lee, Bo Chen]
date: 2024-06-04
newspaper: The Ossby Echo
draft: true
---
# Weir *mended*

The [weir](https://ossby.example) holds
**again** &amp; again.

## What it cost

- 12,000 crowns
"""


def test_headings_keep_their_level_and_words_lose_their_markup() -> None:
    assert markdown.parse(PAGE).blocks == (
        Block("Weir mended", 1),
        Block("The weir holds again & again."),
        Block("What it cost", 2),
        Block("12,000 crowns"),
    )


def test_front_matter_declares_what_the_article_needs_and_no_more() -> None:
    assert markdown.parse(PAGE).declared == {
        "headline": "Weir: mended",
        "byline": "Ann Lee, Bo Chen",
        "published": "2024-06-04",
        "publication": "The Ossby Echo",
    }


def test_a_page_without_front_matter_declares_nothing() -> None:
    assert markdown.parse(b"Weir\n\n---\n\ntitle: no").declared == {}


def test_a_hard_break_ends_a_line_and_an_image_leaves_no_words() -> None:
    page = markdown.parse(b"By Ann Lee  \n4 June 2024\n\n![divers](divers.png)")
    assert [block.text for block in page.blocks] == ["By Ann Lee", "4 June 2024"]


def test_front_matter_that_is_not_yaml_is_refused_with_a_next_step() -> None:
    with pytest.raises(ParseError, match=r"front matter that is not YAML.*Mend or remove"):
        markdown.parse(b"---\ntitle: [Weir\n---\nIt holds.")


def test_every_media_type_has_a_parser_that_is_used() -> None:
    assert set(PARSERS) == {"text/plain", "text/markdown", "text/html"}
    assert parse(Resource("weir.md", "text/markdown", b"# Weir")).blocks == (Block("Weir", 1),)
    assert parse(Resource("weir.txt", "text/plain", b"# Weir")).blocks == (Block("# Weir"),)


def test_an_unknown_media_type_is_refused_naming_the_known_ones() -> None:
    with pytest.raises(ParseError, match=r"weir\.png is image/png.*text/markdown, text/plain"):
        parse(Resource("weir.png", "image/png", b"..."))


def test_a_parsers_complaint_names_the_file() -> None:
    with pytest.raises(ParseError, match=r"^/news/weir\.txt is empty"):
        parse(Resource("/news/weir.txt", "text/plain", b""))
