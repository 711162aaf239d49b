"""Knowledge: what nobody can know of a stranger changes no ask, no proposal and no match."""

import numpy as np
from drawn import policies, seeds, worlds
from hypothesis import given
from hypothesis import strategies as st
from running import copied, opened, ran

from simulation.steps.assign import assign, assign_optimally, pauses
from simulation.steps.seek import seek
from simulation.steps.who_is_there import mentees_of

HIDDEN_MENTOR = ("trait", "approachability", "skill")
HIDDEN_MENTEE = ("trait", "openness")
ASKED = ("mentee", "mentor", "domain", "via", "start")


def paired(state, layout, month):
    """The ties that begin this month, in order."""
    before = int(state.counts.records)
    if pauses(state.levers, layout.setting, month):
        assign_optimally(state, layout.setting, month)
    for site in range(len(state.sites)):
        assign(state, layout.setting, month, site)
        seek(state, layout.setting, month, mentees_of(state, layout.setting, month, site))
    return np.asarray(state.records)[before : int(state.counts.records)][list(ASKED)].tolist()


def scrambled(state, seed):
    """The same state with the hidden fields of everybody drawn anew."""
    other, rng = copied(state), np.random.default_rng(seed)
    for table, names in (("mentors", HIDDEN_MENTOR), ("mentees", HIDDEN_MENTEE)):
        rows = getattr(other, table)
        for name in names:
            rows[name] = rng.random(rows[name].shape)
    return other


@given(worlds(), seeds, st.sampled_from([1, 3, 7]), st.data())
def test_strangers_are_chosen_by_what_is_shown(world, seed, month, data):
    world = world.with_({"context.acquaintances": 0})
    policy = data.draw(policies(world, **{"empower.first_meetings": 0}))
    state, layout = opened(world, policy, seed, month)
    other = scrambled(state, seed)
    assert paired(state, layout, month) == paired(other, layout, month)


@given(worlds(), seeds, st.sampled_from(["lot", "arrival", "coordinator", "optimal", "stable"]), st.data())
def test_the_office_does_not_know_who_is_willing(world, seed, pairing, data):
    world = world.with_({"context.acquaintances": 0})
    policy = data.draw(policies(world, **{"empower.pairing": pairing, "start_month": 0}))
    state, layout = opened(world, policy, seed, 1)
    other = scrambled(state, seed)
    other.mentors["willingness"] = 1.0 - other.mentors["willingness"]
    made = []
    for each in (state, other):
        before = int(each.counts.records)
        if pairing == "optimal":
            assign_optimally(each, layout.setting, 1)
        for site in range(len(each.sites)):
            assign(each, layout.setting, 1, site)
        made.append(np.asarray(each.records)[before : int(each.counts.records)][list(ASKED)].tolist())
    assert made[0] == made[1]


def test_who_has_met_does_know(small_hospital, policy_of):
    """The switch itself: after first meetings the same scramble is felt."""
    policy = policy_of({"empower.pairing": "facilitated", "empower.first_meetings": 6, "diversify.pool": "all"})
    world = small_hospital.with_(
        {"context.awareness": 1.0, "parameters.seek.odds": 3.0, "parameters.seek.by_impression": 5.0}
    )
    state, layout = opened(world, policy, 1, 1)
    other = scrambled(state, 1)
    assert paired(state, layout, 1) != paired(other, layout, 1)


def test_an_empty_directory_shows_nobody(small_hospital, policy_of):
    """Where the only mentor is of another discipline, the list of one's own is empty, and stays so."""
    world = small_hospital.with_(
        {"people.mentors": 1, "people.rotation": 0.0, "context.awareness": 1.0, "parameters.hear.chance": 0.0}
    )
    state, _ = ran(world, policy_of({"empower.pairing": "choice", "diversify.pool": "own"}), 1)
    mentees, home = np.asarray(state.mentees), int(state.mentors[0].discipline)
    assert mentees["ties"][mentees["discipline"] != home].sum() == 0
    assert mentees["ties"][mentees["discipline"] == home].sum() > 0
