"""What a question asks for: somebody's words, who said some words, facts of the page, or facts of the story."""

import re
from dataclasses import dataclass
from enum import StrEnum

from retrieval.quotes.cues import CUES, WITH_THAT
from retrieval.terms import words

CLAIM = "claim"


class Wants(StrEnum):
    WORDS = "what somebody said"
    SPEAKER = "who said something"
    IDENTITY = "who somebody is"
    PAGE = "the article itself"
    FACT = "a fact"


@dataclass(frozen=True, slots=True)
class Asked:
    """A parsed question. `speaker` and `topic` are the question's own phrases, "" where it has none.

    `detail` is what is wanted of the page: standfirst, published, publication, authors, headline, agencies, caption or credit.
    It is CLAIM where the topic is what somebody is claimed to have said. `every` is set where all there are, and not the best one, are asked for.
    """

    wants: Wants
    speaker: str = ""
    topic: str = ""
    detail: str = ""
    every: bool = False

    @property
    def asks_a_source(self) -> bool:
        """Whether a fact is asked for, on somebody's authority: "what did it cost, according to the watchdog?"."""
        return bool(re.match(r"(?:what|how|why|when|where|who|which)\b", self.topic, re.IGNORECASE))


_SAY = (
    r"(?:say|said|saying|says|tell|told|think|thinks|thought|comment|commented|remark|remarked|note|noted|warn|warned|argue|argued|claim"
    r"|claimed|add|added|announce|announced|suggest|suggested|state|stated|mention|mentioned|believe|believes|hope|hoped|promise|promised"
    r"|propose|proposed|predict|predicted|urge|urged|stress|stressed|emphasi[sz]ed?|acknowledged?|admit|admitted|conceded?|complain|complained"
    r"|insist|insisted|deny|denied|explain|explained|report|reported|reveal|revealed|recommend|recommended|point out|call for|called for"
    r"|respond|responded|reply|replied|answer|answered|describe|described|have to say|had to say|speak|spoke|talk|talked|make of|made of|feel|accuse|blame"
    r"|criticise|criticize|praise|demand|ask|asked|pledge|pledged|vow|vowed|recall|recalled|reckon|reckons|consider|considers|offer|offered|like|write|wrote|want|wants|wanted|plan|plans|expect|expects|expected|testify|testified|confirm|confirmed)"
)
_LINK = r"(?:about|on|regarding|concerning|over|as to|with regard to|with respect to|in relation to|when it came to|on the subject of)"
_OPINION = (
    r"(?:views?|position|stance|opinions?|comments?|remarks?|reactions?|responses?|message|warning|take|statements?|words|arguments?"
    r"|explanation|claims?|advice|quotes?|thoughts?|line|answer|verdict|assessment|description|criticisms?|complaints?|reasoning"
    r"|objections?|concerns?|worr(?:y|ies)|fears?|hopes?|doubts?|excuse|defen[cs]e|prediction|feelings?|demands?)"
)
_OF = rf"(?:{_LINK}|to|of|for|towards?)"
_END = r"[\s?.!]*$"
#: A character of whose view it is: of no clause, and of no "result of …".
_OWNER = r"(?:(?!\b(?:saying|said|told|about|for|in|on|to|from|after|(?:reasons?|results?|causes?|effects?|impact|point|purpose|outcome|fate)\s+of)\b).)"
#: "What share of voters think …" asks for the share.
_QUANTITY = r"(?:share|percentage|percent|proportion|number|fraction|part|kind|sort|type)"

