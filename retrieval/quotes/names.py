"""The people of an article: full names, the ways they are referred to, and how they are described."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from retrieval.peoples import country_of, is_country
from retrieval.quotes.lexicon import (
    DAYS,
    FEMALE,
    FEMALE_NAMES,
    HONORIFICS,
    MALE,
    MALE_NAMES,
    MODIFIERS,
    OPENERS,
    ORGANISATION,
    PARTIES,
    PERSONAL_TITLES,
    PLACES,
    POSTS,
    ROLES,
    SHORT_RANKS,
    SHORT_TITLE,
    is_nationality,
    same_role,
)
from retrieval.terms import STOP_WORDS, stem, terms, words

_CAPITAL = (
    rf"(?:{SHORT_TITLE}|(?:[A-Z]\.)+"
    r"|[A-Z](?:[\w-]|[’'](?!s\b))*)"
)
_DETERMINERS = frozenset(["the", "a", "an", "his", "her", "its", "their", "our", "my"])
_PARTICLES = r"(?:de|da|del|della|der|den|di|dos|du|van|von|bin|binti|bint|ibn|al|el|la|le|ter|ben)"
_SEQUENCE = re.compile(rf"{_CAPITAL}(?:\s+(?:{_PARTICLES}\s+)*{_CAPITAL})*")
_APPOSITIVE = re.compile(
    r"^\s*,\s*(?:\d{1,3}\s*,\s*)?(?P<who>who\s+(?:is|was|has been|heads|leads|runs)\s+)?(?P<words>[^,.;“”\"\n]{3,140})"
)
_BEFORE = re.compile(r"(?:[A-Za-z][\w’'./-]*\s+){1,8}$")
_SPEAKS = re.compile(
    r"^\s*(?:,[^,\n]{2,80},)?\s*(?:also\s+)?(?:said|says|told|tells|added|argued|warned|wrote|asked|replied|recalled|explained)\b"
)
_SPOKE = re.compile(r"\b(?:said|says|added|to|told|by|with)\s+$")
#: "the Commission on " before "Presidential Debates": a part of a body's name.
_BODY_BEFORE = re.compile(
    r"\b(?:Association|Board|Bureau|Center|Centre|Coalition|Commission|Committee|Council|Court|Department|Federation|Foundation"
    r"|Institute|Ministry|Office|School|Society|Union|University|Agency|Alliance)['’]?\s+(?:on|of|for)\s+(?:the\s+)?$"
)


@dataclass(slots=True)
class Person:
    """`name` is the fullest form without titles; `description` holds stems of titles and appositives."""

    name: str
    first: int
    description: set[str] = field(default_factory=set)
    gender: str = ""
    attested: bool = False
    family_first: bool = False

    @property
    def tokens(self) -> list[str]:
        return [token.lower() for token in self.name.split()]


@dataclass(frozen=True, slots=True)
class Mention:
    """A capitalised name in a text, titles stripped: `text[start:end]` is the bare name."""

    start: int
    end: int
    name: str
    titles: tuple[str, ...]


def find_mentions(text: str) -> Iterable[Mention]:
    """Capitalised sequences that could name somebody, in order."""
    for match in _SEQUENCE.finditer(text):
        tokens = [(t.start() + match.start(), t[0]) for t in re.finditer(r"\S+", match[0]) if t[0].lower() not in DAYS]
        cut = max((i + 1 for i, (_, token) in enumerate(tokens) if _is_title(token)), default=0)
        titles, rest = tokens[:cut], tokens[cut:]
        while rest and len(rest) > 1 and (is_nationality(rest[0][1]) or rest[0][1].lower() in PARTIES):
            titles, rest = [*titles, rest[0]], rest[1:]
        while rest and len(rest) > 1 and rest[0][1].lower() in STOP_WORDS | OPENERS:
            rest = rest[1:]
        if not rest or rest[0][1].lower() in STOP_WORDS | OPENERS:
            continue
        start, end = rest[0][0], rest[-1][0] + len(rest[-1][1])
        yield Mention(start, end, text[start:end], tuple(token.lower().rstrip(".") for _, token in titles))


_Parts = tuple[list[str], list[str], str]


def _parts(tokens: list[str]) -> _Parts:
    """A name's core, its middle initials, and "jr" or the like."""
    last = tokens[-1].rstrip(".") if tokens else ""
    suffix = last if len(tokens) > 2 and re.fullmatch(r"jr|sr|i{2,3}", last) else ""
    kept = tokens[:-1] if suffix else tokens
    initials = [t for t in kept[1:-1] if re.fullmatch(r"[a-z]\.?(?:[a-z]\.)*", t)]
    return [*kept[:1], *(t for t in kept[1:-1] if t not in initials), *kept[1:][-1:]], initials, suffix


