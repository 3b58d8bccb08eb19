"""What kind of thing a question asks for, and whether a sentence holds one.

"How many buses" wants a number of buses, "how much" an amount, "what time" a time of day: the
finer the kind, the fewer sentences hold one by chance.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from retrieval.bylines import MONTHS
from retrieval.quotes.lexicon import WEEKDAY
from retrieval.quotes.names import find_mentions
from retrieval.terms import STOP_WORDS, stem, words

_NUMBER_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty"
    "|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|dozens?|half|several|both|no|none|twice|double"
)
_NUMBER = re.compile(rf"\d[\d,.]*|\b(?:{_NUMBER_WORDS})\b", re.IGNORECASE)
_MONEY = re.compile(
    r"[$£€¥₹]\s?\d|\b\d[\d,.]*[\s-]?(?:million|billion|trillion|m|mn|mln|bn|tn|k)?[\s-]*(?:dollars?|euros?|pounds?|yuan|yen|rupees?|cents?|pence|crowns?"
    r"|francs?|kron(?:er|or|a|e)|pesos?|rand|reais|roubles?|rubles?|shekels?|ringgit|baht|riyals?|dirhams?|won|lira|zloty)\b",
    re.IGNORECASE,
)
_SHARE = rf"\b(?:\d+|{_NUMBER_WORDS})\s+(?:of|in|out of)\s+(?:every\s+|the\s+)?(?:\d+|{_NUMBER_WORDS})\b"
_AMOUNT = re.compile(rf"\d|\b(?:half|double|twice|triple|third|quarter|most|all)\b|{_SHARE}", re.IGNORECASE)
_SCORE = re.compile(r"\d+\s?[-–]\s?\d+|\d+ (?:\w+ )?to \d+|\bby \d+", re.IGNORECASE)
_PERCENT = re.compile(rf"%|\bper ?cent(?:age)?\b|\b(?:half|third|quarter)\b|{_SHARE}", re.IGNORECASE)
#: Whom polls and censuses count in percent.
_COUNTED_IN_PERCENT = frozenset(
    """
    people persons voters americans women men adults children respondents residents workers students pupils households families
    members supporters viewers patients customers users teachers parents businesses companies
    """.split()
)
_UNITS = r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?|centuries)"
_DURATION = re.compile(
    rf"(?:\d[\d,.]*|\b(?:{_NUMBER_WORDS}|a|an|few|many))[\s-](?:and a half[\s-]|more[\s-]|full[\s-]|straight[\s-])?{_UNITS}\b|\buntil\b|\bsince\b",
    re.IGNORECASE,
)
_AGE = re.compile(r",\s\d{1,3}\b|\baged?\s\d|\d+[\s-]years?[\s-]old|\byears?\sold\b", re.IGNORECASE)
_MEASURE = re.compile(
    r"\d[\d,.]*\s?(?:%|per ?cent|m\b|km|cm|mm|ft|feet|foot|miles?|met(?:er|re)s?|kilomet(?:er|re)s?|inch(?:es)?|acres?|hectares?|mph|kph|knots?|tonn?es?|tons?|kg|pounds?|points?|places?)",
    re.IGNORECASE,
)
#: "How long" asks for a time or a size.
_LENGTH = re.compile(rf"{_DURATION.pattern}|{_MEASURE.pattern}", re.IGNORECASE)
_CLOCK = re.compile(
    r"\b\d{1,2}(?:[:.]\d{2})?\s?(?:am|pm|a\.m|p\.m|gmt|bst|et|pt)\b|\b\d{1,2}:\d{2}\b|\b(?:noon|midday|midnight|dawn|dusk|o['’]clock)\b",
    re.IGNORECASE,
)
_MONTH = r"\b(?:" + "|".join(name for name in MONTHS if (len(name) > 3 and name != "sept") or name == "may") + r")\b"
_DATE = re.compile(
    rf"\b{WEEKDAY}\b|{_MONTH}|\b(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.?\s\d|\b(?:1[5-9]|20)\d\d\b|\b(?:yesterday|today|tomorrow)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:1\d|20)\d\d\b")
_TIME = re.compile(
    rf"{_DATE.pattern}|{_CLOCK.pattern}|\b(?:last|next|this|earlier|later|same|following|previous)\s+(?:\w+\s+)?(?:week|month|year|night|morning|afternoon"
    rf"|evening|spring|summer|autumn|fall|winter|weekend|season|decade|century)\b|\b{_UNITS}\s+(?:ago|later|earlier|before|after)\b|\b(?:tonight|overnight|recently|soon)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:in|at|near|from|to|outside|across|of|inside|off|through|on|into)\s+(?:the\s+)?(?:[\w’'-]+\s+){0,2}[A-Z]\w+|\bat (?:the|a|his|her|their)\b|\bin (?:the|a)\b"
)


@dataclass(frozen=True, slots=True)
class Expectation:
    """`holds` is None for a question that expects no particular kind of thing."""

    holds: Callable[[str], bool] | None = None

    def fit(self, sentence: str) -> int:
        """1 if the sentence holds what is expected, -1 if not, 0 if nothing is expected."""
        if self.holds is None:
            return 0
        return 1 if self.holds(sentence) else -1


def expectation(question: str) -> Expectation:
    """The expectation of a question in any wording; what the question itself gives does not count as held."""
    given = set(words(question))
    for pattern, sign in _SIGNS:
        if re.search(pattern, question, re.IGNORECASE):
            return Expectation(_new(sign, given))
    if facility := _FACILITY.search(question):
        kind = stem(facility["noun"].lower())
        return Expectation(lambda sentence: kind in map(stem, words(sentence)))
    if counted := _COUNTED.search(question):
        noun = counted["noun"].lower()
        return Expectation(_new(_NUMBER, given) if noun in STOP_WORDS else lambda sentence: _counts(sentence, noun))
    if re.search(_WHO, question, re.IGNORECASE):
        return Expectation(lambda sentence: any(not set(words(m.name)) <= given for m in find_mentions(sentence)))
    return Expectation()


def asks_when(question: str) -> bool:
    """Whether a time, a day or a year is asked for."""
    sign = next((sign for pattern, sign in _SIGNS if re.search(pattern, question, re.IGNORECASE)), None)
    return sign in (_TIME, _DATE, _YEAR)


_FACILITY = re.compile(
    r"\b(?:which|what)\s+(?P<noun>hotel|building|stadium|court|hospital|venue|school|museum|bridge|airport|station|hall|island)s?\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\b(?:how many|number of)\s+(?:more |other |new |extra |additional |of (?:the|its|his|her|their) |\w+ed )?(?P<adjective>[\w-]+(?:al|ic|ese|ish|ian|an|ous|ive|ary|ern|ly)\s+)?(?P<noun>[\w’'-]+)",
    re.IGNORECASE,
)
_WHO = r"^(?:(?:and|so|to|with|for|by|from|but|also)\s+)*(?:who|whom|whose)\b|\bwhich\s+(?:person|official|player|man|woman|minister|judge|politician|leader|scientist|expert|analyst)\b|\bby\s+whom\b"
_SIGNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (r"\b(?:what|which)\s+(?:percentage|percent|share|proportion)\b|\bwhat per ?cent\b", _PERCENT),
    (r"\bhow much\b.*\b(?:cost|pay|paid|lose|lost|earn|earned|spend|spent|worth|make|made|raise|raised|owe|fine|fined|charge|money|profit|loss|steal|stole|give|giving|donate|price)\b|\b(?:what|which)\s+(?:\w+\s+){0,4}(?:price|cost|fee|salary|budget|fine|bill|sum|dividend)\b|\bhow much (?:money|did it cost)\b", _MONEY),
    (r"\bhow (?:much|big|large|small|wide|deep|heavy|severe)\b|\bwhat\s+(?:is|was|were|are)\s+the\s+(?:\w+\s+)?(?:total|figure|number|size|length|rate|attendance|turnout)\b|\b(?:what|which)\s+(?:number|amount|rate)\b|\bby how much\b", _AMOUNT),
    (r"\b(?:what|which)\s+(?:(?:is|was|were)\s+the\s+)?(?:\w+\s+)?(?:score|margin|result)\b|\bby what margin\b", _SCORE),
    (r"\bhow old\b|\bwhat age\b", _AGE),
    (r"\bhow long\b(?!\s+ago)", _LENGTH),
    (r"\bhow (?:far|high|tall|fast)\b", _MEASURE),
    (r"\b(?:what|which) time\b|\bat what hour\b", _CLOCK),
    (r"\b(?:what|which|on what|on which) (?:date|day)\b", _DATE),
    (r"\b(?:what|which) year\b", _YEAR),
    (r"^(?:(?:and|so|on|in|at|by|since|until|but)\s+)*when\b|\b(?:what|which) month\b|\bhow (?:soon|recently|long ago)\b|\bsince when\b", _TIME),
    (r"^(?:(?:and|so|from|but)\s+)*where\b|\b(?:which|what)\s+(?:city|country|town|place|venue|region|village|state)\b", _PLACE),
)  # fmt: skip


def _new(sign: re.Pattern[str], given: set[str]) -> Callable[[str], bool]:
    """Whether a sentence holds a match whose words the question did not already say."""

    def holds(sentence: str) -> bool:
        return any(not (set(words(m[0])) - STOP_WORDS <= given) or not words(m[0]) for m in sign.finditer(sentence))

    return holds


def _counts(sentence: str, noun: str) -> bool:
    """A number with the counted thing close behind it: "340 additional seafarers" for "how many seafarers", or a share of people."""
    wanted = stem(noun)
    if noun in _COUNTED_IN_PERCENT and _PERCENT.search(sentence):
        return True
    for match in _NUMBER.finditer(sentence):
        behind = words(re.split(r"[,;:.]\s", sentence[match.end() : match.end() + 60])[0])[:5]
        if any(stem(word) == wanted for word in behind) or (
            noun in ("people", "persons") and behind[:1] and behind[0] not in ("million", "percent")
        ):
            return True
    return False
