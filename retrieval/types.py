"""The values that travel from a location to a ranked passage. All are frozen.

Every `start` and `end` is a character offset into `Article.text`, half open, so that
`article.text[start:end]` is always the words themselves.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

#: One vector, or one a row; of length 1.
Vectors = NDArray[np.float32]

#: The audience of an article that anybody who can ask may see. Others are named by whoever adds the article.
EVERYONE = "everyone"


class Embeddings(Protocol):
    """LangChain's `Embeddings` interface, with arrays of shape (texts, dimension), rows of length 1."""

    @property
    def name(self) -> str:
        """What the library records: vectors of two names are never compared."""

    def embed_documents(self, texts: Sequence[str]) -> Vectors: ...

    def embed_query(self, text: str) -> Vectors: ...


@dataclass(frozen=True, slots=True)
class Resource:
    """Bytes as a source delivered them, with their media type (RFC 6838)."""

    location: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph-like piece of a page; `level` is a heading's rank from 1, 0 for running text."""

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """What a parser makes of a resource: blocks in reading order, and what the file declares of itself.

    `declared` uses the keys headline, standfirst, byline, publication and published.
    """

    blocks: tuple[Block, ...]
    declared: dict[str, str] = field(default_factory=dict)


class Kind(StrEnum):
    """What part of a newspaper page a paragraph is."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    BYLINE = "byline"
    DATE = "date"
    CAPTION = "caption"
    SUBHEAD = "subhead"
    BODY = "body"
    AGENCIES = "agencies"
    IMPRINT = "imprint"


#: The kinds that report the news; the others describe the article itself.
REPORTING = frozenset({Kind.STANDFIRST, Kind.CAPTION, Kind.BODY})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the stored text; `number` counts from 1 over all kinds."""

    number: int
    kind: Kind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """A cleaned newspaper article. What the page did not say stays empty.

    `audience` names who may see it: retrieval is told which audiences the asker belongs to. `added_by` is whoever
    added it, as the door they came through names people; empty for the operator's own.
    """

    source: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    headline: str = ""
    standfirst: str = ""
    dateline: str = ""
    authors: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    publication: str = ""
    published: date | None = None
    caption: str = ""
    credit: str = ""
    audience: str = EVERYONE
    added_by: str = ""

    @property
    def id(self) -> str:
        """Twelve hexadecimal digits of the SHA-256 of source and audience.

        A changed file keeps its id; one location added for two audiences makes two articles, so that neither
        audience learns of, or loses, the other's.
        """
        place = self.source if self.audience == EVERYONE else f"{self.audience}\n{self.source}"
        return hashlib.sha256(place.encode("utf-8", "surrogatepass")).hexdigest()[:12]

    @property
    def text_hash(self) -> str:
        """SHA-256 of the text: equal for copies of one article at different locations."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def title(self) -> str:
        """What to call the article: its headline, or the last part of its location."""
        return self.headline or self.source.rstrip("/").rsplit("/", 1)[-1]

    def words(self, span: "Paragraph | Passage | Sentence") -> str:
        return self.text[span.start : span.end]

    def to_record(self) -> str:
        """The article as JSON, for the store."""
        fields = {name: getattr(self, name) for name in self.__slots__}
        fields["paragraphs"] = [[p.kind, p.start, p.end] for p in self.paragraphs]
        fields["published"] = self.published.isoformat() if self.published else None
        return json.dumps(fields, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_record(cls, record: str) -> "Article":
        fields: dict[str, Any] = json.loads(record)
        fields["paragraphs"] = tuple(
            Paragraph(number, Kind(kind), start, end)
            for number, (kind, start, end) in enumerate(fields["paragraphs"], start=1)
        )
        fields["authors"], fields["agencies"] = tuple(fields["authors"]), tuple(fields["agencies"])
        published = fields["published"]
        fields["published"] = date.fromisoformat(published) if published else None
        return cls(**fields)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a paragraph, by offsets into the article."""

    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Adjacent paragraphs (or part of a long one) that are embedded and retrieved together."""

    article_id: str
    version: str
    ordinal: int
    start: int
    end: int
    text: str

    @property
    def id(self) -> str:
        return f"{self.article_id}:{self.version}:{self.ordinal}"


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A retrieved passage. `score` is the fused one, 0 to 1; `dense` is a cosine, `bm25` unbounded above 0."""

    passage: Passage
    score: float
    dense: float
    bm25: float


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody quoted in the library: how often, and in which articles."""

    name: str
    quotations: int
    article_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A sentence that gives somebody's words, direct or reported.

    `speaker` is the fullest name the article gives, or the phrase it uses ("the White House");
    `mention` is how this sentence names them; `cue` the verb ("said"), or the mark that a
    signed quotation has. A sentence that only continues an open quotation or a turn of a transcript has neither. `content` is where the words said stand, without speaker
    and cue: offsets into the article, more than one span where they interrupt it.
    """

    sentence: Sentence
    speaker: str
    mention: str
    cue: str
    direct: bool
    content: tuple[tuple[int, int], ...] = ()
