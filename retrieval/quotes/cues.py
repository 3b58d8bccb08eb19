"""Cue verbs and their speakers: the grammar of attribution, one sentence at a time."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from retrieval.quotes.subjects import (
    APPOSED_NAME,
    NAME,
    NAME_END,
    NEAR,
    SMALL,
    VERB_INSIDE,
    subject_after,
    subject_before,
    unnamed_people,
)

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
    hopes notes objects orders pleads points praises predictions promises protests puts questions quips reads remarks reports
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
_MOST_CUES = 20
#: "Lars Tveit believed to be admired": somebody else's belief.
_REDUCED = re.compile(r"\s+(?:to be|to have|by)\b|(?<=compared)\s+(?:with|to)\s+(?:\w+\s+)?[\d$£€]|(?<=accused)\s+of\b")
_PASSIVE = re.compile(
    r"\b(?P<aux>was|were|is|are|been|being|be|to|not|could|would|will|can|may|might|must|should|did|do|does)(?:\s+[a-z]+ly)?\s*$"
)
#: What a verb without -s can have as its subject: "they", "residents", "Chen and her colleague David Stein".
_PLURAL = re.compile(r"\b(?:they|I|we|and|\w+s|[Pp]olice|people|and\s+(?:[\w’'.-]+\s+){0,4}[A-Z][\w’'.-]*)\s*$")
#: "what the board called its final offer": a name for a thing, no statement.
_NAMED_THING = re.compile(r"\bwhat\s+(?:[\w’'.-]+\s+){0,5}[\w’'.-]+$")
#: "what he called North Korea's “reckless” acts": his words all the same.
_QUOTED_NEXT = re.compile(r"[^,;.:]{0,40}\x00")
#: "The programme, called EB-5, …".
_BY_NAME = re.compile(r"\s+(?:[A-Z][\w-]*\s*)+[,.]")
#: "a medal to Bob Lane -- “a hero”": of whom is spoken, or to whom.
_IS_OBJECT = re.compile(r"\b(?:to|for|of|about|at|with|on|from|by|told|asked|wrote|gave|called|[a-z]+ed)\b")
#: "began by saying", "is telling".
_BY_SAYING = re.compile(r"\b(?:began|begins|started|opened|ended|finished|closed|responded|reacted|replied)\s+by$")
#: The words told follow: "telling a group that …", not "saying goodbye".
_TELLS = re.compile(
    r"(?:telling|saying|arguing|claiming|insisting|warning|suggesting|promising)\b(?:\s+(?:he|she|they|it|there)\b|[^.;:\x00]{0,60}?(?:\bthat\b|\x00))"
)
_DOING = re.compile(r"\b(?:is|are|was|were|has been|have been|had been)$")
#: "She shook hands and told …": the subject is the sentence's.
_JOINED = re.compile(r"[\w\x00],?\s+(?:and|but)(?:\s+(?:then|later|also))?$")
_NOUN_BEFORE = re.compile(
    r"(?:\b(?:to|of|by|in|on|for|with|from|despite|amid|after|over|through|between|against|the|a|an|his|her|its|their|these|those|any|no|some)|['’]s)\s*$"
)
#: `"…" ― Ann Hart`, as readers' and lists' quotations are signed: nothing of theirs follows.
DASHES = ("―", "—", "–", "--")
_SIGNED = re.compile(
    rf"\x00+\s*(?P<mark>{'|'.join(DASHES)})\s*(?P<phrase>(?:{NAME}\s+(?:{SMALL}\s+)?){{1,4}}{NAME})\s*(?:,[^\x00]{{0,80}})?\.?$"
)
#: `Ann Hart -- "…"`, or with a colon where the sentence begins so: the cue is the mark, of which one character counts.
BEFORE_WORDS = "-"
_LED = re.compile(rf"(?P<phrase>(?:{NAME}\s+){{1,4}}{NAME})\s*(?P<mark>--|—|–|:)\s*\x00")


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
        named = APPOSED_NAME.match(masked, match.end()) if not NAME_END.search(phrase) else None
        found.append(Attribution("according to", match.start(), named["name"] if named else phrase))
        taken.append(match.span())
    for match in islice(_CUE.finditer(masked), _MOST_CUES):
        if any(start <= match.start() < end for start, end in taken):
            continue
        left = masked[max(0, match.start() - NEAR) : match.start()].rstrip()
        if match[0] in _PARTICIPLES:
            if left.endswith((",", "\x00")) or _BY_SAYING.search(left):
                found.append(Attribution(match[0], match.start(), ""))
            elif (
                (doing := _DOING.search(left))
                and _TELLS.match(masked, match.start())
                and (phrase := subject_before(left[: doing.start()].rstrip()))
            ):
                found.append(Attribution(match[0], match.start(), phrase))
            continue
        if _REDUCED.match(masked, match.end()) or _only_does(masked, match):
            continue
        if match[0] == "called" and left.endswith(",") and _BY_NAME.match(masked, match.end()):
            continue
        if _NAMED_THING.search(left) and not _QUOTED_NEXT.match(masked, match.end()):
            continue
        if _JOINED.search(left) and match[0] not in _BARE:
            found.append(Attribution(match[0], match.start(), ""))
            continue
        phrase = subject_after(masked, match, left) or ("" if _not_finite(left, match[0]) else subject_before(left))
        if phrase:
            found.append(Attribution(match[0], match.start(), phrase))
    if signed := None if found else _SIGNED.match(masked):
        found.append(Attribution(signed["mark"], signed.start("mark"), signed["phrase"]))
    else:
        for match in islice(_LED.finditer(masked), _MOST_CUES):
            before = re.split(r"[,;:\x00]", masked[max(0, match.start() - NEAR) : match.start()])[-1]
            if not _IS_OBJECT.search(before) and not (match["mark"] == ":" and (found or before.strip())):
                found.append(Attribution(BEFORE_WORDS, match.start("mark"), match["phrase"]))
    return sorted(found, key=lambda attribution: attribution.cue_start)


def _only_does(masked: str, match: re.Match[str]) -> bool:
    """Whether the verb only tells what was done: "concluded four days of meetings", with nothing said after it."""
    rest = masked[match.end() : match.end() + NEAR]
    if match[0] in WITH_THAT:
        return not rest.startswith(" that ")
    spoken = "\x00" in masked or VERB_INSIDE.search(rest) or re.match(r"\s*(?:[,:.]|by\b|$)", rest)
    return match[0] in _ALSO_DOINGS and not spoken


def _not_finite(left: str, cue: str) -> bool:
    """A passive, an infinitive, or a noun that looks like a cue ("to remarks by …")."""
    if _NOUN_BEFORE.search(left):
        return True
    auxiliary = _PASSIVE.search(left)
    if auxiliary and auxiliary["aux"] in ("was", "were", "is", "are", "been", "being", "be"):
        return True
    return cue in _BARE and not _PLURAL.search(left) and not unnamed_people(left.rstrip(", "))
