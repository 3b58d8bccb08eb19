"""How well a sentence answers: the stage between retrieved passages and a generator.

A linear reader over a handful of signals: lexical, dense, and the span reader's where there is one.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from math import exp, log
from pathlib import Path

import numpy as np

from retrieval.contexts import MOST_ODDS, Place, read_closely, read_places
from retrieval.coverage import article_terms, coverage, sentence_idf
from retrieval.span_reader import SpanReader
from retrieval.terms import terms
from retrieval.types import Article, Embeddings, Sentence, Vectors

_KEPT_VECTORS = 4096
_CONTEXT_WEIGHT = 0.5
_MOST_CENTRAL = 120
_LATER = 0.25
#: The relevance that some statement has to any topic: to be ahead of nothing is no merit where nobody speaks of it.
_BY_CHANCE = 0.5

#: The weights, and the command that set them on open data.
CALIBRATION = Path(__file__).parent / "calibration.json"
#: "spans" or "none" (with or without a span reader) → "choice", "support", "said" or "thresholds" → a name's weight.
Calibration = Mapping[str, Mapping[str, Mapping[str, float]]]
#: What the choice among sentences is made on, with the span reader and without.
CHOICE_SIGNALS = {
    "spans": (
        "own",  # share of the question's terms in the sentence, weighed by how telling they are in the article
        "led",  # the same, the sentence before it counted too
        "fit",  # 1 or -1 for holding the kind of thing asked for
        "bigrams",  # share of the question's adjacent terms found adjacent
        "rank",  # of the passage, from 0
        "span",  # the span reader's log odds that an answer is in the sentence, cut to ±12
    ),
    "none": (
        "own",
        "led",
        "fit",
        "bigrams",
        "rank",
        "similarity",  # cosine of sentence and question: beside "span" it adds nothing, and costs as much
        "title",  # cosine of sentence and headline: a summary is near every question
    ),
}
#: What the estimate is made on that the sentence chosen answers.
SUPPORT_SIGNALS = {
    "spans": ("passage", "own", "has", "lacks", "article", "span", "close", "margin"),
    "none": ("passage", "own", "has", "lacks", "article", "similarity", "margin"),
}
#: How many of the best are read once more, closely.
READ_CLOSELY = 4
#: How many candidates of a question are read to the end.
READ = 14
#: The most that the best candidate's lead over the second counts, in log odds.
MAX_MARGIN = 6.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer. `before` is the sentence before it in its paragraph, or "".

    `passage` is the cosine of its passage to the question, `rank` the passage's rank from 0, and
    `fit` says whether it holds the kind of thing asked for: 1 yes, -1 no, 0 when no kind is asked for.
    `person` is the full name behind its "he", which counts as said in it. `context` is the stretch of the article in
    which the span reader reads it, (0, 0) to have it left unread.
    """

    article: Article
    sentence: Sentence
    before: str
    passage: float
    rank: int
    fit: int
    person: str = ""
    context: tuple[int, int] = (0, 0)

    @property
    def text(self) -> str:
        return self.article.words(self.sentence)


@dataclass(frozen=True, slots=True)
class Reading:
    """`score` ranks candidates of one question; `support`, 0 to 1, estimates that the sentence answers it.

    `span` is the best answer within the sentence, by offsets into the article, None where no span reader read it, and
    `odds` that reader's log odds for it, 0 without one.
    """

    score: float
    support: float
    span: tuple[int, int] | None = None
    odds: float = 0.0

    def likelier(self, by: float) -> "Reading":
        """The same with `by` added to the log odds of score and support."""
        odds = log(max(self.support, 1e-9) / max(1 - self.support, 1e-9)) + by
        return replace(self, score=self.score + by, support=1 / (1 + exp(-odds)))


