"""Survey statistics from totals, against numbers worked out by hand or by numpy."""

import numpy as np
import pytest

from simulation.evidence.patterns.tally import (
    Regression,
    correlation,
    counted,
    crossed,
    deviation,
    mean,
    odds_ratio,
    paired,
    regressed,
    risk_ratio,
    share,
    summed,
)
from simulation.evidence.patterns.virtual import totals

LUCK = np.random.default_rng(5)
X, Y = LUCK.normal(size=40), LUCK.normal(size=40)


def test_odds_and_risks_of_a_table_by_hand():
    exposed = np.array([True] * 10 + [False] * 20)
    outcome = np.array([True] * 4 + [False] * 6 + [True] * 5 + [False] * 15)
    table = crossed("t", exposed, outcome)
    assert odds_ratio(table, "t") == pytest.approx((4 * 15) / (6 * 5))
    assert risk_ratio(table, "t") == pytest.approx(0.4 / 0.25)


def test_without_anybody_a_statistic_is_missing():
    nobody = crossed("t", np.array([], bool), np.array([], bool)) | counted("c", np.array([])) | summed("s", np.array([np.nan]))
    assert all(np.isnan(found) for found in (odds_ratio(nobody, "t"), share(nobody, "c"), mean(nobody, "s")))


def test_sums_leave_out_what_is_missing():
    found = summed("s", np.array([1.0, np.nan, 3.0]))
    assert (mean(found, "s"), deviation(found, "s")) == (2.0, 1.0)


def test_totals_over_seeds_are_those_of_everybody_together():
    parts = [paired("p", X[:15], Y[:15]) | summed("s", X[:15]), paired("p", X[15:], Y[15:]) | summed("s", X[15:])]
    whole = totals(parts)
    assert correlation(whole, "p") == pytest.approx(np.corrcoef(X, Y)[0, 1])
    assert deviation(whole, "s") == pytest.approx(X.std())


def test_a_regression_from_sums_is_that_of_the_rows():
    columns = np.column_stack([X, X**2])
    y = 2.0 * X - X**2 + 0.1 * Y
    parts = [regressed("r", columns[:20], y[:20]), regressed("r", columns[20:], y[20:])]
    found = Regression(totals(parts), "r")
    design = np.column_stack([np.ones(40), columns])
    slopes = np.linalg.lstsq(design, y, rcond=None)[0]
    np.testing.assert_allclose(found.slopes, slopes)
    assert found.standardised(1) == pytest.approx(slopes[1] * X.std() / y.std())
    assert found.explained == pytest.approx(1.0 - (y - design @ slopes).var() / y.var())
