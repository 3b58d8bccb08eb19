"""Who said what: every sentence of an article that gives somebody's words, with the speaker resolved.

A deterministic sieve in the manner of O'Keefe et al., "A Sequence Labelling Approach to Quote
Attribution" (EMNLP 2012), whose rule-based baseline it extends: cue and subject where the sentence
has them, else the open quotation, else the speaker before; `resolution` tells whom a phrase means.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache

from retrieval.quotes.content import content
from retrieval.quotes.cues import (
    BEFORE_WORDS,
    DASHES,
    Attribution,
    find_attributions,
    mask_quotations,
)
from retrieval.quotes.names import Cast
from retrieval.quotes.resolution import Resolver
from retrieval.quotes.subjects import NEAR
from retrieval.sentences import article_sentences, paragraph_of, quoted_spans
from retrieval.types import REPORTING, Article, Quotation, Sentence

_MOSTLY_QUOTED = 0.8
_TRANSCRIBED = re.compile(
    r"[\"“]?(?P<name>(?:(?:MR|MS|MRS|DR|SEN|GOV)\.? )?[A-Z][A-Z’'-]{2,}(?: [A-Z][A-Z’'-]{2,})?):\s+(?=[\"“']?\w)"
)
_OPENS_WITH_PRONOUN = re.compile(r"(He|She|His|Her)\b")


@lru_cache(maxsize=256)
def quotations(article: Article) -> tuple[Quotation, ...]:
    """The article's quotations and reported statements, in order; a sentence with two speakers comes twice."""
    return tuple(_Reading(article).run())


@lru_cache(maxsize=256)
def speakers(article: Article) -> dict[Sentence, str]:
    """Sentence → who speaks in it, the last of several."""
    return {quotation.sentence: quotation.speaker for quotation in quotations(article)}


@lru_cache(maxsize=256)
def referents(article: Article) -> dict[Sentence, str]:
    """Whom a sentence is about that opens with a pronoun: "His comments were …" → the last person spoken of."""
    reading = _Reading(article)
    reading.run()
    return reading.known.referents


@lru_cache(maxsize=256)
def cast(article: Article) -> Cast:
    """The people of the article."""
    return Cast("\n".join(article.words(p) for p in article.paragraphs if p.kind in REPORTING))


def _continuing(sentence: Sentence, speaker: str) -> Quotation:
    """A sentence that only goes on with what somebody says."""
    return Quotation(sentence, speaker, "", "", True, ((sentence.start, sentence.end),))


def _covers(spans: tuple[tuple[int, int], ...], at: int) -> bool:
    return any(start <= at < end for start, end in spans)


_HE_OR_SHE = re.compile(r"(?:He|She)\b")
#: "reacted angrily to remarks by Clapper, who told …": what follows is another's.
_TO_ANOTHERS = re.compile(
    r"(?:react|respond)\w*\s+(?:\w+\s+){0,4}?to\s+(?:the\s+)?(?:remarks?|comments?|claims?|accusations?|statements?|words)\s+(?:by|from|of)\b"
)
#: Where words can stand that nobody says.
_WRITTEN = re.compile(r"\b(?:signs?|posters?|placards?|banners?|shirts?|notes?|letters?|captions?|headlines?)\b")


