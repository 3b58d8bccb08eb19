"""Blocks of a saved newspaper page → the cleaned Article, every kept line with its role and place.

The lines are read in three zones: the head (headline, standfirst, byline, date, photo), the story,
and the tail (agencies, sign-off, imprint). What no rule recognises is kept as running text: a
reader loses more from a dropped sentence than from a kept label.
"""

import re
from datetime import date

from retrieval.bylines import find_authors, find_date, is_job_line, name_line, split_names
from retrieval.errors import ParseError
from retrieval.page import furniture
from retrieval.page.lines import ENDS_SENTENCE, FURNITURE_LENGTH, Line, keep_lines
from retrieval.sentences import split_sentences
from retrieval.types import Article, Kind, Page, Paragraph

_STORY_LENGTH = 60
_HEADLINE_LENGTH = 200
_STANDFIRST_LENGTH = 320
#: Some newspapers end a headline with a full stop; longer than this, it is the story's first sentence.
_STOPPED_HEADLINE_LENGTH = 110
_CAPITALISED = 0.6
_ARTICLE_WORDS = frozenset({"a", "an", "the"})
_PUBLICATION_SUFFIX = re.compile(r"\s+(?:\||[-–—])\s+(?P<name>(?:The\s+)?[A-Z][\w'’&.-]*(?:\s+[A-Z][\w'’&.-]*){0,4})$")


def read_page(page: Page, source: str) -> Article:
    """Raise ParseError if the page holds no running text at all."""
    lines = keep_lines(page.blocks)
    facts = _Facts(page.declared)
    for line in lines:
        facts.recognise(line)
    head, tail = _story_bounds(lines)
    _read_head(lines[:head], facts)
    for position, line in enumerate(lines):
        if line.kind is None and position >= tail:
            facts.recognise_outside_story(line, None)
        if line.kind is None:
            line.kind = Kind.SUBHEAD if _is_subhead(line) else Kind.BODY
    if not any(line.kind is Kind.BODY for line in lines):
        _demote(lines, facts)
    return _assemble(lines, facts, source)


class _Facts:
    """What the page says about itself, gathered line by line; the first mention wins."""

    def __init__(self, declared: dict[str, str]) -> None:
        self.headline = declared.get("headline", "")
        self.standfirst = declared.get("standfirst", "")
        self.publication = declared.get("publication", "")
        self.published: date | None = find_date(declared.get("published", ""))
        byline = declared.get("byline", "")
        self.authors = find_authors(byline) or split_names(byline)
        self.printed_headline = self.dateline = self.caption = self.credit = ""
        self.agencies: tuple[str, ...] = ()

    def recognise(self, line: Line) -> None:
        """Give `line` its kind if its words alone tell it."""
        if line.level == 1 or line.kind is not None:
            return
        if len(line.text) > FURNITURE_LENGTH:
            self._recognise_dateline(line)
            return
        if imprint := furniture.find_imprint(line.text):
            line.kind, line.end = Kind.IMPRINT, imprint.end
            self.publication = self.publication or imprint.publication
            self.published = self.published or imprint.published
            self.printed_headline = self.printed_headline or imprint.headline
        elif agencies := furniture.find_agencies(line.text):
            line.kind = Kind.AGENCIES
            self.agencies = self.agencies or agencies
        elif published := furniture.find_date_line(line.text):
            line.kind = Kind.DATE
            self.published = self.published or published
        elif photo := furniture.find_photo(line.text):
            line.kind = Kind.CAPTION
            if photo.end > photo.start:
                line.start, line.end = photo.start, photo.end
                self.caption = self.caption or line.words
            self.credit = self.credit or photo.credit
        else:
            self._recognise_dateline(line)

    def _recognise_dateline(self, line: Line) -> None:
        if dateline := furniture.find_dateline(line.text):
            line.kind, line.start = Kind.BODY, dateline.end
            self.dateline = self.dateline or dateline.place
            if dateline.agency:
                self.agencies = self.agencies or (dateline.agency,)

    def recognise_outside_story(self, line: Line, following: Line | None) -> None:
        """Give a line of the head or tail its kind, where in the story its words could mean something else."""
        named = name_line(line.text) if following and is_job_line(following.text) else ()
        if is_job_line(line.text):
            line.kind = Kind.BYLINE
        elif authors := find_authors(line.text) or named:
            line.kind = Kind.BYLINE
            self.authors = self.authors or authors
            self.published = self.published or find_date(line.text)
        elif masthead := furniture.find_masthead(line.text):
            line.kind = Kind.IMPRINT
            self.publication = self.publication or masthead
            self.published = self.published or find_date(line.text)


def _reads_as_story(line: Line) -> bool:
    return len(line.words) >= _STORY_LENGTH and bool(ENDS_SENTENCE.search(line.words))


