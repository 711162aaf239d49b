"""A wish opens doors: in one and the same month, matching that is offered leaves nobody with fewer mentors in view."""

import numpy as np
from drawn import policies, seeds, worlds
from hypothesis import given
from hypothesis import strategies as st
from running import opened

from simulation.scenario.levers import OFF, OPTIONAL
from simulation.scenario.policy import Policy
from simulation.scenario.world import World
from simulation.steps.assign import scores, site_mentors, waiting
from simulation.steps.encounter import encounter


def in_view(state, layout, month, matching):
    """How many mentors, and which, come into each mentee's view with the first need."""
    state.levers.match.identity = matching
    here = np.flatnonzero(state.mentees["active"] == 1)
    return [encounter(state, layout.setting, month, state.mentees[i], 0, True) for i in here]


@given(worlds(), seeds, st.data())
def test_a_wish_opens_doors(world, seed, data):
    policy = data.draw(policies(world, **{"match.identity": "off", "start_month": 0}))
    state, layout = opened(world, policy, seed, 3)
    off, optional = (in_view(state, layout, 3, matching) for matching in (OFF, OPTIONAL))
    assert [count for _, _, count in off] == [count for _, _, count in optional]
    assert all((a == b).all() for (_, a, _), (_, b, _) in zip(off, optional, strict=True))


@given(worlds(), seeds, st.data())
def test_the_office_may_pair_no_fewer(world, seed, data):
    policy = data.draw(policies(world, **{"match.identity": "off", "start_month": 0}))
    state, layout = opened(world, policy, seed, 3)
    possible = []
    for matching in (OFF, OPTIONAL):
        state.levers.match.identity = matching
        who, (mentors, _) = waiting(state, layout.setting, 3, 0), site_mentors(state, layout.setting, 3, 0)
        possible.append(np.isfinite(scores(state, layout.setting, 3, who, mentors)[0]))
    assert (possible[0] == possible[1]).all()


def test_wishes_are_met_more_often_where_matching_is_offered():
    world = World.load("well_staffed_hospital")
    policy = Policy.load("mentee_choice")
    state, layout = opened(world, policy, 1, 3)
    met = []
    for matching in (OFF, OPTIONAL):
        seen = in_view(state, layout, 3, matching)
        here = np.flatnonzero(state.mentees["active"] == 1)
        met.append(sum(
            int(state.mentors[j].group[1] == state.mentees[i].group[1])
            for i, (view, shown, count) in zip(here, seen, strict=True) if state.mentees[i].wish[1] == 1
            for j in view[:count][shown[:count] == 1]
        ))  # fmt: skip
    assert met[1] > 1.2 * met[0] > 0
