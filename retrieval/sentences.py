"""Paragraph → sentences, by offsets, never breaking inside a quotation of ordinary length."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from retrieval.types import Article, Paragraph, Sentence

#: Titles that are written short, with a full stop, before a name.
SHORT_TITLES = tuple(
    "mr mrs ms mx dr prof st del sgt capt cmdr lt col gen maj adm rev hon gov sen rep pres det insp supt atty messrs".split()
)
#: The same after it.
SUFFIXES = ("jr", "sr")
_ABBREVIATIONS = frozenset(SHORT_TITLES + SUFFIXES) | frozenset(
    """
    sir vs etc inc ltd co corp dept univ no nos vol fig approx jan feb mar apr jun jul aug sep sept oct nov dec
    mon tue wed thu fri sat sun al ed eds est ave blvd rd u.s u.k u.n e.u p.m a.m i.e e.g d.c
    """.split()
)
#: Abbreviations that do end a sentence when a capital follows.
_MAY_END = frozenset(
    {"u.s", "u.k", "u.n", "e.u", "p.m", "a.m", "d.c", "del", "inc", "ltd", "co", "corp", "etc", "jr", "sr"}
)
_STARTERS = frozenset(
    """
    the a an he she it they we i but and in on at this that these those his her their mr mrs ms
    """.split()
)
_END = re.compile(r"(?P<mark>[.!?…]+)(?P<close>[\"'”’)\]]*)\s+(?=(?:''|``|[\"'“‘(\[])?[\w$£€])")
_LONGEST_WHOLE_QUOTATION = 420
_LONGEST_SENTENCE = 1500
#: "G.K. Butterfield"
_INITIALS = re.compile(r"(?:[a-z]\.)+[a-z]")
#: How far around a full stop its words are looked at: a paragraph can be megabytes long.
_NEAR = 60

OPENING, CLOSING = "“", "”"
#: Agencies' archives and TeX write '' for a double mark.
_QUOTE_MARK = re.compile(r"[\"“”„«»]|''|``")
_SINGLE_QUOTED = re.compile(
    r"(?:(?<=\s)|^|(?<=[(\[—–:,]))[‘'](?=[\w.…])(?P<words>[^‘\n]{0,2000}?[,.?!…])[’'](?=\s|$|[),;.—–])"
)


def quoted_spans(text: str) -> list[tuple[int, int, bool]]:
    """`(start, end, closed)` of each quotation in a paragraph, marks included.

    A quotation left open at the paragraph's end runs on into the next one (newspaper style) and is
    not closed. Single quotation marks count where they enclose speech ending in punctuation.
    """
    single = [(match.start(), match.end(), True) for match in _SINGLE_QUOTED.finditer(text)]
    spans: list[tuple[int, int, bool]] = []
    opened: int | None = None
    for match in _QUOTE_MARK.finditer(text):
        mark, at = match[0], match.start()
        opens = mark in ("“", "„", "«", "``") or (mark in ('"', "''") and opened is None) or at == 0  # a slip: ”Fear.”
        if opens and opened is None:
            opened = at
        elif not opens and opened is not None:
            spans.append((opened, match.end(), True))
            opened = None
    if opened is not None:
        spans.append((opened, len(text), False))
    if single and all(any(s < start and end < e for s, e, _ in single) for start, end, _ in spans):
        return single  # British style: double marks stand inside single ones
    if not spans and re.match(r"[‘'](?=[A-Z])", text) and not re.search(r"[’'](?:\s|$)", text[1:]):
        spans = [(0, len(text), False)]
    return spans


def split_sentences(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of the sentences of one paragraph; one of over 1,500 characters is cut at a space, to stay quotable."""
    for start, end in _sentences(text):
        while end - start > _LONGEST_SENTENCE:
            space = text.rfind(" ", start + 1, start + _LONGEST_SENTENCE)
            cut = space if space > start else start + _LONGEST_SENTENCE
            yield start, cut
            start = cut + 1 if space > start else cut
        if end > start:
            yield start, end


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    whole = [(s, e) for s, e, _ in quoted_spans(text) if e - s <= _LONGEST_WHOLE_QUOTATION]
    starts = [s for s, _ in whole]
    start = 0
    for match in _END.finditer(text):
        end = match.end("close")
        at = bisect_left(starts, match.start()) - 1
        inside = at >= 0 and end < whole[at][1]
        if inside or _is_abbreviation(text, match) or _speaker_follows(text, match):
            continue
        yield start, end
        start = match.end()
    if text[start:].strip():
        yield start, len(text.rstrip())


def _is_abbreviation(text: str, match: re.Match[str]) -> bool:
    if match["mark"] != "." or match["close"]:
        return False
    word = re.search(r"[\w.]*$", text[max(0, match.start() - _NEAR) : match.start()])
    token = word[0].lower() if word else ""
    following = re.match(r"\w+", text[match.end() : match.end() + _NEAR])
    if len(token) == 1 and token.isalpha() and token != "i":
        return True
    if token in _MAY_END:
        return following is None or not (following[0][0].isupper() and following[0].lower() in _STARTERS)
    return token in _ABBREVIATIONS or bool(_INITIALS.fullmatch(token))


def _speaker_follows(text: str, match: re.Match[str]) -> bool:
    """`"Will it?" she asked.` is one sentence, and so is "Rep. Ann Hart (R-Fla.) said so."."""
    if not match["close"]:
        return False
    following = text[match.end() : match.end() + 60]
    if match["mark"] == ".":
        return match["close"] == ")" and following[:1].islower()
    return following[:1].islower() or bool(
        re.match(r"(?:[A-Z][\w.'’-]*\s+){1,3}(?:said|told|says|asks|[a-z]+ed)(?:\s+\w+){0,2}[.,]", following)
    )


@lru_cache(maxsize=512)
def article_sentences(article: Article) -> tuple[Sentence, ...]:
    """Every sentence of the article, in order, headings and furniture included."""
    return tuple(
        Sentence(paragraph.number, paragraph.start + start, paragraph.start + end)
        for paragraph in article.paragraphs
        for start, end in split_sentences(article.words(paragraph))
    )


def paragraph_of(article: Article, sentence: Sentence) -> Paragraph:
    return article.paragraphs[sentence.paragraph - 1]
