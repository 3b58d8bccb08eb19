"""Reciprocal rank fusion, against sums made by hand."""

import pytest

from retrieval.fusion import reciprocal_rank_fusion


def test_scores_are_the_sums_of_reciprocal_ranks() -> None:
    fused = dict(reciprocal_rank_fusion([["a", "b", "c"], ["c", "a"]]))
    assert list(fused) == ["a", "c", "b"]
    assert fused == pytest.approx({"a": 1 / 61 + 1 / 62, "c": 1 / 63 + 1 / 61, "b": 1 / 62})


def test_weights_and_k_change_the_order() -> None:
    fused = dict(reciprocal_rank_fusion([["a", "b"], ["b", "a"]], [0.2, 0.8], k=1))
    assert list(fused) == ["b", "a"]
    assert fused == pytest.approx({"b": 0.2 / 3 + 0.8 / 2, "a": 0.2 / 2 + 0.8 / 3})


def test_an_item_in_two_rankings_beats_the_first_of_one() -> None:
    assert reciprocal_rank_fusion([["x", "b"], ["y", "b"]])[0][0] == "b"


def test_ties_keep_the_order_of_first_appearance() -> None:
    assert [item for item, _ in reciprocal_rank_fusion([["q", "z"], ["a", "m"]])] == ["q", "a", "z", "m"]


def test_nothing_fuses_to_nothing() -> None:
    assert reciprocal_rank_fusion([]) == reciprocal_rank_fusion([[], []]) == []


def test_every_ranking_needs_its_weight() -> None:
    with pytest.raises(ValueError, match="shorter"):
        reciprocal_rank_fusion([["a"], ["b"]], [1.0])
