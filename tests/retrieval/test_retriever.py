"""Question → ranked passages."""

from dataclasses import replace

import pytest

from retrieval.errors import UnknownArticle
from retrieval.fusion import convex_combination
from retrieval.retriever import Retriever, RetrieverOptions
from retrieval.store import ChromaStore
from tests.fakes import HashEmbeddings, article_from
from tests.retrieval.test_store import TRAM, WEIR, put

MILL = article_from("Mill sold\n\nNORBY - The old mill at Norby was sold to a baker for one crown.", "/news/mill.txt")


@pytest.fixture
def retriever(store: ChromaStore) -> Retriever:
    for article in (WEIR, TRAM, MILL):
        put(store, article)
    return Retriever(store, HashEmbeddings(), RetrieverOptions())


def test_the_passage_that_answers_comes_first(retriever: Retriever) -> None:
    assert retriever.retrieve("Who mended the weir at Ossby?")[0].passage.article_id == WEIR.id
    assert retriever.retrieve("When did the tram leave the depot?")[0].passage.article_id == TRAM.id


def test_a_score_is_made_of_the_passages_cosine_its_bm25_and_its_articles(retriever: Retriever) -> None:
    found = retriever.retrieve("the baker and the mill")
    assert [scored.passage.article_id for scored in found][:1] == [MILL.id]
    cosines, bm25s = {s.passage.id: s.dense for s in found}, {s.passage.id: s.bm25 for s in found}
    # one passage an article, so that the article's BM25 is ranked as the passage's is
    fused = convex_combination([cosines, bm25s, bm25s], [0.55, 0.1485, 0.3015])
    assert [scored.passage.id for scored in found] == [id_ for id_, _ in fused]
    assert [scored.score for scored in found] == pytest.approx([score for _, score in fused], abs=1e-6)


def test_a_passage_only_bm25_ranks_has_its_cosine_too(store: ChromaStore) -> None:
    for article in (WEIR, TRAM, MILL):
        put(store, article)
    narrow = Retriever(store, HashEmbeddings(), RetrieverOptions(candidates=1, top_k=1)).retrieve("a mill, a weir", k=1)
    wide = Retriever(store, HashEmbeddings(), RetrieverOptions()).retrieve("a mill, a weir", k=3)
    assert narrow[0].dense == pytest.approx({s.passage.id: s.dense for s in wide}[narrow[0].passage.id], abs=1e-6)


def test_a_passage_is_helped_by_what_its_article_is_about(store: ChromaStore) -> None:
    report = article_from(
        "Zeppelin moored\n\nThe zeppelin came by night, the zeppelin's crew said.\n\nBread was bought in the village on Monday.",
        "/z.txt",
    )
    put(store, report)
    put(store, article_from("Bakers meet\n\nBread was bought in the village on Monday.", "/b.txt"))
    passages = Retriever(store, HashEmbeddings(), RetrieverOptions()).retrieve("bread zeppelin bought village", k=3)
    assert passages[0].passage.article_id == report.id


@pytest.mark.parametrize(("weight", "decided_by"), [(0.0, "dense"), (1.0, "bm25")])
def test_a_weight_of_nothing_or_all_leaves_one_side_to_decide(
    retriever: Retriever, store: ChromaStore, weight: float, decided_by: str
) -> None:
    one_sided = Retriever(store, HashEmbeddings(), RetrieverOptions(bm25_weight=weight))
    scores = [getattr(scored, decided_by) for scored in one_sided.retrieve("a mill, a baker and a tram")]
    ranked = [score for score in scores if score is not None]
    assert len(ranked) >= 2
    assert scores[: len(ranked)] == sorted(ranked, reverse=True)


def test_no_more_than_k_are_returned(retriever: Retriever, store: ChromaStore) -> None:
    assert len(retriever.retrieve("weir tram mill", k=2)) == 2
    assert len(Retriever(store, HashEmbeddings(), RetrieverOptions(top_k=1)).retrieve("weir tram mill")) == 1
    assert len(retriever.retrieve("weir tram mill")) == 3


def test_a_search_in_one_article_finds_only_its_passages(retriever: Retriever) -> None:
    found = retriever.retrieve("who mended the weir", article_id=TRAM.id)
    assert {scored.passage.article_id for scored in found} == {TRAM.id}
    assert retriever.retrieve("weir", article_id="nobody") == []


def test_a_headline_helps_to_find_its_passages(store: ChromaStore) -> None:
    put(store, article_from("Zeppelin moored\n\nThe crew walked into the village on Monday to buy bread.", "/z.txt"))
    put(store, WEIR)
    best = Retriever(store, HashEmbeddings(), RetrieverOptions(bm25_weight=1.0)).retrieve("zeppelin")[0]
    assert "crew walked" in best.passage.text
    assert best.bm25 > 0


def test_an_empty_library_finds_nothing(store: ChromaStore) -> None:
    empty = Retriever(store, HashEmbeddings(), RetrieverOptions())
    assert (empty.retrieve("weir"), list(empty.articles())) == ([], [])


def test_changes_are_seen_by_the_next_question(retriever: Retriever, store: ChromaStore) -> None:
    late = article_from("Zeppelin moored\n\nA zeppelin moored at the mill on Monday evening in the rain.", "/z.txt")
    assert retriever.retrieve("zeppelin")[0].bm25 == 0
    put(store, late)
    assert retriever.retrieve("zeppelin")[0].passage.article_id == late.id
    store.remove(late.id)
    assert late.id not in {scored.passage.article_id for scored in retriever.retrieve("zeppelin")}


def test_articles_are_found_by_the_id_of_a_passage(retriever: Retriever) -> None:
    assert retriever.article(WEIR.id) == WEIR
    assert {article.id for article in retriever.articles()} == {WEIR.id, TRAM.id, MILL.id}
    with pytest.raises(UnknownArticle):
        retriever.article("nobody")


def test_a_slip_is_mended_only_from_what_the_asker_may_see(retriever: Retriever, store: ChromaStore) -> None:
    secret = article_from("Zeppelin moored\n\nMontgolfier moored the zeppelin on Monday in the rain.", "/z.txt")
    put(store, replace(secret, audience="channel:T/C1"))
    asked = "what did Montgolfir moor?"
    assert retriever.corrected(asked, {"everyone", "channel:T/C1"}) == "what did Montgolfier moor?"
    assert retriever.corrected(asked, {"everyone"}) == asked
    assert retriever.corrected(asked) == "what did Montgolfier moor?"


def test_a_rarer_word_tells_more(retriever: Retriever, store: ChromaStore) -> None:
    put(
        store,
        article_from("Mill burns\n\nNORBY - The mill at Norby burned down on Monday in a storm.", "/news/fire.txt"),
    )
    assert retriever.idf("zeppelin") > retriever.idf("baker") > retriever.idf("mill")
