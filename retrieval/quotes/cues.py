"""Cue verbs, and the phrase that names who speaks: the grammar of attribution, one sentence at a time."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from retrieval.quotes.lexicon import ROLES

#: verb → its forms, as they introduce what somebody said, wrote or thinks.
_REGULAR = """
    accuse acknowledge add admit advise agree allege announce answer apologise apologize argue ask assert assure
    believe blame boast call compare liken disagree caution challenge claim comment complain concede conclude
    condemn confirm contend continue counsel counter criticise criticize decline declare defend demand deny describe
    determine disclose dismiss echo emphasise emphasize encourage estimate exclaim expect explain express fear hail
    hope indicate inform insist invite joke lament maintain mention note object observe order pledge plead point
    praise predict promise propose protest question quip react reassure recall recommend reckon reiterate reject
    remark remind repeat reply report request respond reveal signal state stress suggest summarise summarize suspect
    shout cry testify thank threaten tweet underline urge voice vow warn welcome wonder worry
    """.split()
_IRREGULAR = """
    said say says saying told tell tells telling wrote written write writes writing think thinks thought swore felt
    foresaw foresees put puts read reads found finds showed shows
    """.split()


def _forms(verb: str) -> Iterator[str]:
    if verb.endswith("e"):
        yield from (verb + "d", verb + "s", verb[:-1] + "ing")
    elif re.search(r"[^aeiou]y$", verb):
        yield from (verb[:-1] + "ied", verb[:-1] + "ies", verb + "ing")
    else:
        double = verb + verb[-1] if verb in ("admit", "quip") else verb
        yield from (double + "ed", verb + ("es" if re.search(r"(?:s|sh|ch)$", verb) else "s"), double + "ing")


#: Forms that in news copy are nouns more often than verbs.
_NOUNS = frozenset(
    """
    answers asks calls claims comments complaints concerns counsel counters demands echoes estimates expects fears
    hopes notes objects orders pleads points praises predictions promises puts questions quips reads remarks reports
    requests reveals signals states threats tweets underlines urges voices vows warning wonders worries answer ask
    call claim comment counter demand echo estimate fear hope note object order point praise promise put question
    quip read remark report request signal state tweet urge voice vow wonder worry caution challenge cautions
    challenges cautioning
    """.split()
)


CUES = (
    frozenset(form for verb in _REGULAR for form in (verb, *_forms(verb)) if form not in _NOUNS)
    | frozenset(_IRREGULAR) - _NOUNS
)
#: Verbs that as often take a thing as a statement.
_ALSO_DOINGS = frozenset(
    form
    for verb in "conclude continue determine recall repeat reveal put read order disclose report".split()
    for form in (verb, *_forms(verb))
)
#: Verbs that tell what somebody says only with "that": "the report found that …".
WITH_THAT = frozenset("found finds showed shows".split())
_BARE = frozenset(_REGULAR) | {"say", "tell", "write", "think", "put", "read"}
_PARTICIPLES = frozenset(cue for cue in CUES if cue.endswith("ing"))
_CUE = re.compile(r"\b(?:" + "|".join(sorted(CUES, key=len, reverse=True)) + r")\b")
_CITED_AS = re.compile(r"\b(?:quoted|cited|quoting|citing)\s+(?P<phrase>[^,.;]{2,90}?)\s+as\s+saying\b")
_ACCORDING = re.compile(r"\b[Aa]ccording to\s+(?P<phrase>[^,.;\x00]{2,90})")
#: How far from a cue its speaker can stand, in characters: a "sentence" can be megabytes long.
_NEAR = 400
_MOST_CUES = 20
#: Verbs that stand before their subject after a quotation: `"…," said Mr Yang`.
#: "Lars Tveit believed to be admired": somebody else's belief.
_REDUCED = re.compile(r"\s+(?:to be|to have|by)\b|(?<=compared)\s+(?:with|to)\s+(?:\w+\s+)?[\d$£€]")
_INVERTING = frozenset(
    """
    said says added adds asked asks replied explained wrote writes recalled argued noted joked continued declared
    insisted exclaimed announced warned shouted cried observed quipped remarked responded concluded commented tweeted
    """.split()
)
_VERB_INSIDE = re.compile(
    r"\b(?:had|has|have|was|were|is|are|would|will|could|can|should|may|might|did|made|it|he|she|they|we|I|said|that)\b"
)
_PASSIVE = re.compile(
    r"\b(?P<aux>was|were|is|are|been|being|be|to|not|could|would|will|can|may|might|must|should|did|do|does)(?:\s+[a-z]+ly)?\s*$"
)

#: What a verb without -s can have as its subject: "they", "residents", "Chen and her colleague David Stein".
_PLURAL = re.compile(r"\b(?:they|I|we|and|\w+s|[Pp]olice|people|and\s+(?:[\w’'.-]+\s+){0,4}[A-Z][\w’'.-]*)\s*$")
#: "what the board called its final offer": a name for a thing, no statement.
_NAMED_THING = re.compile(r"\bwhat\s+(?:[\w’'.-]+\s+){0,5}[\w’'.-]+$")
#: "what he called North Korea's “reckless” acts": his words all the same.
_QUOTED_NEXT = re.compile(r"[^,;.:]{0,40}\x00")
#: "began by saying", "is telling".
_BY_SAYING = re.compile(r"\b(?:began|begins|started|opened|ended|finished|closed|responded|reacted|replied)\s+by$")
_DOING = re.compile(r"\b(?:is|are|was|were|has been|have been|had been)$")
#: "She shook hands and told …": the subject is the sentence's.
_JOINED = re.compile(r"[\w\x00],?\s+(?:and|but)(?:\s+(?:then|later|also))?$")
_NOUN_BEFORE = re.compile(
    r"(?:\b(?:to|of|by|in|on|for|with|from|despite|amid|after|over|through|between|against|the|a|an|his|her|its|their|these|those|any|no|some)|['’]s)\s*$"
)

_NAME = r"(?:(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Del|Gov|Gen|Lt|Col|Sgt|Capt|Rev|Jr|Sr)\.|(?:[A-Z]\.)+|[A-Z][\w’'-]*)"
_SMALL = r"(?:de|da|del|der|den|di|du|van|von|bin|binti|al|el|la|le|and|&)"
#: `"…" ― Ann Hart`, as readers' and lists' quotations are signed: nothing of theirs follows.
DASHES = ("―", "—", "–", "--")
_SIGNED = re.compile(
    rf"\x00\s*(?P<mark>{'|'.join(DASHES)})\s*(?P<phrase>(?:{_NAME}\s+(?:{_SMALL}\s+)?){{1,4}}{_NAME})\s*(?:,[^\x00]{{0,80}})?\.?$"
)
#: `Ann Hart -- "…"`: the cue is the dash, one character of it, if the name is a person's.
BEFORE_WORDS = "-"
_LED = re.compile(rf"(?P<phrase>(?:{_NAME}\s+){{1,4}}{_NAME})\s*(?P<mark>--|—|–|:)\s*\x00")
_NAME_END = re.compile(rf"(?:(?:{_NAME}|\b{_SMALL})\s+)*{_NAME}$")
#: "Dr Lena Försterling of the Baltic Institute for " before "Ornithology": the person is the one who speaks.
_APPOSED_NAME = re.compile(rf"\s*,\s*(?P<name>(?:{_NAME}\s+)+{_NAME})\s*(?:[,.\x00]|$)")
_PLACED = re.compile(
    rf"(?P<name>(?!The\s){_NAME}(?:\s+(?:{_SMALL}\s+)?{_NAME})+),?\s+(?:of|at|from|with|for)\s+(?:the\s+)?(?:{_NAME}\s+)*(?:(?:of|for|and)\s+(?:the\s+)?(?:{_NAME}\s+)*)?$"
)
#: "John Dickey, the chief executive of " before "Ora Media": the person speaks.
_OFFICE = re.compile(
    rf"(?P<name>(?:{_NAME}\s+)+{_NAME}),\s+(?:(?:the|a|an|its|their)\s+)?(?:[\w’'-]+\s+){{1,8}}(?:of|at|for|with|in)\s+(?:the\s+)?$"
)
#: "the Ministry of " before "Health": a body whose name has another in it.
_BODY_OF = re.compile(
    rf"(?:[Tt]he\s+)?(?:{_NAME}\s+)*(?:Ministry|Department|Bank|Commission|Committee|Agency|Coalition|University|College|House|Institute|Office|Bureau|Board|Council"
    r"|Court|Chamber|Ministers?|Church|School|Federation|Association|Union|Society|Academy|Centre|Center|Museum)"
    r"\s+(?:of|for|on)\s+(?:the\s+)?(?:[A-Z][\w’'-]*\s+(?:and|of)\s+(?:the\s+)?)*$"
)
#: A subject that describes and does not name: "The mayor of Sanderup", "her husband", "Police in Leeds".
_DESCRIBES = re.compile(
    r"(?i:the|a|an|his|her|its|their|our|my|one|another|some|many)\s+(?:[\w’'-]+\s+)*?[a-z]"
    r"|(?:[\w-]+\s+){1,4}?[\w-]+['’]s?\s+[a-z]|(?:Police|[A-Z][a-z]+s)\s+(?:in|at|from)\b"
)
_OPENING_PRONOUN = re.compile(r"([Hh]e|[Ss]he|[Tt]hey)\s")
#: "John Dickey -- who makes shows --": what stands between dashes.
_BETWEEN_DASHES = re.compile(r"\s*(?:--|—|–)(?:(?!--)[^—–\x00]){2,200}(?:--|—|–)$")
_BRACKETS = re.compile(r"\s+\([^()]{1,60}\)(?=,?\s*$)")
_PRONOUN_END = re.compile(r"(?:^|[\s,;:—–(\x00-])(?P<pronoun>[Hh]e|[Ss]he|[Tt]hey|[Ii]t|I|[Ww]ho)$")
_SENTENCE_END = re.compile(
    r"(?<![A-Z])(?<!Mr|Ms|Dr|St|Lt)(?<!Mrs|Sen|Rep|Del|Gov|Gen|Col|Sgt|Rev|Hon)(?<!Prof|Capt)\.(?:\s|$)"
)
#: What follows a verb without being who speaks: `"…," she said on Twitter`.
_NO_SUBJECT = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:January|February|March|April|May|June|July|August|September|October|November|December)\s\d|there|on|of|in|at|to|about|from|with|for|by|as|that|during|over|via)\b"
)
_BOUNDARY = re.compile(
    r"[,;:—–\x00(]|\s-\s|\b(?:that|but|while|because|which|when|after|before|if|though|although|whether|as|since|where|and)\b"
)
#: "top black lawmakers", "elected officials from both parties", "one GOP source": people without a name or an article.
_PEOPLE = re.compile(
    r"(?:[\w’'-]+\s+){0,5}?(?i:sources?|authorities|officials|experts|lawmakers|critics|aides|allies|advis[eo]rs|supporters|observers|activists"
    r"|residents|voters|witnesses|scientists|researchers|analysts|economists|lawyers|prosecutors|leaders|doctors|friends|relatives|neighbou?rs"
    r"|police|investigators|\w{3,}(?:ists|ians))(?:\s+(?:to|of|in|from|at|for|with|close|around|who|I|we|and|on)\b[^,;\x00]{0,60})?$"
)
_PHRASE = re.compile(
    r"^(?:The|the|A|a|An|an|His|his|Her|her|Its|its|Their|their|One|one|Another|another|[A-Z][\w’'.-]*|\w+(?:s|people))\b"
)
_TIME = (
    r"(?:(?:on|last|this|next|late|early|earlier|later)\s+)*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|tonight"
    r"|week|month|year|weekend|night|morning|afternoon|evening)(?:\s+(?:morning|night|evening|afternoon))?"
)
#: What may stand between a subject and its verb, the surest first; the first two hide no name.
_TRIM = [
    re.compile(pattern)
    for pattern in (
        rf"(?i:\s*,?\s*\b(?:{_TIME}|in (?:january|february|march|april|may|june|july|august|september|october|november|december)))\s*,?$",
        r"\s+(?:also|then|later|earlier|again|previously|repeatedly|has|had|have|since|reportedly|separately|further|still|once|often"
        r"|both|all|now|never|even|instead|would|will|went on to|[a-z]+ly)$",
        r"\s*,\s*(?:aged\s+)?\d{1,3}\s*,?$",
        r"\s*,(?:[^,;\x00]|,(?=\d)){2,140},$",
        r"\s+\([^)]{1,60}\)$",
        r"\s+(?:in|at|on|during|from|of|after|before|to|with|for|outside|via|through)\s+(?:[^\s,;:\x00]+\s+){0,8}[^\s,;:\x00]+\s*$",
        r"\s*,$",
    )
]


@dataclass(frozen=True, slots=True)
class Attribution:
    """A cue at `cue_start` and the phrase that names its speaker; `phrase` is "" where the sentence's subject speaks."""

    cue: str
    cue_start: int
    phrase: str


