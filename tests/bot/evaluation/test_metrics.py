"""The measures, against what the published scorers give for the same input."""

import math

import pytest

from bot.evaluation import metrics

#: trec_eval's ndcg_cut.10, recip_rank and recall.10 (by pytrec_eval) of these rankings.
TREC = [
    (["d1", "d2", "d3"], {"d1": 1, "d3": 1}, 0.9197207891481877, 1.0, 1.0),
    (["d9", "d2", "d1"], {"d1": 2, "d7": 1}, 2 / math.log2(4) / (2 + 1 / math.log2(3)), 1 / 3, 0.5),
    (["d5"], {"d1": 1}, 0.0, 0.0, 0.0),
]


@pytest.mark.parametrize(("ranked", "relevant", "ndcg", "rank", "recall"), TREC)
def test_retrieval_measures_are_trec_evals(ranked, relevant, ndcg, rank, recall) -> None:  # type: ignore[no-untyped-def]
    assert metrics.ndcg(ranked, relevant, 10) == pytest.approx(ndcg)
    assert metrics.reciprocal_rank(ranked, relevant, 10) == pytest.approx(rank)
    assert metrics.recall(ranked, relevant, 10) == pytest.approx(recall)


def test_a_rank_beyond_the_depth_does_not_count() -> None:
    ranked = [f"d{i}" for i in range(20)]
    assert (metrics.hit(ranked, {"d5": 1}, 5), metrics.hit(ranked, {"d5": 1}, 6)) == (0.0, 1.0)
    assert metrics.reciprocal_rank(ranked, {"d10": 1}, 10) == 0.0
    assert metrics.ndcg(ranked, {"d10": 1}, 10) == 0.0


#: SQuAD's evaluate-v2.0.py: compute_exact and compute_f1, the best over the accepted answers.
SQUAD = [
    ("the Normans", ["Normans"], 1.0, 1.0),
    ("in the 10th and 11th centuries", ["10th and 11th centuries", "the 10th"], 0.0, 2 * 4 / (5 + 4)),
    ("Rollo!", ["rollo"], 1.0, 1.0),
    ("Iceland", ["Denmark, Iceland and Norway"], 0.0, 0.4),
    ("France", ["Norway"], 0.0, 0.0),
    ("", [], 1.0, 1.0),
    ("France", [], 0.0, 0.0),
    ("the", ["a"], 1.0, 1.0),
]


@pytest.mark.parametrize(("answer", "accepted", "exact", "f1"), SQUAD)
def test_short_answers_are_scored_as_squads_script_does(answer, accepted, exact, f1) -> None:  # type: ignore[no-untyped-def]
    assert metrics.exact_match(answer, accepted) == exact
    assert metrics.token_f1(answer, accepted) == pytest.approx(f1)


def test_auroc_counts_ties_half() -> None:
    assert metrics.auroc([0.9, 0.8, 0.1], [True, True, False]) == 1.0
    assert metrics.auroc([0.5, 0.5], [True, False]) == 0.5
    assert metrics.auroc([0.1, 0.4, 0.35, 0.8], [False, False, True, True]) == 0.75  # scikit-learn's own example
    assert math.isnan(metrics.auroc([0.5], [True]))


def test_risk_falls_to_that_of_the_surest_answer() -> None:
    curve = metrics.risk_coverage([0.9, 0.2, 0.6], [1.0, 0.0, 1.0])
    assert curve == [(1.0, pytest.approx(1 / 3)), (pytest.approx(2 / 3), 0.0), (pytest.approx(1 / 3), 0.0)]


def test_the_best_threshold_weighs_answers_against_declines() -> None:
    threshold, best = metrics.best_threshold([0.9, 0.7, 0.3], [1.0, 0.0, 0.0], [0.0, 1.0, 1.0])
    assert (threshold, best) == (0.9, 1.0)
    assert metrics.best_threshold([0.9], [0.0], [1.0]) == (float("inf"), 1.0)


def test_declines_are_judged_both_ways() -> None:
    assert metrics.precision_recall([True, True, False], [True, False, True]) == (0.5, 0.5)
    assert metrics.precision_recall([False], [False]) == (0.0, 0.0)


def test_key_phrases_ignore_quotation_marks_and_white_space() -> None:
    assert metrics.phrase_recall(
        "He said “the  boats’ crews”", [["the boats' crews"], ["nowhere", "HE SAID"], ["no"]]
    ) == pytest.approx(2 / 3)
