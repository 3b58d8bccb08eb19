"""Who said what: every sentence of an article that gives somebody's words, with the speaker resolved.

A deterministic sieve in the manner of O'Keefe et al., "A Sequence Labelling Approach to Quote
Attribution" (EMNLP 2012), whose rule-based baseline it extends: cue and subject where the sentence
has them, else the open quotation, else the speaker before. Names, pronouns and descriptions are
resolved within the article, forwards too: news copy often describes a speaker first and names them
in the next paragraph.
"""

import re
from functools import lru_cache

from retrieval.quotes.cues import find_attributions, is_role_phrase, mask_quotations
from retrieval.quotes.names import Cast, Person
from retrieval.sentences import article_sentences, paragraph_of, quoted_spans
from retrieval.terms import STOP_WORDS, words
from retrieval.types import REPORTING, Article, Quotation, Sentence

_MOSTLY_QUOTED = 0.8


@lru_cache(maxsize=256)
def quotations(article: Article) -> tuple[Quotation, ...]:
    """The article's quotations and reported statements, in order; a sentence with two speakers comes twice."""
    return tuple(_Reading(article).run())


@lru_cache(maxsize=256)
def cast(article: Article) -> Cast:
    """The people of the article."""
    return Cast("\n".join(article.words(p) for p in article.paragraphs if p.kind in REPORTING))


