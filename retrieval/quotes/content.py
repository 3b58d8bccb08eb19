"""Where in a sentence the words said stand: what is left when speaker and cue are taken away."""

import re

from retrieval.quotes.cues import Attribution
from retrieval.quotes.lexicon import WEEKDAY

_MARKS = " \t\n,;:—–-"
_LINK = re.compile(r"\s*(?:that\b|:|,)?\s*")
_TELLING = re.compile(r"(?:told|tells|telling|tell)$")
_TOLD = re.compile(
    r"\s+(?:(?:[\w’'.&-]+\s+){1,5}?(?=that\b|\x00|he\b|she\b|they\b|it\b|there\b)|[\w’'.&-]+(?:\s+[A-Z][\w’'.&-]*){0,3})"
)
_ASIDE = re.compile(r"(?:,[^,\x00]{2,90}(?=,|\.?$))?[^\x00,]{0,60}?(?=[,\x00]|\.?$)")
#: "According to Lindqvist, the engineer, 214 beams failed": what comes last is what was said.
_LEADING_ASIDE = re.compile(r"(?:,[^,\x00]{2,90}(?=,))?[^\x00,]{0,60}?(?=[,\x00])")
#: "In recent months, …", "After the vote, …": no statement of anybody.
_OPENS_ASIDE = re.compile(
    r"(?:(?:but|and|so|then)\s+)?(?:after|before|when|while|as|if|in|on|at|during|since|although|though|by|for|from|with|under|until|once"
    r"|earlier|later|last|this|asked|speaking|meanwhile|however)\b",
    re.IGNORECASE,
)
_WHEN_OR_WHERE = re.compile(
    rf"\s+(?:(?:late|early|last|on|this|the)\s+)*(?:{WEEKDAY}|yesterday|today|week|month|year|during|after|as|when|while"
    r"|before|in an?|at an?|at the|in the|to reporters)\b(?!\s+(?:that|he|she|they|it)\b)"
)
#: The words end with a quotation, but for what belongs to the speaker's name: "…," panel Chairman.
_QUOTED_LAST = re.compile(r"\x00[\s,]*(?:(?!(?:and|but)\b)[a-z]+\s*){0,2}$")
_FEWEST = 3


def content(masked: str, attribution: Attribution) -> tuple[tuple[int, int], ...]:
    """Spans of `masked` (a sentence with its quoted words blanked) that give what was said, in order.

    A speaker in the middle leaves a span on each side; one at an end leaves one.
    """
    cue_end = attribution.cue_start + len(attribution.cue if attribution.cue != "cited" else "")
    subject = _subject(masked, attribution, cue_end)
    if subject is None or subject[1] <= attribution.cue_start:
        left_end = subject[0] if subject else attribution.cue_start
        right = _after(masked, cue_end, attribution.cue)
    else:
        left_end, right = attribution.cue_start, subject[1]
    before, after = _trimmed(masked, 0, left_end), _trimmed(masked, right, len(masked))
    spoken_before, spoken_after = _says(masked, before), _says(masked, after)
    if attribution.cue == "according to" or (subject and subject[0] > attribution.cue_start):
        kept = [before] + ([after] if "\x00" in masked[slice(*after)] or not spoken_before else [])
    elif _QUOTED_LAST.search(masked[slice(*before)]) or (
        attribution.phrase and "\x00" in masked[slice(*before)] and "\x00" not in masked[slice(*after)]
    ):
        kept = [before] + ([after] if "\x00" in masked[slice(*after)] else [])
    elif spoken_after and not (spoken_before and _told_first(masked, before, left_end, cue_end)):
        kept = [after]
    else:
        kept = [before]
    return tuple(span for span in kept if span[1] > span[0])


def _told_first(masked: str, before: tuple[int, int], left_end: int, cue_end: int) -> bool:
    """ "It is an insult, lawmakers said Friday, as they left": after the cue stands only when and where."""
    closed = masked[:left_end].rstrip().endswith(",") and not _OPENS_ASIDE.match(masked, before[0])
    return closed and bool(_WHEN_OR_WHERE.match(masked, cue_end))


def _subject(masked: str, attribution: Attribution, cue_end: int) -> tuple[int, int] | None:
    if not attribution.phrase:
        return None
    at = masked.rfind(attribution.phrase, 0, attribution.cue_start)
    after = masked.find(attribution.phrase, cue_end, cue_end + 160)
    nearer_after = after >= 0 and (at < 0 or attribution.cue == "according to" or after - cue_end <= 2)
    start = after if nearer_after else at
    if start < 0:
        return None
    end = start + len(attribution.phrase)
    if nearer_after:  # what hangs on the speaker ("…, the council's engineer,") goes with the speaker
        aside = (_LEADING_ASIDE if not masked[: attribution.cue_start].strip() else _ASIDE).match(masked, end)
        end = aside.end() if aside else end
    return start, end


def _after(masked: str, cue_end: int, cue: str) -> int:
    told = _TOLD.match(masked, cue_end) if _TELLING.match(cue) else None
    link = _LINK.match(masked, told.end() if told else cue_end)
    return link.end() if link else cue_end


def _trimmed(masked: str, start: int, end: int) -> tuple[int, int]:
    while start < end and masked[start] in _MARKS:
        start += 1
    while end > start and masked[end - 1] in _MARKS:
        end -= 1
    return start, end


def _says(masked: str, span: tuple[int, int]) -> bool:
    text = masked[slice(*span)]
    return "\x00" in text or len(text.strip(".").split()) >= _FEWEST
