"""A follow-up and the turns before it → a question that stands alone, by rules."""

import re
from collections.abc import Sequence

from bot.answering.questions import Asked, Wants, parse_question
from bot.answering.speakers import is_known, speakers_named
from bot.answering.types import Turn
from retrieval.quotes.attribution import cast
from retrieval.quotes.names import find_mentions, same_name
from retrieval.terms import terms

_OPENING = r"^(?:(?:and|but|so|ok|okay|also|then|well|thanks|now)\b[,\s]*)*"
_ABOUT = re.compile(
    r"^(?:(?:what|how)\s+about|what\s+of|and|but|also)?\s*(?P<on>(?:about|on|regarding)\s+)?(?P<what>.+?)[\s?.!]*$",
    re.IGNORECASE,
)
_FRAGMENT = re.compile(r"^(?:(?:what|how)\s+about|what\s+of|about|on|regarding|and|but|also)\b", re.IGNORECASE)
_POLITE = r"^(?:(?:ok|okay|so|well|thanks|thank you|now|then)\b[,.\s]*)+(?=\S)"
_ELSE = re.compile(rf"{_OPENING}(?:what|anything|something|who)\s+(?:else|more)\b(?P<rest>.*?)[\s?.!]*$", re.IGNORECASE)
_ADDED = re.compile(
    r"^(?:did|has|have)\s+(?:he|she|they)\s+(?:also\s+)?(?:add|added|say|said)\s+(?:anything|something)(?:\s+(?:else|more))?(?P<rest>\b.*?)[\s?.!]*$",
    re.IGNORECASE,
)
_SHORT = re.compile(rf"{_OPENING}(?P<wh>when|where|why|how|who|what|which\b.*?)\b(?P<rest>.*?)[\s?.!]*$", re.IGNORECASE)
_PERSON_PRONOUN = re.compile(r"\b(he|she|him|his|her|hers|himself|herself)\b(?!['’])", re.IGNORECASE)
_CONTRACTED = re.compile(r"\b(he|she|they|it)['’](?:s|d|ll)\b", re.IGNORECASE)
_OTHER_PRONOUN = re.compile(r"\b(they|them|their|it|its|that|this|these|those|there|then)\b", re.IGNORECASE)
_DETERMINER = re.compile(
    r"\b(?:that|this|these|those)\s+(?!was\b|is\b|happen|be\b|about\b|did\b|were\b|mean)[a-z]{3,}", re.IGNORECASE
)
#: "For which channel?", "in what way": a question of two words more at the most.
_PREPOSED = re.compile(
    rf"{_OPENING}(?:for|in|on|at|by|to|from|with|of|since|until|during)\s+(?:which|what|whose|how\s+(?:many|much|long|far|often))"
    r"(?:\s+(?!(?:he|she|they|it)\b)[\w-]+){0,2}[\s?.!]*$",
    re.IGNORECASE,
)
#: "and among Republicans?" is nobody.
_PREPOSITION = re.compile(r"(?:among|in|for|at|with|on|during|after|before|since|under|to|of|within|outside)(?![\w-])")
#: "did she inform" of "what else did she inform them of?".
_OTHER_DEED = re.compile(
    r"(?:did|does|do|has|have|had|is|are|was|were|will|would|can|could|should|may|might|must)\s", re.IGNORECASE
)
_WHO_ELSE = re.compile(rf"{_OPENING}who\s+(?:else|more)\s+\w", re.IGNORECASE)
_WHO_ASKED = r"^(?:and\s+|so\s+|by\s+|with\s+)*(?:who|whom|whose|which)\b"
_ACRONYM = re.compile(r"[A-Z]{2,4}s?")
#: What stands after a "her" that is no "hers".
_AFTER_OBJECT = (
    r"(?:(?:of|to|for|about|with|at|in|on|by|as|from|and|or|when|after|before|that|again|not|an?|the|any|because|if|while|during|over"
    r"|yesterday|today)(?![\w-])|(?:now|then|do|say|go)(?=[\s?.!]*$))"
)
#: An answer of no more words can be named in the next question.
_SHORT_ANSWER = 6
#: A question of no more terms than this may be about what was talked of.
_FEW_TERMS = 4
#: A question of fewer terms does not tell what it asks about.
_TELLING_TERMS = 2
#: "how much did", "who was": what asks, up to the verb that opens the rest.
_ASKS = re.compile(
    r"^(?:what|whom?|when|where|why|which(?:\s+\w+)?|how(?:\s+(?:many|much|long|old|far)(?:\s+\w+)?)?)"
    r"\s+(?=(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could)\b)",
    re.IGNORECASE,
)
_QUESTION_START = re.compile(
    r"^(?:what|who|whom|whose|when|where|why|how|which|did|does|do|is|are|was|were|has|have|had|can|could|will|would|should|tell|list|give|show|summari[sz]e)\b",
    re.IGNORECASE,
)

