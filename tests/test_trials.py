"""What an evaluator computes: by hand on tiny tables, and as scipy and statsmodels have it, to the last digits."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from simulation.judgement import clustered, two_samples

NAN = np.nan


def test_two_samples_by_hand():
    found = two_samples(np.array([1.0, 3.0, NAN, 0.0, 2.0]), np.array([True, True, True, False, False]))
    assert (found.value, found.used) == (1.0, 4)
    half = stats.t.ppf(0.975, 2.0) * np.sqrt(2.0)  # both variances are 2, of two people each
    assert (found.low, found.high) == pytest.approx((1.0 - half, 1.0 + half))


def test_units_by_hand():
    """Two units with the policy, of means 3 and 5, two without, of 1 and 1, each of one person: 3 more, error sqrt(1 * 4/2)."""
    found = clustered(np.array([[3.0], [5.0], [1.0], [1.0]]), np.ones((4, 1)), np.array([[True], [True], [False], [False]]))
    assert found.value == pytest.approx(3.0)
    error = np.sqrt((4 / 3) * (3 / 2) * (2 * 0.5**2))  # each unit of the first side is 1 off its mean, and counts a half
    assert found.high - found.value == pytest.approx(stats.t.ppf(0.975, 3) * error)


def test_a_stepped_wedge_by_hand():
    """Units differ by 10, periods by 1, and the policy adds 2: found to the last digit, whichever unit comes first."""
    treated = np.array([[False, True, True], [False, False, True]])
    values = np.array([[0.0, 1.0, 2.0], [10.0, 11.0, 12.0]]) + 2.0 * treated
    heads = np.array([[2, 3, 1], [4, 1, 2]])
    more = np.vstack([values, values + 5.0])
    found = clustered(more * np.vstack([heads, heads]), np.vstack([heads, heads]), np.vstack([treated, treated]))
    assert found.value == pytest.approx(2.0)


@pytest.mark.parametrize("sides", [[True, False, False, False], [False] * 4])
def test_fewer_than_two_on_a_side_tell_nothing(sides):
    assert np.isnan(two_samples(np.arange(4.0), np.array(sides)).value)
    assert np.isnan(clustered(np.arange(4.0)[:, None], np.ones((4, 1)), np.array(sides)[:, None]).p)


@given(st.integers(0, 10_000))
def test_two_samples_are_those_of_scipy(seed):
    draw = np.random.default_rng(seed)
    values, treated = draw.normal(size=30), np.arange(30) % 3 == 0
    found, known = two_samples(values, treated), stats.ttest_ind(values[treated], values[~treated], equal_var=False)
    span = known.confidence_interval()
    assert (found.p, found.low, found.high) == pytest.approx((known.pvalue, span.low, span.high), rel=1e-9)


@pytest.mark.parametrize("periods", [1, 4])
@pytest.mark.parametrize("seed", range(5))
def test_units_are_those_of_least_squares_with_clustered_errors(periods, seed):
    api = pytest.importorskip("statsmodels.api")
    draw, units = np.random.default_rng(seed), 8
    turn = draw.permutation(units) / units
    treated = turn[:, None] < (np.arange(periods) / (periods - 1) if periods > 1 else np.array([0.5]))
    unit, period = draw.integers(units, size=300), draw.integers(periods, size=300)
    values = draw.normal(size=300) + draw.normal(size=units)[unit] + 0.3 * treated[unit, period]
    cell = unit * periods + period
    totals, heads = (np.bincount(cell, of, units * periods).reshape(units, periods) for of in (values, np.ones(300)))
    dummies = [treated[unit, period], *(unit == u for u in range(units)), *(period == k for k in range(1, periods))]
    columns = dummies if periods > 1 else [dummies[0], np.ones(300)]
    fit = api.OLS(values, np.column_stack(columns).astype(float)).fit(cov_type="cluster", cov_kwds={"groups": unit}, use_t=True)
    found = clustered(totals, heads, treated)
    assert (found.value, found.p) == pytest.approx((fit.params[0], fit.pvalues[0]), rel=1e-8)
    assert (found.low, found.high) == pytest.approx(tuple(fit.conf_int()[0]), rel=1e-8)
