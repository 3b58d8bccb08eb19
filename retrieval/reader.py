"""How well a sentence answers: the stage between retrieved passages and a generator.

Two signals a sentence, both from 0 to 1: which of the question's telling words it (or the text
around it) holds, and how near its vector is to the question's.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.embedding import Embeddings, Vectors
from retrieval.terms import terms

_CONTEXT_WEIGHT = 0.5
_PREFIX = 5
_PREFIX_WEIGHT = 0.8
_KEPT_VECTORS = 4096


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence with the text around it that may supply its subject."""

    text: str
    context: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """`coverage`: idf-weighted share of the query's terms found; `own`: that share in the sentence alone."""

    coverage: float
    own: float
    similarity: float


class SentenceReader:
    """Lexical and dense evidence, on the library's own term statistics."""

    def __init__(self, embeddings: Embeddings, idf: Callable[[str], float]) -> None:
        self._embeddings, self._idf = embeddings, idf
        self._vectors: dict[str, Vectors] = {}

    def read(self, query: str, candidates: Sequence[Candidate]) -> list[Reading]:
        """One reading a candidate, in their order."""
        if not candidates:
            return []
        vectors = self._embed([query, *(candidate.text for candidate in candidates)])
        similarities = np.clip(vectors[1:] @ vectors[0], 0.0, 1.0)
        return [
            Reading(*self.coverage(query, candidate), float(similarity))
            for candidate, similarity in zip(candidates, similarities, strict=True)
        ]

    def coverage(self, query: str, candidate: Candidate) -> tuple[float, float]:
        """Coverage with and without the context; (0, 0) for a query of function words alone."""
        wanted = {term: self._idf(term) for term in terms(query)}
        total = sum(wanted.values())
        if not total:
            return 0.0, 0.0
        own, around = set(terms(candidate.text)), set(terms(candidate.context))
        alone = covered = 0.0
        for term, weight in wanted.items():
            here = _match(term, own)
            alone += weight * here
            covered += weight * max(here, _CONTEXT_WEIGHT * _match(term, around))
        return covered / total, alone / total

    def _embed(self, texts: Sequence[str]) -> Vectors:
        missing = list(dict.fromkeys(text for text in texts if text not in self._vectors))
        if missing:
            if len(self._vectors) + len(missing) > _KEPT_VECTORS:
                self._vectors = {text: self._vectors[text] for text in texts if text in self._vectors}
            self._vectors.update(zip(missing, self._embeddings.embed_documents(missing), strict=True))
        return np.stack([self._vectors[text] for text in texts])


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
