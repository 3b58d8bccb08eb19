"""The keyword side of retrieval: BM25 over the same texts that are embedded."""

import logging
from collections.abc import Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

from retrieval.terms import terms

K1, B = 0.9, 0.4


class BM25Index:
    """An in-memory index, derived from the store and thrown away when the store changes.

    Lucene's variant of BM25 (Kamphuis et al., ECIR 2020) by bm25s, on `retrieval.terms`, with the parameters that Anserini
    found best for news (Lin et al., "Anserini: Reproducible Ranking Baselines", 2018).
    """

    def __init__(self, ids: Sequence[str], texts: Sequence[str]) -> None:
        import bm25s

        logging.getLogger("bm25s").setLevel(logging.WARNING)  # importing it sets its level to DEBUG
        self.ids = list(ids)
        corpus = [terms(text) for text in texts]
        self._position = {id_: position for position, id_ in enumerate(self.ids)}
        self._frequency: dict[str, int] = {}
        for document in corpus:
            for term in set(document):
                self._frequency[term] = self._frequency.get(term, 0) + 1
        self._index = bm25s.BM25(method="lucene", k1=K1, b=B)
        if self._frequency:
            self._index.index([document or [""] for document in corpus], show_progress=False)

    def rank(self, query: str, k: int, among: Sequence[str] | None = None) -> list[tuple[str, float]]:
        """The best `k` ids with their scores, best first, only those that share a term with `query`."""
        scores = self._scores(query)
        if scores is None:
            return []
        if among is not None:
            allowed = np.zeros(len(self.ids), bool)
            allowed[[self._position[id_] for id_ in among if id_ in self._position]] = True
            scores = np.where(allowed, scores, 0.0)
        k = min(k, len(self.ids))
        best = np.argpartition(-scores, k - 1)[:k]
        best = best[np.argsort(-scores[best], kind="stable")]
        return [(self.ids[i], float(scores[i])) for i in best if scores[i] > 0]

    def score(self, query: str, ids: Sequence[str]) -> dict[str, float]:
        """The scores of those ids, 0 for one that shares no term with `query`."""
        scores = self._scores(query)
        return {id_: 0.0 if scores is None else float(scores[self._position[id_]]) for id_ in ids}

    def _scores(self, query: str) -> NDArray[np.float32] | None:
        wanted = [term for term in terms(query) if term in self._frequency]
        return self._index.get_scores(wanted) if wanted else None

    def idf(self, term: str) -> float:
        """How telling a stem is: `log(1 + (N - n + 0.5) / (n + 0.5))`, with at least 50 passages assumed."""
        count = self._frequency.get(term, 0)
        total = max(50, len(self.ids))
        return log(1 + (total - count + 0.5) / (count + 0.5))
