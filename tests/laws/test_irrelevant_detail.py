"""An identity attribute that neither draws together, threatens, is wished for, nor differs in supply or hazard changes nothing."""

from drawn import policies, seeds, worlds
from hypothesis import given
from hypothesis import strategies as st
from running import ran, same, used

from simulation.scenario.policy import Policy

IDLE = {"name": "idle", "groups": ["a", "b"], "mentees": {"a": 0.5, "b": 0.5}, "mentors": {"a": 0.5, "b": 0.5},
        "threat": 0.0, "draws_together": 0.0}  # fmt: skip
THREATENED = {**IDLE, "threat": 1.0, "mentees": {"a": 0.9, "b": 0.1}}
LABELS = ("mentees.group", "mentors.group", "mentees.wish_strength")
BLIND = {"evaluate.measures": ["context", "input", "process", "product"]}


def runs(world, attribute, policy, seed):
    """The rows of a run, and of one with one attribute more."""
    more = world.with_({"identities": [*(one.model_dump() for one in world.identities), attribute]})
    return [used(ran(some, policy, seed)[0]) for some in (world, more)]


@given(worlds().filter(lambda world: len(world.identities) < 4), seeds, st.data())
def test_an_idle_attribute_changes_nothing_but_itself(world, seed, data):
    matching = data.draw(st.sampled_from(["off", "optional"]))
    policy = data.draw(policies(world, **BLIND, **{"match.identity": matching}))
    assert same(*runs(world, IDLE, policy, seed), but=LABELS) == []


def test_an_attribute_under_threat_is_felt(small_hospital):
    assert "mentees.belonging" in same(*runs(small_hospital, THREATENED, Policy(), 1), but=LABELS)