class SentenceReader:
    """Lexical and dense evidence, and the span reader's if one is given.

    `idf` is the library's own term statistics; `calibration` the weights, those of the file if not given.
    """

    def __init__(
        self,
        embeddings: Embeddings,
        idf: Callable[[str], float],
        span_reader: SpanReader | None = None,
        calibration: Calibration | None = None,
    ) -> None:
        self._embeddings, self._idf, self._span_reader = embeddings, idf, span_reader
        self._vectors: dict[str, Vectors] = {}
        weights = (calibration or load_calibration())["none" if span_reader is None else "spans"]
        self._choice, self._weights = weights["choice"], weights["support"]
        self._said = weights["said"]
        #: The score of each kind of answer at which it is as likely right as wrong, 0 to 1.
        self.thresholds = weights["thresholds"]

    def read(self, question: str, candidates: Sequence[Candidate], limit: int) -> list[tuple[Candidate, Reading]]:
        """The candidates best first, of the `limit` likeliest."""
        if not candidates:
            return []
        likely, signals, spans = self.signals(question, candidates, limit)
        ranked = sorted(zip(likely, signals, strict=True), key=lambda pair: -self._weighed(pair[1]))
        scores = [self._weighed(found) for _, found in ranked]
        margin = min(MAX_MARGIN, scores[0] - scores[1]) if len(scores) > 1 else 0.0
        self.read_closer(question, [candidates[i] for i, _ in ranked], [found for _, found in ranked])
        read = []
        for place, ((i, found), score) in enumerate(zip(ranked, scores, strict=True)):
            support = self._support(question, candidates[i], found, margin if place == 0 else 0.0)
            read.append((candidates[i], Reading(score, support, spans[i], found["span"])))
        return read

    def signals(
        self, question: str, candidates: Sequence[Candidate], limit: int
    ) -> tuple[list[int], list[dict[str, float]], dict[int, tuple[int, int] | None]]:
        """Positions of the `limit` likeliest candidates, the signals of each by their names, and their best spans.

        Likeliest by lexical evidence and, in the contexts it reads, the span reader's; only they are embedded, if any are.
        """
        found = [self._lexical(question, candidate) for candidate in candidates]
        order = sorted(range(len(candidates)), key=lambda i: -self._weighed(found[i]))
        places = [Place(c.article, c.sentence, c.context) for c in candidates]
        read = read_places(question, places, order, self._span_reader)
        if self._span_reader is not None:
            for i, signals in enumerate(found):
                signals["span"] = read[i].odds if i in read else -MOST_ODDS
        likely = sorted(range(len(candidates)), key=lambda i: -self._weighed(found[i]))[:limit]
        if self._span_reader is None:
            titles = list(dict.fromkeys(candidates[i].article.title for i in likely))
            vectors = self._embed([question, *titles, *(candidates[i].text for i in likely)])
            asked, title_vectors = vectors[0], dict(zip(titles, vectors[1 : len(titles) + 1], strict=True))
            for i, vector in zip(likely, vectors[len(titles) + 1 :], strict=True):
                found[i]["similarity"] = float(vector @ asked)
                found[i]["title"] = float(vector @ title_vectors[candidates[i].article.title])
        spans = {i: (read[i].start, read[i].end) if i in read else None for i in likely}
        return likely, [found[i] for i in likely], spans

    def read_closer(self, question: str, candidates: Sequence[Candidate], signals: Sequence[dict[str, float]]) -> None:
        """Set the signal "close" of the candidates, best first: the span reader's log odds for the sentence, read with the
        headline and the sentence before it only. Those that are not read once more keep their "span"."""
        for found in signals:
            found["close"] = found["span"]
        if self._span_reader is None:
            return
        best = candidates[:READ_CLOSELY]
        leads = [f"{c.article.headline}\n{c.before} " if c.before else f"{c.article.headline}\n" for c in best]
        odds = read_closely(question, leads, [c.text for c in best], self._span_reader)
        for found, close in zip(signals, odds, strict=False):
            found["close"] = close

    def evidence(self, question: str, candidate: Candidate, signals: Mapping[str, float]) -> dict[str, float]:
        """The signals with those that only support is estimated on; "margin" is left to whoever knows the others."""
        wanted = list(dict.fromkeys(terms(question)))
        held = article_terms(candidate.article)
        return {
            **signals,
            "has": float(candidate.fit > 0),
            "lacks": float(candidate.fit < 0),
            "article": coverage(wanted, [self._idf(term) for term in wanted], [(1.0, held)]),
        }

    def _support(self, question: str, candidate: Candidate, signals: Mapping[str, float], margin: float) -> float:
        evidence = {**self.evidence(question, candidate, signals), "margin": margin, "bias": 1.0}
        return 1 / (1 + exp(-sum(weight * evidence[name] for name, weight in self._weights.items())))

    def _weighed(self, signals: Mapping[str, float]) -> float:
        return sum(weight * signals[name] for name, weight in self._choice.items())

    def relevance(
        self, topic: str, texts: Sequence[str], contexts: Sequence[str], limit: int
    ) -> list[tuple[int, float]]:
        """Positions of the `limit` texts that speak of `topic` with a relevance from 0 to 1, best first."""
        wanted = list(dict.fromkeys(terms(topic)))
        weights = [self._idf(term) for term in wanted]
        covered = [
            coverage(wanted, weights, [(1.0, set(terms(text))), (_CONTEXT_WEIGHT, set(terms(context)))])
            for text, context in zip(texts, contexts, strict=True)
        ]
        likely = sorted(range(len(texts)), key=lambda i: -covered[i])[:limit]
        vectors = self._embed([topic, *(texts[i] for i in likely)])
        near = np.clip((vectors[1:] @ vectors[0] - 0.15) / 0.45, 0.0, 1.0)
        scored = [(i, 0.6 * covered[i] + 0.4 * float(n)) for i, n in zip(likely, near, strict=True)]
        return sorted(scored, key=lambda pair: -pair[1])

    def said(self, question: str, statements: Sequence[Place], relevance: Sequence[float], rival: float) -> list[float]:
        """How likely each statement, in its order, is what `question` asks for, 0 to 1.

        By its relevance, how far that is ahead of `rival`, the best of anybody else's, and what the span reader finds in it, if
        there is one. It reads only the first few stretches, so give the likeliest first.
        """
        read = read_places(question, statements, range(len(statements)), self._span_reader)
        return [
            self._said_score({**said_signals(r, rival), "span": read[i].odds if i in read else -MOST_ODDS})
            for i, r in enumerate(relevance)
        ]

    def _said_score(self, signals: Mapping[str, float]) -> float:
        return 1 / (1 + exp(-sum(weight * signals[name] for name, weight in self._said.items())))

    def similarity(self, one: str, other: str) -> float:
        """The cosine of two texts."""
        vectors = self._embed([one, other])
        return float(vectors[0] @ vectors[1])

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
        """The signals that need no model; the others are still 0."""
        wanted = list(dict.fromkeys(terms(question)))
        weigh = sentence_idf(candidate.article)
        weights = [weigh(term) for term in wanted]
        own, before = terms(candidate.text), set(terms(candidate.before))
        held = {*own, *terms(candidate.person)}
        pairs = set(pairwise(wanted))
        return {
            "similarity": 0.0,
            "passage": candidate.passage,
            "own": coverage(wanted, weights, [(1.0, held)]),
            "led": coverage(wanted, weights, [(1.0, held | before)]),
            "fit": float(candidate.fit),
            "bigrams": len(pairs & set(pairwise(own))) / max(1, len(pairs)),
            "rank": float(candidate.rank),
            "title": 0.0,
            "span": 0.0,
        }

    def _embed(self, texts: Sequence[str]) -> Vectors:
        known = {text: self._vectors[text] for text in texts if text in self._vectors}
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        if missing:
            known.update(zip(missing, self._embeddings.embed_documents(missing), strict=True))
            full = len(self._vectors) + len(missing) > _KEPT_VECTORS
            self._vectors = known if full else {**self._vectors, **known}
        return np.stack([known[text] for text in texts])


def said_signals(relevance: float, rival: float) -> dict[str, float]:
    """What a statement of the speaker asked about is judged on, with the span reader's "span"."""
    return {"relevance": relevance, "ahead": relevance - max(rival, _BY_CHANCE), "bias": 1.0}


@lru_cache(maxsize=1)
def load_calibration() -> Calibration:
    found: Calibration = json.loads(CALIBRATION.read_text("utf-8"))
    return found
