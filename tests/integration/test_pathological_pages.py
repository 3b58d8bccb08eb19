"""Pages that are no prose at all are read in time that grows with their length, not with its square."""

import time

import pytest

from retrieval.chunking import Chunking
from retrieval.quotes.attribution import quotations
from tests.fakes import article_from

PAGES = {
    "one line of a megabyte": "word " * 200_000,
    "five thousand short lines": "\n".join(f"short line {number}" for number in range(5000)),
    "quotation marks only": '"' * 50_000,
    "fifty thousand statements in one line": 'Mr Smith said "x", ' * 50_000,
    "runs of spaces": ("word" + " " * 100_000) * 5 + "end.",
    "five thousand bylines": "\n".join(f"By Jane Doe {number} and Bob Roe" for number in range(5000)),
    "full stops": "a. " * 200_000,
    "open apostrophes": "He said 'x " * 20_000,
    "nothing but cues": "said, " * 50_000,
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_is_no_prose_is_read_in_seconds(name: str) -> None:
    started = time.perf_counter()
    article = article_from(PAGES[name])
    Chunking().passages(article, "v1")
    quotations(article)
    assert time.perf_counter() - started < 20  # each takes under 4 s on two quiet cores; the square would take minutes
