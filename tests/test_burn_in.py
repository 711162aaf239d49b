"""A burn-in: a study after it is the end of a longer run, and tells of nothing but its own months."""

import numpy as np
import pandas as pd
import pytest
from running import same, used

from simulation import MentorshipModel, Policy, World, results, simulate
from simulation.burn_in import of_study
from simulation.columns import State
from simulation.outcomes import TABLE
from simulation.scenario.errors import ScenarioError
from simulation.tables import ASKED

YEARS, FIRST, MONTHS = 2, 24, 8
COUNTED = (
    "mentees.months_mentored", "mentees.months_sparked", "mentees.coverage_sum", "mentors.load_sum", "mentors.load_max",
)  # fmt: skip


@pytest.fixture(scope="module")
def world():
    shock = {"name": "ward closed", "month": 3, "months": 2, "mentor_time": 0.5}
    size = {"people.mentees": 40, "people.mentors": 16, "people.months": MONTHS}
    return World.load("teaching_hospital").with_(
        {**size, "shocks": [shock], "hazards.first_year": 0.3, "hazards.mentors": 0.3}
    )


@pytest.fixture(scope="module")
def policy():
    return Policy.load("six_tips").with_({"start_month": 1})


@pytest.fixture(scope="module")
def study(world, policy):
    return simulate(world.with_({"people.burn_in": YEARS}), policy, seed=4, trace=True, surveys=[0, 5, MONTHS])


@pytest.fixture(scope="module")
def longer(world, policy):
    late = world.with_({"shocks.0.month": FIRST + 3})
    return simulate(late, policy.with_({"start_month": FIRST + 1}), seed=4, months=FIRST + MONTHS, trace=True)


def test_a_study_after_a_burn_in_is_the_end_of_a_longer_run(study, longer):
    assert same(used(study.state), used(longer.state), but=COUNTED) == []
    ours, theirs = study.months.drop(columns="month"), longer.months.drop(columns="month").iloc[FIRST:]
    pd.testing.assert_frame_equal(ours, theirs.reset_index(drop=True))
    assert study.months["month"].tolist() == list(range(MONTHS))


def test_what_was_over_before_is_left_out(study, longer):
    mentees, mentors, ties = longer.mentees, longer.mentors, longer.ties
    lasting = mentees[~(mentees["exit_month"] < FIRST).fillna(False)]
    assert len(lasting) < len(mentees)
    assert study.mentees["mentee"].tolist() == lasting["mentee"].tolist()
    assert (study.mentees["cohort"] + FIRST).tolist() == lasting["cohort"].tolist()
    assert study.mentees["stage"].tolist() == lasting["stage"].tolist()
    lasting = mentors[~(mentors["exit_month"] < FIRST).fillna(False)]
    assert len(lasting) < len(mentors)
    assert study.mentors["mentor"].tolist() == lasting["mentor"].tolist()
    np.testing.assert_array_equal(study.mentors["seniority"], lasting["seniority"])
    lasting = ties[~(ties["end_month"] < FIRST).fillna(False)]
    assert 0 < (lasting["start_month"] < FIRST).sum() < len(lasting) < len(ties)
    assert study.ties["mentor"].tolist() == lasting["mentor"].tolist()
    assert (study.ties["start_month"] + FIRST).tolist() == lasting["start_month"].tolist()
    assert (study.ties["end_month"] + FIRST).fillna(-1).tolist() == lasting["end_month"].fillna(-1).tolist()
    assert (study.ties["phase_month"] + FIRST).tolist() == lasting["phase_month"].tolist()
    assert study.ties["sparked"].tolist() == lasting["sparked"].tolist()
    traced = longer.tie_months[longer.tie_months["month"] >= FIRST].reset_index(drop=True)
    assert (study.tie_months["month"] + FIRST).tolist() == traced["month"].tolist()
    assert (
        study.ties["mentee"].to_numpy()[study.tie_months["tie"]].tolist()
        == ties["mentee"].to_numpy()[traced["tie"]].tolist()
    )


