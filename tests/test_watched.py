"""What only a traced run keeps: everybody's months, who came into view, and the program's own moves."""

import numpy as np
import pandas as pd
import pytest
from drawn import policies, seeds, worlds
from hypothesis import given, settings
from hypothesis import strategies as st
from running import same, used

from simulation import MentorshipModel, Policy, World, simulate
from simulation.agents import Mentee
from simulation.allocate import allocate, lay_out
from simulation.jit import COMPILED
from simulation.run import advance_to
from simulation.watched import LEVERS

TABLES = ("mentee_months", "mentor_months", "views", "moves")
KEY = ["month", "mentee", "mentor"]


@pytest.fixture(scope="module")
def world():
    shock = {"name": "winter", "month": 4, "months": 3, "mentor_time": 0.3, "support": 0.5}
    size = {"people.mentees": 40, "people.mentors": 16, "people.months": 15}
    return World.load("teaching_hospital").with_({**size, "shocks": [shock], "hazards.first_year": 0.3, "hazards.mentors": 0.3})


@pytest.fixture(scope="module")
def policy():
    """The six tips, with a program that looks at itself every other month and moves its own levers."""
    return Policy.load("six_tips").with_({
        "evaluate.model": "cipp", "evaluate.every_months": 2, "evaluate.delay_months": 0, "evaluate.adapt": True, "evaluate.budget": 10_000.0,
    })  # fmt: skip


@pytest.fixture(scope="module")
def run(world, policy):
    return simulate(world, policy, seed=5, trace=True)


def test_everybody_there_has_a_row_a_month(run):
    months, mentees, mentors = run.months, run.mentee_months, run.mentor_months
    assert mentees.groupby("month").size().tolist() == (months["mentees"] + months["left"] + months["graduated"]).tolist()
    assert mentors.groupby("month").size().tolist() == (months["mentors"] + months["mentors_left"]).tolist()
    for table, key in ((mentees, "mentee"), (mentors, "mentor")):
        assert not table.duplicated([key, "month"]).any() and table["month"].is_monotonic_increasing


def test_means_over_those_who_stay_are_those_of_the_months(run):
    """The months count after people have left, the traced rows before."""
    for table, key, pairs in (
        (run.mentee_months, "mentee", {"belonging": "belonging", "burnout": "burnout", "need_coverage": "need_coverage", "normal": "norm_share"}),
        (run.mentor_months, "mentor", {"burnout": "mentor_burnout", "satisfaction": "mentor_satisfaction"}),
    ):  # fmt: skip
        exits = getattr(run, f"{key}s").set_index(key)["exit_month"]
        stay = table[table["month"].to_numpy() != exits.loc[table[key]].fillna(-1).to_numpy()]
        for ours, theirs in pairs.items():
            np.testing.assert_allclose(stay.groupby("month")[ours].mean(), run.months[theirs], rtol=1e-6)


def test_a_tie_counts_on_both_sides(run):
    """Before people leave, the ties that mentees hold are those that mentors carry."""
    held = run.mentee_months.groupby("month")["mentors"].sum()
    assert held.tolist() == run.mentor_months.groupby("month")["load"].sum().tolist()
    last = run.tie_months.groupby("month").size()
    assert (held <= last).all() and held.sum() < last.sum()  # who parts by themselves has parted


def test_hours_given_are_hours_met(run):
    given = run.mentor_months.groupby("month")["given_hours"].sum()
    np.testing.assert_allclose(given, run.months["contact_hours"], rtol=1e-5)


def test_views_hold_every_ask_and_every_offer(run):
    views, asks = run.views, run.asks
    for who, column in (("mentee", "asked"), ("mentor", "offered")):
        ours = views[views[column].notna() & (views[column] != 0)]
        theirs = asks[asks["who"] == who]
        for wanted in ("domain", "shown"):
            pairs = ours.merge(theirs, on=KEY)
            assert len(pairs) == len(ours) == len(theirs) and (pairs[f"{wanted}_x"] == pairs[f"{wanted}_y"]).all()
    assert views["yes"].sum() == asks["yes"].sum() and views["yes"].isna().any()
    assert (views["yes"].isna() == (views["asked"].isna() & ~views["offered"])).all()


