"""Locations → articles in the library, with a report of what became of each."""

import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from retrieval.chunking import Chunking, embedded_text
from retrieval.errors import ParseError, RetrievalError, SourceError
from retrieval.page.reading import read_page
from retrieval.parsers import parse
from retrieval.quotes.attribution import quotations
from retrieval.sources import expand, open_source
from retrieval.store import ChromaStore
from retrieval.types import EVERYONE, Article, Embeddings, Page, Resource

#: Changes when the same article would give other quotations: adding it again then renews them.
_QUOTATIONS = "quotations-1"


class Outcome(StrEnum):
    ADDED = "added"
    UNCHANGED = "unchanged"
    UPDATED = "updated"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one location; `reason` says why it failed or which copy it repeats.

    `ours` marks a failure of the library or the model, which whoever gave the location cannot mend.
    """

    location: str
    outcome: Outcome
    article: Article | None = None
    reason: str = ""
    ours: bool = False


@dataclass(slots=True)
class IngestReport:
    items: list[Ingested] = field(default_factory=list)

    def count(self, outcome: Outcome) -> int:
        return sum(item.outcome is outcome for item in self.items)


class IngestionPipeline:
    """source → parser → Article → passages → vectors → store."""

    def __init__(
        self,
        store: ChromaStore,
        embeddings: Embeddings,
        chunking: Chunking,
        max_bytes: int,
        allow_private: bool = False,
    ) -> None:
        self._store, self._embeddings, self._chunking = store, embeddings, chunking
        self._max_bytes, self._allow_private = max_bytes, allow_private

    def expand(self, locations: Sequence[str]) -> Iterator[str | Ingested]:
        """Single locations, folders opened; a location with nothing behind it comes as a failure."""
        for location in locations:
            try:
                yield from expand(location)
            except RetrievalError as error:
                yield Ingested(location, Outcome.FAILED, reason=str(error))

    def run(self, locations: Sequence[str], progress: Callable[[Ingested], None] = lambda item: None) -> IngestReport:
        """Add every location; one that fails is reported and never stops the rest."""
        report = IngestReport()
        for location in self.expand(locations):
            item = location if isinstance(location, Ingested) else self.add(location)
            report.items.append(item)
            progress(item)
        return report

    def add(
        self, source: str | Resource, audience: str = EVERYONE, added_by: str = "", seen: Collection[str] = (EVERYONE,)
    ) -> Ingested:
        """Add the article of a location, or of bytes already read, or replace it where it has changed.

        `seen` are the audiences whoever adds it belongs to: only among theirs is a copy with the same text looked
        for, so that the report never tells of an article they may not see.
        """
        location = source if isinstance(source, str) else source.location
        try:
            resource = open_source(source, self._max_bytes, self._allow_private) if isinstance(source, str) else source
            article = replace(read_page(parse(resource), location), audience=audience, added_by=added_by)
            return self._store_article(article, {audience, *seen})
        except RetrievalError as error:
            ours = not isinstance(error, SourceError | ParseError)
            return Ingested(location, Outcome.FAILED, reason=str(error), ours=ours)

    def add_page(self, page: Page, location: str, copies: bool = False) -> Ingested:
        """Add a page that needs no parser, for everyone. With `copies`, also one whose text is in the library already."""
        try:
            return self._store_article(read_page(page, location), () if copies else (EVERYONE,))
        except RetrievalError as error:
            return Ingested(location, Outcome.FAILED, reason=str(error), ours=not isinstance(error, ParseError))

    def _store_article(self, article: Article, seen: Collection[str]) -> Ingested:
        version = self._version(article)
        held = self._store.version(article.id)
        if held is not None:
            earlier = self._store.article(article.id)
            article = replace(article, added_by=earlier.added_by)
        if held == version:
            return Ingested(article.source, Outcome.UNCHANGED, article)
        twin = self._store.find_text(article.text_hash, seen) if held is None and seen else None
        if twin is not None:
            other = self._store.article(twin)
            return Ingested(article.source, Outcome.UNCHANGED, other, f"the same text as {other.source}")
        passages = self._chunking.passages(article, version)
        texts = [embedded_text(article.headline, passage.text) for passage in passages]
        said = quotations(article)
        spoken = [article.words(quotation.sentence) for quotation in said]
        vectors = self._embeddings.embed_documents([article.headline or texts[0], *texts, *spoken])
        self._store.add(
            article, version, vectors[0], (passages, vectors[1 : len(texts) + 1]), (said, vectors[len(texts) + 1 :])
        )
        return Ingested(article.source, Outcome.UPDATED if held else Outcome.ADDED, article)

    def _version(self, article: Article) -> str:
        """Sixteen hexadecimal digits over what the article says, and over how it is cut and embedded."""
        content = "\n".join(
            (replace(article, added_by="").to_record(), self._chunking.fingerprint, _QUOTATIONS, self._embeddings.name)
        )
        return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16]