def of_the_moment(run):
    """The outcomes of those who are there at the moment of a study."""
    names = [name for name in TABLE if TABLE[name].when == "moment" and name in run.outcomes]
    assert {"burnout", "mentor_load_gini", "norm_share"} <= set(names)
    return run.outcomes[names]


def test_the_moment_is_that_of_a_longer_run(world, study, longer):
    pd.testing.assert_series_equal(of_the_moment(study), of_the_moment(longer))
    leaving = world.with_({"shocks": [], "people.years": 1, "people.months": 12})  # all graduate in the last month
    run = simulate(leaving.with_({"people.burn_in": 1}), Policy(), seed=4)
    assert run.months["mentees"].iloc[-1] == 0 < run.months["mentees"].iloc[-2]
    pd.testing.assert_series_equal(of_the_moment(run), of_the_moment(simulate(leaving, Policy(), seed=4, months=24)))
    assert run.outcomes["burnout"] == pytest.approx(run.months["burnout"].iloc[-2])


def test_a_policy_that_is_changed_counts_its_months_from_the_study_too(world):
    policy = Policy.load("six_tips").with_({"start_month": 3, "end_month": 6})
    model = MentorshipModel(world.with_({"people.burn_in": YEARS}), "ad_hoc", rng=4)
    model.run_for(FIRST + 1)
    model.policy = policy
    model.run_model()
    assert model.digest == simulate(world.with_({"people.burn_in": YEARS}), policy, seed=4).digest


def test_counts_begin_with_the_study(study, longer):
    assert study.mentees["months_mentored"].max() <= MONTHS < longer.mentees["months_mentored"].max()
    assert study.outcomes["cost"] > 0.0
    assert float(study.state.institution.cost) == pytest.approx(study.months["cost"].sum())
    held = study.ties.groupby("mentee")["start_month"].agg(["size", "min"])
    people = study.mentees.set_index("mentee").loc[held.index]
    assert people["ties"].tolist() == held["size"].tolist() and study.mentees["ties"].sum() == len(study.ties)
    assert people["first_tie_month"].tolist() == held["min"].clip(lower=0).tolist()


def test_a_study_in_its_stride_starts_with_ties(world, study):
    green = simulate(world, Policy(), seed=4)
    assert green.months["live_ties"].iloc[0] < 0.5 * study.months["live_ties"].iloc[0]


def test_both_lanes_agree(world, policy, study):
    model = MentorshipModel(world.with_({"people.burn_in": YEARS}), policy, rng=4, trace=True)
    while model.running:
        model.step()
        if model.month == FIRST + 5:
            now = model.tables()
    assert results.digest(model.tables()) == study.digest
    wave = study.surveys[study.surveys["after_months"] == 5].drop(columns="after_months").reset_index(drop=True)
    there = now["mentees"][now["mentees"]["exit"] == "active"]
    pd.testing.assert_frame_equal(wave, there[["mentee", *ASKED]].reset_index(drop=True))


def test_a_baseline_is_asked_before_the_policy_starts(world, study):
    asked = study.surveys[study.surveys["after_months"] == 0]
    before = simulate(world.with_({"shocks": []}), Policy(), seed=4, months=FIRST).mentees
    there = before[before["exit"] == "active"]
    pd.testing.assert_frame_equal(
        asked.drop(columns="after_months").reset_index(drop=True), there[["mentee", *ASKED]].reset_index(drop=True)
    )
    with pytest.raises(ScenarioError, match="from 0 to 8"):
        simulate(world.with_({"people.burn_in": 1}), Policy(), surveys=[9])


def test_a_state_without_a_burn_in_is_seen_as_it_is(longer):
    seen, month = of_study(longer.state, 0, 7)
    assert seen is longer.state and isinstance(seen, State) and month == 7
