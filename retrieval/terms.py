"""Words → search terms: the one tokenisation that BM25 and the reader share."""

import re
from functools import lru_cache

from retrieval.peoples import country_of

_UNITED_STATES = re.compile(r"\b[Uu]nited [Ss]tates(?: of America)?\b")
_WORD = re.compile(r"\d+(?:[.,]\d+)*%?|\w+(?:[.]\w(?=[.])|['’](?!s\b)\w+)*(?:['’]s\b)?", re.UNICODE)

#: Function words, question words and the verbs of asking: they say nothing about the subject.
STOP_WORDS = frozenset(
    """
    a about above after again against all also although am among an and any are aren't as at be because been before
    being below between both but by can can't cannot could couldn't did didn't do does doesn't doing don't down
    during each either else ever few for from further get gets give given got had hadn't has hasn't have haven't
    having he he'd he'll he's her here hers herself him himself his how i i'd i'll i'm i've if in into is isn't it
    it's its itself just let let's like me more most much my myself neither no nor not of off on once only or other
    our ours ourselves out over own please s same shall she she'd she'll she's should shouldn't so some such t than
    that that's the their theirs them themselves then there there's these they they'd they'll they're they've this
    those through to too under until up upon us very was wasn't we we'd we'll we're we've were weren't what what's
    when where which while who who's whom whose why will with won't would wouldn't yet you you'd you'll you're
    you've your yours tell know explain according anything something happen happened exactly actually really mention
    mentioned many much whats whos hows say said says saying like
    """.split()
)


def words(text: str) -> list[str]:
    """Lower-case words and numbers, in order; a possessive 's is cut off, US stays apart from us."""
    found = (re.sub(r"['’]s$", "", match[0]) for match in _WORD.finditer(text))
    return ["u.s" if word in ("US", "U.S") else word.lower().replace("’", "'") for word in found]


def terms(text: str) -> list[str]:
    """Snowball (Porter2) stems of the content words, in order, repeats kept; peoples and capitals as their country."""
    return [stem(country_of(word)) for word in words(_UNITED_STATES.sub("US", text)) if word not in STOP_WORDS]


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    if word.endswith("%") or word[0].isdigit():
        return word.replace(",", "")
    return str(_stemmer().stemWord(word))


@lru_cache(maxsize=1)
def _stemmer():  # type: ignore[no-untyped-def]
    import Stemmer

    return Stemmer.Stemmer("english")
