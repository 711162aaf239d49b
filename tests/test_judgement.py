"""What can be said of a difference, against scipy and statsmodels, and one rule of which way is better."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from simulation.comparison.compared import contrasts_of
from simulation.judgement import (
    Estimate,
    direction,
    effect_verdict,
    estimate,
    estimates,
    holm,
    jackknife,
    share_better,
    together,
    verdict,
)
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


@pytest.mark.parametrize(
    ("low", "high", "better", "margin", "no_gap", "said"),
    [
        (0.1, 0.2, 1, 0.05, np.nan, "better"), (0.1, 0.2, -1, 0.05, np.nan, "worse"), (0.1, 0.2, 0, 0.05, np.nan, "higher"),
        (-0.1, 0.2, 1, 0.05, np.nan, "cannot_tell"), (np.nan, np.nan, 1, 0.05, np.nan, "cannot_tell"),
        (-0.04, 0.05, 1, 0.05, np.nan, "same"),
        (0.01, 0.05, 1, 0.05, np.nan, "same"),  # it differs, but by nothing that matters
        (0.01, 0.06, 1, 0.05, np.nan, "better"),
        (0.0, 0.0, 1, 0.05, np.nan, "same"), (0.0, 0.0, 1, 0.0, np.nan, "cannot_tell"),
        (-0.2, -0.1, -1, 0.05, -0.3, "better"), (-0.2, -0.1, -1, 0.05, -0.05, "reversed"),
    ],
)  # fmt: skip
def test_four_verdicts(low, high, better, margin, no_gap, said):
    assert verdict(low, high, better, margin, no_gap) == said


def test_one_interval_is_that_of_student():
    values = np.random.default_rng(3).normal(1.0, 2.0, (1, 400))
    low, high, p = (found.item() for found in together(values))
    assert (low, high) == pytest.approx(stats.ttest_1samp(values[0], 0.0).confidence_interval(0.95), abs=0.01)
    assert p < 0.001


def test_intervals_that_hold_together_are_wider_and_rows_that_go_together_cost_nothing():
    values = np.random.default_rng(4).normal(size=(20, 50))
    alone, wide = together(values[:1]), together(values)
    assert wide[1][0] - wide[0][0] > 1.3 * (alone[1][0] - alone[0][0])
    twice = together(np.repeat(values[:1], 20, axis=0))
    assert twice[1][0] - twice[0][0] == pytest.approx(alone[1][0] - alone[0][0])


def test_a_family_of_few_runs_has_no_intervals_and_what_never_varies_has_a_point():
    values = np.random.default_rng(5).normal(size=(3, 5))
    assert np.isnan(together(values)).all()
    values = np.random.default_rng(5).normal(size=(3, 10))
    values[1] = 0.25
    values[2, :6] = np.nan
    low, high, p = together(values)
    assert (low[1], high[1]) == (0.25, 0.25)
    assert np.isfinite([low[0], high[0], p[0]]).all()
    assert np.isnan([low[2], high[2], p[2]]).all()


@pytest.mark.slow
@pytest.mark.parametrize("runs", [10, 50])
def test_all_intervals_of_a_family_hold_in_19_of_20(runs):
    """28 differences, in four policies that resemble each other: simulated 400 times; three standard errors of leeway."""
    luck, held = np.random.default_rng(6), []
    for _ in range(400):
        common, own = luck.normal(size=(7, 1, runs)), luck.standard_t(5, size=(7, 4, runs))
        low, high, _ = together((0.7 * common + own).reshape(28, runs))
        held.append(((low <= 0.0) & (high >= 0.0)).all())
    assert abs(np.mean(held) - 0.95) < 3.0 * np.sqrt(0.05 * 0.95 / 400)


def made_up(runs, gain):
    luck = np.random.default_rng(7).normal(size=(2, runs)) * 0.02
    base = pd.DataFrame({"policy": "a", "replicate": range(runs), "retention": 0.8 + luck[0], "gap_access_gender": -0.2 + luck[1]})
    return pd.concat([base, base.assign(policy="b", retention=base["retention"] + gain + luck[1])])


def test_a_comparison_says_what_would_tell():
    table = contrasts_of(made_up(20, 0.006), ["retention", "gap_access_gender"]).set_index("outcome")
    row = table.loc["retention"]
    assert (row["family"], row["verdict"], row["margin"]) == ("headline", "cannot_tell", 0.01)
    half = (row["high_all"] - row["low_all"]) / 2.0
    far = abs(row["difference"])
    error = (row["high"] - row["low"]) / 2.0 / stats.t.ppf(0.975, 19)
    wanted = 20 * ((half + 0.84 * error) / max(far, 0.01 - far)) ** 2
    assert wanted <= row["needed"] <= 1.1 * wanted + 1.0
    same = table.loc["gap_access_gender"]
    assert (same["family"], same["verdict"], same["level"] < 0.0) == ("equity", "same", True)


def test_a_gap_below_zero_is_judged_from_its_own_side():
    wide = made_up(20, 0.0)
    wide.loc[wide["policy"] == "b", "gap_access_gender"] += 0.1
    row = contrasts_of(wide, ["gap_access_gender"]).iloc[0]
    assert (round(row["difference"], 9), row["verdict"]) == (0.1, "better")
    wide.loc[wide["policy"] == "b", "gap_access_gender"] += 0.3
    assert contrasts_of(wide, ["gap_access_gender"])["verdict"].item() == "reversed"


def test_a_jackknife_of_a_mean_is_the_t_interval():
    values = list(np.random.default_rng(8).normal(size=12))
    assert jackknife(np.mean, values) == pytest.approx(estimate(values)[:3])
    assert np.isnan(jackknife(np.mean, [1.0])[1])


def test_so_many_runs_tell_in_about_four_of_five_cases():
    """One difference of 0.4 standard deviations, first seen in 20 runs as it is."""
    luck, seen = np.random.default_rng(9), np.linspace(-1.0, 1.0, 20)
    seen = 0.02 * ((seen - seen.mean()) / seen.std(ddof=1) + 0.4)
    base = pd.DataFrame({"policy": "a", "replicate": range(20), "retention": 0.8})
    needed = contrasts_of(pd.concat([base, base.assign(policy="b", retention=0.8 + seen)]), ["retention"])["needed"].item()
    told = [verdict(*np.ravel(together(luck.normal(0.008, 0.02, (1, int(needed))))[:2]), 1, 0.01) != "cannot_tell" for _ in range(100)]
    assert 0.65 < np.mean(told) < 0.95


def test_replicates_that_share_parameters_count_once():
    """36 sets of five replicates; the sets explain a third of the variance, and the intervals hold as often as they say."""
    luck, held = np.random.default_rng(10), []
    key = pd.DataFrame({"replicate": range(180), "parameter_set": np.repeat(range(36), 5)})
    for _ in range(200):
        differences = np.repeat(luck.normal(0.0, 0.01, 36), 5) + luck.normal(0.0, 0.0141, 180)
        base = key.assign(policy="a", retention=0.8)
        row = contrasts_of(pd.concat([base, base.assign(policy="b", retention=0.8 + differences)]), ["retention"]).iloc[0]
        held.append(row["low"] <= 0.0 <= row["high"])
    assert np.isnan(row["needed"])
    assert np.mean(held) > 0.95 - 3.0 * np.sqrt(0.95 * 0.05 / 200)
