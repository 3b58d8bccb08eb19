"""Author and date lines as newspapers print them."""

import re
from datetime import date

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"),
            ("may",), ("june", "jun"), ("july", "jul"), ("august", "aug"),
            ("september", "sept", "sep"), ("october", "oct"), ("november", "nov"), ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
_MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DATES = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?P<year>\d{4})-(?P<number>\d{2})-(?P<day>\d{2})(?!\d)",
        rf"\b{_MONTH}\s+{_DAY},?\s+(?P<year>\d{{4}})\b",
        rf"\b{_DAY}\s+(?:of\s+)?{_MONTH},?\s+(?P<year>\d{{4}})\b",
        r"\b(?P<day>1[3-9]|2\d|3[01])[/.](?P<number>\d{1,2})[/.](?P<year>\d{4})\b",
        r"\b(?P<number>\d{1,2})/(?P<day>1[3-9]|2\d|3[01])/(?P<year>\d{4})\b",
    )
]

_WORD = r"[A-Z][\w'’.-]*"
_PARTICLE = r"(?:de|da|del|della|der|di|dos|du|van|von|bin|binti|al|el|la|le|ter)"
PERSON_NAME = rf"{_WORD}(?:\s+(?:{_PARTICLE}\s+)*{_WORD}){{1,3}}"
_NAMES = rf"{PERSON_NAME}(?:(?:\s*,\s*|\s*,?\s+and\s+|\s*&\s*){PERSON_NAME})*"
_JOB = r"(?:[\w'’/&-]+\s+){0,5}?(?:correspondent|reporter|editor|writer|columnist|bureau chief|staff|analyst|contributor)s?"
_BYLINES = [
    re.compile(pattern)
    for pattern in (
        rf"^(?i:by|words by|story by|report by|text by)[:\s]\s*(?P<names>{_NAMES})"
        r"(?P<rest>(?:\s*[,|/•·–—-]\s*|\s+in\s+|\s+at\s+|\s+for\s+|\s+on\s+|\s+and\s+agencies|$).{0,90})$",
        rf"^(?P<names>{_NAMES})\s*[,|/•·–—-]\s*(?i:{_JOB})(?:\s+in\s+{_WORD}.{{0,30}}|,.{{0,40}})?$",
        rf"^(?P<names>{_NAMES})\s+in\s+{_WORD}(?:\s+{_WORD}){{0,3}}$",
    )
]
_NAME_LINE = re.compile(_NAMES)
_JOB_LINE = re.compile(rf"(?:{_JOB}|[\w.+-]+@[\w.-]+)(?:\s+in\s+{_WORD}.{{0,30}})?", re.IGNORECASE)
_SIGN_OFF = re.compile(rf"^\((?i:additional\s+)?(?i:reporting|writing)\s+(?i:by)\s+(?P<names>{_NAMES})")


def find_date(text: str) -> date | None:
    """The first complete calendar date in `text`.

    A date without its year is not one, nor is 03/04/2024, which is March in one country and April in another.
    """
    found = []
    for pattern in _DATES:
        for match in pattern.finditer(text):
            parts = match.groupdict()
            month = int(parts["number"]) if parts.get("number") else MONTHS[parts["month"].lower()]
            try:
                found.append((match.start(), date(int(parts["year"]), month, int(parts["day"]))))
            except ValueError:  # 31 February and its like
                continue
    return min(found)[1] if found else None


def strip_dates(text: str) -> str:
    """`text` without its complete calendar dates."""
    for pattern in _DATES:
        text = pattern.sub(" ", text)
    return text


def find_authors(text: str) -> tuple[str, ...]:
    """The authors named by a byline or an agency sign-off; empty when `text` is neither."""
    line = text.strip()
    if len(line) > 160:
        line = line if line.startswith("(") else ""
    for pattern in (*_BYLINES, _SIGN_OFF):
        if match := pattern.match(line):
            return split_names(match["names"])
    return ()


def is_job_line(text: str) -> bool:
    """A line that only gives a reporter's post or e-mail address; the name stands on the line before."""
    return bool(_JOB_LINE.fullmatch(text.strip()))


def name_line(text: str) -> tuple[str, ...]:
    """The names of a line that is nothing but names."""
    return split_names(text) if _NAME_LINE.fullmatch(text.strip()) else ()


def split_names(names: str) -> tuple[str, ...]:
    """`"Ann Lee, Bo Chen and Cy Dow"` → the three names, in order."""
    parts = re.split(r"\s*,\s*and\s+|\s*,\s*|\s+and\s+|\s*&\s*", names.strip())
    return tuple(_cased(part.strip(" .")) for part in parts if part.strip(" ."))


def _cased(name: str) -> str:
    return name.title() if name.isupper() else name
