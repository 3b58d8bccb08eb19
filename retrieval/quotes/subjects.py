"""The subject of a cue verb: the phrase before or after it that names who speaks."""

import re

from retrieval.quotes.lexicon import BODIES, MONTH, OPENERS, ROLES, SHORT_TITLE, WEEKDAY
from retrieval.sentences import SHORT_TITLES

#: How far from a cue its speaker can stand, in characters: a "sentence" can be megabytes long.
NEAR = 400
#: Verbs that stand before their subject after a quotation: `"…," said Mr Yang`.
_INVERTING = frozenset(
    """
    said says added adds asked asks replied explained wrote writes recalled argued noted joked continued declared
    insisted exclaimed announced warned shouted cried observed quipped remarked responded concluded commented tweeted
    """.split()
)
VERB_INSIDE = re.compile(
    r"\b(?:had|has|have|was|were|is|are|would|will|could|can|should|may|might|did|made|it|he|she|they|we|I|said|that)\b"
)
NAME = rf"(?:{SHORT_TITLE}|(?:[A-Z]\.)+|[A-Z][\w’'-]*)"
SMALL = r"(?:de|da|del|der|den|di|du|van|von|bin|binti|al|el|la|le|and|&)"
NAME_END = re.compile(rf"(?:(?:{NAME}|\b{SMALL})\s+)*{NAME}$")
#: "Dr Lena Försterling of the Baltic Institute for " before "Ornithology": the person is the one who speaks.
APPOSED_NAME = re.compile(rf"\s*,\s*(?P<name>(?:{NAME}\s+)+{NAME})\s*(?:[,.\x00]|$)")
_BODY_NOUN = rf"(?:{'|'.join(sorted(BODIES))})"
_PLACED = re.compile(
    rf"(?P<name>(?!The\s){NAME}(?:\s+(?:{SMALL}\s+)?{NAME})+),?\s+(?:of|at|from|with|for)\s+(?:the\s+(?:(?:[a-z-]+\s+){{0,2}}{_BODY_NOUN}\s+)?)?(?:{NAME}\s+)*(?:(?:of|for|and)\s+(?:the\s+)?(?:{NAME}\s+)*)?$"
)
#: "John Dickey, the chief executive of " before "Ora Media": the person speaks.
_OFFICE = re.compile(
    rf"(?P<name>(?:{NAME}\s+)+{NAME}),\s+(?:(?:the|a|an|its|their)\s+)?(?:[\w’'-]+\s+){{1,8}}(?:of|at|for|with|in)\s+(?:the\s+(?:[a-z-]+\s+){{0,2}})?$"
)
#: "the Ministry of " before "Health": a body whose name has another in it.
_BODY_OF = re.compile(
    rf"(?:[Tt]he\s+)?(?:{NAME}\s+)*(?:Ministry|Department|Bank|Commission|Committee|Agency|Coalition|University|College|House|Institute|Office|Bureau|Board|Council"
    r"|Court|Chamber|Ministers?|Church|School|Federation|Association|Union|Society|Academy|Centre|Center|Museum)"
    r"\s+(?:of|for|on)\s+(?:the\s+)?(?:[A-Z][\w’'-]*\s+(?:and|of)\s+(?:the\s+)?)*$"
)
#: A subject that describes and does not name: "The mayor of Sanderup", "her husband", "Police in Leeds".
_DESCRIBES = re.compile(
    r"(?i:the|a|an|his|her|its|their|our|my|one|another|some|many)\s+(?:[\w’'-]+\s+)*?[a-z]"
    r"|(?:[\w-]+\s+){1,4}?[\w-]+['’]s?\s+[a-z]|(?:Police|[A-Z][a-z]+s)\s+(?:in|at|from)\b"
)
#: "fans of Trump".
_PLURAL_OF = re.compile(r"(?:[\w-]+\s+)?[\w-]{3,}s\s+(?:of|in|at|for|from|on|to|with|by)\b")
_SCENE = frozenset("in at on to with from near unlike".split())
_LEADS_IN = re.compile(rf"\b(?:{'|'.join(sorted(_SCENE))}|of|by|for|about|[a-z]+ing)\s+$", re.IGNORECASE)
_OPENING_PRONOUN = re.compile(r"([Hh]e|[Ss]he|[Tt]hey)\s")
#: "John Dickey -- who makes shows --": what stands between dashes.
_BETWEEN_DASHES = re.compile(r"\s*(?:--|—|–)(?:(?!--)[^—–\x00]){2,200}(?:--|—|–)$")
#: "Ann Hart, 59, of Ashton, Md.".
_FROM_A_STATE = re.compile(
    r"(?:,\s+\d{1,3})?,\s+(?:of|from)\s+[A-Z][\w’' -]*,\s+(?:[A-Z][a-z]{1,5}\.|(?:[A-Z]\.){2}|[A-Z]{2}),?$"
)
_BRACKETS = re.compile(r"\s+\([^()]{1,60}\)(?=,?\s*$)")
_PRONOUN_END = re.compile(r"(?:^|[\s,;:—–(\x00-])(?P<pronoun>[Hh]e|[Ss]he|[Tt]hey|[Ii]t|I|[Ww]ho)$")
_SENTENCE_END = re.compile(rf"(?<![A-Z]){''.join(f'(?<!{title.capitalize()})' for title in SHORT_TITLES)}\.(?:\s|$)")
#: What follows a verb without being who speaks: `"…," she said on Twitter`.
_NO_SUBJECT = re.compile(
    rf"(?:{WEEKDAY}|{MONTH}\s\d|there|on|of|in|at|to|about|from|with|for|by|as|that|during|over|via)\b"
)
_BOUNDARY = re.compile(
    r"[,;:—–\x00(]|\s-\s|\b(?:that|but|while|because|which|when|after|before|if|though|although|whether|as|since|where|and)\b"
)
#: "top black lawmakers", "elected officials from both parties", "one GOP source": people without a name or an article.
_PEOPLE = re.compile(
    r"(?:(?!(?:to|with|by|spoke|told|met|asked)\b)[\w’'-]+\s+){0,5}?(?i:sources?|authorities|officials|experts|lawmakers|critics|aides|allies|advis[eo]rs|supporters|observers|activists"
    r"|residents|voters|witnesses|scientists|researchers|analysts|economists|lawyers|prosecutors|leaders|doctors|friends|relatives|neighbou?rs"
    r"|police|investigators|\w{3,}(?:ists|ians))(?:\s+(?:to|of|in|from|at|for|with|close|around|who|I|we|and|on)\b[^,;\x00]{0,60})?$"
)
_PHRASE = re.compile(
    r"^(?:The|the|A|a|An|an|His|his|Her|her|Its|its|Their|their|One|one|Another|another|[A-Z][\w’'.-]*|\w+(?:s|people))\b"
)
_TIME = (
    rf"(?:(?:on|last|this|next|late|early|earlier|later)\s+)*(?:{WEEKDAY}|yesterday|today|tonight"
    r"|week|month|year|weekend|night|morning|afternoon|evening)(?:\s+(?:morning|night|evening|afternoon))?"
)
#: What may stand between a subject and its verb, the surest first; the first two hide no name.
_TRIM = [
    re.compile(pattern)
    for pattern in (
        rf"(?i:\s*,?\s*\b(?:{_TIME}|in {MONTH}))\s*,?$",
        r"\s+(?:also|then|later|earlier|again|previously|repeatedly|has|had|have|since|reportedly|separately|further|still|once|often"
        r"|both|all|now|never|even|instead|would|will|went on to|himself|herself|itself|themselves|[a-z]+ly)$",
        r"\s*,\s*(?:aged\s+)?\d{1,3}\s*,?$",
        r"\s*,(?:[^,;\x00]|,(?=\d)){2,220},$",
        r"\s+\([^)]{1,60}\)$",
        r"\s+(?:in|at|on|during|from|of|after|before|to|with|for|outside|via|through)\s+(?:[^\s,;:\x00]+\s+){0,8}[^\s,;:\x00]+\s*$",
        r"\s*,$",
    )
]