def mask_quotations(sentence: str, spans: Iterable[tuple[int, int]]) -> str:
    """The sentence with quoted words blanked, offsets unchanged: cues and names inside them are not ours."""
    masked = list(sentence)
    for start, end in spans:
        masked[start:end] = "\x00" * (end - start)
    return "".join(masked)


def find_attributions(masked: str) -> list[Attribution]:
    """Every cue with its speaker's phrase, in order of appearance; a sentence of prose has no more than 20."""
    found: list[Attribution] = []
    taken: list[tuple[int, int]] = []
    for match in _CITED_AS.finditer(masked):
        found.append(Attribution("cited", match.start(), match["phrase"].strip()))
        taken.append(match.span())
    for match in _ACCORDING.finditer(masked):
        phrase = re.split(r"\s+(?:who|which|as|in|on|at|that)\s", match["phrase"])[0].strip()
        named = _APPOSED_NAME.match(masked, match.end()) if not _NAME_END.search(phrase) else None
        found.append(Attribution("according to", match.start(), named["name"] if named else phrase))
        taken.append(match.span())
    for match in islice(_CUE.finditer(masked), _MOST_CUES):
        if any(start <= match.start() < end for start, end in taken):
            continue
        left = masked[max(0, match.start() - _NEAR) : match.start()].rstrip()
        if match[0] in _PARTICIPLES:
            if left.endswith((",", "\x00")) or _BY_SAYING.search(left):
                found.append(Attribution(match[0], match.start(), ""))
            elif (doing := _DOING.search(left)) and (phrase := _phrase_before(left[: doing.start()].rstrip())):
                found.append(Attribution(match[0], match.start(), phrase))
            continue
        if _REDUCED.match(masked, match.end()) or _only_does(masked, match):
            continue
        if _NAMED_THING.search(left) and not _QUOTED_NEXT.match(masked, match.end()):
            continue
        if _JOINED.search(left) and match[0] not in _BARE:
            found.append(Attribution(match[0], match.start(), ""))
            continue
        phrase = _inverted(masked, match, left) or ("" if _not_finite(left, match[0]) else _phrase_before(left))
        if phrase:
            found.append(Attribution(match[0], match.start(), phrase))
    signed = _SIGNED.search(masked, max(0, len(masked) - _NEAR)) if not found else None
    for match in [signed] if signed else islice(_LED.finditer(masked), _MOST_CUES):
        found.append(Attribution(match["mark"] if signed else BEFORE_WORDS, match.start("mark"), match["phrase"]))
    return sorted(found, key=lambda attribution: attribution.cue_start)


