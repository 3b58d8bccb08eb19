"""The convex combination, against sums made by hand."""

import pytest

from retrieval.fusion import convex_combination


def test_scores_count_as_shares_of_the_highest() -> None:
    fused = dict(convex_combination([{"a": 0.8, "b": 0.4}, {"b": 12.0, "c": 3.0}], [0.6, 0.4]))
    assert list(fused) == ["b", "a", "c"]
    assert fused == pytest.approx({"a": 0.6, "b": 0.6 * 0.5 + 0.4, "c": 0.4 * 0.25})


def test_weights_are_shares_whatever_their_sum() -> None:
    scorings = [{"a": 1.0, "b": 0.5}, {"b": 2.0}]
    assert dict(convex_combination(scorings, [3, 1])) == pytest.approx(dict(convex_combination(scorings, [0.75, 0.25])))


def test_how_far_ahead_counts_and_not_the_rank_alone() -> None:
    near, far = {"a": 1.0, "b": 0.99}, {"a": 1.0, "b": 0.2}
    assert convex_combination([near, {"b": 5.0, "a": 4.0}], [0.5, 0.5])[0][0] == "b"
    assert convex_combination([far, {"b": 5.0, "a": 4.0}], [0.5, 0.5])[0][0] == "a"


def test_a_score_below_nothing_is_nothing_and_ties_keep_their_order() -> None:
    assert convex_combination([{"q": 0.0, "z": -0.3, "a": 0.0}], [1.0]) == [("q", 0.0), ("z", 0.0), ("a", 0.0)]


def test_nothing_fuses_to_nothing() -> None:
    assert convex_combination([{}, {}], [0.5, 0.5]) == []


def test_every_scoring_needs_its_weight() -> None:
    with pytest.raises(ValueError, match="shorter"):
        convex_combination([{"a": 1.0}, {"b": 1.0}], [1.0])
