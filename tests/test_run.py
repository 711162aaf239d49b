"""A run: the tables of the contract, the same bits from the same seed, and studies of every length."""

import pandas as pd
import pytest

from simulation.run import simulate
from simulation.scenario.errors import ScenarioError
from simulation.scenario.policy import Policy
from simulation.scenario.world import World

SMALL = {"people.mentees": 40, "people.mentors": 16, "people.months": 14}
COLUMNS = {
    "mentees": "mentee cohort stage discipline gender minority exit_month exit exit_to first_tie_month "
    "first_spark_month ties sparks months_mentored mentored meaningful primary need_coverage mentoring_satisfaction "
    "job_satisfaction skill output belonging burnout burned_out leave_intent",
    "mentors": "mentor discipline gender minority seniority joined_month exit_month capacity load_mean load_max "
    "mentees_ever skill satisfaction burnout burned_out",
    "ties": "tie mentee mentor domain via start_month end_month ended_by end_reason ended_well sparked spark_month "
    "quality perceived_similarity deep_similarity same_gender same_minority",
    "tie_months": "tie month quality mentee_engagement mentor_engagement perceived_similarity contact_hours",
    "months": "month mentees mentors mentored_share spark_share need_coverage mentoring_satisfaction job_satisfaction "
    "burnout output mentor_burnout cost",
    "outcomes": "retention retention_12 retention_36 retention_60 mentored_share spark_rate need_coverage "
    "mentoring_satisfaction job_satisfaction burnout output closure_12 ended_well_share mentor_retention "
    "mentor_satisfaction mentor_burnout mentor_load_gini cost gap_retention_gender gap_spark_rate_minority",
}


@pytest.fixture(scope="module")
def world():
    return World.load("teaching_hospital").with_(SMALL)


@pytest.fixture(scope="module")
def run(world):
    return simulate(world, Policy.load("six_tips"), seed=5, trace=True)


@pytest.mark.parametrize("table", COLUMNS)
def test_tables_have_the_columns_of_the_contract(run, table):
    frame = getattr(run, table)
    assert set(COLUMNS[table].split()) <= set(frame.index if table == "outcomes" else frame.columns)


def test_what_did_not_happen_is_missing(run):
    assert run.mentees.loc[run.mentees["exit"] == "active", "exit_month"].isna().all()
    assert run.mentees.loc[~run.mentees["mentored"], "mentoring_satisfaction"].isna().all()
    assert run.mentees.loc[run.mentees["exit"] != "left", "exit_to"].isna().all()
    live = run.ties["end_month"].isna()
    assert run.ties.loc[live, ["ended_by", "end_reason", "ended_well"]].isna().all().all()
    for table in (run.mentees, run.mentors, run.ties):
        assert not (table.select_dtypes("number") == -1).any().any()


def test_the_same_seed_gives_the_same_tables(world, run):
    again = simulate(world, Policy.load("six_tips"), seed=5, trace=True)
    assert again.digest == run.digest
    assert simulate(world, Policy.load("six_tips"), seed=6, trace=True).digest != run.digest


def test_seed_nought_is_a_seed(world):
    zero = simulate(world, Policy(), seed=0)
    assert zero.digest == simulate(world, Policy(), seed=0).digest != simulate(world, Policy(), seed=1).digest


def test_a_trace_changes_nothing(world, run):
    plain = simulate(world, Policy.load("six_tips"), seed=5)
    pd.testing.assert_frame_equal(plain.ties, run.ties)
    assert plain.tie_months.empty
    quality = run.tie_months.groupby("tie")["quality"].mean()
    ended = run.ties.set_index("tie").loc[quality.index]
    early = ended["end_month"].notna()
    assert quality[early].to_numpy() == pytest.approx(ended.loc[early, "quality"].to_numpy(), rel=0.35)


def test_people_are_the_same_under_every_policy(world, run):
    other = simulate(world, Policy.load("ad_hoc"), seed=5)
    columns = ["mentee", "cohort", "discipline", "gender", "minority"]
    pd.testing.assert_frame_equal(run.mentees[columns], other.mentees[columns])


@pytest.mark.parametrize("months", [1, 2, 13, 40])
def test_any_length(world, months):
    run = simulate(world, Policy.load("evaluated"), months=months)
    assert len(run.months) == months
    assert 0.0 <= run.outcomes["retention"] <= 1.0


@pytest.mark.parametrize(
    "name",
    [
        "teaching_hospital",
        "surgery_residency",
        "junior_faculty",
        "women_in_engineering",
        "youth_program",
        "equal_access_hospital",
        "unequal_access_hospital",
    ],
)
def test_shipped_worlds_run(name):
    run = simulate(
        World.load(name).with_({"people.mentees": 60, "people.mentors": 24}), Policy.load("six_tips"), months=14
    )
    assert (run.months["mentored_share"].between(0, 1) == (run.months["mentees"] > 0)).all()  # missing where nobody is there
    assert len(run.ties) > 0


def test_a_policy_that_does_not_fit_the_world_is_refused(world):
    with pytest.raises(ScenarioError, match="eye_colour"):
        simulate(world, Policy.load("six_tips").with_({"match.attributes": ["eye_colour"]}))
