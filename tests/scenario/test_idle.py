"""Levers that cannot act: found by running each against the run without it, told, and without cost."""

import numpy as np
import pytest
from drawn import policies, seeds, worlds
from hypothesis import given
from hypothesis import strategies as st
from running import ran, same, used

from simulation import allocate
from simulation.scenario.idle import at_work, idle
from simulation.scenario.policy import SECTIONS, Policy
from simulation.scenario.world import World

# A value, not its default, of each lever, in the small world below.
SET = {
    "prioritize.leadership_support": 0.9, "prioritize.protected_hours": 4.0, "prioritize.training_hours": 20.0,
    "prioritize.staff_fte": 1.0, "diversify.pool": "all", "diversify.domains": ["career"], "diversify.recruit_share": 0.9,
    "diversify.recruit_domain": "career", "diversify.recruit_identity": "gender:woman", "match.identity": "required",
    "match.attributes": ["gender"], "empower.pairing": "facilitated", "empower.first_meetings": 4, "empower.workshop_hours": 20.0,
    "empower.mentors_at_once": 1, "move_on.stigma": 0.1, "move_on.role_models": 0.9, "move_on.no_fault": True,
    "move_on.check_in_months": 2, "evaluate.model": "cipp", "evaluate.every_months": 3, "evaluate.measures": ["input"],
    "evaluate.sample": 1.0, "evaluate.delay_months": 1, "evaluate.adapt": True, "evaluate.budget": 9000.0,
}  # fmt: skip
# Policies under which every lever has something to act on.
WHOLE = {
    "diversify.pool": "all", "match.identity": "required", "empower.pairing": "choice", "diversify.recruit_share": 0.5,
    "diversify.recruit_domain": "research", "evaluate.model": "cipp", "evaluate.every_months": 2, "evaluate.delay_months": 0,
    "evaluate.adapt": True, "evaluate.budget": 2000.0,
}  # fmt: skip
LEVERS = [f"{section}.{name}" for section in SECTIONS for name in type(getattr(Policy(), section)).model_fields]


@pytest.fixture(scope="module")
def world():
    return World.load("teaching_hospital").with_({
        "people.mentees": 30, "people.mentors": 12, "people.unit_mentees": 6, "hazards.mentors": 2.0, "context.awareness": 1.0,
        "people.promoted": 0.0,
    })  # fmt: skip


@pytest.fixture(scope="module")
def run_of(world):
    """The rows of people after a run, and what it has cost and been given."""
    kept = {}

    def run(levers):
        policy = Policy(name="tried").with_(levers)
        key = policy.model_dump_json()
        if key not in kept:
            state, _ = ran(world, policy, 3, 14)
            kept[key] = {**used(state), "months": np.asarray(state.months)}
        return kept[key]

    return run


def test_every_lever_is_tried():
    assert list(SET) == LEVERS


@pytest.mark.parametrize("lever", LEVERS)
def test_a_lever_alone_acts_or_is_idle(world, run_of, lever):
    resting = lever in idle(Policy().with_({lever: SET[lever]}), world)
    assert (same(run_of({lever: SET[lever]}), run_of({})) == []) is resting


@pytest.mark.parametrize("lever", LEVERS)
def test_every_lever_acts_where_it_has_something_to_act_on(world, run_of, lever):
    assert lever not in idle(Policy().with_({**WHOLE, lever: SET[lever]}), world)
    assert same(run_of({**WHOLE, lever: SET[lever]}), run_of({name: value for name, value in WHOLE.items() if name != lever}))


@given(worlds(), seeds, st.data())
def test_an_idle_lever_would_have_moved_nobody(world, seed, data):
    """Run with the idle levers in force, people are the same to the bit; only cost and means may differ."""
    policy = data.draw(policies(world))
    means = {"prioritize.protected_hours": 1.0}  # so that a policy brings means with and without its idle levers
    policy = policy.with_(means | {"evaluate.model": data.draw(st.sampled_from(["none", "survey", "cipp"]))})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(allocate, "at_work", lambda policy, world: (policy, {}))
        raw = used(ran(world, policy, seed)[0])
    assert same(raw, used(ran(world, policy, seed)[0])) == []


def test_one_idle_lever_leaves_others_idle():
    found = idle(Policy().with_({"evaluate.model": "cipp", "evaluate.measures": [], "evaluate.adapt": True, "evaluate.budget": 5}))
    assert {"evaluate.adapt", "evaluate.budget"} <= set(found)
    assert at_work(Policy().with_({"diversify.recruit_share": 0.9}), None)[0] == Policy()


def test_what_a_world_leaves_idle(world):
    def told(levers, **changes):
        return set(idle(Policy().with_(levers), world.with_(changes)))

    matched = {"empower.pairing": "choice", "match.identity": "optional"}
    nobody = {f"identities.{name}.{wish}": {} for name in ("gender", "minority") for wish in ("wish_same", "wish_different")}
    assert told(matched) == set()
    assert told(matched, identities=[]) == told(matched, **nobody) == {"match.identity"}
    assert told({"empower.pairing": "choice", "empower.first_meetings": 3}, **{"context.acquaintances": 6}) == {"empower.first_meetings"}
    assert told({"evaluate.model": "cipp", "evaluate.adapt": True}) == {"evaluate.adapt"}
    assert told({"evaluate.model": "cipp", "evaluate.adapt": True}, **{"prices.mentee_hour": 0.0}) == set()


@pytest.mark.parametrize("lever", ["match.identity", "diversify.domains", "empower.first_meetings"])
def test_staff_who_advise_give_a_directory_something_to_do(world, run_of, lever):
    staff = {"prioritize.staff_fte": 2.0}
    assert lever not in idle(Policy().with_(staff | {lever: SET[lever]}), world)
    assert same(run_of(staff | {lever: SET[lever]}), run_of(staff))