def _only_does(masked: str, match: re.Match[str]) -> bool:
    """Whether the verb only tells what was done: "concluded four days of meetings", with nothing said after it."""
    rest = masked[match.end() : match.end() + _NEAR]
    if match[0] in WITH_THAT:
        return not rest.startswith(" that ")
    spoken = "\x00" in masked or _VERB_INSIDE.search(rest) or re.match(r"\s*(?:[,:.]|by\b|$)", rest)
    return match[0] in _ALSO_DOINGS and not spoken


def _not_finite(left: str, cue: str) -> bool:
    """A passive, an infinitive, or a noun that looks like a cue ("to remarks by …")."""
    if _NOUN_BEFORE.search(left):
        return True
    auxiliary = _PASSIVE.search(left)
    if auxiliary and auxiliary["aux"] in ("was", "were", "is", "are", "been", "being", "be"):
        return True
    return cue in _BARE and not _PLURAL.search(left) and not _group(left.rstrip(", "))


def _inverted(masked: str, match: re.Match[str], left: str) -> str:
    """`"…," said Mr Yang, who …`: the phrase after the cue, when a quotation or a clause stands before it."""
    if not left or left[-1] not in ",\x00" or match[0] not in _INVERTING:
        return ""
    right = re.match(r"\s+(?P<phrase>[^,;:\x00]{2,120})", masked[match.end() : match.end() + _NEAR])
    if right is None:
        return ""
    sentence_end = _SENTENCE_END.split(right["phrase"])[0]
    phrase = re.split(
        r"\s+(?:in|at|on|during|after|when|while|as|who|to|from|with|last|yesterday|by|before|of)\s", sentence_end
    )[0].strip()
    phrase = _BRACKETS.sub("", phrase)
    unnamed_relation = re.match(r"(?:his|her|their)\b", phrase) and not _NAME_END.search(phrase)
    if _VERB_INSIDE.search(phrase) or _NO_SUBJECT.match(phrase) or unnamed_relation:
        return ""
    after = match.end() + right.start("phrase") + len(sentence_end)
    rest = masked[after : after + _NEAR]
    appositive = _APPOSED_NAME.match(rest)
    if appositive and not _NAME_END.search(phrase):
        return appositive["name"]
    named = bool(_NAME_END.search(phrase))
    unnamed = _PHRASE.match(phrase) if left[-1] == "\x00" else _PEOPLE.fullmatch(phrase)
    return phrase if named or (unnamed and len(phrase.split()) <= 7) else ""