def _story_bounds(lines: list[Line]) -> tuple[int, int]:
    """Positions of the first line of the story and of the line after its last."""
    opening = next((i for i, line in enumerate(lines) if line.kind is Kind.BODY), None)  # a dateline or a bullet
    story = [i for i, line in enumerate(lines) if line.kind in (None, Kind.BODY) and _reads_as_story(line)]
    if opening is None:
        plain = [i for i in story if not find_authors(lines[i].text)]
        opening = plain[0] if plain else len(lines)
        if len(plain) > 1 and (_is_standfirst_before(lines, plain[0]) or _is_stopped_headline(lines, plain)):
            opening = plain[1]
    last = max((i for i in story if not find_authors(lines[i].text)), default=len(lines) - 1)
    return opening, max(opening, last + 1)


def _is_standfirst_before(lines: list[Line], position: int) -> bool:
    """A sentence between the headline and a byline, date or photo is the standfirst, not the story."""
    following = lines[position + 1]
    separated = following.kind in (Kind.DATE, Kind.CAPTION) or bool(find_authors(following.text))
    return position > 0 and separated and len(lines[position].words) <= _STANDFIRST_LENGTH


def _is_stopped_headline(lines: list[Line], story: list[int]) -> bool:
    """Whether the page opens with a headline that ends in a full stop: capitalised, or without "a" and "the"."""
    text = lines[0].text
    if story[0] != 0 or len(text) > _STOPPED_HEADLINE_LENGTH or len(list(split_sentences(text))) > 1:
        return False
    words = [word.strip("‘’“”'\".,:;!?()") for word in text.split()]
    long = [word for word in words if len(word) > 3]
    capitalised = sum(word[0].isupper() or word[0].isdigit() for word in long) >= _CAPITALISED * len(long)
    return capitalised or not _ARTICLE_WORDS & {word.lower() for word in words}


def _read_head(head: list[Line], facts: _Facts) -> None:
    for position, line in enumerate(head):
        if line.kind is None and line.level != 1:
            facts.recognise_outside_story(line, head[position + 1] if position + 1 < len(head) else None)
    plain = [line for line in head if line.kind is None]
    titled = next((line for line in plain if line.level == 1), None) or next(
        (line for line in plain if facts.printed_headline and line.text == facts.printed_headline), None
    )
    if titled is None and plain:
        titled = next((line for line in plain if not _is_section_label(line, plain)), plain[0])
        if len(titled.text) > _HEADLINE_LENGTH:
            titled = None
    if titled is not None:
        for line in plain[: plain.index(titled)]:
            line.kind = Kind.SUBHEAD
        plain = plain[plain.index(titled) + 1 :]
        titled.kind = Kind.HEADLINE
        suffix = _PUBLICATION_SUFFIX.search(titled.text)
        if suffix and ("|" in suffix[0] or furniture.NEWSPAPER_WORD.search(suffix["name"])):
            titled.end = suffix.start()
            facts.publication = facts.publication or suffix["name"]
        facts.headline = facts.headline or titled.words
    facts.headline = facts.headline or facts.printed_headline
    for line in plain:
        if len(line.words.split()) >= 5 and len(line.words) <= _STANDFIRST_LENGTH and not facts.standfirst:
            line.kind = Kind.STANDFIRST
            facts.standfirst = line.words


def _is_section_label(line: Line, plain: list[Line]) -> bool:
    words = line.text.split()
    short = len(words) <= 2 or (len(words) <= 6 and line.text.isupper())
    return short and any(len(other.text.split()) >= 4 for other in plain[plain.index(line) + 1 :])


def _is_subhead(line: Line) -> bool:
    if line.level:
        return True
    return len(line.text.split()) <= 10 and not re.search(r"[.!?…\"”’':;,]$", line.text)


def _demote(lines: list[Line], facts: _Facts) -> None:
    """A page of headings alone is read as text: a one-line note has no headline."""
    for line in lines:
        if line.kind in (Kind.HEADLINE, Kind.STANDFIRST, Kind.SUBHEAD) and not line.level:
            line.kind = Kind.BODY
            facts.headline = facts.standfirst = ""


def _assemble(lines: list[Line], facts: _Facts, source: str) -> Article:
    paragraphs, texts, offset = [], [], 0
    for number, line in enumerate(lines, start=1):
        assert line.kind is not None
        paragraphs.append(Paragraph(number, line.kind, offset + line.start, offset + line.end))
        texts.append(line.text)
        offset += len(line.text) + 2
    if not any(line.kind in (Kind.BODY, Kind.CAPTION, Kind.STANDFIRST) for line in lines):
        raise ParseError(
            f"{source} holds no article: no running text was found in it. Check the file, or save it again."
        )
    return Article(
        source=source,
        text="\n\n".join(texts),
        paragraphs=tuple(paragraphs),
        headline=facts.headline,
        standfirst=facts.standfirst,
        dateline=facts.dateline,
        authors=facts.authors,
        agencies=facts.agencies,
        publication=facts.publication,
        published=facts.published,
        caption=facts.caption,
        credit=facts.credit,
    )
