"""Byline's retrieval inside a LangChain chain."""

import pytest
from langchain_core.documents import Document
from langchain_core.runnables import RunnableLambda, RunnablePassthrough

from retrieval.langchain import PassageRetriever
from retrieval.retriever import Retriever, RetrieverOptions
from retrieval.store import ChromaStore
from tests.fakes import HashEmbeddings, article_from
from tests.retrieval.test_store import TRAM, put

DATED = article_from(
    "Weir mended\n\n4 June 2024\n\nOSSBY - Divers mended the weir at Ossby on Monday after a week of rain.\n\n© The Ossby Echo",
    "/news/dated.txt",
)


@pytest.fixture
def retriever(store: ChromaStore) -> Retriever:
    put(store, DATED)
    put(store, TRAM)
    return Retriever(store, HashEmbeddings(), RetrieverOptions())


def quote(documents: list[Document]) -> str:
    return documents[0].page_content


def test_it_feeds_an_lcel_chain(retriever: Retriever) -> None:
    chain = {"words": PassageRetriever(retriever=retriever) | quote, "asked": RunnablePassthrough()} | RunnableLambda(
        lambda given: f"{given['asked']} {given['words']}"
    )
    assert chain.invoke("Who mended the weir?") == (
        "Who mended the weir? Divers mended the weir at Ossby on Monday after a week of rain."
    )


def test_a_document_says_where_its_words_stand(retriever: Retriever) -> None:
    document = PassageRetriever(retriever=retriever).invoke("weir")[0]
    told = document.metadata
    assert DATED.text[told["start"] : told["end"]] == document.page_content
    assert (told["article_id"], told["headline"], told["source"]) == (DATED.id, "Weir mended", "/news/dated.txt")
    assert (told["publication"], told["published"]) == ("The Ossby Echo", "2024-06-04")
    assert told["score"] > 0
    assert document.id == retriever.retrieve("weir")[0].passage.id


def test_an_undated_article_has_no_date(retriever: Retriever) -> None:
    assert PassageRetriever(retriever=retriever).invoke("tram")[0].metadata["published"] is None


def test_k_and_the_article_are_its_settings(retriever: Retriever) -> None:
    assert len(PassageRetriever(retriever=retriever, k=1).invoke("weir tram")) == 1
    only = PassageRetriever(retriever=retriever, article_id=TRAM.id).invoke("weir")
    assert {document.metadata["article_id"] for document in only} == {TRAM.id}
