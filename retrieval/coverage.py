"""How much of what is asked for a text holds, term by term."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from math import log

from retrieval.sentences import article_sentences
from retrieval.terms import terms
from retrieval.types import Article

_PREFIX = 5
_PREFIX_WEIGHT = 0.8


@lru_cache(maxsize=256)
def article_terms(article: Article) -> set[str]:
    """The stems of an article, kept for the next question."""
    return set(terms(article.text))


@lru_cache(maxsize=256)
def sentence_idf(article: Article) -> Callable[[str], float]:
    """How telling a term is within one article: words of every other sentence say little about which one to choose."""
    sentences = [set(terms(article.words(sentence))) for sentence in article_sentences(article)]
    frequency: dict[str, int] = {}
    for sentence in sentences:
        for term in sentence:
            frequency[term] = frequency.get(term, 0) + 1
    total = max(50, len(sentences))
    return lru_cache(maxsize=None)(
        lambda term: log(1 + (total - frequency.get(term, 0) + 0.5) / (frequency.get(term, 0) + 0.5))
    )


def coverage(wanted: Sequence[str], weights: Sequence[float], held: Sequence[tuple[float, set[str]]]) -> float:
    """The weighted share of `wanted` found, each term in the set that counts it most; 0 if nothing is wanted."""
    total = sum(weights)
    found = (
        w * max(share * _match(term, among) for share, among in held) for term, w in zip(wanted, weights, strict=True)
    )
    return sum(found) / total if total else 0.0


def _match(term: str, among: set[str]) -> float:
    """1 for the same stem, less for one that shares a long prefix ("compet" and "competit")."""
    if term in among:
        return 1.0
    if len(term) < _PREFIX or not term.isalpha():
        return 0.0
    return _PREFIX_WEIGHT if any(_shares_prefix(term, other) for other in among) else 0.0


def _shares_prefix(term: str, other: str) -> bool:
    shorter, longer = sorted((term, other), key=len)
    return len(shorter) >= _PREFIX and longer.startswith(shorter) and len(longer) - len(shorter) <= 4
