"""The border between our passages and LangChain's documents: the only module that knows both."""

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from retrieval.retriever import Retriever


class PassageRetriever(BaseRetriever):
    """Byline's retrieval for any LangChain chain: `PassageRetriever(retriever=…) | format | model`."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    retriever: Any
    k: int | None = None
    article_id: str | None = None

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        retriever: Retriever = self.retriever
        return [
            Document(
                id=scored.passage.id,
                page_content=scored.passage.text,
                metadata={
                    "article_id": scored.passage.article_id,
                    "start": scored.passage.start,
                    "end": scored.passage.end,
                    "score": scored.score,
                    **_described(retriever, scored.passage.article_id),
                },
            )
            for scored in retriever.retrieve(query, self.k, self.article_id)
        ]


def _described(retriever: Retriever, article_id: str) -> dict[str, Any]:
    article = retriever.article(article_id)
    return {
        "headline": article.headline,
        "publication": article.publication,
        "published": article.published.isoformat() if article.published else None,
        "source": article.source,
    }
