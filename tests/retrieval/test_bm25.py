"""The keyword side of retrieval."""

from math import log

import pytest

from retrieval.bm25 import BM25Index

TEXTS = {
    "weir": "Divers mended the weir. The weir holds.",
    "tram": "The tram to Eastmoor opened; a tram holds 200 people.",
    "both": "The tram passes the weir and the mill and the market and the school on its way to the sea.",
    "mill": "The mill grinds flour.",
}


@pytest.fixture(scope="module")
def index() -> BM25Index:
    return BM25Index(list(TEXTS), list(TEXTS.values()))


def test_the_text_that_repeats_the_word_in_few_words_ranks_first(index: BM25Index) -> None:
    assert [id_ for id_, _ in index.rank("weir", 10)] == ["weir", "both"]


def test_a_rare_word_counts_more_than_a_common_one(index: BM25Index) -> None:
    assert index.rank("flour or trams?", 10)[0][0] == "mill"
    assert index.idf("flour") > index.idf("tram")


def test_scores_fall_and_inflections_match(index: BM25Index) -> None:
    ranked = index.rank("trams at mills and weirs", 10)
    assert len(ranked) == 4
    assert [score for _, score in ranked] == sorted((score for _, score in ranked), reverse=True)


def test_only_the_best_k_are_returned(index: BM25Index) -> None:
    assert [id_ for id_, _ in index.rank("weir", 1)] == ["weir"]
    assert len(index.rank("weir", 99)) == 2


def test_among_leaves_the_others_out(index: BM25Index) -> None:
    assert [id_ for id_, _ in index.rank("weir", 10, among=["both", "mill", "unknown"])] == ["both"]
    assert index.rank("weir", 10, among=[]) == []


@pytest.mark.parametrize("query", ["", "what is it", "zeppelin", "?!"])
def test_a_query_without_a_known_word_finds_nothing(index: BM25Index, query: str) -> None:
    assert index.rank(query, 10) == []


@pytest.mark.parametrize("texts", [[], [""], ["the of and"]])
def test_an_index_without_words_finds_nothing(texts: list[str]) -> None:
    assert BM25Index([str(n) for n in range(len(texts))], texts).rank("weir", 5) == []


def test_a_text_without_words_among_others_is_never_found() -> None:
    assert [id_ for id_, _ in BM25Index(["a", "b"], ["", "The weir holds."]).rank("weir", 5)] == ["b"]


def test_idf_assumes_fifty_passages_at_least(index: BM25Index) -> None:
    assert index.idf("flour") == pytest.approx(log(1 + 49.5 / 1.5))
    assert index.idf("zeppelin") == pytest.approx(log(1 + 50.5 / 0.5))
