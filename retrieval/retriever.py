"""Question → ranked passages: dense and BM25, fused."""

import re
import threading
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from retrieval.bm25 import BM25Index
from retrieval.chunking import embedded_text
from retrieval.embedding import vocabulary
from retrieval.fusion import convex_combination
from retrieval.quotes.names import same_name
from retrieval.spelling import Spelling
from retrieval.store import ChromaStore
from retrieval.types import Article, Embeddings, Passage, Quotation, ScoredPassage, Speaker

_WORD = re.compile(r"[^\W\d_]{4,}")
_KEPT_SPELLINGS = 64


@dataclass(frozen=True, slots=True)
class RetrieverOptions:
    """`candidates` is how many each side ranks; `bm25_weight` the share of BM25 in the fusion, 0 to 1."""

    top_k: int = 8
    candidates: int = 50
    bm25_weight: float = 0.45


#: The part of BM25's share that goes by the whole article: a passage need not repeat what its article is about.
ARTICLE_SHARE = 0.67


@dataclass(frozen=True, slots=True)
class _Snapshot:
    generation: int
    passages: dict[str, Passage]
    articles: dict[str, Article]
    index: BM25Index
    article_index: BM25Index
    quotations: dict[str, tuple[str, Quotation]]
    words: dict[str, frozenset[str]]
    spellings: dict[frozenset[str] | None, Spelling] = field(default_factory=dict)

    def among(self, article_id: str | None, audiences: Collection[str] | None) -> list[str]:
        """Ids of the passages of that article and those audiences."""
        return [
            id_
            for id_, passage in self.passages.items()
            if article_id in (None, passage.article_id)
            and (audiences is None or self.articles[passage.article_id].audience in audiences)
        ]

    def spelling(self, audiences: Collection[str] | None) -> Spelling:
        """By the words of those audiences' articles only: a name mended from another's would tell that it is there."""
        key = None if audiences is None else frozenset(audiences)
        if key not in self.spellings:
            if len(self.spellings) >= _KEPT_SPELLINGS:
                self.spellings.clear()
            seen = [id_ for id_, article in self.articles.items() if key is None or article.audience in key]
            self.spellings[key] = Spelling(vocabulary(), set[str]().union(*(self.words[id_] for id_ in seen)))
        return self.spellings[key]


