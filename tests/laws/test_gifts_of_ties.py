"""What ties give belonging and what is left of it, in months in which nothing else moves belonging; what bad ends take."""

import numpy as np
import pytest
from pytest import approx
from running import month_by_month, ran

from simulation.scenario.policy import Policy
from simulation.ties import MENTOR_LEFT, REDEFINITION

ASKING = {"parameters.seek.odds": 2.0, "parameters.answer.odds": 8.0, "people.months": 30}
# belonging is at once what ties make of it
AT_ONCE = {"parameters.strain": {"rate": 1.0, "belonging": 0.4, "belonging_spread": 0.0, "good_tie": 0.5, "bad_tie": 0.0,
                                 "coverage": 0.0, "threat": 0.0, "wish": 0.0}}  # fmt: skip
# ties end in every way, and mentors leave; endings do not move belonging by themselves
ENDING = {
    "context.mentor_ends": 1.0, "hazards.mentors": 1.0, "parameters.evaluate": {"attention": 0.1, "redundant": 0.15},
    "parameters.need": {"job_learning": 0.5}, "parameters.learn": {"rate": 0.2}, "parameters.spark.level": 0.5,
    "parameters.part": {"clean": 0.0, "harm": 0.0, "late_harm": 0.0, "goodwill": 0.0, "lasts": 0.5},
}  # fmt: skip


@pytest.fixture
def warm(quiet_world):
    """A world in which people ask and ties last, and belonging is 0.4 and half of what the best tie gives."""
    return quiet_world.with_({**ASKING, **AT_ONCE})


def qualities(state):
    """The quality of each live tie, in its place; 0 in an empty slot."""
    ties = np.asarray(state.ties)
    return np.where(ties["mentor"] >= 0, np.sqrt(ties["mentee_engagement"] * ties["mentor_engagement"]), 0.0)


def test_a_young_tie_gives_less(warm):
    seen = set()
    for months in (2, 5, 30):
        usual, less = (ran(warm.with_({"parameters.strain.young": young}), Policy(), 1, months)[0] for young in (0.0, 0.25))
        ties, quality = np.asarray(less.ties), qualities(less)
        young = months - 1 - ties["start"] < 9
        assert usual.mentees["belonging"] == approx(0.4 + 0.5 * quality.max(axis=1))
        assert less.mentees["belonging"] == approx(0.4 + 0.5 * np.where(young, 0.75 * quality, quality).max(axis=1))
        seen |= {bool(one) for one in young[quality > 0.0]}
    assert seen == {True, False}


def ended_in(state, month):
    """The records of the ties whose slots fell empty this month, and which slots these are; a slot keeps what was in it."""
    ties = np.asarray(state.ties)
    records = np.asarray(state.records)[ties["number"]]
    return records, (ties["number"] >= 0) & (ties["mentor"] < 0) & (records["end"] == month)


def test_what_was_good_of_a_tie_outlasts_it_unless_it_ended_badly(warm):
    world = warm.with_({**ENDING, "parameters.strain": {**AT_ONCE["parameters.strain"], "young": 0.25, "forget": 0.1}})
    lasting, ways = 0.0, {"well": 0, "badly": 0, "with the mentor": 0, "as colleagues": 0}
    for month, state, _ in month_by_month(world, Policy(), 1):
        ties = np.asarray(state.ties)
        records, ended = ended_in(state, month)
        quality = np.sqrt(ties["mentee_engagement"] * ties["mentor_engagement"])
        lift = np.where(month - ties["start"] < 9, 0.75 * quality, quality)
        turned = (ties["phase"] == REDEFINITION) & (ties["mentor"] >= 0) & (ties["since"] == month)
        mentored = ((ties["mentor"] >= 0) | ended) & ((ties["phase"] != REDEFINITION) | turned)
        lasting = 0.9 * lasting
        best = np.maximum(np.where(mentored, lift, 0.0).max(axis=1), lasting)
        there = state.mentees["active"] == 1
        assert state.mentees["belonging"][there] == approx((0.4 + 0.5 * best)[there])
        gone = ended & (ties["phase"] != REDEFINITION) & (records["reason"] == MENTOR_LEFT)
        good = (ended & (records["ended_well"] == 1)) | gone | turned
        lasting = np.maximum(lasting, np.where(good, 0.5 * lift, 0.0).max(axis=1))
        assert state.mentees["legacy"] == approx(lasting)
        bad = ended & (records["ended_well"] == 0) & ~gone
        for way, ties_now in zip(ways, ((ended & (records["ended_well"] == 1)), bad, gone, turned), strict=True):
            ways[way] += int(ties_now.sum())
    assert min(ways.values()) > 0, ways


def test_initiative_lost_in_bad_endings_comes_back(warm):
    harsh = warm.with_({**ENDING, "parameters.part": {"clean": -8.0, "quality": 0.0, "discourage": 0.4, "recover": 0.2}})
    initiative, lost = None, 0
    for month, state, _ in month_by_month(harsh, Policy(), 1):
        records, ended = ended_in(state, month)
        bad = (ended & (records["ended_well"] == 0) & (records["reason"] != MENTOR_LEFT)).sum(axis=1)
        there, first = state.mentees["active"] == 1, state.mentees["first_initiative"]
        before = first if initiative is None else np.where(initiative == 0.0, first, initiative)  # newcomers had none yet
        assert state.mentees["initiative"][there] == approx(((before + 0.2 * (first - before)) * 0.6**bad)[there])
        initiative, lost = state.mentees["initiative"].copy(), lost + int(bad.sum())
    assert lost > 5
