"""Limits inside are known at the door: a world at each of them runs a month, and one past it is refused in a sentence."""

import pytest

from simulation.columns import ATTRIBUTES, DISCIPLINES, DOMAINS, GROUPS, YEARS
from simulation.run import simulate
from simulation.scenario.error_lines import validated
from simulation.scenario.errors import ScenarioError
from simulation.scenario.policy import Policy
from simulation.scenario.world import World


def named(count, **more):
    return [{"name": f"n{place}", **more} for place in range(count)]


def attributes(count, groups=2):
    names = [f"g{place}" for place in range(groups)]
    shares = dict.fromkeys(names, 1.0 / groups)
    return named(count, groups=names, mentees=shares, mentors=shares)


AT = {
    "disciplines": (DISCIPLINES, lambda count: {"disciplines": named(count, mentees=1.0 / count)}),
    "domains": (DOMAINS, lambda count: {"domains": named(count)}),
    "identities": (ATTRIBUTES, lambda count: {"identities": attributes(count)}),
    "groups": (GROUPS, lambda count: {"identities": attributes(2, count)}),
    "need": (YEARS, lambda count: {"domains": [{"name": "x", "need": [0.5] * count}]}),
    "years": (YEARS, lambda count: {"people": {"years": count}}),
    "mentors_at_once": (4, lambda count: {"empower": {"mentors_at_once": count}}),
    "hard_cap": (100, lambda count: {"context": {"hard_cap": count}}),
    "months": (2400, lambda count: {"people": {"months": count}}),
}


def loaded(data):
    """The world and the policy that the data are of."""
    people = {"mentees": 40, "mentors": 6, "unit_mentees": 2, "years": 2} | data.get("people", {})
    world = {"name": "at", **data, "people": people}
    policy = {"name": "at", "empower": world.pop("empower", {})}
    return validated(World, world), validated(Policy, policy)


@pytest.mark.parametrize("limit", AT)
def test_a_world_at_the_limit_runs(limit):
    most, data = AT[limit]
    world, policy = loaded(data(most))
    run = simulate(world, policy, months=2)
    assert len(run.months) == 2 and run.outcomes["access"] >= 0.0


@pytest.mark.parametrize("limit", AT)
def test_a_world_past_the_limit_is_refused(limit):
    most, data = AT[limit]
    with pytest.raises(ScenarioError, match=rf"allowed: .*{most:,}"):
        loaded(data(most + 1))


@pytest.mark.parametrize(("data", "said"), [
    ({"disciplines": []}, "at least 1"), ({"domains": [{"name": "x", "need": []}]}, "at least 1"),
    ({"identities": [{"name": "i", "groups": ["a", "a"], "mentees": {"a": 1.0}, "mentors": {"a": 1.0}}]}, "two of the groups"),
])  # fmt: skip
def test_nothing_and_twice_are_refused(data, said):
    with pytest.raises(ScenarioError, match=said):
        loaded(data)


def test_cohorts_of_the_longest_study_have_room():
    world, _ = loaded({"people": {"years": YEARS}})
    setting = simulate(world, Policy(), months=1).layout.setting
    assert len(setting.cohort_month) >= YEARS + 2400 // 12 - 1
