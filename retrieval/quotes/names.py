"""The people of an article: full names, the ways they are referred to, and how they are described."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from retrieval.terms import STOP_WORDS, stem, terms, words

HONORIFICS = frozenset("mr mrs ms miss mx dr sir dame lord lady madam datuk tan sri professor prof judge justice".split())
_FEMALE = frozenset(
    "mrs ms miss dame lady madam spokeswoman chairwoman congresswoman policewoman businesswoman actress queen princess mother"
    " sister daughter wife widow woman girl grandmother".split()
)
_MALE = frozenset(
    "mr sir lord spokesman chairman congressman policeman businessman actor king prince father brother son husband man boy"
    " grandfather".split()
)
ROLES = frozenset(
    """president vice premier minister prime secretary senator sen representative rep congressman congresswoman councillor
    councilor councilman councilwoman adviser advisor chief director general attorney governor gov mayor chancellor ambassador
    envoy diplomat spokesman spokeswoman spokesperson officer official commissioner sheriff detective inspector superintendent
    sergeant captain colonel lieutenant major commander admiral head chair chairman chairwoman chairperson chief executive ceo
    cfo founder co-founder cofounder owner manager coach trainer striker midfielder defender goalkeeper forward player winger
    batsman bowler skipper pilot driver judge justice prosecutor lawyer solicitor barrister counsel analyst economist
    strategist professor lecturer researcher scientist engineer physicist biologist historian epidemiologist virologist
    psychologist geologist climatologist forecaster meteorologist doctor nurse surgeon physician patient author novelist poet
    writer artist painter director producer actor actress singer musician composer conductor curator critic editor journalist
    reporter correspondent farmer fisherman teacher principal headteacher headmaster student resident neighbour neighbor
    witness survivor victim activist campaigner organiser organizer leader member lawmaker legislator mp peer delegate
    negotiator commissioner bishop archbishop pope imam rabbi king queen prince princess emperor deputy acting former
    assistant associate senior junior state national foreign finance defence defense interior security council executive
    treasurer trustee warden ranger firefighter paramedic volunteer shopkeeper businessman businesswoman entrepreneur
    investor trader designer architect planner surveyor archaeologist conservationist biochemist chemist astronomer ecologist
    oncologist cardiologist paediatrician pediatrician veteran champion""".split()
)
_NATIONALITY = re.compile(r"(?:[A-Z][a-z]+(?:ese|ish|ian|ean|ican|nch|utch|wiss|reek|aeli|istani|ani|iet|orean)|US|UK|EU|UN|U\.S\.|U\.K\.)$")
_ORGANISATION = frozenset(
    """ministry commission party university house committee department office agency sea states state council court police bank
    group inc ltd corp corporation company street road avenue river lake island islands city county province district kingdom
    republic union association federation institute institution college school hospital airport station park centre center
    museum theatre theater church daily times news post press journal herald tribune league cup championship olympics games act
    law bill treaty agreement war day week month summit conference bureau administration authority board service services
    foundation trust fund society club united city rovers congress parliament senate assembly army navy force forces guard
    north south east west northern southern eastern western central international""".split()
)
_CAPITAL = r"(?:[A-Z][\w’'.-]*[\w.]|[A-Z]\.?)"
_PARTICLES = r"(?:de|da|del|della|der|den|di|dos|du|van|von|bin|binti|bint|ibn|al|el|la|le|ter|ben)"
_SEQUENCE = re.compile(rf"{_CAPITAL}(?:\s+(?:{_PARTICLES}\s+)*{_CAPITAL})*")
_POSSESSIVE = re.compile(r"['’]s?$")
_APPOSITIVE = re.compile(r"^\s*,\s*(?:\d{1,3}\s*,\s*)?(?:who\s+(?:is|was|has been|heads|leads|runs)\s+)?(?P<words>(?:[^,.;“”\"]|(?<=\b[A-Z])\.){3,140})")
_BEFORE = re.compile(r"(?P<words>(?:[A-Za-z][\w’'./-]*\s+){1,8})$")


@dataclass(slots=True)
class Person:
    """`name` is the fullest form without titles; `description` holds stems of titles and appositives."""

    name: str
    first: int
    aliases: set[str] = field(default_factory=set)
    description: set[str] = field(default_factory=set)
    gender: str = ""
    attested: bool = False

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
        tokens = [(t.start() + match.start(), t[0]) for t in re.finditer(r"\S+", match[0])]
        cut = max((i + 1 for i, (_, token) in enumerate(tokens) if _is_title(token)), default=0)
        titles, rest = tokens[:cut], tokens[cut:]
        while rest and _NATIONALITY.match(rest[0][1]) and len(rest) > 1:
            titles, rest = [*titles, rest[0]], rest[1:]
        while rest and len(rest) > 1 and rest[0][1].lower() in STOP_WORDS:
            rest = rest[1:]
        if not rest or rest[0][1].lower() in STOP_WORDS:
            continue
        name = " ".join(token for _, token in rest)
        bare = _POSSESSIVE.sub("", name).rstrip(".") if len(rest[-1][1]) > 2 else name
        start = rest[0][0]
        yield Mention(start, start + len(bare), bare, tuple(token.lower().rstrip(".") for _, token in titles))


def _is_title(token: str) -> bool:
    bare = token.lower().rstrip(".")
    return bare in HONORIFICS or bare in ROLES


class Cast:
    """Who appears in an article. Build it from the whole text, then resolve mentions against it."""

    def __init__(self, text: str) -> None:
        self.people: list[Person] = []
        self._read(text)

    def _read(self, text: str) -> None:
        mentions = [m for m in find_mentions(text) if not self._is_organisation(m.name)]
        for mention in sorted(mentions, key=lambda m: -len(m.name.split())):
            honorific = next((t for t in mention.titles if t in HONORIFICS), "")
            person = self._known(mention.name, bool(honorific))
            if person is None:
                if len(mention.name.split()) < 2 and not honorific:
                    continue
                if len(mention.name.split()) > 4:
                    continue
                person = Person(mention.name, mention.start)
                self.people.append(person)
            self._describe(person, mention, text)
        self.people = [person for person in self.people if person.attested or len(person.tokens) > 1]
        self.people.sort(key=lambda person: person.first)

    def _describe(self, person: Person, mention: Mention, text: str) -> None:
        person.first = min(person.first, mention.start)
        person.aliases.add(mention.name.lower())
        nouns = [*mention.titles]
        if before := _BEFORE.search(text[max(0, mention.start - 90) : mention.start]):
            run = re.split(r"[.,;:]", before["words"])[-1].split()
            role_at = next((i for i, word in enumerate(run) if word.lower() in ROLES), None)
            if role_at is not None and any(_is_title(word) for word in run[-2:]) or mention.titles:
                nouns += [word.lower() for word in run]
        appositive = _APPOSITIVE.match(text[mention.end :])
        if appositive and ({w for w in words(appositive["words"])} & ROLES or appositive[0].lstrip(", ").startswith("who")):
            nouns += words(appositive["words"])[:14]
        if nouns:
            person.attested = True
            person.description.update(stem(noun) for noun in nouns if noun not in STOP_WORDS and noun not in HONORIFICS)
        if set(nouns) & _FEMALE and not set(mention.titles) & _MALE:
            person.gender = "f"
        elif set(nouns) & _MALE and not set(mention.titles) & _FEMALE:
            person.gender = "m"

    def _known(self, name: str, honorific: bool) -> Person | None:
        tokens = name.lower().split()
        for person in self.people:
            if tokens == person.tokens:
                return person
            shorter = len(tokens) < len(person.tokens)
            if shorter and (tokens == person.tokens[-len(tokens) :] or (honorific and tokens == person.tokens[: len(tokens)])):
                return person
        for person in self.people:
            if len(tokens) == 1 and tokens[0] == person.tokens[0] and len(tokens[0]) > 1:
                return person
        return None

    @staticmethod
    def _is_organisation(name: str) -> bool:
        return any(token.lower() in _ORGANISATION for token in name.split())

    def named(self, phrase: str) -> Person | None:
        """Whom a phrase ends in naming: "State Councilor Yang Jiechi" → Yang Jiechi."""
        last = None
        for mention in find_mentions(phrase):
            last = mention
        if last is None or last.end < len(re.sub(r"['’]s?$", "", phrase.rstrip(" ,"))):
            return None
        return self._known(last.name, any(t in HONORIFICS for t in last.titles))

    def mentioned(self, text: str) -> list[Person]:
        """Everybody `text` names, in order of appearance."""
        found: list[Person] = []
        for mention in find_mentions(text):
            person = self._known(mention.name, any(t in HONORIFICS for t in mention.titles))
            if person is not None and person not in found:
                found.append(person)
        return found

    def described(self, phrase: str) -> list[Person]:
        """People whose titles and appositives contain every content word of `phrase`."""
        wanted = set(terms(phrase)) - {"former", "top"}
        return [person for person in self.people if wanted and wanted <= person.description]


def same_name(asked: str, name: str) -> bool:
    """Whether a person who types `asked` can mean `name`: surname, either order, no title, a small slip."""
    wanted = [w for w in words(asked) if w not in HONORIFICS]
    given = [w for w in words(name) if w not in HONORIFICS]
    if not wanted or not given:
        return False
    core = [w for w in wanted if w not in ROLES and not _NATIONALITY.match(w.capitalize())] or wanted
    return all(any(_alike(w, g) for g in given) for w in core)


def _alike(asked: str, given: str) -> bool:
    if asked == given:
        return True
    if min(len(asked), len(given)) < 4 or asked[0] != given[0]:
        return False
    return SequenceMatcher(None, asked, given).ratio() >= 0.85
