"""Bookkeeping, after every month of any world under any policy."""

import numpy as np
import pytest
from drawn import cases
from hypothesis import given
from running import month_by_month

from simulation.columns import GRADUATE
from simulation.scenario.policy import Policy
from simulation.scenario.world import World
from simulation.ties import REDEFINITION

SHARES = {
    "mentees": ("openness initiative clarity ability need skill output belonging burnout mentoring_satisfaction "
                "job_satisfaction moved_on need_coverage wish_strength known_standing"),
    "mentors": ("expertise skill approachability willingness burnout satisfaction"),
    "ties": ("mentee_engagement mentor_engagement satisfaction mentor_satisfaction investment perceived"),
    "months": ("mentored_share meaningful_share spark_share need_coverage quality mentoring_satisfaction "
               "job_satisfaction belonging burnout output skill mentor_burnout mentor_satisfaction norm_share support"),
}  # fmt: skip
ROUNDING = 1e-9


def live_ties(state):
    """The live ties as an array, and the mentee of each."""
    ties = np.asarray(state.ties)
    mentee, slot = np.nonzero(ties["mentor"] >= 0)
    return ties[mentee, slot], mentee


def check_ties(state, setting):
    """Nobody is double, gone or beyond the cap; load is the count of what carries load; every tie has its record."""
    mentees, mentors = np.asarray(state.mentees), np.asarray(state.mentors)[: int(state.counts.mentors)]
    records = np.asarray(state.records)[: int(state.counts.records)]
    ties, mentee = live_ties(state)
    carrying = ties["phase"] != REDEFINITION
    assert (np.bincount(ties["mentor"][carrying], minlength=len(mentors)) == mentors["load"]).all()
    assert (mentors["load"] >= 0).all() and (mentors["load"] <= setting.context.hard_cap).all()
    assert (mentors["load_max"] <= setting.context.hard_cap).all()
    assert len({*zip(mentee, ties["mentor"], strict=True)}) == len(ties)
    assert (mentees["active"][mentee] == 1).all() and (mentors["active"][ties["mentor"]] == 1).all()
    assert (mentors["mentor"][ties["mentor"]] != GRADUATE + mentee).all()
    live = np.flatnonzero(records["end"] < 0)
    assert sorted(ties["number"]) == live.tolist() and len(live) == int(state.counts.live)
    of_number = records[ties["number"]]
    for name in ("mentor", "start", "via"):
        assert (of_number[name] == ties[name]).all()
    assert (of_number["mentee"] == mentee).all()
    ended = records[records["end"] >= 0]
    assert (ended["end"] >= ended["start"]).all() and (ended["ended_by"] >= 0).all() and (ended["reason"] >= 0).all()
    assert (np.bincount(records["mentee"], minlength=len(mentees)) == mentees["ties"]).all()
    assert (np.bincount(records["mentor"], minlength=len(mentors)) == mentors["mentees_ever"]).all()


def check_hours(state, setting):
    """Hours given never exceed hours available, on either side."""
    mentors = np.asarray(state.mentors)[: int(state.counts.mentors)]
    assert (mentors["given"] <= mentors["available"] + ROUNDING).all()
    ties, mentee = live_ties(state)
    carrying = ties["phase"] != REDEFINITION
    spent = np.bincount(mentee[carrying], ties["contact"][carrying], minlength=len(state.mentees))
    assert (spent <= np.asarray(state.mentees)["hours"] + ROUNDING).all()
    assert (ties["contact"][carrying] <= setting.context.meeting_hours + ROUNDING).all()


def check_heads(state, setting, month):
    """Heads are conserved: who came is there, has left or has graduated; a post holds one person."""
    mentees, row = np.asarray(state.mentees), np.asarray(state.months)[: month + 1]
    mentors, posts = np.asarray(state.mentors)[: int(state.counts.mentors)], np.asarray(state.posts)
    came = np.arange(len(mentees)) < setting.cohort_row[int((setting.cohort_month[: setting.cohorts] <= month).sum())]
    assert ((mentees["active"] > 0) == came).all()
    assert came.sum() == (mentees["active"] == 1).sum() + row["left"].sum() + row["graduated"].sum()
    promoted = (month - mentees["cohort"] >= 12 * setting.years) & (not setting.graduates)
    assert row["mentees"][-1] == ((mentees["active"] == 1) & ~promoted).sum()
    assert ((mentees["exit_month"] >= 0) == (mentees["active"] > 1)).all()
    filled = posts["occupant"][posts["occupant"] >= 0]
    assert sorted(filled) == np.flatnonzero(mentors["active"] == 1).tolist()
    assert len(np.unique(mentors["mentor"])) == len(mentors)
    assert row["mentors_left"].sum() == len(mentors) - len(filled) == (mentors["exit_month"] >= 0).sum()


def check_shares(state, month):
    """Shares are shares, and nothing is without a number."""
    rows = {"mentees": state.mentees, "mentors": np.asarray(state.mentors)[: int(state.counts.mentors)],
            "ties": live_ties(state)[0], "months": np.asarray(state.months)[: month + 1]}  # fmt: skip
    for table, names in SHARES.items():
        for name in names.split():
            values = np.asarray(rows[table])[name]
            assert ((values >= -ROUNDING) & (values <= 1.0 + ROUNDING)).all(), f"{table}.{name}"
    for table, there in rows.items():
        for name in there.dtype.names:
            assert np.isfinite(np.asarray(there)[name]).all(), f"{table}.{name}"
    money = np.asarray(state.months)["cost"][: month + 1]
    assert (money >= 0.0).all() and np.isclose(money.sum(), state.institution.cost)


@given(cases())
def test_the_books_are_right_after_every_month(case):
    for month, state, layout in month_by_month(*case):
        check_ties(state, layout.setting)
        check_hours(state, layout.setting)
        check_heads(state, layout.setting, month)
        check_shares(state, month)


def test_the_books_would_show_a_wrong_load():
    """The check itself: one load too many is noticed."""
    world = World.load("teaching_hospital").with_({"people.mentees": 30, "people.mentors": 12, "people.months": 2})
    _, state, layout = next(month_by_month(world, Policy(), 1))
    check_ties(state, layout.setting)
    state.mentors[0].load += 1
    with pytest.raises(AssertionError):
        check_ties(state, layout.setting)
