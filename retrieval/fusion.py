"""Several scorings → one."""

from collections.abc import Mapping, Sequence


def convex_combination(scorings: Sequence[Mapping[str, float]], weights: Sequence[float]) -> list[tuple[str, float]]:
    """Ids with the weighted mean of their scores, best first; a score counts as a share of the highest of its scoring.

    Bruch, Gai and Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval" (TOIS 2023): how far apart scores are
    says more than their ranks. An id that a scoring lacks, or scores below 0, has 0 there; ties keep the order of first
    appearance. The weights must not all be 0.
    """
    total = sum(weights)
    fused: dict[str, float] = {}
    for scoring, weight in zip(scorings, weights, strict=True):
        highest = max(scoring.values(), default=0.0)
        for item, score in scoring.items():
            share = max(0.0, score) / highest if highest > 0 else 0.0
            fused[item] = fused.get(item, 0.0) + weight / total * share
    return sorted(fused.items(), key=lambda scored: -scored[1])