def _one_person(one: _Parts, other: _Parts) -> bool:
    """ "Loretta E. Lynch" and "Loretta Lynch" are; "Donald Trump" and his "Jr.", or two middle initials, are not."""
    (core, initials, suffix), (other_core, other_initials, other_suffix) = one, other
    same_initials = not initials or not other_initials or initials == other_initials
    return core == other_core and suffix == other_suffix and same_initials


def _is_title(token: str) -> bool:
    bare = token.lower().rstrip(".")
    shortened = token[0].isupper() and token.lower() in SHORT_RANKS  # "Del.", no part of "del Toro"
    return shortened or bare in HONORIFICS or bare in ROLES or bare in MODIFIERS


def _epithets(named: Counter[str]) -> dict[str, str]:
    """Names with a word before them that is none of theirs → without it: "Crooked Hillary Clinton", if it is mostly Hillary Clinton."""
    return {
        name: bare
        for name, count in named.items()
        if (bare := name.partition(" ")[2]) and " " in bare and named.get(bare, 0) > count
    }


class Cast:
    """Who appears in an article. Build it from the whole text, then resolve mentions against it."""

    def __init__(self, text: str) -> None:
        self.people: list[Person] = []
        self.acronyms = find_acronyms(text)
        self._read(text)

    def _read(self, text: str) -> None:
        mentions = [
            m
            for m in find_mentions(text)
            if not self._is_organisation(m.name, text[m.end : m.end + 9])
            and not _BODY_BEFORE.search(text[max(0, m.start - 60) : m.start])
        ]
        self._epithets = _epithets(Counter(m.name for m in mentions))
        alone = Counter(m.name.lower() for m in mentions if len(m.name.split()) == 1)
        spoken = {m.name.lower() for m in mentions if _SPEAKS.match(text[m.end : m.end + 100])}
        honoured = {m.name.lower() for m in mentions if set(m.titles) & HONORIFICS}
        for mention in sorted(mentions, key=lambda m: -len(m.name.split())):
            honorific = next((t for t in mention.titles if t in HONORIFICS), "")
            person = self._known(mention.name, bool(honorific))
            if person is None:
                if len(mention.name.split()) < 2 and not honorific and not self._stands_alone(mention, spoken):
                    continue
                name = self._epithets.get(mention.name, mention.name)
                if len(name.split()) > 4:
                    continue
                person = Person(name, mention.start)
                first, last = person.tokens[0], person.tokens[-1]
                person.family_first = first in honoured or alone[first] > alone[last]
                person.gender = "f" if first in FEMALE_NAMES else "m" if first in MALE_NAMES else ""
                self.people.append(person)
            self._describe(person, mention, text)
        self.people.sort(key=lambda person: person.first)

    @staticmethod
    def _stands_alone(mention: Mention, spoken: set[str]) -> bool:
        """Whether one name is all that an article has for somebody: "President Obama", a first name whose bearer speaks."""
        name = mention.name.lower()
        first_name = name in (FEMALE_NAMES | MALE_NAMES) - PLACES and name in spoken
        return bool(set(mention.titles) & PERSONAL_TITLES) or first_name

    def _describe(self, person: Person, mention: Mention, text: str) -> None:
        """Take in what the words around one mention say of the person, and whether they show it is one."""
        person.first = min(person.first, mention.start)
        nouns = [*mention.titles, *_role_before(text[max(0, mention.start - 90) : mention.start])]
        after = text[mention.end : mention.end + 180]
        if appositive := _APPOSITIVE.match(after):
            apposed = words(appositive["words"])
            if appositive["who"] or (set(apposed[:5]) & ROLES and apposed[0] not in ("who", "whose", "which")):
                nouns += apposed[:14]
        shorter = len(mention.name.split()) < len(person.tokens)
        personal = re.match(r"\s*,\s*(?:\d{1,3}\s*,|who\b|whose\b|aged\b)", after)
        speaks = personal or _SPEAKS.match(after) or _SPOKE.search(text[max(0, mention.start - 8) : mention.start])
        person.attested = person.attested or bool(nouns or shorter or speaks)
        person.description.update(
            stem(country_of(noun)) for noun in nouns if noun not in STOP_WORDS and noun not in HONORIFICS
        )
        if set(nouns) & FEMALE and not set(mention.titles) & MALE:
            person.gender = "f"
        elif set(nouns) & MALE and not set(mention.titles) & FEMALE:
            person.gender = "m"

    def _known(self, name: str, honorific: bool) -> Person | None:
        tokens = self._epithets.get(name, name).lower().split()
        parts = _parts(tokens)
        for person in self.people:
            held = _parts(person.tokens)
            core = held[0]
            if _one_person(parts, held):
                return person
            if len(tokens) < len(core) and (
                tokens == core[-len(tokens) :] or (honorific and tokens == core[: len(tokens)])
            ):
                return person
        for person in self.people:
            if len(tokens) == 1 and tokens[0] == person.tokens[0] and person.family_first:
                return person
        return None

    @staticmethod
    def _is_organisation(name: str, after: str) -> bool:
        return after.startswith(", which") or any(token.lower() in ORGANISATION for token in name.split())

    def named(self, phrase: str) -> Person | None:
        """Whom a phrase ends in naming: "State Councilor Yang Jiechi" → Yang Jiechi."""
        last = None
        for mention in find_mentions(phrase):
            last = mention
        if last is None or last.end < len(phrase.rstrip(" ,.")):
            return None
        return self._known(last.name, any(t in HONORIFICS for t in last.titles))

    def mentioned(self, text: str, attested: bool = True) -> list[Person]:
        """Everybody `text` names, in order of appearance; `attested` people are those whom the article shows to be people."""
        found: list[Person] = []
        for mention in find_mentions(text):
            person = self._known(mention.name, any(t in HONORIFICS for t in mention.titles))
            if person is not None and (person.attested or not attested) and person not in found:
                found.append(person)
        return found

    def described(self, phrase: str) -> list[Person]:
        """People whose titles and appositives contain every content word of `phrase`."""
        if not set(words(phrase)) & ROLES and all(
            is_country(country_of(word)) for word in words(phrase) if word not in STOP_WORDS
        ):
            return []
        readings = [
            set(terms(text)) - {"former", "ex", "top"} for text in (phrase, expand_acronyms(phrase, self.acronyms))
        ]
        return [p for p in self.people if any(wanted and _fits(wanted, p) for wanted in readings)]


