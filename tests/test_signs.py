"""Early signs: what is kept of a first year, and how well it is said to tell success from failure."""

import numpy as np
import pytest
from scipy import stats

from simulation import compare, simulate
from simulation.comparison.early import SIGNS
from simulation.judgement import FEWEST_ENDED, telling
from simulation.scenario.policy import Policy
from simulation.scenario.world import World


def test_the_area_is_the_share_of_pairs():
    values = np.array([3, 4, 5, 6, 7, 8, 9, 10, 11, 5, 1, 2, 2, 3, 4, 5, 1, 0, 2, 6], float)
    well = np.arange(20) < 10
    pairs = [(good > bad) + 0.5 * (good == bad) for good in values[well] for bad in values[~well]]
    found = telling(values, well)
    assert found.area == pytest.approx(np.mean(pairs))
    assert found.low < found.area < found.high
    turned = telling(-values, well)
    assert turned == pytest.approx((1.0 - found.area, 1.0 - found.high, 1.0 - found.low))
    together = telling(values, well, among=9)
    assert together.low < found.low and together.high > found.high


def test_a_sign_that_tells_all_apart_is_sure_and_one_that_never_differs_is_not():
    well = np.arange(40) < 15
    apart = telling(well + 0.0, well, among=9)
    assert (apart.area, apart.high) == (1.0, 1.0) and 0.5 < apart.low < 1.0
    alike = telling(np.ones(40), well)
    assert alike.low < alike.area == 0.5 < alike.high


def test_too_few_runs_on_one_side_say_nothing():
    values, well = np.arange(30.0), np.arange(30) < FEWEST_ENDED
    assert np.isfinite(telling(values, well).area)
    assert np.isnan(telling(np.where(np.arange(30) == 3, np.nan, values), well)).all()


@pytest.mark.parametrize(("apart", "good", "bad"), [(0.0, 30, 30), (0.8, 20, 40), (1.5, 30, 150)])
def test_the_interval_holds_the_truth_nineteen_times_in_twenty(apart, good, bad):
    luck, truth, draws = np.random.default_rng(3), stats.norm.cdf(apart / np.sqrt(2.0)), 400
    well = np.arange(good + bad) < good
    held = sum(low <= truth <= high for _, low, high in (telling(luck.normal(size=good + bad) + apart * well, well) for _ in range(draws)))
    assert held >= stats.binom.ppf(1e-6, draws, 0.94)


def test_the_first_year_is_that_of_the_months():
    world = World.load("teaching_hospital").with_({"people.mentees": 40, "people.mentors": 16, "people.months": 14})
    policies = [Policy.load("ad_hoc"), Policy.load("mentee_choice")]
    early = compare(world, policies, replicates=2, seed=3, workers=1).early
    assert len(early) == 2 * 2 * len(SIGNS)
    year = simulate(world, policies[1], seed=3).months.iloc[:12]
    found = early[(early["policy"] == "mentee_choice") & (early["replicate"] == 0)].set_index("sign")
    for sign, of in SIGNS.items():
        values = year[sign] / year[of].where(year[of] > 0) if of else year[sign]
        assert found.loc[sign, "value"] == pytest.approx(values.mean(), nan_ok=True), sign
        assert found.loc[sign, "month_12"] == pytest.approx(values.iloc[-1], nan_ok=True), sign
