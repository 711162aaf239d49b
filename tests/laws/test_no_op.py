"""What does nothing leaves no trace: a default policy, a policy that has not begun, a study that goes on."""

import numpy as np
from drawn import cases, policies, seeds, worlds
from hypothesis import given
from hypothesis import strategies as st
from running import ran, same, used

from simulation.scenario.policy import Policy
from simulation.scenario.world import World


def everything(state, months):
    """All rows of people and ties, and the months so far."""
    return {**used(state), "months": np.asarray(state.months)[:months]}


@given(worlds(), seeds)
def test_a_policy_at_its_defaults_is_ad_hoc(world, seed):
    again = Policy(name="another", title="Another").with_({"empower.mentors_at_once": 2, "move_on.stigma": 1.0})
    runs = [ran(world, policy, seed)[0] for policy in (Policy(), Policy.load("ad_hoc"), again)]
    months = world.people.months
    assert same(everything(runs[0], months), everything(runs[1], months)) == []
    assert same(everything(runs[0], months), everything(runs[2], months)) == []


def test_a_check_in_that_nobody_knows_of_changes_nobody():
    few = World.load("teaching_hospital").with_({"people.mentees": 60, "people.mentors": 24})
    unknown = few.with_({"context.awareness": 0.0, "parameters.institution.aware": 0.0})
    runs = [ran(unknown, Policy().with_({"move_on.check_in_months": every}), 1, 8)[0] for every in (0, 3)]
    assert same(used(runs[0]), used(runs[1])) == []


@given(worlds(), seeds, st.data())
def test_a_policy_changes_nothing_before_it_starts(world, seed, data):
    months = world.people.months
    policy = data.draw(policies(world, start_month=months))
    before, usual = (ran(world, way, seed)[0] for way in (policy, Policy()))
    assert same(everything(before, months), everything(usual, months)) == []


@given(cases(), st.integers(1, 14))
def test_more_months_change_no_earlier_month(case, more):
    world, policy, seed = case
    months = world.people.months
    (short, _), (long, _) = ran(world, policy, seed), ran(world, policy, seed, months + more)
    assert same({"months": np.asarray(short.months)}, {"months": np.asarray(long.months)[:months]}) == []


@given(cases())
def test_the_same_seed_gives_the_same_run(case):
    months = case[0].people.months
    assert same(everything(ran(*case)[0], months), everything(ran(*case)[0], months)) == []