_WORDS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^what\s+(?:did|does|do|has|have)\s+.+?\s+(?:report|reported|quote|quoted|cite|cited)\s+(?P<speaker>.+?)\s+as\s+saying\b(?P<topic>.*?){_END}",
        rf"^what(?:\s+is|\s+was|\s+were|\s+are|['’]?s)\s+(?:the\s+)?(?P<speaker>{_OWNER}+?)['’]s?\s+(?:\w+\s+)?{_OPINION}(?:\s+(?:{_OF}|that|when|after|if|in)\b(?P<topic>.*?))?{_END}",
        rf"^what(?:\s+else|\s+exactly|\s+more|\s+things?)?\s+(?:did|does|do|has|have|had|is|was)\s+(?P<speaker>.+?)\s+(?:\w+ly\s+|also\s+|have\s+)?{_SAY}\b(?P<topic>.*?){_END}",
        rf"^(?:did|does|has|have|do|is|was)\s+(?P<speaker>.+?)\s+(?:ever\s+|also\s+)?{_SAY}\s+(?:anything\s+|something\s+)?(?P<topic>.*?){_END}",
        rf"^what(?:\s+is|\s+was|\s+were|\s+are|['’]?s)\s+the\s+{_OPINION}\s+(?:of|from|by)\s+(?P<speaker>.+?)\s+{_OF}\s+(?P<topic>.+?){_END}",
        rf"^how\s+(?:did|does|do|has|have|would)\s+(?P<speaker>.+?)\s+(?:react(?:ed)?|respond(?:ed)?|describe[ds]?|characteri[sz]e[ds]?|explain(?:ed)?|justif(?:y|ied)|put|view(?:ed)?|see|feel|felt|answer(?:ed)?|assess(?:ed)?|sum(?:med)?\s+up|defend(?:ed)?|portray(?:ed)?|rate[ds]?|summari[sz]e[ds]?|call)\b(?P<topic>.*?){_END}",
        rf"^whom?\s+(?:did|does|do|has|have)\s+(?P<speaker>.+?)\s+(?:blamed?|accused?|critici[sz]ed?|praised?|thanked?|credited?)\b(?P<topic>.*?){_END}",
        rf"^what\s+(?:did|does|do)\s+(?P<speaker>.+?)\s+(?:blame|praise|criticise|criticize|credit)\s+(?P<topic>.+?){_END}",
        rf"^what\s+(?:reasons?|explanation|excuse|grounds|justification)\s+(?:did|does|do|has|have)\s+(?P<speaker>.+?)\s+(?:give|given|gave|offer|offered|cite|cited)\b(?P<topic>.*?){_END}",
        rf"^why\s+(?:did|does|do)\s+(?P<speaker>.+?)\s+(?:say|think|believe|argue|claim|feel|warn)\b(?P<topic>.*?){_END}",
        rf"^according\s+to\s+(?P<speaker>[^,]+?)\s*,\s*(?P<topic>.+?){_END}",
        rf"^(?P<topic>(?:what|how|why|when|where|who)\b.+?),?\s+according\s+to\s+(?P<speaker>[^,?]+?){_END}",
        rf"^(?:(?:any|some|give me|find|show me|list)\s+)*(?:quotes?|comments?|statements?|remarks?|words|anything|views?)\s+(?:else\s+)?(?:from|by|of)\s+(?P<speaker>.+?)(?:\s+{_LINK}\s+(?P<topic>.+?))?{_END}",
        rf"^(?P<speaker>[\w'’. -]+?)['’]s\s+{_OPINION}\s+{_OF}\s+(?P<topic>.+?){_END}",
        rf"^(?P<speaker>(?!(?:what|how|who|when|where|why|which|is|are|was|were|did|do|does|and|the article)\b)[\w'’.-]+(?:\s+[\w'’.-]+){{0,3}}?)\s+(?:on|about|re)\s+(?P<topic>.+?){_END}",
        rf"^(?:tell me\s+)?what\s+(?!{_QUANTITY}\b)(?P<speaker>(?:(?!\b(?:did|does|do|is|was|has|have)\b).)+?)\s+{_SAY}\b(?P<topic>.*?){_END}",
    )
]
_CLAIMED = re.compile(
    rf"^(?P<speaker>(?:[\w’'.-]+\s+){{0,5}}?[\w’'.-]+)\s+(?:said|says|told|claimed|claims|argued|warned|announced|stated|denied|admitted)\b(?P<topic>.+?){_END}",
    re.IGNORECASE,
)
_WHO = re.compile(
    rf"^(?:who|who\s+else|which\s+[\w\s]{{1,30}}?)\s+(?:was\s+it\s+(?:that|who)\s+)?(?:(?:has|have|had|also|once|often|always|repeatedly|publicly|used\s+to|likes\s+to)\s+){{0,2}}(?P<cue>[a-z]+(?:\s+(?:for|out))?)\b(?P<topic>.*?){_END}",
    re.IGNORECASE,
)
_WHOSE = re.compile(
    rf"^(?:whose\s+(?:words|quote|opinion|view)\b|who\s+is\s+quoted\b|who\s+made\s+the\s+\w+)(?P<topic>.*?){_END}",
    re.IGNORECASE,
)
_IDENTITY = re.compile(
    rf"^(?:who(?:\s+is|\s+was|\s+are|['’]s)|whos|(?:what(?:\s+is|['’]s)\s+)?the\s+name\s+of)\s+(?P<name>(?!it\b|the\s+(?:author|reporter|writer)).+?){_END}",
    re.IGNORECASE,
)
_POST = re.compile(
    rf"^what(?:\s+is|\s+was|['’]?s)\s+(?P<name>.+?)['’]s?\s+(?:job|role|title|position|post|occupation|office|profession){_END}"
    rf"|^what\s+(?:does|did)\s+(?P<doing>(?:(?!\bto\b).)+?)\s+do(?:\s+for\s+a\s+living)?{_END}",
    re.IGNORECASE,
)
_TOPIC_LINK = re.compile(rf"^\s*(?:{_LINK}|that|of|to|for|as|from|anything|something|it|this)\b\s*", re.IGNORECASE)
#: "What does he say global warming is?"
_HANGING = re.compile(r"^\s*(?:is|are|was|were)\b|\s+(?:is|are|was|were|will\s+be|would\s+be)\s*$", re.IGNORECASE)
_SPEAKING = CUES - WITH_THAT - frozenset("react reacts reacted respond responds responded".split()) | frozenset(
    """
    spoke spoken talked discussed quoted voiced raised favoured favored opposed supports opposes compared likened
    blamed blames disagreed supported backed call calls urge urges
    """.split()
)

