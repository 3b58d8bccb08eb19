"""How well a sentence answers: the stage between retrieved passages and a generator.

A linear reader over a handful of signals, lexical and dense; a trained span reader can take its place.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import exp, log

import numpy as np

from retrieval.sentences import article_sentences
from retrieval.terms import terms
from retrieval.types import Article, Embeddings, Sentence, Vectors

_KEPT_VECTORS = 4096
_PREFIX = 5
_PREFIX_WEIGHT = 0.8
_CONTEXT_WEIGHT = 0.5
_MOST_CENTRAL = 120
_LATER = 0.25

#: How much each signal counts in choosing among sentences: what `benchmarks/fit_reader.py` fits, rounded.
CHOICE = {
    "similarity": 6.0,  # cosine of sentence and question
    "own": 3.2,  # share of the question's terms in the sentence, weighed by how telling they are in the article
    "led": 4.6,  # the same, the sentence before it counted too
    "fit": 0.84,  # 1 or -1 for holding the kind of thing asked for
    "bigrams": 1.05,  # share of the question's adjacent terms found adjacent
    "rank": -0.21,  # of the passage, from 0
    "title": -0.75,  # cosine of sentence and headline: a summary is near every question
}
#: Logistic weights for whether the best sentence answers at all. They began as a fit on SQuAD 2.0 and were moved, under
#: a strong prior, by some 70 questions on nine news pages: SQuAD's unanswerables are unlike a newsroom's.
SUPPORT = {"similarity": 1.1, "passage": 1.5, "own": 1.2, "has": 0.2, "lacks": -1.6, "article": 0.6, "margin": 0.3}
SUPPORT_BIAS = -2.7
_MAX_MARGIN = 6.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer. `before` is the sentence before it in its paragraph, or "".

    `passage` is the cosine of its passage to the question, `rank` the passage's rank from 0, and
    `fit` says whether it holds the kind of thing asked for: 1 yes, -1 no, 0 when no kind is asked for.
    `person` is the full name behind its "he", which counts as said in it.
    """

    article: Article
    sentence: Sentence
    before: str
    passage: float
    rank: int
    fit: int
    person: str = ""

    @property
    def text(self) -> str:
        return self.article.words(self.sentence)


@dataclass(frozen=True, slots=True)
class Reading:
    """`score` ranks candidates of one question; `support`, 0 to 1, estimates that the sentence answers it."""

    score: float
    support: float


