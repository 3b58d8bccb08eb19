"""One Chroma collection of rows that each belong to an article at a version: the passages, the quotations."""

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from retrieval.types import EVERYONE, Vectors

PAGE = 2000


@dataclass(frozen=True, slots=True)
class Row:
    """A text with what the store keeps beside it; `fields` are the row's own."""

    id: str
    article_id: str
    version: str
    text: str
    fields: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Inventory:
    """What a look over the shelf found: rows a claimed version holds, rows nobody claims, rows from before audiences."""

    held: dict[str, int]
    orphans: list[str]
    unmarked: list[str]


class Shelf:
    """Chroma's errors pass through: the store that owns the shelf translates them."""

    def __init__(self, client: Any, name: str) -> None:
        self._client, self.name = client, name
        self.collection = client.get_collection(name, embedding_function=None)

    def write(self, rows: Sequence[Row], vectors: Vectors, audience: str) -> None:
        """Put the rows there, in parts that Chroma takes."""
        batch = min(self._client.get_max_batch_size(), PAGE)
        for start in range(0, len(rows), batch):
            part = rows[start : start + batch]
            self.collection.upsert(
                ids=[row.id for row in part],
                embeddings=vectors[start : start + batch],
                documents=[row.text for row in part],
                metadatas=[
                    row.fields
                    | {
                        "article_id": row.article_id,
                        "version": row.version,
                        "audience": audience,
                        "written": time.time(),
                    }
                    for row in part
                ],
            )

    def rows(self, versions: Mapping[str, str]) -> Iterator[Row]:
        """Every row of those articles at those versions."""
        for id_, metadata, document in self.pages("metadatas", "documents"):
            if versions.get(metadata["article_id"]) == metadata["version"]:
                yield Row(id_, metadata["article_id"], metadata["version"], document, metadata)

    def nearest(self, vector: Vectors, k: int, conditions: Sequence[dict[str, Any]]) -> list[tuple[str, float]]:
        """Ids of the `k` rows nearest to `vector` that meet all conditions, with their cosine, best first."""
        count = self.collection.count()
        if count == 0:
            return []
        result = self.collection.query(
            query_embeddings=[vector],
            n_results=min(k, count),
            where={"$and": list(conditions)} if len(conditions) > 1 else (conditions[0] if conditions else None),
            include=["distances"],
        )
        return [(id_, 1.0 - float(d)) for id_, d in zip(result["ids"][0], result["distances"][0], strict=True)]

    def cosines(self, vector: Vectors, ids: Sequence[str]) -> dict[str, float]:
        """The cosine of each of those rows to `vector`; a row that is gone is left out."""
        if not ids:
            return {}
        result = self.collection.get(ids=list(ids), include=["embeddings"])
        near = np.asarray(result["embeddings"], np.float32).reshape(len(result["ids"]), -1) @ vector
        return {id_: float(cosine) for id_, cosine in zip(result["ids"], near, strict=True)}

    def inventory(self, claimed: Mapping[str, str], before: float) -> Inventory:
        """Held rows by article, against the versions that records claim; orphans written since `before` are spared."""
        held: dict[str, int] = {}
        orphans, unmarked = [], []
        for id_, metadata in self.pages("metadatas"):
            if claimed.get(metadata["article_id"]) == metadata["version"]:
                held[metadata["article_id"]] = held.get(metadata["article_id"], 0) + 1
                if "audience" not in metadata:
                    unmarked.append(id_)
            elif metadata["written"] <= before:
                orphans.append(id_)
        return Inventory(held, orphans, unmarked)

    def tidy(self, found: Inventory) -> None:
        """Delete the orphans; give everyone the rows from before articles had audiences."""
        for start in range(0, len(found.orphans), PAGE):
            self.collection.delete(ids=found.orphans[start : start + PAGE])
        for start in range(0, len(found.unmarked), PAGE):
            part = found.unmarked[start : start + PAGE]
            self.collection.update(ids=part, metadatas=[{"audience": EVERYONE}] * len(part))

    def remove(self, article_id: str, version: str = "", but: str = "") -> None:
        """Delete an article's rows: all, those of one version, or all but those of one version."""
        conditions: list[dict[str, Any]] = [{"article_id": article_id}]
        if version or but:
            conditions.append({"version": version if version else {"$ne": but}})
        self.collection.delete(where={"$and": conditions} if len(conditions) > 1 else conditions[0])

    def pages(self, *include: str) -> Iterator[tuple[Any, ...]]:
        """(id, then each of `include`) of every row, some at a time."""
        for offset in range(0, self.collection.count(), PAGE):
            page = self.collection.get(limit=PAGE, offset=offset, include=list(include))
            yield from zip(page["ids"], *(page[name] for name in include), strict=True)


def within(audiences: Collection[str]) -> dict[str, Any]:
    """Chroma's condition for rows of those audiences."""
    return {"audience": {"$in": sorted(audiences)}}
