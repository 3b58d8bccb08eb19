"""Markdown (CommonMark) with optional YAML front matter."""

import re
from typing import Any

from retrieval.errors import ParseError
from retrieval.parsers.decoding import decode
from retrieval.types import Block, Page

_FRONT_MATTER = re.compile(r"\A---\n(?P<yaml>.*?)\n(?:---|\.\.\.)\n", re.DOTALL)
_DECLARED = {
    "headline": ("headline", "title"),
    "standfirst": ("standfirst", "subtitle", "description", "summary"),
    "byline": ("byline", "author", "authors"),
    "publication": ("publication", "source", "publisher", "newspaper"),
    "published": ("published", "date", "publication_date"),
}


def parse(data: bytes) -> Page:
    from markdown_it import MarkdownIt

    text = decode(data)
    declared: dict[str, str] = {}
    if match := _FRONT_MATTER.match(text):
        declared = _read_front_matter(match["yaml"])
        text = text[match.end() :] if declared else text
    blocks: list[Block] = []
    level = 0
    for token in MarkdownIt("commonmark").parse(text):
        if token.type == "heading_open":
            level = int(token.tag[1:])
        elif token.type == "heading_close":
            level = 0
        elif token.type == "inline":
            blocks.extend(Block(line, level) for line in _inline_text(token.children or []).split("\n") if line.strip())
    return Page(tuple(blocks), declared)


def _inline_text(children: list[Any]) -> str:
    """Words without markup: a link is its label, a soft break is a space, a hard break ends the line."""
    pieces = {"softbreak": " ", "hardbreak": "\n", "html_inline": "", "image": ""}
    return "".join(pieces.get(child.type, child.content) for child in children)


def _read_front_matter(source: str) -> dict[str, str]:
    import yaml

    try:
        fields = yaml.safe_load(source)
    except yaml.YAMLError as error:
        problem = str(error).split("\n")[0]
        raise ParseError(
            f"has front matter that is not YAML ({problem}). Mend or remove the lines between ---."
        ) from None
    if not isinstance(fields, dict):
        return {}
    declared = {}
    for name, keys in _DECLARED.items():
        value = next((fields[key] for key in keys if fields.get(key)), None)
        if value is not None:
            declared[name] = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return declared
