"""Outcomes against counts by hand and against the tables of the same run."""

import numpy as np
import pytest

from simulation.gaps import contrast_weights, gaps_of
from simulation.jit import COMPILED
from simulation.outcomes import GAPPED, PERSONAL, groups_of
from simulation.outcomes.people import kept, seen
from simulation.run import simulate
from simulation.scenario.policy import Policy
from simulation.scenario.world import World


@pytest.fixture(scope="module")
def run():
    heads = {"people.mentees": 120, "people.mentors": 50} if COMPILED else {"people.mentees": 40, "people.mentors": 16}
    world = World.load("teaching_hospital").with_(heads)
    return simulate(world, Policy.load("six_tips"), seed=3, months=40)


def test_kaplan_meier_by_hand():
    at_risk, left = np.array([10.0, 8.0, 5.0]), np.array([1.0, 0.0, 1.0])
    assert kept(at_risk, left, 1) == pytest.approx(0.9)
    assert kept(at_risk, left, 3) == pytest.approx(0.9 * 0.8)
    assert np.isnan(kept(at_risk, left, 4))


def test_nobody_watched_so_long_is_missing():
    at_risk, left = np.array([10.0, 8.0, 0.0]), np.array([1.0, 0.0, 0.0])
    assert seen(at_risk, left, 2) == pytest.approx(0.9)
    assert np.isnan(seen(at_risk, left, 3))
    assert np.isnan(seen(at_risk, left, 4))
    assert seen(at_risk, np.array([10.0, 0.0, 0.0]), 3) == 0.0


def test_what_nobody_can_tell_is_missing():
    """Without identities nobody shares one; where all mentors are gone, none is satisfied or burned out."""
    world = World.load("teaching_hospital").with_({
        "people.mentees": 30, "people.mentors": 4, "hazards.mentors": 5.0, "identities": (),
        "shocks": [{"name": "no hiring", "months": 60, "hiring": 0.0}],
    })  # fmt: skip
    run = simulate(world, Policy(), months=40)
    assert run.months["mentors"].iloc[-1] == 0
    told = ["same_identity_share", "mentor_satisfaction", "mentor_burnout", "mentor_load"]
    assert run.outcomes[told].isna().all()
    assert run.months[["quality", "mentor_load", "mentoring_satisfaction"]].iloc[-1].isna().all()


@pytest.mark.jit_only
def test_quality_is_the_mean_over_months_of_meeting():
    """Former mentors who stay on as colleagues keep the quality that the tie had."""
    run = simulate(World.load("teaching_hospital"), Policy.load("six_tips"), trace=True)
    mean = run.tie_months.groupby("tie")["quality"].mean()
    assert run.ties.set_index("tie").loc[mean.index, "quality"].to_numpy() == pytest.approx(mean.to_numpy(), abs=1e-5)


def test_exits_are_no_way_of_ending_a_tie(run):
    ties = run.ties
    exits = ties["ended_by"] == "exit"
    assert ties.loc[exits, "ended_well"].isna().all()
    assert ties["ended_well"].mean() == pytest.approx(run.outcomes["ended_well_share"])


def test_retention_is_that_of_the_table(run):
    mentees, share = run.mentees, 1.0
    entry = mentees["cohort"].clip(lower=0)
    last = mentees["exit_month"].fillna(run.length - 1).astype(int) - entry
    for month in range(run.length):
        at_risk, left = (last >= month).sum(), ((last == month) & (mentees["exit"] == "left")).sum()
        share *= 1.0 - left / at_risk if at_risk else 1.0
    assert run.outcomes["retention"] == pytest.approx(share)
    assert np.isnan(run.outcomes["retention_60"])


def test_ties_are_those_of_the_table(run):
    ties = run.ties
    assert run.outcomes["cross_discipline_share"] == pytest.approx(
        (ties["mentee"].map(run.mentees.set_index("mentee")["discipline"].astype(str))
         != ties["mentor"].map(run.mentors.set_index("mentor")["discipline"].astype(str))).mean()
    )  # fmt: skip
    graduated = ties["end_reason"] == "graduated"
    age, lasting = (ties["end_month"].fillna(run.length - 1) - ties["start_month"]).astype(int), 1.0
    for month in range(12):
        lasting *= 1.0 - ((age == month) & ties["end_month"].notna() & ~graduated).sum() / (age >= month).sum()
    assert run.outcomes["closure_12"] == pytest.approx(1.0 - lasting)


def test_the_gini_of_load(run):
    rows = run.state.mentors[: int(run.state.counts.mentors)]
    load = np.sort(rows["load"][rows["active"] == 1].astype(float))
    n = len(load)
    gini = 2.0 * (np.arange(1, n + 1) * load).sum() / (n * load.sum()) - (n + 1) / n
    assert run.outcomes["mentor_load_gini"] == pytest.approx(gini)


def test_groups_add_up_to_everyone(run):
    table = run.groups.query("outcome == 'access'")
    for attribute in ("gender", "minority", "gender_x_minority"):
        rows = table[table["attribute"] == attribute]
        assert rows["heads"].sum() == len(run.mentees)
        assert (rows["heads"] * rows["value"]).sum() / rows["heads"].sum() == pytest.approx(run.outcomes["access"])
    assert (table["small"] == (table["heads"] < 20)).all()


def test_gaps_by_hand():
    world = World.load("teaching_hospital")
    rows = groups_of(world)
    personal, heads = np.full((1, len(rows), len(PERSONAL)), np.nan), np.zeros((1, len(rows)))
    place = {(attribute, group): k for k, (attribute, group) in enumerate(rows)}
    for group, value in (("man", 0.9), ("woman", 0.8)):
        personal[0, place["gender", group], PERSONAL.index("retention")] = value
        heads[0, place["gender", group]] = 10
    gaps = gaps_of(personal, heads, world)
    assert gaps["gap_retention_gender"][0] == pytest.approx(0.1)
    assert gaps["ratio_retention_gender"][0] == pytest.approx(0.8 / 0.9)
    assert np.isnan(gaps["gap_retention_minority"][0])
    assert {f"gap_{outcome}_gender_x_minority" for outcome in GAPPED} <= set(gaps)


def test_crossed_gaps_compare_the_far_corners():
    (*_, (name, reference, others)) = contrast_weights(World.load("teaching_hospital"))
    rows = groups_of(World.load("teaching_hospital"))
    assert name == "gender_x_minority"
    assert [rows[k][1] for k in reference] == ["man & majority"]
    assert [rows[k][1] for k in others] == ["woman & minority"]


def test_load_and_diversity_of_mentors_are_those_of_the_table(run):
    mentors = run.mentors
    there = mentors["exit_month"].fillna(run.length - 1).astype(int) - mentors["joined_month"] + 1
    load = mentors["load_mean"] * there
    woman = mentors["gender"] == "woman"
    ratio = load[woman].sum() / there[woman].sum() / (load[~woman].sum() / there[~woman].sum())
    assert run.outcomes["load_ratio_gender"] == pytest.approx(ratio)
    here = mentors["exit_month"].isna()
    assert run.outcomes["mentor_diversity_gender"] == pytest.approx(woman[here].mean())
    assert run.outcomes["degree"] == pytest.approx(run.months["live_ties"].iloc[-1] / run.months["mentees"].iloc[-1])
