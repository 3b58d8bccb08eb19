"""Slips of typing, mended from the library's own words: "clappr" → "Clapper"."""

import re
from collections.abc import Collection, Iterable
from functools import cached_property

_TOKEN = re.compile(r"[^\W\d_]{5,}")
_LONG = 8
#: Words that questions are asked with, whether an article has them or not.
_ASKING = frozenset(
    """
    about according accuse accused admit admitted against announce announced argue argued blame blamed claim claimed
    comment comments criticise criticised criticize criticized deny denied describe described disagree explain happened
    mention mentioned opinion opinions oppose opposed people point points promise promised quote quoted reaction reason reasons
    respond responded response should stance statement summarise summarize summary support supported suggest suggested
    there think thinks thought views warn warned where which would
    """.split()
)


class Spelling:
    """`known` are words of the language that are never a slip; `library` the words that a slip can be meant for.

    So can the words that questions are asked with.
    """

    def __init__(self, known: Collection[str], library: Iterable[str]) -> None:
        self._known = known
        self._library = {word.lower(): word for word in (*_ASKING, *library) if len(word) >= 4}

    def corrected(self, question: str) -> str:
        """`question` with each unknown word replaced by the library's nearest, where one is near enough.

        Near is a Damerau-Levenshtein distance of 1, or 2 from eight letters on, and the same first letter.
        """
        return _TOKEN.sub(lambda match: self._nearest(match[0]), question)

    def _nearest(self, word: str) -> str:
        from rapidfuzz.distance import OSA

        lowered = word.lower()
        if lowered in self._library or lowered in self._known or _stem_known(lowered, self._library):
            return word
        reach = 2 if len(lowered) >= _LONG else 1
        near: list[tuple[int, str]] = []
        for other in self._by_letter.get(lowered[0], ()):
            if abs(len(other) - len(lowered)) <= reach:
                distance = OSA.distance(lowered, other, score_cutoff=reach)
                if distance <= reach and not (word[0].isupper() and other in _ASKING):  # it may be a name
                    near.append((distance, other))
        if near and min(near)[0] > 1 and (plain := self._of_the_language(lowered)):
            return plain
        return self._library[min(near)[1]] if near else word

    def _of_the_language(self, word: str) -> str:
        """A word of the language one edit away, which is likelier meant than one of the library two edits away."""
        from rapidfuzz.distance import OSA

        return next(
            (o for o in self._known_by_letter.get(word[0], ()) if OSA.distance(word, o, score_cutoff=1) <= 1), ""
        )

    @cached_property
    def _known_by_letter(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for word in sorted(self._known):
            if len(word) >= _LONG:
                found.setdefault(word[0], []).append(word)
        return found

    @cached_property
    def _by_letter(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for word in self._library:
            found.setdefault(word[0], []).append(word)
        return found


def _stem_known(word: str, library: Collection[str]) -> bool:
    """A plural, a possessive or a past of a word of the library is no slip."""
    return any(word.endswith(end) and word[: -len(end)] in library for end in ("s", "es", "d", "ed", "ing", "er", "ly"))
