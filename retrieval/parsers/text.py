"""Plain text: a newspaper page as people save it."""

import re

from retrieval.parsers.decoding import decode
from retrieval.types import Block, Page

_WRAP_WIDTH = 100
_WRAP_FILL = 0.6


def parse(data: bytes) -> Page:
    """Blocks are separated by blank lines; within one, each line stands alone unless the text is hard-wrapped."""
    chunks = [
        [line.strip() for line in chunk.split("\n") if line.strip()]
        for chunk in re.split(r"\n[^\S\n]*\n", decode(data))
    ]
    wrapped_file = any(len(lines) > 2 and _is_wrapped(lines) for lines in chunks)
    blocks: list[Block] = []
    for lines in chunks:
        if _is_wrapped(lines) and (wrapped_file or len(lines) > 2 or lines[1][0].islower()):
            blocks.append(Block(" ".join(lines)))
        else:
            blocks.extend(Block(line) for line in lines)
    return Page(tuple(blocks))


def _is_wrapped(lines: list[str]) -> bool:
    """A paragraph broken at a column: full lines that break off in mid-sentence, then a rest.

    Some wrapped line does end a sentence by chance, so most, not all, must break off.
    """
    if len(lines) < 2:
        return False
    if len({line[:30] for line in lines}) < len(lines):  # a caption and its truncated copy
        return False
    width = max(map(len, lines))
    full, starts = lines[:-1], lines[1:]
    filled = sum(
        len(line) + len(following.split()[0]) + 1 > width * 0.9 for line, following in zip(full, starts, strict=True)
    )
    broken = sum(not re.search(r"[.!?][\"'”’)]*$", line) for line in full)
    return 40 <= width <= _WRAP_WIDTH and filled >= _WRAP_FILL * len(full) and broken > len(full) / 2
