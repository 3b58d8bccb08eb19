"""The lines of a page that are worth keeping, and what is known of each on its way to a paragraph."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from retrieval.page import furniture
from retrieval.types import Block, Kind

ENDS_SENTENCE = re.compile(r"[.!?…:;,][\"'”’)\]]*$")
_BULLET = re.compile(r"^[*•·▪‣–-]\s+(?=\S)")
#: A longer line is running text, whatever its words.
FURNITURE_LENGTH = 700
_DUPLICATE_LENGTH = 40


@dataclass(slots=True)
class Line:
    """One block on its way to a paragraph: `text[start:end]` is what the paragraph will span."""

    text: str
    level: int
    kind: Kind | None = None
    start: int = 0
    end: int = 0

    @property
    def words(self) -> str:
        return self.text[self.start : self.end]


def keep_lines(blocks: tuple[Block, ...]) -> list[Line]:
    """Drop promotions, link labels, and copies: whole ones, and the truncated ones of a longer line."""
    in_order = sorted({block.text.strip() for block in blocks})
    kept: list[Line] = []
    seen: set[str] = set()
    among_links = False
    for block in blocks:
        text = block.text.strip()
        if not text or text in seen or _is_truncated(text, in_order):
            continue
        seen.add(text)
        if len(text) <= FURNITURE_LENGTH:
            among_links = furniture.is_pointer_heading(text) or (among_links and _could_be_link(text))
            if among_links or furniture.is_promotion(text) or furniture.is_link_label(text):
                continue
        bullet = _BULLET.match(text)
        kind = Kind.BODY if bullet and len(text.split()) > 3 else None
        kept.append(Line(text, block.level, kind, bullet.end() if bullet else 0, len(text)))
    return kept


def _is_truncated(text: str, in_order: list[str]) -> bool:
    """Whether another line starts with this one, its dots aside, and goes on."""
    stem = text.removesuffix("…").removesuffix("...").rstrip()
    following = bisect_right(in_order, stem)
    if following < len(in_order) and in_order[following] == text:
        following += 1
    return len(stem) >= _DUPLICATE_LENGTH and following < len(in_order) and in_order[following].startswith(stem)


def _could_be_link(text: str) -> bool:
    """A line below "More on this story" that is no sentence and says nothing about the page itself."""
    plain = not ENDS_SENTENCE.search(text) and len(text.split()) <= 20
    return plain and not furniture.find_imprint(text) and not furniture.find_agencies(text)