#: What opens a question, also behind a preposition where it has a verb: "in which states will it be more", not "by whom".
_ASKED_OF = re.compile(
    r"^(?:(?:in|on|at|by|from|to|for|with|of|since|until|up to|under|during|after|before)\s+(?:what|which|whom?|when)\b"
    r"(?=.*\b(?:is|are|was|were|did|does|do|has|have|had|will|would|can|could)\b)"
    rf"|{_QUESTION_START.pattern[1:]})",
    re.IGNORECASE,
)


def stand_alone(question: str, turns: Sequence[Turn]) -> str:
    """`question` unchanged when it needs nothing from the turns."""
    text = " ".join(question.split())
    last = next((turn for turn in reversed(turns)), None)
    if last is None:
        return text
    return _Context(last, turns).complete(text)


def leans(question: str, turns: Sequence[Turn]) -> bool:
    """Whether a question may go on from the turns before it: it has a pronoun, or little and no name of its own."""
    if not turns:
        return False
    if _PERSON_PRONOUN.search(question) or _OTHER_PRONOUN.search(question) or stand_alone(question, turns) != question:
        return True
    if re.match(r"(?:and|but)\s", question, re.IGNORECASE):
        return True
    return len(set(terms(question))) <= _FEW_TERMS and not any(w[0].isupper() for w in question.split()[1:])


def asks_again(question: str) -> bool:
    """ "And Christians?", "what about the other one": the last question, of something else."""
    return _fragment(question) is not None


def _fragment(text: str) -> re.Match[str] | None:
    match = _ABOUT.match(text) if _FRAGMENT.match(text) else None
    return None if match is None or _ASKED_OF.match(match["what"]) else match


def without_subject(question: str) -> str:
    """The question as it was typed but for its pronouns: "when was it held (the vote)?" without what is in brackets.

    Where too little would be left ("where did it come from?"), with it.
    """
    bare = re.sub(r"\s*\([^()]*\)\?$", "?", question)
    return bare if len(set(terms(bare))) >= _TELLING_TERMS else question


def _without_verb(text: str) -> bool:
    """ "For which channel?" takes its verb from the last question; "in which newspaper?" asks about the page."""
    if not _PREPOSED.match(text):
        return False
    asked = parse_question(text)
    return asked.wants is not Wants.PAGE or asked.detail == "published"


def _own(standalone: str) -> str:
    """A completed question without what an earlier follow-up put before it: "Why: who called her so?"."""
    head, colon, rest = standalone.partition(": ")
    short = _PREPOSED.match(head) or (len(head.split()) <= _SHORT_ANSWER and _SHORT.match(head))
    return _own(rest) if colon and short and _QUESTION_START.match(rest) else standalone


