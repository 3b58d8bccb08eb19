"""Whom a phrase means at a place of an article: names, pronouns, offices, bodies, descriptions.

Forwards too: news copy often describes a speaker first and names them in the next paragraph.
"""

import re
from collections.abc import Sequence

from retrieval.quotes.cues import Attribution
from retrieval.quotes.lexicon import DAYS, ROLES, is_nationality
from retrieval.quotes.names import Cast, Person
from retrieval.quotes.subjects import NEAR, is_group_phrase, is_role_phrase
from retrieval.terms import STOP_WORDS, stem, words
from retrieval.types import Article, Sentence

#: A name that begins within so many characters is the sentence's subject, whatever follows.
_SUBJECT_WITHIN = 24
#: What ran on into a phrase that should name a speaker: "The move took place", "Women composed about a quarter".
_CLAUSE = re.compile(r"\b(?:took|failed|made|went|came|gave|got)\b|\b[a-z]+ed\s+(?:about|the|an?|\d)\b")
_LEADING = re.compile(
    r"^(?:But|And|However|Meanwhile|Still|Yet|So|Then|Later|Earlier|Instead|Though|Although|While|As|Yesterday|After|Before|When|If"
    r"|Because|Since|Once|Even|Only|Perhaps|Where|Until|Unless|Also)\b,?\s+"
)
#: A phrase that begins so is no subject: "Following a swiftly called meeting, …".
_HANGING = re.compile(
    r"(?i:following|unlike|like|of|on|in|at|from|with|during|despite|under|without|amid|given|to|by|for|about)\b"
)
_TRAILING = re.compile(
    r"\s+(?:also|then|later|again|once|often|still|never|released|published|conducted|himself|herself|itself|themselves|[a-z]+ly)$"
)
_DOCUMENT = re.compile(
    r"(?:the|its|their|his|her)\s+(?:\w+\s+)?(?P<noun>statement|report|letter|memo|release|email|post|tweet|filing)$"
)
#: "a lawyer for Mr Holt": people of, for or against somebody, who are not that somebody.
_FOR_SOMEBODY = re.compile(
    r"(?:[\w’'-]+\s+){0,4}(?:spokes\w+|lawyers?|aides?|officials?|representatives?|advis[eo]rs?|allies|ally|supporters?|friends?|sources?|people|person"
    r"|those|critics?|opponents?|relatives?|colleagues?|parents?|fans?|family|prosecutors?|voters?)\s+(?:for|of|at|to|in|with|against|close|around|who|hired)\b"
)
_BODY = re.compile(
    r"(?:The\s+|the\s+)?(?!(?:Some|Many|Several|Most|Not|Both|All|Other|A|An|One)\b)[A-Z][\w’'&-]*(?<!s)(?:\s+[A-Z]|$)|(?:[Tt]he\s+)?[A-Z]\w+\s+[A-Z]"
)
#: "Scott's relatives, who asked": they are not Scott.
_RELATION = re.compile(r"([A-Z][\w’'-]*?['’]s?\s+(?:[a-z]+\s+)?[a-z]+),\s+who\s*$")
#: "He had a source who told him": neither of those named.
_SOMEBODY_WHO = re.compile(r"\b((?:an?|the|his|her|their|one|some)\s+(?:[\w’'-]+\s+){0,3}[a-z]+)\s+who\s*$")
_SPOKESPERSON = re.compile(r"(?:a|an|the|its|their)\s+(?:\w+\s+)?spokes\w+")
_HEAD = re.compile(
    r"(?P<phrase>(?:[\w’'-]+\s+){0,6}?[\w’'-]+)(?=\s+(?:has|had|have|was|were|is|took|\w+ed|made|gave|set|went|met|put)\b)"
)


