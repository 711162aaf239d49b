"""Whoever acts, the bits are the same: compiled, and with every behaviour of every agent overridden by what everybody does."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lane_worlds import policies, worlds

from simulation import MentorshipModel, Policy, World, results, simulate
from simulation.agents import Mentee, Mentor
from simulation.agents.behaviour import behaviours
from simulation.jit import COMPILED
from simulation.scenario.policy import Pairing

SCENARIOS = Path(__file__).parents[2] / "scenarios"
WORLDS, POLICIES = (sorted(path.stem for path in (SCENARIOS / kind).glob("*.toml")) for kind in ("worlds", "policies"))
# what everybody does every month
MONTHLY = {
    Mentee: ("need", "hear", "seek", "meet", "learn", "strain", "evaluate", "part", "norm", "leave"),
    Mentor: ("schedule", "meet", "strain", "leave"),
}
# Each world and each policy at least once, and each policy in a quarter of the worlds, by turns.
DIAGONAL = [(WORLDS[k % len(WORLDS)], POLICIES[k % len(POLICIES)]) for k in range(max(len(WORLDS), len(POLICIES)))]
SHIPPED = [(world, policy) for j, world in enumerate(WORLDS) for k, policy in enumerate(POLICIES) if (j + k) % 4 == 0]


def fields(model):
    """Every field of every table of the state, as bytes."""
    found = {}
    for name, table in model.state._asdict().items():
        table = np.asarray(table)
        if table.dtype.names is None:
            found[name] = table.tobytes()
        for field in table.dtype.names or ():
            found[f"{name}.{field}"] = np.ascontiguousarray(table[field]).tobytes()
    return found


def overriding(kind, counts, *names):
    """A class of agents that overrides behaviours with what everybody does, and counts how often each is asked."""

    def counted(name):
        def method(self, *given):
            counts[name] += 1
            return getattr(super(other, self), name)(*given)

        return method

    other = type(f"Other{kind.__name__}", (kind,), {name: counted(name) for name in names or behaviours(kind)})
    return other


def differences(world, policy, seed, months=None, trace=False):
    """The first month after which a run and one in which all behaviours are overridden differ, and in which fields."""
    calls = {Mentee: Counter(), Mentor: Counter()}
    other = {"mentee_class": overriding(Mentee, calls[Mentee]), "mentor_class": overriding(Mentor, calls[Mentor])}
    compiled = MentorshipModel(world, policy, rng=seed, months=months, trace=trace)
    overridden = MentorshipModel(world, policy, rng=seed, months=months, trace=trace, **other)
    there = {Mentee: 0, Mentor: 0}
    while compiled.running:
        compiled.step()
        overridden.step()
        one, two = fields(compiled), fields(overridden)
        apart = [name for name in one if one[name] != two[name]]
        if apart:
            return compiled.month - 1, apart
        appointed = compiled.state.mentors[: int(compiled.state.counts.mentors)]
        for kind, people in ((Mentee, compiled.state.mentees), (Mentor, appointed)):
            there[kind] += ((people.active == 1) | (people.exit_month == compiled.month - 1)).sum()
    assert results.digest(compiled.tables()) == results.digest(overridden.tables())
    for kind, steps in MONTHLY.items():
        assert {calls[kind][name] for name in steps} == {there[kind]}, (kind, calls[kind], there)
    return None


@settings(
    max_examples=60 if COMPILED else 8,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],  # a failing case is small already, and making it smaller takes minutes
    suppress_health_check=list(HealthCheck),
)
@given(st.data())
def test_drawn_worlds_and_policies(data):
    world = data.draw(worlds())
    policy, seed = data.draw(policies(world)), data.draw(st.integers(0, 2**31))
    months = None if COMPILED else min(world.people.months, 13)
    assert differences(world, policy, seed, months, trace=data.draw(st.booleans())) is None


@pytest.mark.parametrize(("world", "policy"), SHIPPED if COMPILED else DIAGONAL)
def test_shipped_worlds_and_policies(world, policy):
    heads = {"people.mentees": 30, "people.mentors": 12}
    small = World.load(world).with_(heads)
    assert differences(small, Policy.load(policy), seed=2, months=26 if COMPILED else 13) is None


@pytest.mark.parametrize("pairing", list(Pairing))
def test_every_pairing(pairing):
    mentees, mentors, unit = (50, 40, 10) if COMPILED else (20, 16, 5)
    heads = {"people.mentees": mentees, "people.mentors": mentors}
    world = World.load("teaching_hospital").with_({**heads, "people.unit_mentees": unit, "people.site_mentees": 2 * unit})
    policy = Policy().with_({"empower.pairing": pairing.value, "diversify.pool": "all", "prioritize.staff_fte": 1.0})
    assert differences(world, policy, seed=0, months=14 if COMPILED else 8, trace=True) is None


def test_a_run_and_a_model_have_one_digest():
    world, policy = World.load("youth_program").with_({"people.mentees": 40, "people.mentors": 20}), Policy()
    model = MentorshipModel(world, policy, rng=5, months=8)
    model.run_model()
    assert results.digest(model.tables()) == simulate(world, policy, seed=5, months=8).digest


@pytest.mark.parametrize("kind", [Mentee, Mentor])
def test_every_behaviour_is_asked_for_by_name(kind):
    """Each behaviour, overridden alone, is heard: by itself it must be called, and change no bit."""
    heads = {"people.mentees": 40, "people.mentors": 16} if COMPILED else {"people.mentees": 15, "people.mentors": 6}
    world = World.load("teaching_hospital").with_(heads)
    policy, key = Policy.load("six_tips"), f"{kind.__name__.lower()}_class"
    usual = MentorshipModel(world, policy, rng=1, months=14)
    usual.run_model()
    for name in behaviours(kind):
        calls = Counter()
        model = MentorshipModel(world, policy, rng=1, months=14, **{key: overriding(kind, calls, name)})
        model.run_model()
        assert calls[name] > 0, name
        assert fields(model) == fields(usual), name


def test_looking_changes_nothing():
    world = World.load("surgery_residency").with_({"people.mentees": 40, "people.mentors": 20})
    looked, alone = (MentorshipModel(world, Policy.load("six_tips"), rng=1, months=15) for _ in range(2))
    while alone.running:
        looked.step()
        assert len(looked.agents) > 0
        alone.step()
    assert fields(looked) == fields(alone)
