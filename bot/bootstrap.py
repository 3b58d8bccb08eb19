"""The composition root: settings in, working parts out. Heavy imports happen inside, on first use."""

from functools import cached_property
from typing import TYPE_CHECKING

from bot.settings import Settings

if TYPE_CHECKING:
    from bot.assistant import Assistant
    from retrieval.ingestion import IngestionPipeline
    from retrieval.retriever import Retriever
    from retrieval.store import ChromaStore
    from retrieval.types import Embeddings


class Byline:
    """The parts, each built once when first asked for. Use as a context manager: leaving it frees the library's lock."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def __enter__(self) -> "Byline":
        return self

    def __exit__(self, *exc: object) -> None:
        if "store" in self.__dict__:
            self.store.close()

    @cached_property
    def store(self) -> "ChromaStore":
        """Raise LibraryError if the library is locked, corrupt, or was built with another embedding model."""
        from retrieval.store import open_store

        return open_store(self.settings.byline_home, self.settings.chroma_url, self.settings.embedding_model)

    @cached_property
    def embeddings(self) -> "Embeddings":
        from retrieval.embedding import load_embeddings

        return load_embeddings(self.settings.embedding_model, self.settings.byline_cache)

    @cached_property
    def pipeline(self) -> "IngestionPipeline":
        from retrieval.chunking import Chunking
        from retrieval.ingestion import IngestionPipeline

        max_bytes = int(self.settings.max_file_mb * 1_000_000)
        return IngestionPipeline(
            self.store,
            self.embeddings,
            Chunking(self.settings.passage_chars),
            max_bytes,
            self.settings.allow_private_urls,
        )

    @cached_property
    def retriever(self) -> "Retriever":
        from retrieval.retriever import Retriever, RetrieverOptions

        settings = self.settings
        options = RetrieverOptions(settings.top_k, settings.candidates, settings.bm25_weight)
        return Retriever(self.store, self.embeddings, options)

    @cached_property
    def assistant(self) -> "Assistant":
        from bot.answering.chain import AnswerOptions, build_chain
        from bot.answering.extractive import ExtractiveGenerator
        from bot.assistant import Assistant
        from retrieval.reader import SentenceReader
        from retrieval.span_reader import load_reader

        span_reader = load_reader(self.settings.reader_model)
        reader = SentenceReader(self.embeddings, self.retriever.idf, span_reader)
        generator = ExtractiveGenerator(reader, self.retriever.article, self.retriever)
        options = AnswerOptions(self.settings.top_k, self.settings.min_support)
        return Assistant(build_chain(self.retriever, generator, options), self.settings.max_question_chars)
