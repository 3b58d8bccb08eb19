"""Relative dates counted from the day the article was published: "on Monday", "last month", "two years ago"."""

import re
from collections.abc import Sequence
from datetime import date

from dateutil.relativedelta import FR, MO, SA, SU, TH, TU, WE, relativedelta

import prompts
from bot.answering.expectations import asks_when
from bot.answering.types import Citation
from retrieval.quotes.lexicon import MONTH, WEEK, WEEKDAY

_WEEKDAYS = dict(zip(WEEK, (MO, TU, WE, TH, FR, SA, SU), strict=True))
_WEEKDAY = re.compile(
    rf"(?<!every )(?<!each )\b(?:(?P<side>last|next|this)\s+|on\s+|from\s+|since\s+|until\s+|by\s+|late\s+|early\s+)?(?P<day>{WEEKDAY})\b"
    rf"(?!,?\s+(?:the\s+)?(?:\d|{MONTH}))",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"\b(?P<day>yesterday|today|tonight|tomorrow|this (?:morning|afternoon|evening)|last night)\b", re.IGNORECASE
)
_PERIOD = re.compile(
    r"\b(?P<side>last|next|this|earlier this|later this)\s+(?P<unit>week|month|year)\b(?!['’-])", re.IGNORECASE
)
_NUMBERS = dict(zip("a one two three four five six seven eight nine ten".split(), (1, *range(1, 11)), strict=True))
_AGO = re.compile(
    rf"\b(?P<count>\d{{1,3}}|{'|'.join(_NUMBERS)})\s+(?P<unit>day|week|month|year)s?\s+ago\b", re.IGNORECASE
)
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]?")
#: Which way a weekday lies follows from the verb nearest to it in its clause.
_VERB = re.compile(
    r"\b(?:(?P<ahead>will|would|is to|are to|due|plans? to|planned|scheduled|expected|set to|going to)|(?P<behind>said|told|\w+ed|was|were|had|has|began|met|won|left|took|came|went|made|gave|fell|rose|held|struck))\b",
    re.IGNORECASE,
)
_CLAUSE = 70


def explained(question: str, citations: Sequence[Citation], best: str) -> str:
    """What the first relative date of the quotes means, if the question asks when; else "".

    Where `best` tells which words of a quote answer, a date beside them is of something else and is left alone.
    """
    if not asks_when(question):
        return ""
    for citation in citations:
        published = citation.article.published
        found = meaning(citation.quote, published) if published else None
        if published and found:
            phrase, when = found
            if best in citation.quote and not _overlap(citation.quote, phrase, best):
                continue
            return prompts.load("relative_date").substitute(published=_written(published), phrase=phrase, date=when)
    return ""


def _overlap(quote: str, phrase: str, best: str) -> bool:
    a, b = quote.find(phrase), quote.find(best)
    return a < b + len(best) and b < a + len(phrase)


def meaning(text: str, published: date) -> tuple[str, str] | None:
    """The first relative date in the newspaper's own words of `text`, and the day, week, month or year it is.

    What somebody quoted calls "yesterday" depends on when they spoke, so it is left alone.
    """
    own = _QUOTED.sub(lambda match: "\0" * len(match[0]), text)
    found = [
        (match.start(), match[0], read(match, own, published))
        for pattern, read in ((_WEEKDAY, _weekday), (_DAY, _day), (_PERIOD, _period), (_AGO, _ago))
        for match in pattern.finditer(own)
    ]
    if not found:
        return None
    _, phrase, when = min(found)
    return phrase, when


def _weekday(match: re.Match[str], text: str, published: date) -> str:
    side, day = (match["side"] or "").lower(), _WEEKDAYS[match["day"].capitalize()]
    if side == "last":
        return _written(published + relativedelta(days=-1, weekday=day(-1)))
    if side == "next":
        return _written(published + relativedelta(days=1, weekday=day(1)))
    return _written(published + relativedelta(weekday=day(1) if _is_ahead(match, text) else day(-1)))


def _is_ahead(match: re.Match[str], text: str) -> bool:
    before = re.split(r"[,;:\0]|\bthat\b", text[max(0, match.start() - _CLAUSE) : match.start()])[-1]
    verbs = list(_VERB.finditer(before))
    nearest = verbs[-1] if verbs else _VERB.search(text, match.end(), match.end() + _CLAUSE)
    return nearest is not None and nearest["ahead"] is not None


def _day(match: re.Match[str], _: str, published: date) -> str:
    days = {"yesterday": -1, "last night": -1, "tomorrow": 1}.get(match["day"].lower(), 0)
    return _written(published + relativedelta(days=days))


def _period(match: re.Match[str], _: str, published: date) -> str:
    step = {"last": -1, "next": 1}.get(match["side"].lower(), 0)
    unit = match["unit"].lower()
    there = published + relativedelta(**{f"{unit}s": step})  # type: ignore[arg-type]
    if unit == "week":
        return f"the week of {_written(there + relativedelta(weekday=MO(-1)))}"
    return str(there.year) if unit == "year" else f"{there:%B} {there.year}"


def _ago(match: re.Match[str], _: str, published: date) -> str:
    count = _NUMBERS.get(match["count"].lower()) or int(match["count"])
    unit = match["unit"].lower()
    there = published - relativedelta(**{f"{unit}s": count})  # type: ignore[arg-type]
    if unit == "day":
        return _written(there)
    if unit == "week":
        return f"about {_written(there)}"
    return str(there.year) if unit == "year" else f"{there:%B} {there.year}"


def _written(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