class _Reading:
    """One pass over the article, remembering who spoke last and whose quotation is open."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.cast = cast(article)
        self.sentences = [s for s in article_sentences(article) if paragraph_of(article, s).kind in REPORTING]
        self.spans = {p.number: quoted_spans(article.words(p)) for p in article.paragraphs}
        self.masked = [self._mask(sentence) for sentence in self.sentences]
        self.attributions = [find_attributions(masked) for masked in self.masked]
        self.known = Resolver(article, self.cast, self.sentences, self.masked, self.attributions)

    def run(self) -> list[Quotation]:
        found: list[Quotation] = []
        pending: list[Sentence] = []
        transcribed = ""
        for position, sentence in enumerate(self.sentences):
            if self._starts_paragraph(position):
                pending, transcribed = [], self._transcribed(sentence)
            if transcribed:
                label = _TRANSCRIBED.match(self.article.text, sentence.start, sentence.end)
                words = ((label.end() if label else sentence.start, sentence.end),)
                found.append(Quotation(sentence, transcribed, label["name"] if label else "", "", True, words))
                self.known.speaker = transcribed
                continue
            if opening := _OPENS_WITH_PRONOUN.match(self.masked[position]):
                self.known.referents[sentence] = self.known.pronoun(
                    "she" if opening[1] in ("She", "Her") else "he", "", position
                )
            named = self._attributed(position)
            if named:
                found += [_continuing(s, named[0].speaker) for s in pending] + named
                pending = []
                self.known.speaker = "" if named[0].cue in DASHES else self._principal(named)
            elif self._is_quoted(position):
                before = self.sentences[position - 1] if position else None
                follows = bool(found) and found[-1].direct and found[-1].sentence == before
                if self.known.speaker and (
                    self._is_continued(position) or follows or self._spoken_earlier(position, found)
                ):
                    found.append(_continuing(sentence, self.known.speaker))
                else:
                    pending.append(sentence)
            self.known.remember(position, bool(named))
        return found

    def _transcribed(self, sentence: Sentence) -> str:
        """Whose paragraph it is in a transcript: "PENCE: Well, look, …"; an "UPDATE:" is nobody's."""
        opening = _TRANSCRIBED.match(self.article.text, sentence.start, sentence.end)
        person = self.cast.named(opening["name"].title()) if opening else None
        return person.name if person else ""

    def _mask(self, sentence: Sentence) -> str:
        base = self.article.paragraphs[sentence.paragraph - 1].start
        start, end = sentence.start - base, sentence.end - base
        spans = self.spans[sentence.paragraph]
        first = max(0, bisect_right(spans, start, key=lambda span: span[0]) - 1)
        last = bisect_left(spans, end, key=lambda span: span[0])
        within = [(max(s, start) - start, min(e, end) - start) for s, e, _ in spans[first:last] if e > start]
        return mask_quotations(self.article.words(sentence), within)

    def _starts_paragraph(self, position: int) -> bool:
        return position == 0 or self.sentences[position - 1].paragraph != self.sentences[position].paragraph

    def _is_quoted(self, position: int) -> bool:
        masked = self.masked[position]
        return masked.count("\x00") >= _MOSTLY_QUOTED * len(masked)

    def _is_continued(self, position: int) -> bool:
        """Whether the sentence before announced a quotation, or left one open at its paragraph's end."""
        if position == 0:
            return False
        spans = self.spans[self.sentences[position - 1].paragraph]
        left_open = self._starts_paragraph(position) and bool(spans) and not spans[-1][2]
        return left_open or self.masked[position - 1].rstrip("\x00 ").endswith(":")

    def _attributed(self, position: int) -> list[Quotation]:
        masked, sentence = self.masked[position], self.sentences[position]
        named: list[Quotation] = []
        first: Attribution | None = None
        for attribution in self.attributions[position]:
            mention = attribution.phrase or (named[-1].mention if named else self.known.subject(position))
            if named and mention.lower() in ("it", "they"):
                continue
            if _TO_ANOTHERS.match(masked[attribution.cue_start :]):
                continue
            if attribution.cue == BEFORE_WORDS and not self._leads_to_words(sentence, attribution):
                continue
            speaker = (
                self.known.resolve(
                    mention, masked[max(0, attribution.cue_start - NEAR) : attribution.cue_start], position
                )
                if mention
                else ""
            )
            if speaker and all(other.speaker != speaker for other in named):
                inner = content(masked, attribution)
                if first and named and not self.known.is_person(named[0].speaker) and _covers(inner, first.cue_start):
                    named.pop(0)  # "Both sides agree it is vital, Mr Meng said": the words are Mr Meng's
                spans = tuple((sentence.start + a, sentence.start + b) for a, b in inner)
                named.append(Quotation(sentence, speaker, mention, attribution.cue, "\x00" in masked, spans))
                first = attribution if len(named) == 1 else first
        return named

    def _leads_to_words(self, sentence: Sentence, attribution: Attribution) -> bool:
        """Whether a person's name and a mark stand before a whole sentence in quotation marks, not “a hero”."""
        after = self.article.text[sentence.start + attribution.cue_start : sentence.end].lstrip("-—–: \"“'‘")
        return after[:1].isupper() and bool(self.cast.mentioned(attribution.phrase))

    def _spoken_earlier(self, position: int, found: Sequence[Quotation]) -> bool:
        """Whether the same paragraph has given the speaker's words already: "…," she said. She shrugged. "…"."""
        if not position or not found or not found[-1].direct:
            return False
        before, between = self.sentences[position - 1], self.masked[position - 1]
        own = self.known.referents.get(before) == self.known.speaker and _HE_OR_SHE.match(between)
        if not own or _WRITTEN.search(between) or self.cast.mentioned(between):
            return False
        return found[-1].sentence.paragraph == self.sentences[position].paragraph

    def _principal(self, named: list[Quotation]) -> str:
        """Who goes on speaking after a sentence with several speakers: the last that is a person."""
        people = [q.speaker for q in named if self.known.is_person(q.speaker)]
        return (people or [named[0].speaker])[-1]
