"""No effect, no difference: when ties do nothing to people, people leave when they would have left anyway."""

import pytest
from drawn import policies, seeds, worlds
from hypothesis import given
from hypothesis import strategies as st
from running import left, ran

from simulation.scenario.policy import Policy

OFF = {
    f"parameters.strain.{name}": 0.0
    for name in ("good_tie", "bad_tie", "coverage", "role_model", "role_conflict")
} | {"parameters.part.harm": 0.0}
# What is learned from mentors, and what their means add, does nothing to leaving where output does not; or there is none of it.
NO_ROAD = [{"parameters.leave.output": 0.0}, {"parameters.learn.rate": 0.0, "parameters.learn.means": 0.0}]


@pytest.mark.parametrize("closed", NO_ROAD)
@given(worlds(), seeds, st.data())
def test_without_effects_of_ties_every_policy_keeps_the_same_people(closed, world, seed, data):
    inert = world.with_({"parameters.leave.output": 5.0, **OFF, **closed})
    months = [left(ran(inert, policy, seed)[0]).tolist() for policy in (Policy(), data.draw(policies(world)))]
    assert months[0] == months[1]


def test_with_effects_of_ties_policies_do_differ(small_hospital):
    world = small_hospital.with_(
        {"hazards.first_year": 0.5, "hazards.later_years": 0.5, "parameters.strain.good_tie": 0.5}
    )
    months = [left(ran(world, policy, 1)[0]).tolist() for policy in (Policy(), Policy.load("six_tips"))]
    assert months[0] != months[1]


def test_with_an_effect_on_output_and_of_it_policies_do_differ(small_hospital):
    """The switch itself: output alone is a road from ties to leaving."""
    world = small_hospital.with_({
        **OFF, "hazards.first_year": 0.5, "hazards.later_years": 0.5, "parameters.leave.output": 10.0, "parameters.learn.means": 1.0,
    })  # fmt: skip
    months = [left(ran(world, policy, 1)[0]).tolist() for policy in (Policy(), Policy.load("six_tips"))]
    assert months[0] != months[1]