def _fits(wanted: Iterable[str], person: Person) -> bool:
    return all(any(same_role(term, held) for held in person.description) for term in wanted)


def _role_before(text: str) -> list[str]:
    """The description that runs up to a name: "remarks by US director of national intelligence " → its last five words."""
    match = _BEFORE.search(re.sub(r",\s+$", " ", text))
    run = match[0].split() if match else []
    role = max((i for i, word in enumerate(run) if word.lower() in ROLES), default=None)
    if role is None or (run[role + 1 :] and run[role + 1].lower() not in ("of", "for", "at")):
        role = len(run)
    start = role
    if re.search(r",\s+$", text) and (apposed := _apposed(run)):
        return apposed
    while start > 0 and _belongs(run, start - 1):
        start -= 1
    found = words(" ".join(run[start:]))
    return found if any(word in ROLES for word in found) else []


def _apposed(run: list[str]) -> list[str]:
    """ "the club's record goalscorer, " → its words, from the determiner on, if they end in a person's noun."""
    determiner = max(
        (i for i, word in enumerate(run) if word.lower() in _DETERMINERS or re.search(r"['’]s?$", word)), default=None
    )
    if determiner is None or not (run[-1].lower() in ROLES or re.search(r"(?:er|or|ist|man|woman)$", run[-1])):
        return []
    return words(" ".join(run[determiner:]))


def _belongs(run: list[str], at: int) -> bool:
    word = run[at].lower()
    joins = (
        word in ("of", "and", "for") and 0 < at < len(run) - 1 and run[at - 1][0].isupper() and run[at + 1][0].isupper()
    )
    return run[at][0].isupper() or word in ROLES or word in MODIFIERS or joins


def find_acronyms(text: str) -> dict[str, str]:
    """The initials a reader may use for a name that the text spells out: "fbi" → "Federal Bureau of Investigation"."""
    names = re.findall(r"\b(?:[A-Z][\w-]{1,30}\s{1,3}(?:(?:of|and|for|the|on)\s{1,3}){0,2}){1,6}[A-Z][\w-]{1,30}", text)
    found = {"".join(word[0] for word in name.split() if word[0].isupper()).lower(): name for name in names}
    return {initials: name for initials, name in found.items() if len(initials) > 1}


def expand_acronyms(phrase: str, acronyms: dict[str, str]) -> str:
    """`phrase` with every acronym of three letters or more replaced by the name it stands for."""
    return re.sub(r"\b[A-Za-z]{3,6}\b", lambda m: acronyms.get(m[0].lower(), POSTS.get(m[0].lower(), m[0])), phrase)


def same_name(asked: str, name: str) -> bool:
    """Whether a person who types `asked` can mean `name`: surname, either order, no title, a small slip."""
    wanted = [w for w in words(asked) if w not in HONORIFICS and w not in ("the", "a", "an")]
    given = [w for w in words(re.sub(r"\w+['’]s\s", "", name)) if w not in HONORIFICS]
    if not wanted or not given:
        return False
    last_role = max((i for i, w in enumerate(wanted) if w in ROLES), default=-1)
    core = wanted[last_role + 1 :] or wanted
    core = [w for w in core if w not in MODIFIERS and not is_nationality(w)] or core
    return all(any(_alike(w, g) for g in given) for w in core)


def _alike(asked: str, given: str) -> bool:
    if asked == given:
        return True
    if min(len(asked), len(given)) < 4 or asked[0] != given[0]:
        return False
    return SequenceMatcher(None, asked, given).ratio() >= 0.85