class Retriever:
    """Keeps a snapshot of the library in memory and renews it when the store's generation changes."""

    def __init__(self, store: ChromaStore, embeddings: Embeddings, options: RetrieverOptions) -> None:
        self._store, self._embeddings, self._options = store, embeddings, options
        self._held: _Snapshot | None = None
        self._renewing = threading.Lock()

    def retrieve(
        self,
        question: str,
        k: int | None = None,
        article_id: str | None = None,
        audiences: Collection[str] | None = None,
    ) -> list[ScoredPassage]:
        """The best `k` passages (default: the option), of one article if `article_id` is given.

        Of the articles of `audiences` only; None, for the operator's own terminal, is all of them.
        """
        snapshot, options = self._snapshot(), self._options
        k = k or options.top_k
        candidates = max(k, options.candidates)
        vector = self._embeddings.embed_query(question)
        cosines = dict(self._store.nearest(vector, candidates, article_id, audiences))
        among = None if article_id is None and audiences is None else snapshot.among(article_id, audiences)
        keyword = dict(snapshot.index.rank(question, candidates, among))
        cosines |= self._store.cosines(vector, [id_ for id_ in keyword if id_ not in cosines])
        found = [id_ for id_ in cosines if id_ in snapshot.passages]
        owners = {id_: snapshot.passages[id_].article_id for id_ in found}
        articles = snapshot.article_index.score(question, list(dict.fromkeys(owners.values())))
        bm25s = snapshot.index.score(question, found)
        share = options.bm25_weight
        fused = convex_combination(
            [
                {id_: cosines[id_] for id_ in found},
                bm25s,
                {id_: articles[owner] for id_, owner in owners.items()},
            ],
            [1 - share, share * (1 - ARTICLE_SHARE), share * ARTICLE_SHARE],
        )
        return [ScoredPassage(snapshot.passages[id_], score, cosines[id_], bm25s[id_]) for id_, score in fused[:k]]

    def corrected(self, question: str, audiences: Collection[str] | None = None) -> str:
        """The question with slips of typing mended from the words of those audiences' articles, or of all."""
        return self._snapshot().spelling(audiences).corrected(question)

    def speakers(self, asked: str = "", audiences: Collection[str] | None = None) -> list[Speaker]:
        """Who is quoted, the most quoted first; of those names that `asked` can mean, unless it is empty."""
        snapshot = self._snapshot()
        found: dict[str, list[str]] = {}
        for article_id, quotation in snapshot.quotations.values():
            if audiences is None or snapshot.articles[article_id].audience in audiences:
                found.setdefault(quotation.speaker, []).append(article_id)
        named = {name: ids for name, ids in found.items() if not asked or same_name(asked, name)}
        speakers = [Speaker(name, len(ids), tuple(dict.fromkeys(ids))) for name, ids in named.items()]
        return sorted(speakers, key=lambda speaker: (-speaker.quotations, speaker.name))

    def said(
        self,
        topic: str,
        speakers: Collection[str] | None = None,
        k: int = 20,
        audiences: Collection[str] | None = None,
    ) -> list[tuple[Article, Quotation, float]]:
        """The `k` quotations nearest to `topic`, with their cosine, best first; of those speakers only, unless None.

        Without a topic, theirs in the order they stand in, newest article first, with a cosine of 0.
        """
        snapshot = self._snapshot()
        if topic:
            vector = self._embeddings.embed_query(topic)
            near = self._store.nearest_quotations(vector, k, speakers, audiences)
            held = [(*snapshot.quotations[id_], cosine) for id_, cosine in near if id_ in snapshot.quotations]
            return [(snapshot.articles[article_id], quotation, cosine) for article_id, quotation, cosine in held]
        order = {article_id: place for place, article_id in enumerate(snapshot.articles)}
        mine = [
            (snapshot.articles[article_id], quotation, 0.0)
            for article_id, quotation in snapshot.quotations.values()
            if (speakers is None or quotation.speaker in speakers)
            and (audiences is None or snapshot.articles[article_id].audience in audiences)
        ]
        return sorted(mine, key=lambda s: (order[s[0].id], s[1].sentence.start))[:k]

    def articles(self, audiences: Collection[str] | None = None) -> Sequence[Article]:
        """The articles of those audiences, or all; newest publication first, undated last."""
        return [a for a in self._snapshot().articles.values() if audiences is None or a.audience in audiences]

    def article(self, article_id: str) -> Article:
        """The article of a retrieved passage; falls back to the store for one added since."""
        return self._snapshot().articles.get(article_id) or self._store.article(article_id)

    def idf(self, term: str) -> float:
        return self._snapshot().index.idf(term)

    def _snapshot(self) -> _Snapshot:
        generation = self._store.generation
        if self._held is None or self._held.generation != generation:
            with self._renewing:
                if self._held is None or self._held.generation != generation:
                    self._held = self._read(generation)
        return self._held

    def _read(self, generation: int) -> _Snapshot:
        articles = {article.id: article for article in self._store.articles()}
        versions = self._store.versions()
        passages = self._store.passages(versions)
        quotations = {i: pair for i, pair in self._store.quotations(versions).items() if pair[0] in articles}
        known = [p for p in passages if p.article_id in articles]
        index = BM25Index(
            [p.id for p in known], [embedded_text(articles[p.article_id].headline, p.text) for p in known]
        )
        # the headline is in the text as well, so it counts twice
        whole = [f"{article.headline}\n{article.text}" for article in articles.values()]
        article_index = BM25Index(list(articles), whole)
        words = {id_: frozenset(_WORD.findall(article.text)) for id_, article in articles.items()}
        return _Snapshot(generation, {p.id: p for p in known}, articles, index, article_index, quotations, words)