class Resolver:
    """Who spoke last, who is spoken of, and from that whom the next phrase means.

    `masked` are the sentences with quoted words blanked, `attributions` the cues of each.
    """

    def __init__(
        self,
        article: Article,
        people: Cast,
        sentences: Sequence[Sentence],
        masked: Sequence[str],
        attributions: Sequence[Sequence[Attribution]],
    ) -> None:
        self.article, self.cast = article, people
        self.sentences, self.masked, self.attributions = sentences, masked, attributions
        self.speaker = ""
        self.body = ""
        self.subjects: list[Person] = []
        self.referents: dict[Sentence, str] = {}

    def is_person(self, name: str) -> bool:
        return any(person.name == name for person in self.cast.people)

    def subject(self, position: int) -> str:
        """The subject of a sentence whose cue has none of its own: "…, saying both sides could cooperate"."""
        parts = re.split(r"[,;:\x00]\s*", _LEADING.sub("", self.masked[position][:NEAR]))
        opening = parts[1] if len(parts) > 2 and _HANGING.match(parts[0]) else parts[0]
        people = self.cast.mentioned(opening, attested=False)
        if people and not re.match(r"\w+['’]s\b", opening):
            begins = min((opening.find(part) for part in people[0].name.split() if part in opening), default=0)
            if begins < max(len(opening) / 2, _SUBJECT_WITHIN):
                return people[0].name
        head = _HEAD.match(opening)
        return head["phrase"] if head else ""

    def resolve(self, phrase: str, before: str, position: int) -> str:
        bare = _TRAILING.sub("", _LEADING.sub("", phrase.strip(" ,")))
        lowered = bare.lower()
        if _HANGING.match(bare) or all(word in DAYS for word in words(bare)):
            return ""
        if lowered in ("he", "she", "who", "they", "i", "it"):
            return self.pronoun(lowered, before, position)
        if _FOR_SOMEBODY.match(lowered):
            return bare
        if person := self.cast.named(bare):
            return person.name
        if (document := _DOCUMENT.match(lowered)) and position and document["noun"] in self.masked[position - 1]:
            return self.speaker or bare
        if is_group_phrase(bare):
            return self._named_body(bare, position)
        if _SPOKESPERSON.fullmatch(lowered) and (body := self._represented()):
            return body
        if is_role_phrase(bare):
            return self._described(bare, position)
        content = [word for word in words(bare) if word not in STOP_WORDS]
        nobody = re.match(r"\d|(?:nobody|no|none|not)\b", lowered) or _CLAUSE.search(bare)
        return bare if 0 < len(content) <= 8 and not nobody else ""

    def pronoun(self, pronoun: str, before: str, position: int) -> str:
        here = self.cast.mentioned(before)
        if pronoun == "who":
            other = _RELATION.search(before) or _SOMEBODY_WHO.search(before)
            return other[1] if other else here[-1].name if here else ""
        if pronoun in ("they", "i", "it"):
            return self.speaker if pronoun == "i" else self.body or self.speaker
        gender = "f" if pronoun == "she" else "m"
        recent = [person for person in self.cast.people if person.name == self.speaker]
        for person in [*here[:1], *self.subjects, *recent]:
            if person.gender in ("", gender):
                return person.name
        fitting = [person for person in self.cast.people if person.gender == gender]
        if len(fitting) == 1:
            return fitting[0].name
        if not self.speaker and not self.subjects:
            return self._introduced_next(position, gender)
        return "" if recent and recent[0].gender not in ("", gender) else self.speaker

    def _introduced_next(self, position: int, gender: str) -> str:
        """Who enters right after words that open an article or scene: "…," he said. Pedro Ruiz, 61, has lived …"."""
        start = self.sentences[position].start
        for masked in self.masked[position + 1 : position + 3]:
            for person in self.cast.mentioned(masked):
                if (not gender or person.gender in ("", gender)) and self._first(person) > start:
                    return person.name
        return ""

    def _described(self, phrase: str, position: int) -> str:
        """A description's person: who was so described, the latest speaker first, else who is named next."""
        offset = self.sentences[position].start
        candidates = self.cast.described(phrase)
        recent = [p for p in candidates if p.name == self.speaker] or [p for p in candidates if p in self.subjects]
        earlier = [p for p in candidates if self._first(p) < offset]
        if candidates:
            return (recent or earlier[-1:] or candidates)[0].name
        indefinite = re.match(r"(?:a|an|one|another|some)\b", phrase.lower())
        in_focus = self._in_focus(phrase) or (
            "" if self.subjects or self.speaker else self._introduced_next(position, "")
        )
        distinctive = len(phrase.split()) > 2 or "'" in phrase or "’" in phrase
        return ("" if indefinite else (self._named_next(position) if distinctive else "") or in_focus) or phrase

    def _in_focus(self, phrase: str) -> str:
        """Whom "the former striker" varies: the person in focus, unless the words name an office that they do not hold."""
        if not self.subjects or not phrase.lower().startswith("the "):
            return ""
        person, tokens = self.subjects[0], words(phrase)
        varies = bool(set(tokens) & {"former", "retired", "veteran"}) or any(
            is_nationality(token) or re.match(r"\d+-year-old", token) for token in phrase.split()
        )
        holds_office = any(stem(role) in person.description for role in ROLES)
        return person.name if varies or not (holds_office and tokens[-1] in ROLES) else ""

    def _represented(self) -> str:
        """Whom "a spokeswoman" speaks for: the speaker before, unless that is plainly a person, else the last body."""
        speaker = next((person for person in self.cast.people if person.name == self.speaker), None)
        return self.speaker if speaker is not None and not speaker.description and not speaker.gender else self.body

    def _named_body(self, phrase: str, position: int) -> str:
        """The organisation "the union" stands for: a speaker so called, else the last capitalised one so called."""
        noun = phrase.split()[-1]
        if self.body and (
            noun in self.body.lower().split() or noun in ("company", "firm", "carrier", "operator", "group")
        ):
            return self.body
        start = self.sentences[position].start
        text = self.article.text[max(0, start - 10 * NEAR) : start]
        names = re.findall(rf"(?:[A-Z][\w'’&-]*\s+)+{noun.capitalize()}\b", text)
        return re.sub(r"^The\s+", "", names[-1]) if names else phrase

    def _named_next(self, position: int) -> str:
        """The speaker first named in the following sentence or two, if nobody knew them before."""
        for attributions in self.attributions[position + 1 : position + 3]:
            for attribution in attributions:
                person = self.cast.named(attribution.phrase)
                if person is not None and self._first(person) > self.sentences[position].start:
                    return person.name
        return ""

    def _first(self, person: Person) -> int:
        """Where the article first names somebody."""
        at = self.article.text.find(person.name)
        return at if at >= 0 else len(self.article.text)

    def remember(self, position: int, spoke: bool) -> None:
        """Take in a sentence that has been read, and whether somebody spoke in it."""
        people = self.cast.mentioned(self.masked[position])
        if _BODY.match(self.speaker) and not self.is_person(self.speaker):
            self.body = self.speaker
        subject = self.speaker if spoke else self.referents.get(self.sentences[position], "")
        held = [person for person in self.cast.people if subject and person.name == subject]
        if held or people:
            self.subjects = held or [p for p in people if p.name == self.speaker] or self._entering(position, people)

    def _entering(self, position: int, people: Sequence[Person]) -> list[Person]:
        """The first of a sentence's people; before them one whom it brings in by name, then office, as a paragraph ends: they will speak."""
        masked, first, last = self.masked[position], people[0], people[-1]
        ends = (
            position + 1 == len(self.sentences)
            or self.sentences[position + 1].paragraph != self.sentences[position].paragraph
        )
        new = self._first(last) >= self.sentences[position].start
        after = masked[masked.rfind(last.name.split()[-1]) :].partition(",")[2]
        brought_in = bool(set(words(after)[:4]) & ROLES)
        aged = re.search(rf"{re.escape(first.name)},\s+(?:\d|an?\s|the\s)", masked)
        return [last, first] if last is not first and ends and new and brought_in and not aged else [first]
