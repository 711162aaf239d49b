"""Outcomes against counts by hand and against the tables of the same run."""

import numpy as np
import pandas as pd
import pytest

from simulation import MentorshipModel
from simulation.allocate import lay_out
from simulation.gaps import contrast_weights, gaps_of
from simulation.jit import COMPILED
from simulation.outcomes import GAPPED, PERSONAL, TABLE, groups_of
from simulation.outcomes.counting import moment_of
from simulation.outcomes.mentors import gini
from simulation.outcomes.people import kept, seen
from simulation.run import Run, simulate
from simulation.scenario.policy import Policy
from simulation.scenario.world import World
from simulation.tables import MEANS


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


def emptied(months: int, policy: str = "six_tips"):
    """A year's program, all of whose people graduate in months 11, 23 and so on."""
    world = World.load("women_in_engineering").with_({"people.mentees": 24, "people.mentors": 12})
    return simulate(world, Policy.load(policy), months=months)


def test_the_moment_is_the_last_month_in_which_there_can_be_mentees():
    setting = emptied(2).layout.setting
    assert [moment_of(setting, months) for months in (1, 11, 12, 13, 23, 24, 25)] == [0, 10, 10, 12, 22, 22, 24]
    longer = lay_out(World.load("teaching_hospital"), Policy(), 12).setting
    assert [moment_of(longer, months) for months in (1, 12, 60)] == [0, 11, 59]
    stays = lay_out(World.load("women_in_engineering").with_({"people.graduates": False}), Policy(), 12).setting
    assert moment_of(stays, 12) == 11


def test_a_world_that_empties_is_looked_at_while_people_are_there():
    """What is of a moment is as in the study that ends there; what is of the whole study goes on to its end."""
    whole, short = emptied(12), emptied(11)
    assert whole.months["mentees"].iloc[-1] == 0
    for name, outcome in TABLE.items():
        if outcome.when == "moment" and name not in ("mentor_diversity",):
            assert whole.outcomes[name] == short.outcomes[name], name
            assert not np.isnan(whole.outcomes[name]), name
    assert whole.outcomes["mentor_load_gini"] > 0.0
    assert whole.outcomes["cost"] != short.outcomes["cost"]
    assert whole.outcomes["retention"] < short.outcomes["retention"] or whole.mentees["exit"].eq("left").sum() == 0


def test_a_month_without_mentees_has_no_means_of_mentees():
    months = emptied(12).months
    assert months[[name for name, of in MEANS.items() if of == "mentees"]].iloc[-1].isna().all()


def test_the_model_counts_at_the_same_moment():
    run = emptied(12)
    model = MentorshipModel(run.world, run.policy, 1)
    model.run_model()
    again = Run(run.world, run.policy, 1, model.layout, model.state, model.moment)
    pd.testing.assert_series_equal(again.outcomes, run.outcomes)
    assert model.datacollector.get_model_vars_dataframe()["burnout"].isna().tolist() == [False] * 11 + [True]


def test_nothing_is_no_measurement():
    nobody = np.zeros(3)
    assert np.isnan(kept(nobody, nobody, 3)) and np.isnan(seen(nobody, nobody, 1))
    assert np.isnan(gini(np.array([4.0, 0.0]), 0.0)) and np.isnan(gini(np.zeros(2), 0.0))
    assert gini(np.array([0.0, 4.0]), 4.0) == 0.0


def test_a_group_without_people_has_no_outcome():
    world = World.load("women_in_engineering").with_({
        "people.mentees": 20, "people.mentors": 8, "identities.gender.mentees": {"man": 0.0, "woman": 1.0},
    })  # fmt: skip
    run = simulate(world, Policy(), months=3)
    groups = run.groups.set_index("group")
    assert (groups.loc["man", "heads"] == 0).all() and groups.loc["man", "value"].isna().all()
    assert run.outcomes.filter(like="gap_").isna().all() and run.outcomes.filter(like="ratio_").drop("load_ratio_gender").isna().all()


def test_cost_is_by_the_years_there_were():
    """Also in a study of less than a year of one person; where all left, nobody is retained."""
    world = World.load("women_in_engineering").with_({"people.mentees": 2, "people.mentors": 2, "people.unit_mentees": 2})
    run = simulate(world, Policy.load("six_tips"), months=2)
    assert run.outcomes["cost"] == pytest.approx(run.months["cost"].sum() / (4 / 12))
    gone = world.with_({"hazards.first_year": 5.0, "parameters.leave.output": 0.0})
    assert np.isnan(simulate(gone, Policy.load("six_tips"), months=11, seed=2).outcomes["cost_per_retained"])
