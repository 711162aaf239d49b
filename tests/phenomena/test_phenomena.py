"""The phenomena of complexity: each is there with its mechanism and gone without it; their statistics by hand and by law."""

import numpy as np
import pytest
from diptest import dipstat
from scipy import stats

from simulation.phenomena import emergence, path_dependence, sensitive_dependence
from simulation.phenomena.demonstration import PHENOMENA, phenomenon
from simulation.phenomena.path_dependence import dispersion
from simulation.phenomena.phenomenon import mean_finding
from simulation.phenomena.sensitive_dependence import _first_differences
from simulation.scenario.errors import ScenarioError


def two_normals(apart, count=600, seed=3):
    luck = np.random.default_rng(seed)
    return luck.normal(size=count) + apart * (luck.random(count) < 0.5)


def test_the_dip_of_two_points_is_the_largest_there_is():
    assert dipstat(np.repeat([0.0, 1.0], 50)) == pytest.approx(0.25)


def test_two_humps_are_told_from_one():
    apart, together = two_normals(6.0), two_normals(0.0)
    assert emergence.of_one_hump(dipstat(apart), len(apart))[1] == 1 / 10_000
    assert emergence.of_one_hump(dipstat(together), len(together))[1] > 0.05


@pytest.mark.parametrize("shape", ["uniform", "normal", "exponential"])
def test_one_hump_is_refused_no_more_often_than_p_says(shape):
    luck = np.random.default_rng(2)
    drawn = np.sort([dipstat(luck.random(200)) for _ in range(4000)])
    least = drawn[int(0.95 * len(drawn))]  # above it, p is below 0.05
    refused = sum(dipstat(getattr(luck, shape)(size=200)) > least for _ in range(2000))
    assert refused <= stats.binom.isf(1e-6, 2000, 0.05)
    if shape == "uniform":
        assert refused >= stats.binom.ppf(1e-6, 2000, 0.05)


def test_sarles_b_by_hand():
    assert emergence.sarle(np.repeat([0.0, 1.0], 10)) == pytest.approx(1.0)
    assert emergence.sarle(np.linspace(0.0, 1.0, 10_001)) == pytest.approx(5 / 9, abs=1e-3)


def test_dispersion_by_hand():
    # mean 0.5, binomial variance 2.5; deviations of 2 and -2 from 5 of 10: (4 + 4) / 2.5
    assert dispersion(np.array([7.0, 3.0]), np.array([10.0, 10.0])) == pytest.approx(3.2)
    assert dispersion(np.array([5.0, 10.0]), np.array([10.0, 20.0])) == 0.0


def test_dispersion_of_binomial_counts_is_chi_square():
    luck = np.random.default_rng(5)
    people = luck.integers(80, 200, size=(400, 40))
    found = [39 * dispersion(luck.binomial(n, 0.3).astype(float), n.astype(float)) for n in people]
    assert stats.kstest(found, stats.chi2(39).cdf).pvalue > 1e-3


def test_a_finding_finds_what_programs_share_beyond_chance():
    luck = np.random.default_rng(7)

    def programs(spread):
        shares = np.clip(0.4 + spread * luck.standard_normal(40), 0.05, 0.95)
        return [{"well": luck.binomial(150, [share]), "people": np.array([150])} for share in shares]

    assert path_dependence.find(programs(0.15)).p < 1e-3
    assert path_dependence.find(programs(0.0)).p > 1e-3


def test_the_mean_of_seeds():
    alike = mean_finding([0.0, 0.0, 0.0])
    assert (alike.value, alike.low, alike.high, alike.p) == (0.0, 0.0, 0.0, 1.0)
    found = mean_finding([1.0, 2.0, 3.0])
    assert found.p == pytest.approx(stats.ttest_1samp([1.0, 2.0, 3.0], 0.0).pvalue)
    assert found.low < found.value == 2.0 < found.high


def test_lives_first_differ_when_something_happens_in_one_alone():
    one = {1: {"out": 50, "a": 3}, 2: {"out": 9}, 3: {"out": 9}}
    other = {1: {"out": 40, "a": 3}, 2: {"out": 9, "b": 7}, 3: {"out": 9}, 4: {"in": 12}}
    assert _first_differences(one, other) == {1: 40, 2: 7, 4: 12}


def test_a_wrong_name_is_answered_with_the_nearest():
    with pytest.raises(ScenarioError, match="emergence"):
        phenomenon("emergense")
    with pytest.raises(ValueError, match="from 2 to"):
        phenomenon("emergence", seeds=1)


@pytest.mark.jit_only
def test_pairs_part_when_each_answers_the_other():
    found = phenomenon("emergence", seeds=4)
    assert found.on.value > 5 * found.off.value
    assert found.also_on["Sarle's b of quality after a year"] > 0.7 > 0.45 > found.also_off["Sarle's b of quality after a year"]
    assert found.appears
    assert len(found.figure.axes) == 3, "two panels and the number; six programs or more have what is foretold, too"


@pytest.mark.jit_only
def test_damage_spreads_where_people_share_and_stays_in_the_pair_where_they_do_not():
    found = phenomenon("sensitivity", seeds=5)
    assert all(one["same_before"] for one in found.seen_on + found.seen_off)
    assert found.on.value > 0.05
    assert all((one["curve"] == 0.0).all() for one in found.seen_off)
    assert all((np.diff(one["curve"]) >= 0.0).all() and one["curve"][: sensitive_dependence.LOST].sum() == 0.0 for one in found.seen_on)


@pytest.mark.jit_only
def test_identical_programs_differ_more_where_people_see_each_other():
    found = phenomenon("path_dependence", seeds=14)
    assert found.on.value > 1.5 * found.off.value
    assert all((one["well"] <= one["people"]).all() and one["people"][-1] > 50 for one in found.seen_on)


@pytest.mark.jit_only
def test_workers_change_no_number():
    one, two = (phenomenon("sensitivity", seeds=3, workers=workers) for workers in (1, 2))
    assert one.on == two.on
    assert all((a["curve"] == b["curve"]).all() for a, b in zip(one.seen_on, two.seen_on, strict=True))


@pytest.mark.slow
@pytest.mark.jit_only
@pytest.mark.parametrize("name", PHENOMENA)
def test_the_mechanism_makes_it(name):
    found = phenomenon(name)
    assert found.on.p < 1e-3
    assert found.off.p > 0.05
    assert found.on.low <= found.on.value <= found.on.high
