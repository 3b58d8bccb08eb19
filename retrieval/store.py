"""The library in Chroma: `passages` and `quotations` with their vectors, `articles` whole.

The record in `articles` is written last and is the commit marker. A passage or quotation whose article record is
missing, or is of another version, is never returned, and is swept when the library is next opened.
"""

import json
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from retrieval import chroma
from retrieval.errors import LibraryError, ModelMismatch, RetrievalError, UnknownArticle
from retrieval.lock import LibraryLock
from retrieval.shelf import Row, Shelf, within
from retrieval.types import EVERYONE, Article, Passage, Quotation, Sentence, Vectors

_NAMES = ("passages", "articles", "quotations")
#: On a shared server, how long another process may take over one article before its passages count as left behind.
_GRACE_SECONDS = 3600


class ChromaStore:
    """Open with `open_store`; close it to free the lock. Safe to share between threads."""

    def __init__(self, client: Any, where: str, model: str, lock: LibraryLock | None) -> None:
        self._client, self._where, self._lock = client, where, lock
        with self._translated("opened"):
            self._open(model)
            built_with = (self._passages.collection.metadata or {}).get("embedding_model")
            if built_with != model and lock is not None and self._articles.collection.count() == 0:
                for name in _NAMES:  # nobody else is here, nothing is lost, and vectors may change size
                    client.delete_collection(name)
                self._open(model)
            elif built_with != model:
                raise ModelMismatch(
                    f"The library in {where} was built with the embedding model {built_with!r}, but EMBEDDING_MODEL is {model!r}. "
                    "Restore the setting, or set BYLINE_HOME to an empty folder and add the articles again."
                )
            self.sweep()

    def _open(self, model: str) -> None:
        """Every collection, made if need be; the metadata of one that exists is left as it is."""
        options = {"configuration": {"hnsw": {"space": "cosine"}}, "embedding_function": None}
        metadata = {"embedding_model": model, "generation": 0}
        for name in _NAMES:
            self._client.get_or_create_collection(name, metadata=metadata, **options)
        self._passages, self._articles, self._quotations = (Shelf(self._client, name) for name in _NAMES)

    def close(self) -> None:
        """Close Chroma's files before others may open them."""
        chroma.close(self._client)
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> "ChromaStore":
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    @property
    def generation(self) -> int:
        """Grows with every change, in whichever process it was made."""
        with self._translated("read"):
            metadata = self._client.get_collection("passages", embedding_function=None).metadata or {}
            return int(metadata.get("generation", 0))

    def versions(self) -> dict[str, str]:
        """Article id → version, for the articles that are whole."""
        with self._translated("read"):
            return {id_: metadata["version"] for id_, metadata in self._articles.pages("metadatas")}

    def version(self, article_id: str) -> str | None:
        with self._translated("read"):
            found = self._articles.collection.get(ids=[article_id], include=["metadatas"])["metadatas"]
        return found[0]["version"] if found else None

    def article(self, article_id: str) -> Article:
        """Raise UnknownArticle if there is none of that id."""
        with self._translated("read"):
            found = self._articles.collection.get(ids=[article_id], include=["documents"])["documents"]
        if not found:
            raise UnknownArticle(f"No article has the id {article_id!r}. `byline articles` lists the ids.")
        return Article.from_record(found[0])

    def articles(self, audiences: Collection[str] | None = None) -> list[Article]:
        """The articles of those audiences, or all; newest publication first, undated last."""
        with self._translated("read"):
            everything = [Article.from_record(record) for _, record in self._articles.pages("documents")]
        found = [article for article in everything if audiences is None or article.audience in audiences]
        return sorted(found, key=lambda a: (-(a.published.toordinal() if a.published else 0), a.title))

    def find_text(self, text_hash: str, audiences: Collection[str]) -> str | None:
        """The id of an article of those audiences with the same text, wherever it was added from."""
        with self._translated("read"):
            found = self._articles.collection.get(where={"text_hash": text_hash}, include=["metadatas"])
        pairs = zip(found["ids"], found["metadatas"], strict=True)
        return next((str(id_) for id_, metadata in pairs if metadata.get("audience", EVERYONE) in audiences), None)

    def add(
        self,
        article: Article,
        version: str,
        headline: Vectors,
        passages: tuple[Sequence[Passage], Vectors],
        quotations: tuple[Sequence[Quotation], Vectors],
    ) -> None:
        """Add the article with its passages, quotations and their vectors, or replace its earlier version.

        Whatever happens on the way, the article is there wholly or not at all. Once the record is being
        written nothing is undone: an error there can come after the write took effect, and the next opening
        decides by the record.
        """
        with self._translated("written to"):
            try:
                self._passages.write([_passage_row(p) for p in passages[0]], passages[1], article.audience)
                said = [_quotation_row(article, version, i, q) for i, q in enumerate(quotations[0])]
                self._quotations.write(said, quotations[1], article.audience)
            except Exception:
                self._discard(article.id, version)
                raise
            self._articles.collection.upsert(
                ids=[article.id],
                embeddings=[headline],
                documents=[article.to_record()],
                metadatas=[
                    {
                        "version": version,
                        "passages": len(passages[0]),
                        "quotations": len(quotations[0]),
                        "text_hash": article.text_hash,
                        "source": article.source,
                        "audience": article.audience,
                    }
                ],
            )
            for shelf in (self._passages, self._quotations):
                shelf.remove(article.id, but=version)
            self._advance()

    def remove(self, article_id: str) -> Article:
        """Remove an article and all its passages; the record goes first, so a torn removal hides the rest."""
        article = self.article(article_id)
        with self._translated("written to"):
            self._articles.collection.delete(ids=[article_id])
            for shelf in (self._passages, self._quotations):
                shelf.remove(article_id)
            self._advance()
        return article

    def sweep(self) -> int:
        """Delete rows that no article record claims, and records whose rows are not all there; return how many."""
        with self._translated("read"):
            records = dict(self._articles.pages("metadatas"))
            before = time.time() - (_GRACE_SECONDS if self._lock is None else 0)
            claimed = {id_: record["version"] for id_, record in records.items()}
            shelves = (self._passages, self._quotations)
            found = [(shelf, shelf.inventory(claimed, before)) for shelf in shelves]
        torn = [
            id_
            for id_, record in records.items()
            if self._lock and any(seen.held.get(id_, 0) != record.get(shelf.name, 0) for shelf, seen in found)
        ]
        with self._translated("written to"):
            for shelf, seen in found:
                shelf.tidy(seen)
            for id_ in torn:
                self._articles.collection.delete(ids=[id_])
                for shelf in shelves:
                    shelf.remove(id_)
            swept = len(torn) + sum(len(seen.orphans) for _, seen in found)
            if swept:
                self._advance()
        return swept

    def passages(self, versions: dict[str, str]) -> list[Passage]:
        """Every passage of those articles at those versions."""
        with self._translated("read"):
            return [_passage(row) for row in self._passages.rows(versions)]

    def quotations(self, versions: dict[str, str]) -> dict[str, tuple[str, Quotation]]:
        """Row id → (article id, quotation) of those articles at those versions."""
        with self._translated("read"):
            return {row.id: (row.article_id, _quotation(row)) for row in self._quotations.rows(versions)}

    def nearest(
        self, vector: Vectors, k: int, article_id: str | None = None, audiences: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """Ids of the `k` passages nearest to `vector` with their cosine similarity, best first.

        Only passages of the article, if one is given, and of those audiences, unless None.
        """
        conditions = [{"article_id": article_id}] if article_id else []
        return self._nearest(self._passages, vector, k, conditions, audiences)

    def cosines(self, vector: Vectors, ids: Sequence[str]) -> dict[str, float]:
        """The cosine of those passages to `vector`; one that is gone meanwhile is left out."""
        with self._translated("searched"):
            return self._passages.cosines(vector, ids)

    def nearest_quotations(
        self,
        vector: Vectors,
        k: int,
        speakers: Collection[str] | None = None,
        audiences: Collection[str] | None = None,
    ) -> list[tuple[str, float]]:
        """Row ids of the `k` quotations nearest to `vector`, with their cosine; of those speakers only, unless None."""
        conditions = [] if speakers is None else [{"speaker": {"$in": sorted(speakers)}}]
        return (
            []
            if speakers is not None and not speakers
            else self._nearest(self._quotations, vector, k, conditions, audiences)
        )

    def _nearest(
        self, shelf: Shelf, vector: Vectors, k: int, conditions: list[dict[str, Any]], audiences: Collection[str] | None
    ) -> list[tuple[str, float]]:
        if audiences is not None and not audiences:
            return []
        with self._translated("searched"):
            return shelf.nearest(vector, k, conditions + ([] if audiences is None else [within(audiences)]))

    def _discard(self, article_id: str, version: str) -> None:
        try:
            for shelf in (self._passages, self._quotations):
                shelf.remove(article_id, version=version)
        except Exception:  # the sweep at the next opening does it; the first error is the one to report
            return

    def _advance(self) -> None:
        metadata = dict(self._client.get_collection("passages", embedding_function=None).metadata or {})
        # a clock, so that two processes that change a server's library at once never agree on a number
        metadata["generation"] = max(int(metadata.get("generation", 0)) + 1, time.time_ns() // 1000)
        self._passages.collection.modify(metadata=metadata)

    @contextmanager
    def _translated(self, doing: str) -> Iterator[None]:
        """Chroma's errors, and its panics (which are BaseExceptions), as ours."""
        try:
            yield
        except (RetrievalError, KeyboardInterrupt, SystemExit, GeneratorExit):
            raise
        except BaseException as error:
            raise chroma.translate(error, doing, self._where) from error


def _passage_row(passage: Passage) -> Row:
    fields = {"ordinal": passage.ordinal, "start": passage.start, "end": passage.end}
    return Row(passage.id, passage.article_id, passage.version, passage.text, fields)


def _passage(row: Row) -> Passage:
    fields = row.fields
    return Passage(row.article_id, row.version, fields["ordinal"], fields["start"], fields["end"], row.text)


def _quotation_row(article: Article, version: str, number: int, quotation: Quotation) -> Row:
    fields = {
        "paragraph": quotation.sentence.paragraph,
        "start": quotation.sentence.start,
        "end": quotation.sentence.end,
        "speaker": quotation.speaker,
        "mention": quotation.mention,
        "cue": quotation.cue,
        "direct": quotation.direct,
        "content": json.dumps(quotation.content),
    }
    return Row(f"{article.id}:{version}:q{number}", article.id, version, article.words(quotation.sentence), fields)


def _quotation(row: Row) -> Quotation:
    fields = row.fields
    sentence = Sentence(fields["paragraph"], fields["start"], fields["end"])
    content = tuple((start, end) for start, end in json.loads(fields["content"]))
    return Quotation(sentence, fields["speaker"], fields["mention"], fields["cue"], fields["direct"], content)


def open_store(home: Path, url: str, model: str) -> ChromaStore:
    """The embedded library under `home`, or the Chroma server at `url` if there is one.

    Raise LibraryLocked, ModelMismatch or LibraryError; a store that cannot be opened holds no lock.
    """
    if url:
        return ChromaStore(chroma.connect(url), url, model, None)
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LibraryError(
            f"The library folder {home} cannot be made: {error.strerror or error}. Set BYLINE_HOME to another folder."
        ) from error
    lock = LibraryLock(home)
    lock.acquire()
    client = None
    try:
        client = chroma.embedded(home)
        return ChromaStore(client, str(home), model, lock)
    except BaseException:
        chroma.close(client)
        lock.release()
        raise
