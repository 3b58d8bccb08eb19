"""Web pages: trafilatura finds the article among menus, promotions and comments, and what the page says of itself."""

from typing import Any

from retrieval.errors import ParseError
from retrieval.types import Block, Page

#: Deeper than any page of a newspaper; beyond it, parsing takes minutes.
_MAX_TAGS = 100_000


def parse(data: bytes) -> Page:
    """Raise ParseError for a page without an article's text."""
    import trafilatura
    from lxml import etree  # type: ignore[import-untyped]

    if not data.strip():
        raise ParseError("is empty. Save the article's text in it.")
    if data.count(b"<") > _MAX_TAGS:
        raise ParseError(f"has more than {_MAX_TAGS:,} tags, which no article has. Save the article's text instead.")
    try:
        document = trafilatura.bare_extraction(
            data, include_comments=False, include_tables=False, favor_precision=True, with_metadata=True
        )
    except (ValueError, RecursionError, etree.LxmlError):
        document = None
    body: Any = getattr(document, "body", None)
    if body is None:
        raise ParseError(
            "holds no article that Byline can find. Save the article's text as a .txt or .md file instead."
        )
    blocks: list[Block] = []
    for element in body.iter("head", "p", "quote", "item"):
        text = " ".join("".join(element.itertext()).split())
        if text and not any(text == held.text for held in blocks[-1:]):
            blocks.append(Block(text, _level(element)))
    if not blocks:
        raise ParseError(
            "holds no article that Byline can find. Save the article's text as a .txt or .md file instead."
        )
    return Page(tuple(blocks), _declared(document))


def _level(element: object) -> int:
    rend = str(getattr(element, "get", lambda *_: "")("rend", "") or "")
    return int(rend[1]) if getattr(element, "tag", "") == "head" and rend[:1] == "h" and rend[1:2].isdigit() else 0


def _declared(document: object) -> dict[str, str]:
    names = {"title": "headline", "author": "byline", "sitename": "publication", "date": "published"}
    found = {ours: getattr(document, theirs, None) for theirs, ours in names.items()}
    return {name: " ".join(str(value).split()) for name, value in found.items() if value}
