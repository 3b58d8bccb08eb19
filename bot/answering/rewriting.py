"""A follow-up and the turns before it → a question that stands alone, by rules."""

import re
from collections.abc import Sequence

from bot.answering.questions import Asked, Wants, parse_question
from bot.answering.statements import is_known, speakers_named
from bot.answering.types import Turn
from retrieval.quotes.attribution import cast
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
_QUESTION_START = re.compile(
    r"^(?:what|who|whom|whose|when|where|why|how|which|did|does|do|is|are|was|were|has|have|had|can|could|will|would|should|tell|list|give|show|summari[sz]e)\b",
    re.IGNORECASE,
)


def stand_alone(question: str, turns: Sequence[Turn]) -> str:
    """`question` unchanged when it needs nothing from the turns."""
    text = " ".join(question.split())
    last = next((turn for turn in reversed(turns)), None)
    if last is None:
        return text
    return _Context(last, turns).complete(text)


class _Context:
    """What the last turns were about."""

    def __init__(self, last: Turn, turns: Sequence[Turn]) -> None:
        self.last = last.answer.standalone_question
        self.asked: Asked = parse_question(self.last)
        self.citations = next((t.answer.citations for t in reversed(turns) if t.answer.citations), ())
        self.person = self._person()

    def complete(self, text: str) -> str:
        text = re.sub(rf"{_POLITE}", "", text, flags=re.IGNORECASE)
        for rule in (self._something_else, self._about, self._short, self._pronouns, self._implicit):
            if completed := rule(text):
                return completed
        return text

    def _person(self) -> str:
        """Whom "he" or "she" means: who was asked about, else the speaker quoted, else who the quote names."""
        speakers = [c.speaker for c in self.citations if c.speaker]
        if self.asked.wants in (Wants.WORDS, Wants.IDENTITY):
            return (
                next((s for s in speakers if set(terms(self.asked.speaker)) & set(terms(s))), "") or self.asked.speaker
            )
        for citation in self.citations:
            named = cast(citation.article).mentioned(citation.quote)
            if named and (self.asked.wants is not Wants.SPEAKER):
                fresh = [p.name for p in named if not set(p.tokens) & set(self.last.lower().split())]
                return (fresh or [p.name for p in named])[0]
        return speakers[0] if speakers else ""

    def _is_person(self, phrase: str) -> bool:
        bare = re.sub(r"^(?:by|from)\s+", "", phrase.strip())
        articles = [citation.article for citation in self.citations[:3]]
        return any(is_known(bare, article) or bool(speakers_named(bare, article)) for article in articles)

    def _something_else(self, text: str) -> str:
        match = _ELSE.match(text) or _ADDED.match(text)
        spoken = self.asked.wants in (Wants.WORDS, Wants.SPEAKER)
        if match is None or not self.person or not (spoken or re.search(r"\b(?:from|by|say|said)\b", match["rest"])):
            return ""
        rest = self._with_person(re.sub(r"^\s*(?:from|by)\s+(?:him|her|them)\b", "", match["rest"]).strip())
        if re.search(r"\b(?:say|said|tell|told|comment|add|mention)\b", rest):
            return f"What else {rest}?"
        return f"What else did {self.person} say{' ' + rest if rest else ''}?"

    def _about(self, text: str) -> str:
        """ "And about hacking?", "what about Obama?": a fragment that changes the topic or the speaker of the last question."""
        match = _ABOUT.match(text) if _FRAGMENT.match(text) else None
        if match is None or _QUESTION_START.match(match["what"]):
            return ""
        fragment, topic = match["what"], f" about {self.asked.topic}" if self.asked.topic else ""
        if self.asked.wants is Wants.IDENTITY and (fragment[0].isupper() or self._is_person(fragment)):
            return f"Who is {fragment}?"
        if self.asked.wants not in (Wants.WORDS, Wants.SPEAKER):
            return f"{self.last.rstrip('?. ')}, and {fragment}?"
        if match["on"] is None and self._is_person(fragment):
            return f"What did {fragment} say{topic}?"
        if self.asked.wants is Wants.SPEAKER:
            return f"Who said anything about {fragment}?"
        return f"What did {self.person or self.asked.speaker} say about {self._with_person(fragment)}?"

    def _short(self, text: str) -> str:
        """ "When was that?": a question word with no subject of its own takes the last question's."""
        match = _SHORT.match(text)
        if match is None or terms(match["rest"]) or len(text.split()) > 6 or _PERSON_PRONOUN.search(match["rest"]):
            return ""
        word = match["wh"].capitalize()
        if self.asked.wants is Wants.WORDS:
            topic = f" about {self.asked.topic}" if self.asked.topic else ""
            return f"{word} did {self.person or self.asked.speaker} speak{topic}?"
        rest = f" {match['rest'].strip()}" if match["rest"].strip() else ""
        return f"{word}{rest}: {self.last.rstrip('?. ')}?"

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
                match[1].lower() == "her" and re.match(r"\s+\w", text[match.end() :])
            )
            return f"{self.person}'s" if possessive else self.person

        text = _CONTRACTED.sub(lambda m: f"{self.person} is" if m[1].lower() in ("he", "she") else m[0], text)
        return _PERSON_PRONOUN.sub(named, text)
