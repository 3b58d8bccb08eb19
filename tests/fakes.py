"""Fakes at the ports: embeddings without a model, a generator that says what it is told, articles in a line."""

import hashlib
from collections.abc import Sequence

import numpy as np

from bot.answering.types import Draft, Inquiry
from retrieval.page.reading import read_page
from retrieval.parsers import text
from retrieval.terms import terms
from retrieval.types import Article, Vectors

DIMENSION = 64


class HashEmbeddings:
    """Texts that share words have near vectors: each stem adds to one of 64 directions, chosen by its hash."""

    name = "hash-64"

    def embed_query(self, text: str) -> Vectors:
        vector = np.zeros(DIMENSION, np.float32)
        for term in terms(text):
            digest = hashlib.sha256(term.encode()).digest()
            vector[digest[0] % DIMENSION] += 1.0 if digest[1] % 2 else -1.0
        length = float(np.linalg.norm(vector))
        if length == 0:
            vector[0] = length = 1.0
        unit: Vectors = vector / length
        return unit

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self.embed_query(text) for text in texts]) if texts else np.zeros((0, DIMENSION), np.float32)


class ScriptedGenerator:
    """Returns the draft it was given, and remembers what it was asked."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.inquiries: list[Inquiry] = []

    def generate(self, inquiry: Inquiry) -> Draft:
        self.inquiries.append(inquiry)
        return self.draft


def article_from(page: str, source: str = "/news/story.txt") -> Article:
    """A page as somebody would save it → its article, by the real parser and reader."""
    return read_page(text.parse(page.encode()), source)
