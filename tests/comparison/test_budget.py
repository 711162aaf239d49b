"""Policies at one budget: met within 1 % on common luck, left at the nearest where it cannot be, nonsense refused."""

import numpy as np
import pytest

from simulation.comparison import budget as module
from simulation.comparison.budget import CLOSE, SCALED, at_budget, bought, limit, scaled, yearly_cost
from simulation.comparison.compare import compare
from simulation.comparison.costs import by_payer
from simulation.executor import threads_or
from simulation.scenario.errors import ScenarioError
from simulation.scenario.idle import value_of
from simulation.scenario.policy import Policy
from simulation.scenario.whole_numbers import budget as checked
from simulation.scenario.world import World

SIZE = {"people.mentees": 40, "people.mentors": 16, "people.months": 12}
WORLD = World.load("teaching_hospital").with_(SIZE)


def test_what_is_bought_is_multiplied_and_nothing_else():
    policy = Policy.load("six_tips")
    half = scaled(policy, 0.5)
    assert {name: value_of(half, name) for name in SCALED} == {name: value_of(policy, name) / 2 for name in SCALED}
    assert half.with_({name: value_of(policy, name) for name in SCALED}) == policy
    assert scaled(policy, 1e6) == policy.with_({name: limit(name) for name in SCALED})
    assert bought(Policy.load("ad_hoc")) == {} and scaled(Policy.load("ad_hoc"), 3.0) == Policy.load("ad_hoc")


@pytest.mark.jit_only
@pytest.mark.parametrize("name", ["teaching_hospital", "youth_program", "surgery_residency"])
def test_a_budget_is_met_within_one_percent(name):
    world, policies = World.load(name).with_(SIZE), [Policy.load("prioritized"), Policy.load("six_tips")]
    with threads_or(None, 1) as working:
        money = 0.7 * yearly_cost(world, policies[1], 20, 3, working)
    brought = at_budget(world, policies, money, replicates=24, seed=3, workers=1)
    for one in brought:
        assert one.said == "met" and abs(one.yearly - money) <= CLOSE * money
    # and it is what the comparison of the same luck then says
    costs = by_payer(compare(world, [one.policy for one in brought], replicates=24, seed=3, workers=1).costs)
    assert costs["paid"].to_numpy() == pytest.approx([one.yearly for one in brought])


@pytest.mark.jit_only
def test_cost_rises_with_the_factor():
    with threads_or(None, 1) as working:
        for name in ("prioritized", "six_tips"):
            factors = np.linspace(0.0, 3.0, 10)
            found = [yearly_cost(WORLD, scaled(Policy.load(name), factor), 10, 1, working) for factor in factors]
            assert (np.diff(found) > 0.0).all()


@pytest.mark.jit_only
def test_where_it_cannot_be_met_a_policy_is_left_at_the_nearest():
    names = ("ad_hoc", "multi_discipline", "prioritized", "six_tips")
    policies = [Policy.load(name) for name in names]
    rich = dict(zip(names, at_budget(WORLD, policies, 1e8, replicates=5, workers=1), strict=True))
    assert [rich[name].said for name in names] == ["buys_nothing", "buys_nothing", "at_its_limit", "at_its_limit"]
    assert rich["ad_hoc"].policy == policies[0] and rich["ad_hoc"].yearly == 0.0
    prioritized = rich["prioritized"].policy
    assert any(value_of(prioritized, name) == pytest.approx(limit(name)) for name in SCALED)
    assert value_of(prioritized, "prioritize.protected_hours") == pytest.approx(10 * value_of(prioritized, "prioritize.staff_fte"))
    poor = at_budget(WORLD, policies, 10.0, replicates=5, workers=1)
    assert [one.said for one in poor[2:]] == ["too_dear", "too_dear"] and poor[3].factor == 0.0
    assert bought(poor[3].policy) == {}


def test_a_cost_that_jumps_ends_as_near_as_it_comes(monkeypatch):
    monkeypatch.setattr(module, "yearly_cost", lambda world, policy, *_: 50.0 if policy.prioritize.protected_hours < 3.0 else 200.0)
    one = at_budget(WORLD, [Policy.load("prioritized")], 100.0, replicates=5, workers=1)[0]
    assert one.said == "jumps" and one.yearly == 50.0 and one.factor <= 1.5


@pytest.mark.parametrize("value", [0, -5, "nan", "inf", 1e13, "much", "", True, None, "1,00", "12,34,567", [3]])
def test_nonsense_is_refused(value):
    with pytest.raises(ScenarioError, match=r"the budget is .* more than 0"):
        checked(value)


@pytest.mark.parametrize(("value", "money"), [("250,000", 250_000.0), (3, 3.0), ("2.5e5", 250_000.0), ("1,234,567.5", 1_234_567.5)])
def test_a_budget_is_read(value, money):
    assert checked(value) == money
