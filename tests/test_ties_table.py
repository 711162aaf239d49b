"""The table of ties says of every month who carried whom: load and degree can be counted from it again."""

import numpy as np
import pandas as pd
import pytest
from drawn import cases
from hypothesis import given
from test_recounts import assorted

from simulation.outcomes.counting import moment_of
from simulation.outcomes.ties import assortativity
from simulation.run import simulate
from simulation.scenario.policy import Policy


def carried(ties, month):
    """The ties that carry load at the end of a month."""
    colleagues = (ties["phase"] == "redefinition") & (ties["phase_month"] <= month)
    return ties[(ties["start_month"] <= month) & ~(ties["end_month"] <= month).fillna(False) & ~colleagues]


def check_months(run):
    """Load and degree at the end of each month, as `months` and the outcomes have them."""
    people, years = run.mentees.set_index("mentee"), run.world.people.years
    promotion = people["cohort"] + 12 * years if not run.world.people.graduates else people["cohort"] + 10_000
    moment = moment_of(run.layout.setting, run.layout.months) - run.layout.plan.first_month
    for month, row in run.months.set_index("month").iterrows():
        live = carried(run.ties, month)
        if row["mentors"]:
            assert row["mentor_load"] == pytest.approx(len(live) / row["mentors"])
        ours = live[live["mentee"].map(promotion) > month]
        assert row["live_ties"] == len(ours)
        if month == moment and row["mentors"]:
            assert run.outcomes["mentor_load"] == pytest.approx(len(live) / row["mentors"])
        if month == moment and row["mentees"]:
            assert run.outcomes["degree"] == pytest.approx(len(ours) / row["mentees"])


def check_mean_load(run):
    """The mean load of each mentor: it is summed before people part, so the month in which a tie ends or turns collegial counts."""
    ties, mentors = run.ties, run.mentors.set_index("mentor")
    end = ties["end_month"].fillna(run.length - 1).astype(int)
    end = np.where(ties["phase"] == "redefinition", np.minimum(end, ties["phase_month"]), end)
    loads = pd.Series(end - ties["start_month"] + 1).groupby(ties["mentor"]).sum().reindex(mentors.index, fill_value=0)
    months = mentors["exit_month"].fillna(run.length - 1).astype(int) - mentors["joined_month"] + 1
    assert mentors["load_mean"].to_numpy() == pytest.approx((loads / months).to_numpy())


@given(cases())
def test_load_of_mentors_and_degree_of_mentees_can_be_counted_again(case):
    run = simulate(*case)
    check_months(run)
    check_mean_load(run)


def test_so_it_is_where_all_graduate_in_the_last_month(small_hospital):
    check_months(simulate(small_hospital.with_({"people.years": 1, "people.months": 12}), Policy.load("six_tips")))


def test_former_mentors_who_stay_on_as_colleagues_carry_no_load(small_hospital):
    """A world in which work is soon done and most ties have sparked: many become collegial, and some of these end."""
    quick = {"parameters.evaluate.redundant": 0.3, "parameters.spark.level": 0.2, "parameters.spark.months": 1, "people.months": 16}
    run = simulate(small_hospital.with_(quick), Policy.load("six_tips"))
    colleagues = run.ties[run.ties["phase"] == "redefinition"]
    assert (colleagues["phase_month"] > colleagues["start_month"]).any() and colleagues["end_month"].notna().any()
    check_months(run)
    check_mean_load(run)


def test_a_phase_is_a_fact_of_every_tie(small_hospital, policy_of):
    run = simulate(small_hospital, policy_of({"empower.pairing": "facilitated"}), 1)
    ties = run.ties
    assert ties["phase"].notna().all() and (ties["phase_month"] >= ties["start_month"]).all()
    ended_by_people = ties["ended_by"].isin(["mentee", "mentor", "both"])
    assert (ties.loc[ended_by_people, "phase"] == "separation").all()


def test_assortativity_by_hand():
    """Table I of Newman 2003: partners of 1,958 couples in San Francisco, by the race of the women and of the men."""
    couples = np.array([[0.258, 0.016, 0.035, 0.013], [0.012, 0.157, 0.058, 0.019],
                        [0.013, 0.023, 0.306, 0.035], [0.005, 0.007, 0.024, 0.016]])  # fmt: skip
    assert assortativity(couples) == pytest.approx(0.621, abs=0.002)
    assert assortativity(np.diag([2.0, 3.0])) == 1.0
    assert assortativity(np.outer([1.0, 3.0], [2.0, 2.0])) == 0.0
    assert assortativity(np.array([[0.0, 2.0], [2.0, 0.0]])) == -1.0
    assert np.isnan(assortativity(np.array([[5.0, 0.0], [0.0, 0.0]])))
    assert np.isnan(assortativity(np.zeros((2, 2))))


@given(cases())
def test_assortativity_is_that_of_networkx(case):
    run = simulate(*case)
    told = {"discipline": "discipline_assortativity"} | {one.name: f"assortativity_{one.name}" for one in run.world.identities}
    for column, name in told.items():
        kinds = {*run.ties["mentee"].map(run.mentees.set_index("mentee")[column].astype(str))}
        kinds |= {*run.ties["mentor"].map(run.mentors.set_index("mentor")[column].astype(str))}
        if len(kinds) < 2:  # networkx divides by zero
            assert np.isnan(run.outcomes[name])
        else:
            assert run.outcomes[name] == pytest.approx(assorted(run, column), abs=1e-12)
