"""Recognisers for page furniture: the lines of a newspaper page that are not its story.

Each function takes one line or paragraph and says what it is, or nothing. None looks at the
lines around it: position is `retrieval.page.reading`'s business.
"""

import re
from dataclasses import dataclass
from datetime import date

from retrieval.bylines import MONTHS, find_date, strip_dates

_AGENCY_NAMES = (
    r"reuters|afp|agence france-presse|ap|associated press|the associated press|bloomberg(?: news)?|xinhua"
    r"|(?:the )?new york times|nytimes|(?:the )?washington post|(?:the )?wall street journal|dpa|efe|pti|ani|ians"
    r"|kyodo(?: news)?|jiji|yonhap|bernama|antara|tass|interfax|pa(?: media)?|press association|aap|cna|ansa|upi|cnn"
    r"|(?:the )?guardian|(?:the )?financial times|los angeles times|south china morning post|(?:the )?canadian press"
)
_AGENCY = re.compile(rf"(?:{_AGENCY_NAMES})", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*(?:,|/|;|&|\+|\band\b|\bwith\b)\s*", re.IGNORECASE)

_CHANNELS = (
    r"newsletters?|telegram|whatsapp|facebook|twitter|instagram|linkedin|youtube|tiktok|podcasts?|channels?|apps?|inbox"
    r"|breaking news|latest news|alerts?|notifications?|subscri\w+|updates?|briefings?|membership|free trial|digital edition"
    r"|our journalism|independent journalism|e-?paper|more stories|more news|exclusive content|google news|rss"
)
_INVITATION = re.compile(
    r"^(?:(?:please\s+)?(?:join|subscribe|sign up|follow|download|click|get|support|register|log ?in|share|watch|listen"
    r"|stay|never miss|don[’']t miss|keep up|try|become|like|tap|scan|buy|read|receive|enjoy|unlock|visit|find)\b"
    rf"|(?:subscribe|sign up|join)\b.*(?:access|journalism|today|us)\b|(?:already|not yet)\s+a\b|want\b|for more\b|to (?:get|receive|read)\b).*(?:{_CHANNELS})",
    re.IGNORECASE | re.DOTALL,
)
_POINTER = re.compile(
    r"^(?:read more|more to read|more on this story|related topics|read also|also read|read next|see also|see more|more (?:on|from|stories)|related(?: stories| articles?"
    r"| topics?| coverage)?|recommended(?: for you)?|most (?:read|popular)|trending|don[’']t miss|you (?:may|might) also like"
    r"|watch|listen|in pictures|video|gallery|click here|editor[’']s picks?|up next|what to read next|top stories|explore more)"
    r"(?:\s*[:>»›|–—-].*|\s+(?:here|now)\b.{0,60}|\s*)$",
    re.IGNORECASE | re.DOTALL,
)
_LABEL = re.compile(
    r"^(?:share(?: via)?|close extra sharing options|published|updated|get in touch:?.*|(?:story|article) by|share(?: this(?: article| story| page)?)?|tweet|email|e-mail|print|save|comments?|\d+ comments?|copy link|facebook|twitter"
    r"|x|whatsapp|telegram|linkedin|reddit|subscribe(?: now)?|log ?in|sign (?:in|up)|register|advertisements?|sponsored(?: content)?"
    r"|top|back to top|home|menu|search|skip to (?:main )?content|gift(?: this)?(?: article)?|listen|play|follow(?: us)?|close"
    r"|bookmark|translate|report this ad|story continues below(?: advertisement)?|continue reading|load more|show more|next|previous"
    r"|\d+ min(?:ute)?s? read|(?:article|story) continues below|toggle caption|enlarge this image|purchase licensing rights.*"
    r"|our standards: .*|all rights reserved\.?|reprints|newsletter)[\s:.>»|]*$",
    re.IGNORECASE,
)
_TRAIL = re.compile(r"^(?:home|news|world|politics|business|asia|sport)(?:\s*[>»/|›]\s*[\w &]+)+$", re.IGNORECASE)

_CAPTION_LABEL = re.compile(
    r"^(?:\[(?:photo|image|picture)\]|(?:image\s+)?caption\s*[,:]|(?:photo|picture|image)\s+caption\s*:)\s*",
    re.IGNORECASE,
)
_CREDIT_LINE = re.compile(r"^image\s+(?:source|credit)\s*[,:]\s*(?P<credit>.{2,80})$", re.IGNORECASE)
_BRACKETED_CREDIT = re.compile(
    r"\s*[(\[](?:(?:[\w ]{0,20}\b(?:photo|photograph|picture|image)s?\s+by|(?:photo|picture|image|credit)\s*:)\s+(?P<by>[^()\[\]]{2,80})"
    r"|(?P<slashed>[A-Z][^()\[\]/]{2,40}\s*/\s*[A-Z][^()\[\]]{2,40}))[)\]]\s*$",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"(?:^|(?<=[\s.(\[|]))(?P<label>photos?|photographs?|photography|pictures?|images?|credits?|file photo|photo credit"
    r"|picture credit|image credit|illustration|graphic|(?:photo|picture|image|photograph)s? by)"
    r"\s*(?P<mark>:|(?<=by))\s*(?P<credit>[^\n]{2,80}?)[)\]]?\s*$",
    re.IGNORECASE,
)

NEWSPAPER_WORD = re.compile(
    r"\b(?:News|Times|Post|Guardian|Daily|Herald|Tribune|Journal|Gazette|Star|Mail|Telegraph|Standard|Observer|Independent|Chronicle"
    r"|Courier|Mirror|Express|Today|Reuters|Bloomberg|BBC|CNN|NPR|Argus|Echo|Globe|Monitor|Ledger|Bulletin|Examiner|Inquirer|Enquirer"
    r"|Dispatch|Advertiser|Sentinel|Messenger|Newsletter|Weekly|Evening|Morning|Online)\b"
)
_PLACE = r"[A-Z][A-Z.'’-]+(?:[ ,]+(?:[A-Z][A-Z.'’-]*|[A-Z][a-z]+\.?)){0,4}"
_MIXED_PLACE = r"[A-Z][\w.'’-]+(?:[ ,]+[A-Z][\w.'’-]*){0,3}"
_DATELINE_DAY = rf"(?:,?\s+(?:{'|'.join(MONTHS)})\.?\s+\d{{1,2}}(?:,?\s+\d{{4}})?)?"
_DASH = r"\s*(?:[-–—•·|]|--)\s+"
_DATELINES = [
    re.compile(pattern, flags)
    for pattern, flags in (
        (rf"^(?P<place>{_PLACE}){_DATELINE_DAY}\s*\((?P<agency>[^)]{{2,40}})\)(?:{_DASH}|\s*[:,]?\s+)", 0),
        (rf"^(?P<place>{_MIXED_PLACE})(?i:{_DATELINE_DAY})\s*\((?P<agency>[^)]{{2,40}})\)\s*(?:[-–—•·|:]|--)\s+", 0),
        (rf"^(?P<place>{_PLACE})(?i:{_DATELINE_DAY}){_DASH}", 0),
        (rf"^(?P<place>{_PLACE})(?i:{_DATELINE_DAY}):\s+", 0),
        (rf"^(?P<place>{_MIXED_PLACE})(?i:{_DATELINE_DAY})\s*(?:—|–|--|•)\s+(?=[A-Z“\"‘])", 0),
    )
]

_TITLE_CASE = r"(?:The\s+)?[A-Z][\w'’.&-]*(?:\s+(?:of|and|the|in|[A-Z][\w'’.&-]*)){0,5}"
_PRINTED = re.compile(
    r"^(?:a|this)\s+(?:longer\s+|shorter\s+)?(?:version\s+of\s+this\s+)?(?:article|story|report|piece)\s+(?:was\s+)?(?:first\s+|originally\s+)?"
    r"(?:appear(?:ed|s)|published|ran|printed)\b(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_EDITION = re.compile(
    rf"\b(?:print\s+edition\s+of|edition\s+of|published\s+(?:in|by)|appear(?:ed|s)\s+in|ran\s+in|in)\s+(?P<name>{_TITLE_CASE})"
)
_PRINTED_HEADLINE = re.compile(
    r"\b(?:with|under)\s+the\s+headline:?\s+[“\"'‘]?(?P<headline>.+?)[”\"'’]?\s*$", re.DOTALL
)
_TRAILING_LABELS = re.compile(r"(?:[.|]?\s+(?:Subscribe|Order Reprints|Today[’']s Paper|Share|Print|\|))+\s*$")
_COPYRIGHT = re.compile(
    rf"^(?:copyright\s*)?(?:©|\(c\)|copyright)\s*(?:\d{{4}}\s*,?\s*)?(?P<name>{_TITLE_CASE}|[a-z]+\.[a-z.]+)?.*$",
    re.IGNORECASE,
)
_DECLARED = re.compile(rf"^(?:publication|source|newspaper|publisher)\s*:\s*(?P<name>{_TITLE_CASE})\s*$", re.IGNORECASE)
_DATE_WORDS = re.compile(
    r"\b(?:first|published|posted|updated|last|modified|date|created|on|at|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|\d+\s+(?:minute|hour|day)s?\s+ago|\d{1,2}(?:[:.]\d{2})?\s?[ap]\.?m|\d{1,2}[:.]\d{2}|\d{1,2}|[ap]\.?m|noon|sgt|gmt|bst|utc|e[sd]?t|p[sd]?t|c[sd]t|cest|cet|ist|hkt|jst)\b|\b(?:gmt|utc)[+-]\d+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Imprint:
    """A line about where and when the article was printed; `end` is where its words stop."""

    publication: str
    published: date | None
    headline: str
    end: int


@dataclass(frozen=True, slots=True)
class Dateline:
    """`WASHINGTON (Reuters) - ` at the start of a story; `end` is where the story begins."""

    place: str
    agency: str
    end: int


def is_promotion(line: str) -> bool:
    """An invitation to a channel of the newspaper's, or a pointer to another story."""
    return len(line.split()) <= 45 and bool(_INVITATION.match(line) or _POINTER.match(line))


def is_link_label(line: str) -> bool:
    """The caption of a button or link, left behind when a page is saved as text."""
    return bool(_LABEL.match(line.strip("[]•·*- ")) or _TRAIL.match(line)) or not any(c.isalnum() for c in line)


def find_agencies(line: str) -> tuple[str, ...]:
    """The news agencies of a line that names nothing else."""
    bare = re.sub(r"^(?:source|agencies|from|-+|—|–)\s*:?\s*", "", line.strip(" .()[]-–—"), flags=re.IGNORECASE)
    parts = [part for part in _SEPARATOR.split(bare) if part]
    return tuple(parts) if parts and all(_AGENCY.fullmatch(part) for part in parts) else ()


@dataclass(frozen=True, slots=True)
class Photo:
    """A caption at `start:end` of its line and the credit after it; either can be missing."""

    start: int
    end: int
    credit: str


def find_photo(line: str) -> Photo | None:
    """A photo's caption or credit, told by a label before it or a credit after it."""
    if len(line) > 700:
        return None
    label = _CAPTION_LABEL.match(line)
    start = label.end() if label else 0
    if alone := _CREDIT_LINE.match(line):
        return Photo(0, 0, alone["credit"].strip(" ."))
    if bracketed := _BRACKETED_CREDIT.search(line):
        return Photo(start, bracketed.start(), (bracketed["by"] or bracketed["slashed"]).strip(" ."))
    credit = _CREDIT.search(line)
    if credit and not re.search(r"[\"“”]", credit["credit"]) and len(credit["credit"].split()) <= 8:
        return Photo(start, len(line[: credit.start()].rstrip(" (|[")), credit["credit"].strip(" ."))
    return Photo(start, len(line), "") if label else None


def is_pointer_heading(line: str) -> bool:
    """ "More on this story": the heading of a list of links."""
    return bool(_POINTER.match(line)) and len(line.split()) <= 4


def find_masthead(line: str) -> str:
    """The newspaper's name, when a line is nothing else (but perhaps a date); "" otherwise."""
    bare = strip_dates(line).strip(" ,|·•-–—")
    words = bare.split()
    titled = all(word[0].isupper() or word in ("of", "and", "the", "&") for word in words)
    return (
        bare if len(words) + bare.count("-") > 1 and len(words) <= 5 and titled and NEWSPAPER_WORD.search(bare) else ""
    )


def find_dateline(paragraph: str) -> Dateline | None:
    """The dateline that opens a story's first paragraph."""
    for pattern in _DATELINES:
        match = pattern.match(paragraph)
        if match and match.end() < len(paragraph) - 20:
            agency = (match.groupdict().get("agency") or "").strip()
            return Dateline(match["place"].strip(" ,"), agency if find_agencies(agency) else "", match.end())
    return None


def find_imprint(line: str) -> Imprint | None:
    """The print-edition note, the copyright line or the `Publication:` line of a page."""
    trailing = _TRAILING_LABELS.search(line)
    end = trailing.start() if trailing else len(line)
    body = line[:end]
    if match := _PRINTED.match(body):
        headline = _PRINTED_HEADLINE.search(match["rest"])
        rest = match["rest"][: headline.start()] if headline else match["rest"]
        edition = _EDITION.search(body[: len(body) - len(match["rest"]) + len(rest)])
        name = _publication(edition["name"]) if edition else ""
        return Imprint(name, find_date(rest), headline["headline"].strip(" .") if headline else "", end)
    if len(body) <= 160 and (match := _COPYRIGHT.match(body) or _DECLARED.match(body)):
        return Imprint(_publication(match["name"] or ""), None, "", end)
    return None


def find_date_line(line: str) -> date | None:
    """The date of a line that is nothing but a date, with or without `Published`."""
    published = find_date(line) if len(line) <= 120 else None
    residue = _DATE_WORDS.sub("", strip_dates(line)) if published else line
    return None if any(c.isalnum() for c in residue) else published


def _publication(name: str) -> str:
    name = re.sub(r"\.?\s+(?:on|and|in|All|Ltd|Inc|Limited|Group)\b.*$", "", name.strip(" .,"))
    return "" if name.split(" ")[0].lower() in {*MONTHS, "print", "section"} else name