class SentenceReader:
    """Lexical and dense evidence; `idf` gives the library's own term statistics."""

    def __init__(self, embeddings: Embeddings, idf: Callable[[str], float]) -> None:
        self._embeddings, self._idf = embeddings, idf
        self._vectors: dict[str, Vectors] = {}

    def read(self, question: str, candidates: Sequence[Candidate], limit: int) -> list[tuple[Candidate, Reading]]:
        """The candidates best first. Only the `limit` lexically likeliest are embedded: that is the cost."""
        if not candidates:
            return []
        likely, signals = self.signals(question, candidates, limit)
        ranked = sorted(zip(likely, signals, strict=True), key=lambda pair: -_weighed(pair[1]))
        scores = [_weighed(found) for _, found in ranked]
        margin = min(_MAX_MARGIN, scores[0] - scores[1]) if len(scores) > 1 else 0.0
        return [
            (
                candidates[i],
                Reading(score, self._support(question, candidates[i], found, margin if place == 0 else 0.0)),
            )
            for place, ((i, found), score) in enumerate(zip(ranked, scores, strict=True))
        ]

    def signals(
        self, question: str, candidates: Sequence[Candidate], limit: int
    ) -> tuple[list[int], list[dict[str, float]]]:
        """Positions of the `limit` lexically likeliest candidates, and the signals of each by the names in CHOICE."""
        lexical = [self._lexical(question, candidate) for candidate in candidates]
        likely = sorted(range(len(candidates)), key=lambda i: -_weighed(lexical[i]))[:limit]
        titles = list(dict.fromkeys(candidates[i].article.title for i in likely))
        vectors = self._embed([question, *titles, *(candidates[i].text for i in likely)])
        asked, title_vectors = vectors[0], dict(zip(titles, vectors[1 : len(titles) + 1], strict=True))
        for i, vector in zip(likely, vectors[len(titles) + 1 :], strict=True):
            lexical[i]["similarity"] = float(vector @ asked)
            lexical[i]["title"] = float(vector @ title_vectors[candidates[i].article.title])
        return likely, [lexical[i] for i in likely]

    def _support(self, question: str, candidate: Candidate, signals: dict[str, float], margin: float) -> float:
        wanted = list(dict.fromkeys(terms(question)))
        held = _article_terms(candidate.article)
        evidence = {
            **signals,
            "has": float(candidate.fit > 0),
            "lacks": float(candidate.fit < 0),
            "article": _coverage(wanted, [self._idf(term) for term in wanted], [(1.0, held)]),
            "margin": margin,
        }
        return 1 / (1 + exp(-(SUPPORT_BIAS + sum(weight * evidence[name] for name, weight in SUPPORT.items()))))

    def relevance(
        self, topic: str, texts: Sequence[str], contexts: Sequence[str], limit: int
    ) -> list[tuple[int, float]]:
        """Positions of the `limit` texts that speak of `topic` with a relevance from 0 to 1, best first."""
        wanted = list(dict.fromkeys(terms(topic)))
        weights = [self._idf(term) for term in wanted]
        coverage = [
            _coverage(wanted, weights, [(1.0, set(terms(text))), (_CONTEXT_WEIGHT, set(terms(context)))])
            for text, context in zip(texts, contexts, strict=True)
        ]
        likely = sorted(range(len(texts)), key=lambda i: -coverage[i])[:limit]
        vectors = self._embed([topic, *(texts[i] for i in likely)])
        near = np.clip((vectors[1:] @ vectors[0] - 0.15) / 0.45, 0.0, 1.0)
        scored = [(i, 0.6 * coverage[i] + 0.4 * float(n)) for i, n in zip(likely, near, strict=True)]
        return sorted(scored, key=lambda pair: -pair[1])

    def central(self, texts: Sequence[str]) -> list[int]:
        """Positions of the texts, the nearest to their middle first; an earlier one is preferred a little."""
        if not texts:
            return []
        vectors = self._embed(texts[:_MOST_CENTRAL])
        middle = vectors.mean(0)
        scores = vectors @ (middle / max(float(np.linalg.norm(middle)), 1e-9))
        scores = scores - _LATER * np.arange(len(scores)) / len(scores)
        return [int(i) for i in np.argsort(-scores, kind="stable")]

    def _lexical(self, question: str, candidate: Candidate) -> dict[str, float]:
        """The signals that need no vector of the sentence; the other two are still 0."""
        wanted = list(dict.fromkeys(terms(question)))
        weigh = _sentence_idf(candidate.article)
        weights = [weigh(term) for term in wanted]
        own, before = terms(candidate.text), set(terms(candidate.before))
        held = {*own, *terms(candidate.person)}
        pairs = set(pairwise(wanted))
        return {
            "similarity": 0.0,
            "passage": candidate.passage,
            "own": _coverage(wanted, weights, [(1.0, held)]),
            "led": _coverage(wanted, weights, [(1.0, held | before)]),
            "fit": float(candidate.fit),
            "bigrams": len(pairs & set(pairwise(own))) / max(1, len(pairs)),
            "rank": float(candidate.rank),
            "title": 0.0,
        }

    def _embed(self, texts: Sequence[str]) -> Vectors:
        known = {text: self._vectors[text] for text in texts if text in self._vectors}
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        if missing:
            known.update(zip(missing, self._embeddings.embed_documents(missing), strict=True))
            full = len(self._vectors) + len(missing) > _KEPT_VECTORS
            self._vectors = known if full else {**self._vectors, **known}
        return np.stack([known[text] for text in texts])


def _weighed(signals: dict[str, float]) -> float:
    return sum(weight * signals[name] for name, weight in CHOICE.items())


@lru_cache(maxsize=256)
def _article_terms(article: Article) -> set[str]:
    return set(terms(article.text))


@lru_cache(maxsize=256)
def _sentence_idf(article: Article) -> Callable[[str], float]:
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


def _coverage(wanted: Sequence[str], weights: Sequence[float], held: Sequence[tuple[float, set[str]]]) -> float:
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