class _Context:
    """What the last turns were about."""

    def __init__(self, last: Turn, turns: Sequence[Turn]) -> None:
        self.last = _own(last.answer.standalone_question)
        self.asked: Asked = parse_question(self.last)
        self.best = (
            last.answer.best if not last.answer.declined and len(last.answer.best.split()) <= _SHORT_ANSWER else ""
        )
        self.declined = last.answer.declined
        self.citations = next((t.answer.citations for t in reversed(turns) if t.answer.citations), ())
        self.people = self._people()
        self.person = self.people[0] if self.people else ""

    def complete(self, text: str) -> str:
        text = re.sub(rf"{_POLITE}", "", text, flags=re.IGNORECASE)
        for rule in (self._something_else, self._about, self._short, self._pronouns, self._implicit):
            if completed := rule(text):
                return completed
        return text

    def _people(self) -> list[str]:
        """Whom "he" or "she" can mean: who was asked about, then the speaker quoted, then who the quotes name."""
        speakers = [c.speaker for c in self.citations if c.speaker]
        named = [p.name for c in self.citations for p in cast(c.article).mentioned(c.quote)]
        own = set(self.last.lower().split())
        named.sort(key=lambda name: bool(set(name.lower().split()) & own))
        typed = [mention.name for mention in find_mentions(f"so {self.last}")]
        typed.sort(key=lambda name: bool(_ACRONYM.fullmatch(name)))  # a body or a place sooner than a person
        if self.asked.wants in (Wants.WORDS, Wants.IDENTITY):
            mine = next((s for s in speakers if set(terms(self.asked.speaker)) & set(terms(s))), "")
            quoted = speakers[0] if speakers and not self.declined else self.asked.speaker
            found = [mine or quoted, *speakers, *named]
        elif self.asked.wants is Wants.SPEAKER:
            found = [*speakers, *named]
        elif re.match(_WHO_ASKED, self.last, re.IGNORECASE):
            found = [*named, *speakers]
        else:
            found = [*typed, *speakers, *named]
        return list(dict.fromkeys(name for name in [*found, *typed] if name))

    def _meant(self, pronoun: str) -> str:
        """The first of them whom the pronoun fits, as far as the articles tell his or her sex; else of the articles' people."""
        wanted = "f" if pronoun.lower() in ("she", "her", "hers", "herself") else "m"
        held = [person for citation in self.citations for person in cast(citation.article).people]
        sexes = {name: {p.gender for p in held if same_name(name, p.name)} for name in self.people}
        asked_about = self.asked.wants in (Wants.WORDS, Wants.IDENTITY) and not self.person.startswith("the ")
        if asked_about and self.person and not sexes[self.person]:
            return self.person  # asked about, whether the articles know them or not
        fitting = [name for name in self.people if sexes[name] & {"", wanted}]
        unknown = [name for name in self.people if not sexes[name]]
        return next(iter([*fitting, *unknown, *(p.name for p in held if p.gender == wanted)]), self.person)

    def _is_person(self, phrase: str) -> bool:
        bare = re.sub(r"^(?:by|from)\s+", "", phrase.strip())
        articles = [citation.article for citation in self.citations[:3]]
        return any(is_known(bare, article) or bool(speakers_named(bare, article)) for article in articles)

    def _something_else(self, text: str) -> str:
        match = _ELSE.match(text) or _ADDED.match(text)
        spoken = self.asked.wants in (Wants.WORDS, Wants.SPEAKER)
        if match is None or not self.person or not (spoken or re.search(r"\b(?:from|by|say|said)\b", match["rest"])):
            return ""
        told = re.search(r"\b(?:say|said|tell|told|comment|add|mention)\b", match["rest"])
        if _WHO_ELSE.match(text) or (_OTHER_DEED.match(match["rest"].strip()) and not told):
            return ""
        rest = self._with_person(re.sub(r"^\s*(?:from|by)\s+(?:him|her|them)\b", "", match["rest"]).strip())
        if told:
            return f"What else {rest}?"
        return f"What else did {self.person} say{' ' + rest if rest else ''}?"

    def _about(self, text: str) -> str:
        """ "And about hacking?", "what about Obama?": a fragment that changes the topic or the speaker of the last question."""
        match = _fragment(text)
        if match is None or _without_verb(text):
            return ""
        fragment, topic = match["what"], f" about {self.asked.topic}" if self.asked.topic else ""
        if (
            self.asked.wants is Wants.IDENTITY
            and match["on"] is None
            and (fragment[0].isupper() or self._is_person(fragment))
        ):
            return f"Who is {fragment}?"
        if match["on"] and self.asked.wants is Wants.IDENTITY and self.person:
            return f"What did {self.person} say about {self._with_person(fragment)}?"
        if self.asked.wants not in (Wants.WORDS, Wants.SPEAKER) or (
            match["on"] is None and _PREPOSITION.match(fragment)
        ):
            return f"{self.last.rstrip('?. ')}, and {fragment}?"
        if match["on"] is None and self._is_person(fragment):
            return f"What did {fragment} say{topic}?"
        if self.asked.wants is Wants.SPEAKER:
            return f"Who said anything about {fragment}?"
        return f"What did {self.person or self.asked.speaker} say about {self._with_person(fragment)}?"

    def _short(self, text: str) -> str:
        """ "When was that?": a question word with no subject of its own takes the last question's."""
        match = _SHORT.match(text)
        if _without_verb(text):
            own = re.sub(_OPENING, "", text, flags=re.IGNORECASE).rstrip("?. ")
            return (
                f"{own} {self._spoke()}?" if self.asked.wants is Wants.WORDS else f"{own}: {self.last.rstrip('?. ')}?"
            )
        if (
            match is None
            or _WHO_ELSE.match(text)
            or terms(match["rest"])
            or len(text.split()) > 6
            or _PERSON_PRONOUN.search(match["rest"])
        ):
            return ""
        word = match["wh"].capitalize()
        if self.asked.wants is Wants.WORDS:
            return f"{word} {self._spoke()}?"
        rest = f" {match['rest'].strip()}" if match["rest"].strip() else ""
        if asks := _ASKS.match(self.last):
            rest = self.last[asks.end() :].rstrip("?. ")
            found = (
                self.best if re.match(r"wh(?:o|at|ich)", asks[0], re.IGNORECASE) and "did" in rest.split()[:1] else ""
            )
            return f"{word} {rest} {found}".rstrip() + "?"
        return f"{word}{rest}: {self.last.rstrip('?. ')}?"

    def _spoke(self) -> str:
        topic = f" about {self.asked.topic}" if self.asked.topic else ""
        return f"did {self.person or self.asked.speaker} speak{topic}"

    def _pronouns(self, text: str) -> str:
        changed = self._with_person(text)
        if changed != text:
            return re.sub(_OPENING, "", changed, count=1, flags=re.IGNORECASE)
        if _OTHER_PRONOUN.search(text) and not _DETERMINER.search(text):
            subject = self._subject()
            if subject:
                return f"{re.sub(_OPENING, '', text, count=1, flags=re.IGNORECASE).rstrip('?. ')} ({subject})?"
        return ""

    def _implicit(self, text: str) -> str:
        """A question with next to nothing of its own ("how many people were affected?") goes on from the last one."""
        own = set(terms(text))
        goes_on = len(own) < 2 or any(own <= set(terms(citation.article.text)) for citation in self.citations[:1])
        if (
            not goes_on
            or not _QUESTION_START.match(text)
            or len(own) > 2
            or any(token[0].isupper() for token in text.split()[1:])
            or parse_question(text).wants is not Wants.FACT
            or not self._subject()
        ):
            return ""
        return f"{text.rstrip('?. ')} ({self._subject()})?"

    def _subject(self) -> str:
        """What the last question was about: the topic of words, or the question without its question word."""
        if self.asked.wants in (Wants.WORDS, Wants.SPEAKER):
            return self.asked.topic or self.person
        stripped = re.sub(
            r"^(?:what|who|when|where|why|how(?:\s+(?:many|much|long|old))?|which)\b\s*(?:is|are|was|were|did|does|do|has|have)?\s*",
            "",
            self.last,
            flags=re.IGNORECASE,
        )
        return stripped.rstrip("?. ")

    def _with_person(self, text: str) -> str:
        """`text` with he and she named, unless it names somebody itself whom they can mean."""
        pronoun = _PERSON_PRONOUN.search(text) or _CONTRACTED.search(text)
        own_name = pronoun and any(word[0].isupper() for word in text[: pronoun.start()].split()[1:])
        if not self.person or own_name:
            return text

        def named(match: re.Match[str]) -> str:
            possessive = match[1].lower() in ("his", "hers") or (
                match[1].lower() == "her" and re.match(rf"\s+(?!{_AFTER_OBJECT})\w", text[match.end() :])
            )
            return f"{self._meant(match[1])}'s" if possessive else self._meant(match[1])

        text = _CONTRACTED.sub(lambda m: f"{self._meant(m[1])} is" if m[1].lower() in ("he", "she") else m[0], text)
        return _PERSON_PRONOUN.sub(named, text)