def test_asks_are_counted_in_their_order(run):
    asked = run.views.dropna(subset="asked").merge(run.asks[run.asks["who"] == "mentee"].reset_index(), on=KEY)
    ordered = asked.sort_values("index")
    place = ordered.groupby(["month", "mentee"]).cumcount() + 1
    assert ordered["asked"].tolist() == place.tolist() and place.max() == 3


def test_at_most_six_come_into_view_and_who_is_not_met_is_never_among_the_first(run):
    each = run.views.groupby(["month", "mentee"])
    assert each.size().max() == 6 and not run.views.duplicated(KEY).any()
    assert (each["met"].cummin() == run.views["met"]).all()


def test_moves_are_kept_when_the_score_fell(run):
    moves = run.moves
    assert len(moves) > 2 and set(moves["lever"]) <= set(LEVERS) and (moves["after"] > moves["before"]).all()
    judged = moves.dropna(subset="kept")
    assert (judged["kept"] == (judged["next_score"] < judged["score"])).all() and judged["kept"].nunique() == 2
    assert (judged["judged_month"] > judged["month"]).all()
    waiting = moves[moves["kept"].isna()]
    assert len(waiting) <= 1 and waiting["judged_month"].isna().all() and waiting["next_score"].isna().all()
    for lever, own in moves.groupby("lever", observed=True):
        start = run.policy.model_dump()[lever.split(".")[0]][lever.split(".")[1]]
        for before, after, kept in zip(own["before"], own["after"], own["kept"], strict=True):
            assert before == pytest.approx(start)
            start = before if kept is not pd.NA and not kept else after


def test_without_a_trace_they_are_empty(world, policy, run):
    untraced = simulate(world, policy, seed=5)
    for name in TABLES:
        assert getattr(untraced, name).empty and list(getattr(untraced, name)) == list(getattr(run, name))


@given(worlds(), seeds, st.data())
@settings(max_examples=20 if COMPILED else 3)
def test_tracing_changes_no_run(world, seed, data):
    policy = data.draw(policies(world))
    layout = lay_out(world, policy, world.people.months)
    plain, traced = (advance_to(allocate(layout, seed, trace), layout, 0, layout.months) for trace in (False, True))
    assert same(used(plain), used(traced)) == []
    assert plain.months.tobytes() == traced.months.tobytes() and plain.levers.tobytes() == traced.levers.tobytes()


class Eager(Mentee):
    """Asks as usual, but in Python."""

    def seeks(self):
        return super().seeks()


@pytest.mark.parametrize("mentee_class", [None, Eager])
def test_both_lanes_keep_the_same(world, policy, run, mentee_class):
    model = MentorshipModel(world, policy, rng=5, trace=True, mentee_class=mentee_class)
    model.run_model()
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(model.results(), name), getattr(run, name))


@pytest.mark.jit_only  # whole runs: minutes in plain Python
def test_room_grows(world):
    """A study longer than the tables have room for at first, in which nobody graduates and many come."""
    long = world.with_({"people.months": 100, "people.graduates": False, "people.years": 1, "hazards.first_year": 0.02,
                        "hazards.later_years": 0.01, "shocks": []})  # fmt: skip
    run = simulate(long, Policy(), seed=5, trace=True)
    state = run.state
    first = allocate(run.layout, 5, True)
    assert len(state.mentee_months) > len(first.mentee_months) and len(state.mentor_months) > len(first.mentor_months)
    exits = run.mentees["exit_month"].fillna(99)
    lived = exits - run.mentees["cohort"].clip(lower=0) + 1
    assert run.mentee_months.groupby("mentee").size().tolist() == lived.tolist()
    assert not run.mentee_months.duplicated(["mentee", "month"]).any()


def test_after_a_burn_in_they_are_those_of_the_study(world, policy):
    calm = world.with_({"shocks": [], "people.months": 8})
    study = simulate(calm.with_({"people.burn_in": 1}), policy, seed=4, trace=True)
    longer = simulate(calm, policy.with_({"start_month": 12}), seed=4, months=20, trace=True)
    for name in TABLES:
        ours, theirs = getattr(study, name), getattr(longer, name)
        theirs = theirs[theirs["month"] >= 12].reset_index(drop=True)
        theirs["month"] -= 12
        if name == "moves":
            theirs["judged_month"] -= 12
            assert len(ours)
        pd.testing.assert_frame_equal(ours, theirs)