def subject_after(masked: str, match: re.Match[str], left: str) -> str:
    """`"…," said Mr Yang, who …`: the phrase after the cue, when a quotation or a clause stands before it."""
    if not left or left[-1] not in ",\x00" or match[0] not in _INVERTING:
        return ""
    right = re.match(r"\s+(?P<phrase>[^,;:\x00]{2,120})", masked[match.end() : match.end() + NEAR])
    if right is None:
        return ""
    sentence_end = _SENTENCE_END.split(right["phrase"])[0]
    phrase = re.split(
        r"\s+(?:in|at|on|during|after|when|while|as|who|to|from|with|last|yesterday|by|before|of)\s", sentence_end
    )[0].strip()
    phrase = _BRACKETS.sub("", phrase)
    unnamed_relation = re.match(r"(?:his|her|their)\b", phrase) and not NAME_END.search(phrase)
    if VERB_INSIDE.search(phrase) or _NO_SUBJECT.match(phrase) or unnamed_relation:
        return ""
    after = match.end() + right.start("phrase") + len(sentence_end)
    rest = masked[after : after + NEAR]
    appositive = APPOSED_NAME.match(rest)
    if appositive and not NAME_END.search(phrase):
        return appositive["name"]
    named = bool(NAME_END.search(phrase))
    unnamed = _PEOPLE.fullmatch(phrase) or (left[-1] == "\x00" and _PHRASE.match(phrase))
    return phrase if named or (unnamed and len(phrase.split()) <= 7) else ""