_EVERYONE = re.compile(
    rf"^(?:(?:please\s+)?(?:list|name|show|give|find)\s+(?:me\s+|us\s+)?|(?:who|what)\s+(?:are|were)\s+)(?:all\s+|every\s+|each\s+)?(?:of\s+)?(?:the\s+)?"
    rf"(?:everyone|everybody|every\s?one|anyone|anybody|those|people|persons?|speakers|officials|names\s+of\s+(?:those|people|everyone))\b(?:\s+(?:who|that|which))?\s*(?P<rest>.*?){_END}",
    re.IGNORECASE,
)
_QUOTED = re.compile(
    r"^(?:(?:is|are|was|were|gets?|got|has been|have been)\s+)?(?:quoted|cited|speaking|interviewed|heard)\b(?:\s+(?:here|in\s+(?:the|this)\s+(?:articles?|story|piece|report)|as\s+saying))?",
    re.IGNORECASE,
)

_PAGE_WORDS = frozenset(
    """
    article articles story report piece news publish published publication printed print newspaper paper outlet site
    source appear appeared run ran carried headline title headlined titled author authors wrote written writer
    reporter reporters journalist byline agency agencies wire date day year edition photo photograph picture image
    caption credit credited taken took photographer supplied provided come came call called page dated print version
    gets get got carry carries please pls original
    """.split()
)
_PAGE_DETAILS = (
    ("standfirst", r"^what\b.*\babout[\s?.!]*$"),
    ("headline", r"\b(?:headline|title|titled|headlined)\b"),
    ("credit", r"\b(?:photo(?:graph)?s?|pictures?|images?)\b.*\b(?:credit|credited|took|taken|by|from|agency|whose|supplied|provided)\b|\bwho\b.*\b(?:photo(?:graph)?|picture|image)\b|\bphoto(?:graph)?\s+credit|\bphotographer\b"),
    ("caption", r"\bcaption\b"),
    ("agencies", r"\b(?:agency|agencies|wire)\b"),
    ("authors", r"\b(?:wrote|written by|author|authors|writer|reporters?|byline|journalist)\b"),
    ("published", r"\b(?:when|date|dated|day|year)\b"),
    ("publication", r"\b(?:newspaper|paper|publication|outlet|site|publish(?:ed)?|source|printed|ran|appear(?:ed)?|carried|come|came)\b"),
)  # fmt: skip
_ABOUT_ARTICLE = re.compile(
    r"\b(?:article|story|report|piece|news)\s+(?:about|on)\s+(?P<topic>.+?)(?:\s+(?:published|written|appear|come|from|printed|dated|run)\b.*)?[\s?.!]*$",
    re.IGNORECASE,
)


def parse_question(question: str) -> Asked:
    """Never fails: what fits no pattern asks for a fact."""
    text = " ".join(question.split()).strip(" \"“”'")
    text = re.sub(r"^(?:(?:and|so|but|ok|okay|well|hi|hello|hey|please|um)\b[,\s]*)+", "", text, flags=re.IGNORECASE)
    text = re.sub(
        r"^(?:(?:can|could|would) you\s+(?:please\s+)?tell me|do you know|tell me|i(?:'d| would) like to know|remind me|any idea|does (?:the|this) article say|is it (?:true|right|correct|the case)|true or false:?|it is true)(?:\s+that)?[,\s]+",
        "", text, flags=re.IGNORECASE,
    )  # fmt: skip
    return (
        _page(text)
        or _everyone(text)
        or _somebodys_post(text)
        or _somebodys_words(text)
        or _claimed(text)
        or _somebody(text)
        or Asked(Wants.FACT, topic=text)
    )


