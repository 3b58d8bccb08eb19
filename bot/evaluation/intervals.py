"""How sure a mean is: the percentile bootstrap (Efron 1979), and its paired form for two runs of the same questions."""

from collections.abc import Sequence

import numpy as np

from bot.evaluation.types import Estimate

_RESAMPLES = 2000
_SEED = 1979


def estimate(values: Sequence[float]) -> Estimate:
    """The mean of `values` with its 95 % interval. Raise ValueError if there are none."""
    if not values:
        raise ValueError("No values: there is nothing to take the mean of.")
    means = _resampled(np.asarray(values, float))
    low, high = np.percentile(means, [2.5, 97.5])
    return Estimate(float(np.mean(values)), float(low), float(high), len(values))


def paired(before: Sequence[float], after: Sequence[float]) -> tuple[Estimate, float]:
    """The mean change from `before` to `after`, question by question, and its two-sided p-value."""
    change = np.asarray(after, float) - np.asarray(before, float)
    means = _resampled(change)
    low, high = np.percentile(means, [2.5, 97.5])
    p = 2 * min(float(np.mean(means <= 0)), float(np.mean(means >= 0)))
    return Estimate(float(change.mean()), float(low), float(high), len(change)), min(1.0, max(p, 1 / _RESAMPLES))


def _resampled(
    values: "np.ndarray[tuple[int], np.dtype[np.float64]]",
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    chance = np.random.default_rng(_SEED)
    means = np.empty(_RESAMPLES)
    for start in range(0, _RESAMPLES, 100):  # in parts: 2,000 × 10,000 draws at once would take 160 MB
        means[start : start + 100] = values[chance.integers(0, len(values), (100, len(values)))].mean(1)
    return means
