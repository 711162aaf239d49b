"""The table of asks: who asked whom, and what the answer was; every tie that no office made began with a yes."""

import pandas as pd
import pytest

from simulation import MentorshipModel, Policy, World, simulate

ASSIGNED = ("lot", "arrival", "coordinator", "optimal", "stable")


@pytest.fixture(scope="module")
def world():
    return World.load("teaching_hospital").with_({"people.mentees": 40, "people.mentors": 16, "people.months": 9})


@pytest.fixture(scope="module", params=["ad_hoc", "six_tips", "single_discipline"])
def run(world, request):
    return simulate(world, Policy.load(request.param), seed=5, trace=True)


def test_every_yes_began_a_tie_and_no_tie_began_otherwise(run):
    began = run.ties[~run.ties["via"].isin(ASSIGNED)]
    began = began.rename(columns={"start_month": "month"})[["mentee", "mentor", "month"]]
    yes = run.asks.loc[run.asks["yes"], ["mentee", "mentor", "month"]]
    order = ["month", "mentee", "mentor"]
    pd.testing.assert_frame_equal(*(table.sort_values(order).reset_index(drop=True) for table in (began, yes)))


def test_a_tie_says_who_asked(run):
    yes = run.asks[run.asks["yes"]].merge(
        run.ties, left_on=["mentee", "mentor", "month"], right_on=["mentee", "mentor", "start_month"]
    )
    assert ((yes["via"] == "approached") == (yes["who"] == "mentor")).all()
    assert yes.loc[yes["via"].isin(["choice", "facilitated"]), "shown"].all()


def test_up_to_three_asks_fit_in_a_month_and_a_yes_ends_them(run):
    months = run.asks.groupby(["month", "mentee"])
    assert months["yes"].sum().max() == 1
    assert run.asks.loc[run.asks["who"] == "mentee"].groupby(["month", "mentee"]).size().max() == 3
    assert (months["yes"].last() == months["yes"].max()).all()
    assert not run.asks["yes"].all()
    assert run.asks["month"].is_monotonic_increasing


def test_without_a_trace_there_are_none_and_nothing_changes(world, run):
    untraced = simulate(world, run.policy, seed=5)
    assert untraced.asks.empty and list(untraced.asks) == list(run.asks)
    pd.testing.assert_frame_equal(untraced.ties, run.ties)


def test_both_lanes_keep_the_same(world):
    model = MentorshipModel(world, Policy.load("six_tips"), rng=5, trace=True)
    model.run_model()
    run = simulate(world, Policy.load("six_tips"), seed=5, trace=True)
    pd.testing.assert_frame_equal(model.tables()["asks"], run.asks)


def test_room_for_asks_grows(world):
    """A world in which everybody asks and hardly anybody says yes."""
    hard = world.with_({"parameters.seek.odds": 4.0, "parameters.answer.odds": -6.0, "people.months": 14})
    run = simulate(hard, Policy(), seed=5, trace=True)
    first = 40 * 9
    assert len(run.asks) > first
    model = MentorshipModel(hard, Policy(), rng=5, trace=True)
    model.run_model()
    pd.testing.assert_frame_equal(model.tables()["asks"], run.asks)


def test_after_a_burn_in_asks_are_those_of_the_study(world):
    run = simulate(world.with_({"people.burn_in": 1, "people.months": 3}), Policy(), seed=5, trace=True)
    assert set(run.asks["month"]) <= {0, 1, 2}
    assert run.asks["mentor"].isin(run.mentors["mentor"]).all()