def subject_before(left: str) -> str:
    """The subject that ends where the cue begins, trimmed of adverbs, times, asides and what hangs on it."""
    rest = left
    apposed = ""
    for _ in range(8):
        rest = _FROM_A_STATE.sub("", _BETWEEN_DASHES.sub("", _BRACKETS.sub("", rest)))
        if rest.endswith(",") and (aside := _TRIM[3].search(rest)):
            apposed = apposed or _apposed_in(aside[0])
            rest = _BRACKETS.sub("", rest[: aside.start()])
        rest = _FROM_A_STATE.sub("", rest)
        while trim := _TRIM[0].search(rest) or _TRIM[1].search(rest):
            rest = rest[: trim.start()]
        if pronoun := _PRONOUN_END.search(rest):
            return pronoun["pronoun"]
        phrase = _clause_tail(rest)
        if apposed and _DESCRIBES.match(phrase):
            return apposed
        group = unnamed_people(rest)
        if not group and (name := NAME_END.search(rest)):
            placed = _with_place(rest, name)
            return name[0] if placed is None else placed
        if opening := _OPENING_PRONOUN.match(phrase):
            return opening[1]
        if group:
            return group
        if 0 < len(phrase.split()) <= 9 and _PHRASE.match(phrase) and not VERB_INSIDE.search(phrase):
            return apposed or phrase
        for pattern in _TRIM[2:]:
            if trim := pattern.search(rest):
                apposed = apposed or _apposed_in(trim[0])
                rest = rest[: trim.start()]
                break
        else:
            break
        if not rest:
            break
    return apposed


def unnamed_people(rest: str) -> str:
    """Several unnamed people at the end: "top black lawmakers", "advisers to Mr Obama", "federal and state officials"."""
    tail = re.split(
        r"[,;:—–\x00(]|\b(?:that|but|while|because|which|when|before|if|though|although|whether|as|since|where|how|whom?|whose)\b",
        rest,
    )[-1]
    tail = re.sub(r"^(?:and|or)\s+", "", tail.strip())
    return tail if len(tail.split()) <= 9 and _PEOPLE.fullmatch(tail) and not VERB_INSIDE.search(tail) else ""


def _apposed_in(aside: str) -> str:
    """The name that an aside consists of: ", Rikard Ohm," after "The mayor of Sanderup"."""
    named = re.fullmatch(rf"\s*,\s*(?P<name>(?:{NAME}\s+)*{NAME})\s*,", aside)
    return named["name"] if named else ""


def _with_place(rest: str, name: re.Match[str]) -> str | None:
    """Who speaks where the name at the end only places: the person in "Ann Hart of Leeds", all of "the Ministry of Health",
    nobody ("") in "the business side of TV"; None if the name stands for itself."""
    before = rest[: name.start()]
    if (holder := _PLACED.search(before) or _OFFICE.search(before)) and not _is_setting(before, holder):
        return holder["name"]
    if body := _BODY_OF.search(before):
        return body[0] + name[0]
    tail = _clause_tail(rest)
    if not re.search(r"\s(?:of|in|at|for|from|on|to|with|by)\s+(?:the\s+(?:[a-z-]+\s+){0,2})?$", before):
        return None
    people = _DESCRIBES.match(tail) or _PLURAL_OF.match(tail)
    return tail if len(tail.split()) <= 9 and people and not VERB_INSIDE.search(tail) else ""


def _is_setting(before: str, holder: re.Match[str]) -> bool:
    """Whether the name only sets the scene: "At a rally in New Hampshire, the leader of …", "Visiting Norby, …"."""
    opening = holder["name"].split()[0].lower()
    return (
        bool(_LEADS_IN.search(before[: holder.start()]))
        or opening.endswith("ing")
        or opening in OPENERS
        or opening in _SCENE
    )


def _clause_tail(rest: str) -> str:
    starts = [0, *(m.end() for m in _BOUNDARY.finditer(rest))]
    return rest[starts[-1] :].strip()


_AGENTIVE = re.compile(r"(?:\w{3,}(?:er|or|ist|ian|man|woman|person|ee)|\d+-year-old)$")


def is_role_phrase(phrase: str) -> bool:
    """ "the minister", "Beijing's top diplomat", "the 41-year-old": a description whose head is one person."""
    tokens = [re.sub(r"['’]s$", "", token.lower()) for token in phrase.split()]
    if len(tokens) < 2 or is_group_phrase(phrase):
        return False
    return any(token in ROLES for token in tokens[-2:]) or bool(_AGENTIVE.fullmatch(tokens[-1]))


def is_group_phrase(phrase: str) -> bool:
    """ "the company", "the union": a body that must have been named before."""
    tokens = phrase.lower().split()
    return len(tokens) >= 2 and tokens[0] in ("the", "its", "their") and tokens[-1] in BODIES and phrase[1:].islower()
