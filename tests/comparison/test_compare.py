"""A comparison: paired by person, the same whatever the executor, honest about what failed."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from simulation.comparison import compare as module
from simulation.comparison import replicates
from simulation.comparison.compare import compare
from simulation.comparison.compared import contrast
from simulation.comparison.replicates import seed_of
from simulation.run import simulate
from simulation.scenario.policy import Policy
from simulation.scenario.world import World

pytestmark = pytest.mark.jit_only  # hundreds of runs, which take minutes uncompiled

WORLD = World.load("teaching_hospital").with_({"people.mentees": 60, "people.mentors": 24, "people.months": 24})
POLICIES = [Policy.load("ad_hoc"), Policy.load("mentee_choice")]


@pytest.fixture(scope="module")
def comparison():
    return compare(WORLD, POLICIES, replicates=13, seed=2, workers=1)


def test_contrasts_by_hand():
    values, baseline = np.array([0.9, 0.8, 0.7]), np.array([0.8, 0.8, 0.5])
    row = contrast(values, baseline, "retention")
    difference = values - baseline
    assert row["difference"] == pytest.approx(0.1)
    half = stats.t.ppf(0.975, 2) * difference.std(ddof=1) / np.sqrt(3)
    assert (row["low"], row["high"]) == (pytest.approx(0.1 - half), pytest.approx(0.1 + half))
    assert row["share_better"] == pytest.approx(2 / 3)
    assert row["variance_ratio"] == pytest.approx((0.01 + 0.03) / 0.01)
    assert contrast(values, baseline, "cost")["share_better"] == 0.0
    assert contrast(np.array([-0.1, 0.3]), np.array([0.2, 0.2]), "gap_retention_gender")["share_better"] == 0.5


def test_runs_are_those_of_simulate(comparison):
    row = comparison.outcomes.query("policy == 'mentee_choice' and replicate == 4").iloc[0]
    run = simulate(WORLD, POLICIES[1], seed=seed_of(2, 4))
    assert row["retention"] == run.outcomes["retention"]
    assert row["gap_access_gender"] == pytest.approx(run.outcomes["gap_access_gender"], nan_ok=True)
    assert seed_of(2, 0) == 2


def test_executors_agree(comparison):
    with ThreadPoolExecutor(3) as executor:
        other = compare(WORLD, POLICIES, replicates=13, seed=2, executor=executor)
    for table in ("outcomes", "contrasts", "people", "groups", "survival"):
        pd.testing.assert_frame_equal(getattr(comparison, table), getattr(other, table))


def test_more_replicates_and_policies_change_no_run(comparison):
    more = compare(WORLD, [*POLICIES, Policy.load("six_tips")], replicates=15, seed=2)
    kept = more.outcomes.query("replicate < 13 and policy != 'six_tips'").reset_index(drop=True)
    pd.testing.assert_frame_equal(kept, comparison.outcomes)


def test_people_gained_and_lost_are_persons(comparison):
    a, b = (simulate(WORLD, policy, seed=2).mentees.set_index("mentee")["exit"] == "left" for policy in POLICIES)
    row = comparison.people.query("policy == 'mentee_choice' and replicate == 0").iloc[0]
    assert row["people_gained"] == pytest.approx(100 * (a & ~b).mean())
    assert row["people_lost"] == pytest.approx(100 * (b & ~a).mean())


def test_survival_counts_everyone(comparison):
    first = comparison.survival.query("attribute == 'all' and month == 0 and policy == 'ad_hoc'")
    heads = comparison.groups.query("attribute == 'all' and outcome == 'access' and policy == 'ad_hoc'")["heads"].sum()
    assert first["at_risk"].item() == heads


def test_no_curve_rises_and_the_last_point_is_the_outcome():
    """Also where a group is so small that some runs follow nobody of it to the end."""
    small = compare(WORLD.with_({"people.mentees": 30, "people.mentors": 12, "people.months": 60}), POLICIES, replicates=13, seed=2)
    for _, rows in small.survival.groupby(["policy", "attribute", "group"]):
        assert (rows.sort_values("month")["share"].dropna().diff().dropna() <= 1e-12).all()
    everyone = small.survival.query("attribute == 'all' and month == 59").set_index("policy")["share"]
    assert everyone.to_dict() == pytest.approx(small.outcomes.groupby("policy")["retention"].mean().to_dict())


def test_a_failed_run_is_a_row(monkeypatch):
    def breaking(world, policy, layout, seed, **more):
        if policy.name == "mentee_choice" and seed == seed_of(1, 1):
            raise RuntimeError("it broke")
        return real(world, policy, layout, seed, **more)

    real = replicates.run_of
    monkeypatch.setattr(replicates, "run_of", breaking)
    result = compare(WORLD, POLICIES, replicates=3, seed=1, workers=1)
    assert result.failures[["policy", "replicate", "error"]].to_numpy().tolist() == [
        ["mentee_choice", 1, "RuntimeError: it broke"]
    ]
    assert result.contrasts["difference"].notna().any()


def test_auto_stops_when_it_is_sure(monkeypatch):
    monkeypatch.setattr(module, "PRECISION", 1.0)
    monkeypatch.setattr(module, "narrow", lambda comparison: len(comparison.replicates) >= 100)
    assert len(compare(WORLD, POLICIES, replicates="auto").replicates) == 100


def test_identical_policies_differ_in_nothing():
    result = compare(WORLD, [Policy(), Policy(name="twin")], replicates=3)
    assert (result.contrasts["difference"].dropna() == 0.0).all()
    assert (result.people[["people_gained", "people_lost"]] == 0.0).all().all()
