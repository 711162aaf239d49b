"""What can be said of a difference, against scipy and statsmodels, and one rule of which way is better."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from simulation.judgement import Estimate, direction, effect_verdict, estimate, estimates, holm, share_better, verdict
from simulation.outcomes import TABLE


@given(st.lists(st.floats(-100, 100), min_size=2, max_size=30).filter(lambda x: np.std(x) > 1e-3), st.floats(-1, 1))
def test_an_estimate_is_the_paired_t_test(values, expected):
    found = estimate(np.array(values), expected)
    test = stats.ttest_1samp(values, expected)
    low, high = test.confidence_interval(0.95)
    assert (found.low, found.high) == (pytest.approx(low, abs=1e-9), pytest.approx(high, abs=1e-9))
    assert found.p == pytest.approx(test.pvalue, abs=1e-9)
    assert found.used == len(values)


def test_missing_values_do_not_count_and_one_value_has_no_interval():
    assert estimate([1.0, np.nan, 3.0]) == estimate([1.0, 3.0])
    one = estimate([2.0])
    assert (one.value, one.used) == (2.0, 1)
    assert np.isnan([one.low, one.high, one.p]).all()
    assert np.isnan(estimate([])[:3]).all()


def test_where_all_are_the_same_the_interval_is_a_point():
    assert estimate([4.0, 4.0]) == (4.0, 4.0, 4.0, 2, 0.0)
    assert estimate([0.0, 0.0, 0.0]) == (0.0, 0.0, 0.0, 3, 1.0)
    assert estimate([0.1, 0.1, 0.1]) == (0.1, 0.1, 0.1, 3, 0.0)  # of which the mean, as a sum, is not 0.1


def test_rows_are_estimated_each_for_itself():
    rows = np.array([[1.0, 2.0, 4.0], [1.0, np.nan, 3.0], [np.nan] * 3])
    for k, row in enumerate(rows):
        assert [found[k] for found in estimates(rows)] == pytest.approx(list(estimate(row)), nan_ok=True)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_holm_is_that_of_statsmodels(chances):
    multitest = pytest.importorskip("statsmodels.stats.multitest")
    np.testing.assert_allclose(holm(chances), multitest.multipletests(chances, method="holm")[1])


@pytest.mark.parametrize("name", TABLE)
def test_every_room_follows_the_one_table(name):
    way, more, less = TABLE[name].better, np.array([2.0, 3.0]), np.array([1.0, 1.0])
    assert direction(name) == way
    assert share_better(more, less, name) == pytest.approx({1: 1.0, -1: 0.0, 0: np.nan}[way], nan_ok=True)
    assert verdict(0.5, 1.5, way) == {1: "better", -1: "worse", 0: "higher"}[way]
    assert effect_verdict(Estimate(1.0, 0.5, 1.5, 9, 0.0), 0.1, way) == {1: "helps", -1: "harms", 0: "raises"}[way]


def test_a_gap_gets_better_towards_zero_from_where_it_lies():
    assert (direction("gap_retention_gender", 0.1), direction("gap_retention_gender", -0.1)) == (-1, 1)
    assert share_better(np.array([-0.1, 0.3]), np.array([0.2, 0.2]), "gap_cost_gender") == 0.5