def _phrase_before(left: str) -> str:
    """The subject that ends where the cue begins, trimmed of adverbs, times, asides and what hangs on it."""
    rest = left
    apposed = ""
    for _ in range(8):
        rest = _BETWEEN_DASHES.sub("", _BRACKETS.sub("", rest))
        if rest.endswith(",") and (aside := _TRIM[3].search(rest)):
            apposed = apposed or _apposed_in(aside[0])
            rest = _BRACKETS.sub("", rest[: aside.start()])
        while trim := _TRIM[0].search(rest) or _TRIM[1].search(rest):
            rest = rest[: trim.start()]
        if pronoun := _PRONOUN_END.search(rest):
            return pronoun["pronoun"]
        phrase = _clause_tail(rest)
        if apposed and _DESCRIBES.match(phrase):
            return apposed
        if (name := _NAME_END.search(rest)) and not _group(rest):
            return _with_place(rest, name) or _with_role(rest, name)
        if opening := _OPENING_PRONOUN.match(phrase):
            return opening[1]
        if group := _group(rest):
            return group
        if 0 < len(phrase.split()) <= 9 and _PHRASE.match(phrase) and not _VERB_INSIDE.search(phrase):
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


def _group(rest: str) -> str:
    """Several unnamed people at the end: "top black lawmakers", "advisers to Mr Obama", "federal and state officials"."""
    tail = re.split(
        r"[,;:—–\x00(]|\b(?:that|but|while|because|which|when|before|if|though|although|whether|as|since|where|how)\b",
        rest,
    )[-1]
    tail = re.sub(r"^(?:and|or)\s+", "", tail.strip())
    return tail if len(tail.split()) <= 9 and _PEOPLE.fullmatch(tail) and not _VERB_INSIDE.search(tail) else ""


