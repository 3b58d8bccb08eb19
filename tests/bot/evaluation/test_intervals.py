import numpy as np
import pytest

from bot.evaluation import intervals


def test_an_interval_holds_the_mean_and_narrows_with_more_questions() -> None:
    few, many = intervals.estimate([0.0, 1.0] * 10), intervals.estimate([0.0, 1.0] * 1000)
    assert few.value == many.value == 0.5
    assert few.low < 0.5 < few.high
    assert many.high - many.low < (few.high - few.low) / 5
    assert intervals.estimate([0.0, 1.0] * 10) == few


def test_the_interval_of_many_is_near_the_normal_one() -> None:
    values = np.random.default_rng(0).random(4000)
    found = intervals.estimate(values.tolist())
    assert (found.high - found.low) / 2 == pytest.approx(1.96 * values.std() / 4000**0.5, rel=0.1)


def test_a_paired_change_sees_what_two_means_do_not() -> None:
    noise = np.random.default_rng(1).random(200)
    change, p = intervals.paired(noise.tolist(), (noise + 0.01).tolist())
    assert change.value == pytest.approx(0.01)
    assert p < 0.01
    assert intervals.paired([0.0, 1.0], [1.0, 0.0])[1] == 1.0


def test_no_values_have_no_mean() -> None:
    with pytest.raises(ValueError, match="No values"):
        intervals.estimate([])