class _Reading:
    """One pass over the article, remembering who spoke last and whose quotation is open."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.cast = cast(article)
        self.sentences = [s for s in article_sentences(article) if paragraph_of(article, s).kind in REPORTING]
        self.speaker = ""
        self.subjects: list[Person] = []
        self.open_quotation = False
        self.announced = False

    def run(self) -> list[Quotation]:
        found: list[Quotation] = []
        pending: list[Sentence] = []
        for position, sentence in enumerate(self.sentences):
            text = self.article.words(sentence)
            starts_paragraph = position == 0 or self.sentences[position - 1].paragraph != sentence.paragraph
            if starts_paragraph:
                pending = []
            spans = self._spans(text)
            masked = mask_quotations(text, spans)
            named = self._attributed(sentence, masked, bool(spans), position)
            if named:
                if not starts_paragraph and spans and spans[-1][0] == 0:
                    pass
                found += [Quotation(p, named[0].speaker, "", "", True) for p in pending]
                pending = []
                found += named
                self.speaker = named[-1].speaker if len(named) == 1 else self._principal(named)
            elif self._is_quoted(text, masked):
                if self.speaker and (self.open_quotation or self.announced or not starts_paragraph or self._follows(found)):
                    found.append(Quotation(sentence, self.speaker, "", "", True))
                else:
                    pending.append(sentence)
            self._remember(masked, spans, text)
        return sorted(found, key=lambda quotation: quotation.sentence.start)

    def _spans(self, text: str) -> list[tuple[int, int, bool]]:
        spans = quoted_spans(text)
        if self.open_quotation and not re.match(r"\s*[\"“‘']", text):
            closing = re.search(r"[”\"]", text)
            return [(0, closing.end() if closing else len(text), bool(closing)), *[s for s in quoted_spans(text[closing.end() :] if closing else "")]][:1]
        return spans

    def _is_quoted(self, text: str, masked: str) -> bool:
        return masked.count("\x00") >= _MOSTLY_QUOTED * len(text.strip())

    def _follows(self, found: list[Quotation]) -> bool:
        """A paragraph of nothing but quotation continues the speaker of the sentence right before it."""
        return bool(found) and self.sentences.index(found[-1].sentence) >= 0 and found[-1].direct

    def _attributed(self, sentence: Sentence, masked: str, has_quotation: bool, position: int) -> list[Quotation]:
        named: list[Quotation] = []
        for attribution in find_attributions(masked):
            if attribution.phrase:
                speaker = self._resolve(attribution.phrase, masked[: attribution.cue_start], position)
                mention = attribution.phrase
            else:
                subject = named[-1].speaker if named else self._subject_of(masked, position)
                speaker, mention = subject, ""
            if speaker and all(other.speaker != speaker for other in named):
                named.append(Quotation(sentence, speaker, mention, attribution.cue, has_quotation))
        return named

    def _subject_of(self, masked: str, position: int) -> str:
        """The subject of a sentence whose cue is a participle: "…, saying both sides could cooperate"."""
        opening = re.split(r"[,;:]", re.sub(r"^(?:But|And|However|Meanwhile|Still|Later|Earlier|Yet|So)\b,?\s*", "", masked))[0]
        people = self.cast.mentioned(opening)
        if people and not re.match(r"\w+['’]s\b", opening):
            return people[0].name
        head = re.match(r"(?P<phrase>(?:[\w’'-]+\s+){0,6}?[\w’'-]+)(?=\s+(?:has|had|have|was|were|is|took|\w+ed|made|gave|set|went|met|put)\b)", opening)
        return self._resolve(head["phrase"], "", position) if head else ""

    def _resolve(self, phrase: str, before: str, position: int) -> str:
        bare = re.sub(r"^(?:But|And|However|Meanwhile|Still|Yet|So|Then|Later|Instead)\s+", "", phrase.strip(" ,"))
        lowered = bare.lower()
        if lowered in ("he", "she", "who", "they", "i"):
            return self._pronoun(lowered, before)
        if re.match(r"(?:a|an|the)\s+(?:\w+\s+){0,2}(?:spokes\w+|lawyers?|aides?|officials?|representatives?)\s+(?:for|of|at|to)\b", lowered):
            return bare
        if person := self.cast.named(bare):
            return person.name
        if is_role_phrase(bare):
            return self._described(bare, position)
        return bare if self._could_speak(bare) else ""

    def _pronoun(self, pronoun: str, before: str) -> str:
        here = self.cast.mentioned(before)
        if pronoun == "who":
            return here[-1].name if here else ""
        if pronoun in ("they", "i"):
            return self.speaker
        gender = "f" if pronoun == "she" else "m"
        recent = [p for p in reversed(self.cast.people) if p.name == self.speaker]
        for person in [*here[:1], *self.subjects, *recent]:
            if person.gender in ("", gender):
                return person.name
        fitting = [p for p in self.cast.people if p.gender == gender]
        return fitting[-1].name if len(fitting) == 1 else self.speaker

    def _described(self, phrase: str, position: int) -> str:
        """A description's person: who was so described, the latest speaker first, else who is named next."""
        candidates = self.cast.described(phrase)
        if candidates:
            offset = self.sentences[position].start
            recent = [p for p in candidates if p.name == self.speaker] or [p for p in candidates if p in self.subjects]
            earlier = [p for p in candidates if self._first(p) < offset]
            return (recent or earlier[-1:] or candidates)[0].name
        return self._named_next(position) or phrase

    def _named_next(self, position: int) -> str:
        """The speaker first named in the following sentence or two, if nobody knew them before."""
        offset = self.sentences[position].start
        for sentence in self.sentences[position + 1 : position + 3]:
            text = self.article.words(sentence)
            masked = mask_quotations(text, quoted_spans(text))
            for attribution in find_attributions(masked):
                person = self.cast.named(attribution.phrase) if attribution.phrase else None
                if person is not None and self._first(person) > offset:
                    return person.name
        return ""

    def _first(self, person: Person) -> int:
        """Where the article first names somebody."""
        at = self.article.text.find(person.name)
        return at if at >= 0 else len(self.article.text)

    def _could_speak(self, phrase: str) -> bool:
        content = [word for word in words(phrase) if word not in STOP_WORDS]
        return 0 < len(content) <= 8 and any(c.isalpha() for c in phrase)

    def _principal(self, named: list[Quotation]) -> str:
        people = [q.speaker for q in named if any(p.name == q.speaker for p in self.cast.people)]
        return (people or [named[0].speaker])[-1]

    def _remember(self, masked: str, spans: list[tuple[int, int, bool]], text: str) -> None:
        self.open_quotation = bool(spans) and not spans[-1][2]
        self.announced = text.rstrip().endswith(":")
        if people := self.cast.mentioned(masked):
            self.subjects = people[:1] if self.speaker != people[-1].name else [people[-1]]
