"""Keys: a person's luck belongs to the person; adding others changes nobody's."""

import numpy as np
from drawn import cases
from hypothesis import given
from hypothesis import strategies as st
from running import ran

from simulation.columns import GRADUATE

MENTEE = ("trait", "openness", "ability", "wish_strength")
MENTOR = ("trait", "approachability", "willingness")


def mentees_born(state) -> dict:
    """What mentees came with, by id."""
    rows = np.asarray(state.mentees)
    return {i: [rows[name][i].tolist() for name in MENTEE] for i in np.flatnonzero(rows["active"] > 0)}


def mentors_born(state) -> dict:
    """What mentors came with, by id; graduates are known as mentees."""
    rows = np.asarray(state.mentors)[: int(state.counts.mentors)]
    return {int(row["mentor"]): [row[name].tolist() for name in MENTOR] for row in rows if row["mentor"] < GRADUATE}


@given(cases(), st.integers(1, 30))
def test_more_people_change_nobody_who_is_there(case, more):
    world, policy, seed = case
    larger = {"people.mentees": world.people.mentees + more, "people.mentors": world.people.mentors + more}
    one, other = ran(world, policy, seed)[0], ran(world.with_(larger), policy, seed)[0]
    for born in (mentees_born, mentors_born):
        before, after = born(one), born(other)
        both = before.keys() & after.keys()
        assert both and all(before[who] == after[who] for who in both)


@given(cases())
def test_a_policy_changes_nobody_who_comes(case):
    world, policy, seed = case
    one, other = ran(world, policy, seed)[0], ran(world, type(policy)(), seed)[0]
    for born in (mentees_born, mentors_born):
        before, after = born(one), born(other)
        assert all(before[who] == after[who] for who in before.keys() & after.keys())
    assert mentees_born(one) == mentees_born(other)