def _page(text: str) -> Asked | None:
    topic = _ABOUT_ARTICLE.search(text)
    rest = text[: topic.start("topic")] + text[topic.end("topic") :] if topic else text
    content = [w for w in words(rest) if w not in _QUESTION_WORDS]
    if not content or not set(content) <= _PAGE_WORDS:
        return None
    for detail, pattern in _PAGE_DETAILS:
        if re.search(pattern, rest, re.IGNORECASE):
            return Asked(Wants.PAGE, topic=topic["topic"] if topic else "", detail=detail)
    return None


_QUESTION_WORDS = frozenset(
    """
    should would must can
    whats whos what which who whom whose when where how is was were are did does do the this that it a an of in on
    by from for to with and or has have been 's about name there its be first originally which's what's who's us me
    tell give us you
    """.split()
)


def _somebodys_words(text: str) -> Asked | None:
    for pattern in _WORDS:
        match = pattern.match(text)
        if match is None:
            continue
        speaker = _bare(match["speaker"])
        topic = _bare(_TOPIC_LINK.sub("", _TOPIC_LINK.sub("", _HANGING.sub("", match["topic"] or ""))))
        if speaker and len(speaker.split()) <= 9 and not _impersonal(speaker):
            return Asked(Wants.WORDS, speaker, topic)
    return None


def _claimed(text: str) -> Asked | None:
    """A statement put to us to be confirmed: "Clapper said the bridge would hold"."""
    match = _CLAIMED.match(text)
    if not match or re.match(r"(?:who|what|when|where|why|how|which|whose)\b", match["speaker"], re.IGNORECASE):
        return None
    speaker, topic = _bare(match["speaker"]), _bare(_TOPIC_LINK.sub("", match["topic"]))
    return Asked(Wants.WORDS, speaker, topic, CLAIM) if topic and not _impersonal(speaker) else None


def _somebody(text: str) -> Asked | None:
    if match := _WHOSE.match(text):
        return Asked(Wants.SPEAKER, topic=_bare(_TOPIC_LINK.sub("", match["topic"])))
    match = _WHO.match(text)
    if match and match["cue"].lower().split()[0] in _SPEAKING and match["topic"].strip():
        return Asked(Wants.SPEAKER, topic=_bare(_TOPIC_LINK.sub("", match["topic"])))
    if match := _IDENTITY.match(text):
        return Asked(Wants.IDENTITY, speaker=_bare(match["name"]), topic=text)
    return None


def _everyone(text: str) -> Asked | None:
    """ "List everyone who criticised the plan", "who is quoted?"."""
    if match := _EVERYONE.match(text):
        rest = match["rest"]
    elif match := re.match(
        r"^who(?:\s+(?:all|else))?\s+(?P<rest>(?:is|are|was|were)\s+quoted\b.*)$", text, re.IGNORECASE
    ):
        rest = match["rest"].rstrip(" ?.!")
    else:
        return None
    if quoted := _QUOTED.match(rest):
        topic = rest[quoted.end() :]
    elif (cue := rest.split(maxsplit=1)) and cue[0].lower() in _SPEAKING:
        topic = cue[1] if len(cue) > 1 else ""
    elif not rest:
        topic = ""
    else:
        return Asked(Wants.FACT, topic=f"who {rest}", every=True)
    return Asked(Wants.SPEAKER, topic=_bare(_TOPIC_LINK.sub("", topic)), every=True)


def _somebodys_post(text: str) -> Asked | None:
    match = _POST.match(text)
    return Asked(Wants.IDENTITY, speaker=_bare(match["name"] or match["doing"]), topic=text) if match else None


def _impersonal(speaker: str) -> bool:
    first = speaker.lower().split()[0]
    return first in ("it", "there", "this", "that", "these", "those", "anyone", "anybody", "i", "we", "you", "people") or speaker.lower() in (
        "the article", "the articles", "article", "the story", "the report", "the piece", "the text", "the newspaper", "the paper",
    )  # fmt: skip


def _bare(phrase: str) -> str:
    return re.sub(r"['’]s$", "", phrase.strip(' ,;:?.!"“”'))