def _apposed_in(aside: str) -> str:
    """The name that an aside consists of: ", Rikard Ohm," after "The mayor of Sanderup"."""
    named = re.fullmatch(rf"\s*,\s*(?P<name>(?:{_NAME}\s+)*{_NAME})\s*,", aside)
    return named["name"] if named else ""


def _with_place(rest: str, name: re.Match[str]) -> str:
    """What a name at the end only places: the person in "Ann Hart of Leeds", all of "the Ministry of Health"; else ""."""
    before = rest[: name.start()]
    if holder := _PLACED.search(before) or _OFFICE.search(before):
        return holder["name"]
    if body := _BODY_OF.search(before):
        return body[0] + name[0]
    tail = _clause_tail(rest)
    placed = re.search(r"\s(?:of|in|at|for|from)\s+(?:the\s+)?$", before)
    return (
        tail if placed and len(tail.split()) <= 9 and _DESCRIBES.match(tail) and not _VERB_INSIDE.search(tail) else ""
    )


def _with_role(rest: str, name: re.Match[str]) -> str:
    """A spokesman *for* X is not X: keep the phrase that says so."""
    before = rest[: name.start()]
    aide = re.search(
        r"\b((?:a|an|the|A|An|The)\s+(?:\w+\s+){0,2}(?:spokes\w+|lawyers?|aides?|officials?|representatives?|relatives?|friends?|family)\s+(?:for|of|at|to)\s+(?:the\s+|The\s+)?)$",
        before,
    )
    return (aide[1] + name[0]) if aide else name[0]


def _clause_tail(rest: str) -> str:
    starts = [0, *(m.end() for m in _BOUNDARY.finditer(rest))]
    return rest[starts[-1] :].strip()


_AGENTIVE = re.compile(r"(?:\w{3,}(?:er|or|ist|ian|man|woman|person|ee)|\d+-year-old)$")
_GROUPS = frozenset(
    """
    company firm group carrier airline club agency ministry department union trust office council government
    administration authority association federation commission committee court police university institute hospital
    bank party team embassy commissioner's board body charity organisation organization panel watchdog regulator
    operator retailer manufacturer maker developer newspaper centre center member researchers
    """.split()
)


def is_role_phrase(phrase: str) -> bool:
    """ "the minister", "Beijing's top diplomat", "the 41-year-old": a description whose head is one person."""
    tokens = [re.sub(r"['’]s$", "", token.lower()) for token in phrase.split()]
    if len(tokens) < 2 or is_group_phrase(phrase):
        return False
    return any(token in ROLES for token in tokens[-2:]) or bool(_AGENTIVE.fullmatch(tokens[-1]))


def is_group_phrase(phrase: str) -> bool:
    """ "the company", "the union": a body that must have been named before."""
    tokens = phrase.lower().split()
    return len(tokens) >= 2 and tokens[0] in ("the", "its", "their") and tokens[-1] in _GROUPS and phrase[1:].islower()
