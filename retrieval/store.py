"""The library in Chroma: collection `passages` for vectors, collection `articles` for whole articles.

The record in `articles` is written last and is the commit marker. A passage whose article record is
missing, or is of another version, is never returned, and is swept when the library is next opened.
"""

import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from retrieval import chroma
from retrieval.errors import LibraryError, ModelMismatch, RetrievalError, UnknownArticle
from retrieval.lock import LibraryLock
from retrieval.types import EVERYONE, Article, Passage, Vectors

_PAGE = 2000
#: On a shared server, how long another process may take over one article before its passages count as left behind.
_GRACE_SECONDS = 3600


class ChromaStore:
    """Open with `open_store`; close it to free the lock. Safe to share between threads."""

    def __init__(self, client: Any, where: str, model: str, lock: LibraryLock | None) -> None:
        self._client, self._where, self._lock = client, where, lock
        with self._translated("opened"):
            self._passages, self._articles = self._collections(model)
            built_with = (self._passages.metadata or {}).get("embedding_model")
            if built_with != model and lock is not None and self._articles.count() == 0:
                for name in (
                    "passages",
                    "articles",
                ):  # nobody else is here, nothing is lost, and vectors may change size
                    client.delete_collection(name)
                self._passages, self._articles = self._collections(model)
            elif built_with != model:
                raise ModelMismatch(
                    f"The library in {where} was built with the embedding model {built_with!r}, but EMBEDDING_MODEL is {model!r}. "
                    "Restore the setting, or set BYLINE_HOME to an empty folder and add the articles again."
                )
            self.sweep()

    def _collections(self, model: str) -> tuple[Any, Any]:
        """Both collections, made if need be; the metadata of one that exists is left as it is."""
        options = {"configuration": {"hnsw": {"space": "cosine"}}, "embedding_function": None}
        metadata = {"embedding_model": model, "generation": 0}
        for name in ("passages", "articles"):
            self._client.get_or_create_collection(name, metadata=metadata, **options)
        return tuple(self._client.get_collection(name, embedding_function=None) for name in ("passages", "articles"))

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
        return {id_: metadata["version"] for id_, metadata in self._pages(self._articles, ["metadatas"], "metadatas")}

    def version(self, article_id: str) -> str | None:
        with self._translated("read"):
            found = self._articles.get(ids=[article_id], include=["metadatas"])["metadatas"]
        return found[0]["version"] if found else None

    def article(self, article_id: str) -> Article:
        """Raise UnknownArticle if there is none of that id."""
        with self._translated("read"):
            found = self._articles.get(ids=[article_id], include=["documents"])["documents"]
        if not found:
            raise UnknownArticle(f"No article has the id {article_id!r}. `byline articles` lists the ids.")
        return Article.from_record(found[0])

    def articles(self, audiences: Collection[str] | None = None) -> list[Article]:
        """The articles of those audiences, or all; newest publication first, undated last."""
        records = self._pages(self._articles, ["documents"], "documents")
        everything = (Article.from_record(record) for _, record in records)
        found = [article for article in everything if audiences is None or article.audience in audiences]
        return sorted(found, key=lambda a: (-(a.published.toordinal() if a.published else 0), a.title))

    def find_text(self, text_hash: str, audiences: Collection[str]) -> str | None:
        """The id of an article of those audiences with the same text, wherever it was added from."""
        with self._translated("read"):
            found = self._articles.get(where={"text_hash": text_hash}, include=["metadatas"])
        pairs = zip(found["ids"], found["metadatas"], strict=True)
        return next((str(id_) for id_, metadata in pairs if metadata.get("audience", EVERYONE) in audiences), None)

    def add(
        self, article: Article, version: str, passages: Sequence[Passage], vectors: Vectors, headline: Vectors
    ) -> None:
        """Add the article, or replace its earlier version.

        Whatever happens on the way, the article is there wholly or not at all. Once the record is being
        written nothing is undone: an error there can come after the write took effect, and the next opening
        decides by the record.
        """
        with self._translated("written to"):
            try:
                self._write(passages, vectors, article.audience)
            except Exception:
                self._discard(article.id, version)
                raise
            self._articles.upsert(
                ids=[article.id],
                embeddings=[headline],
                documents=[article.to_record()],
                metadatas=[
                    {
                        "version": version,
                        "passages": len(passages),
                        "text_hash": article.text_hash,
                        "source": article.source,
                        "audience": article.audience,
                    }
                ],
            )
            self._passages.delete(where={"$and": [{"article_id": article.id}, {"version": {"$ne": version}}]})
            self._advance()

    def _write(self, passages: Sequence[Passage], vectors: Vectors, audience: str) -> None:
        batch = min(self._client.get_max_batch_size(), _PAGE)
        for start in range(0, len(passages), batch):
            part = passages[start : start + batch]
            self._passages.upsert(
                ids=[passage.id for passage in part],
                embeddings=vectors[start : start + batch],
                documents=[passage.text for passage in part],
                metadatas=[_metadata(passage, audience) for passage in part],
            )

    def remove(self, article_id: str) -> Article:
        """Remove an article and all its passages; the record goes first, so a torn removal hides the rest."""
        article = self.article(article_id)
        with self._translated("written to"):
            self._articles.delete(ids=[article_id])
            self._passages.delete(where={"article_id": article_id})
            self._advance()
        return article

    def sweep(self) -> int:
        """Delete passages that no article record claims, and records whose passages are not all there; return how many."""
        claimed = {
            id_: (m["version"], m["passages"]) for id_, m in self._pages(self._articles, ["metadatas"], "metadatas")
        }
        limit = time.time() - (_GRACE_SECONDS if self._lock is None else 0)
        held: dict[str, int] = {}
        orphans, unmarked = [], []
        for id_, metadata in self._pages(self._passages, ["metadatas"], "metadatas"):
            version, _ = claimed.get(metadata["article_id"], ("", 0))
            if version == metadata["version"]:
                held[metadata["article_id"]] = held.get(metadata["article_id"], 0) + 1
                if "audience" not in metadata:  # written before articles had audiences
                    unmarked.append(id_)
            elif metadata["written"] <= limit:
                orphans.append(id_)
        torn = [id_ for id_, (_, count) in claimed.items() if held.get(id_, 0) != count] if self._lock else []
        with self._translated("written to"):
            for start in range(0, len(orphans), _PAGE):
                self._passages.delete(ids=orphans[start : start + _PAGE])
            for start in range(0, len(unmarked), _PAGE):
                part = unmarked[start : start + _PAGE]
                self._passages.update(ids=part, metadatas=[{"audience": EVERYONE}] * len(part))
            for id_ in torn:
                self._articles.delete(ids=[id_])
                self._passages.delete(where={"article_id": id_})
            if orphans or torn:
                self._advance()
        return len(orphans) + len(torn)

    def passages(self, versions: dict[str, str]) -> list[Passage]:
        """Every passage of those articles at those versions."""
        with self._translated("read"):
            total, found = self._passages.count(), []
            for offset in range(0, total, _PAGE):
                page = self._passages.get(limit=_PAGE, offset=offset, include=["metadatas", "documents"])
                for metadata, document in zip(page["metadatas"], page["documents"], strict=True):
                    passage = _passage(metadata, document)
                    if versions.get(passage.article_id) == passage.version:
                        found.append(passage)
        return found

    def nearest(
        self, vector: Vectors, k: int, article_id: str | None = None, audiences: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """Ids of the `k` passages nearest to `vector` with their cosine similarity, best first.

        Only passages of the article, if one is given, and of those audiences, unless None.
        """
        conditions: list[dict[str, Any]] = []
        if article_id:
            conditions.append({"article_id": article_id})
        if audiences is not None:
            conditions.append({"audience": {"$in": sorted(audiences)}})
        if audiences is not None and not audiences:
            return []
        with self._translated("searched"):
            count = self._passages.count()
            if count == 0:
                return []
            result = self._passages.query(
                query_embeddings=[vector],
                n_results=min(k, count),
                where={"$and": conditions} if len(conditions) > 1 else (conditions[0] if conditions else None),
                include=["distances"],
            )
        return [(id_, 1.0 - float(d)) for id_, d in zip(result["ids"][0], result["distances"][0], strict=True)]

    def _discard(self, article_id: str, version: str) -> None:
        try:
            self._passages.delete(where={"$and": [{"article_id": article_id}, {"version": version}]})
        except Exception:  # the sweep at the next opening does it; the first error is the one to report
            return

    def _advance(self) -> None:
        metadata = dict(self._client.get_collection("passages", embedding_function=None).metadata or {})
        # a clock, so that two processes that change a server's library at once never agree on a number
        metadata["generation"] = max(int(metadata.get("generation", 0)) + 1, time.time_ns() // 1000)
        self._passages.modify(metadata=metadata)

    def _pages(self, collection: Any, include: list[str], field: str) -> Iterator[tuple[str, Any]]:
        with self._translated("read"):
            for offset in range(0, collection.count(), _PAGE):
                page = collection.get(limit=_PAGE, offset=offset, include=include)
                yield from zip(page["ids"], page[field], strict=True)

    @contextmanager
    def _translated(self, doing: str) -> Iterator[None]:
        """Chroma's errors, and its panics (which are BaseExceptions), as ours."""
        try:
            yield
        except (RetrievalError, KeyboardInterrupt, SystemExit, GeneratorExit):
            raise
        except BaseException as error:
            raise chroma.translate(error, doing, self._where) from error


def _metadata(passage: Passage, audience: str) -> dict[str, Any]:
    return {
        "audience": audience,
        "article_id": passage.article_id,
        "version": passage.version,
        "ordinal": passage.ordinal,
        "start": passage.start,
        "end": passage.end,
        "written": time.time(),
    }


def _passage(metadata: dict[str, Any], document: str) -> Passage:
    return Passage(
        metadata["article_id"], metadata["version"], metadata["ordinal"], metadata["start"], metadata["end"], document
    )


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
