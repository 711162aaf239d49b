"""Capacity: with no endings, exits or strain and a fixed order, more capacity lengthens nobody's wait."""

import numpy as np
import pytest
from running import ran

MONTHS = 14


def waits(world, policy, seed):
    """The month of everybody's first tie; later than any month for those who go without."""
    first = np.asarray(ran(world, policy, seed, MONTHS)[0].mentees)["first_tie"]
    return np.where(first < 0, 10_000, first)


@pytest.fixture
def crowded(quiet_world):
    """More mentees than places, a few of whom ask by themselves too."""
    return quiet_world.with_({"people.mentees": 40, "people.mentors": 6, "context.mentor_hours": 2.0,
                              "parameters.arrive.hours_spread": 0.35})  # fmt: skip


@pytest.fixture
def sought(crowded):
    """The same, where everybody who knows of the program puts their name down."""
    return crowded.with_({"parameters.seek.invited": 5.0, "parameters.seek.facilitated": 5.0})


@pytest.mark.parametrize("hours", [3.0, 4.0, 7.0])
@pytest.mark.parametrize("seed", range(5))
def test_more_time_lengthens_nobodys_wait(sought, policy_of, seed, hours):
    policy = policy_of({"empower.pairing": "arrival", "diversify.pool": "all"})
    before = waits(sought, policy, seed)
    assert (before == 10_000).any() and (before < 10_000).sum() >= 6
    longer = sought.with_({"context.mentor_hours": hours, "context.hard_cap": 9})
    assert (waits(longer, policy, seed) <= before).all()
    protected = policy.with_({"prioritize.protected_hours": 2.0})
    assert (waits(sought, protected, seed) <= before).all()


@pytest.mark.parametrize("pairing", ["lot", "arrival", "coordinator", "stable"])
@pytest.mark.parametrize(("protected", "cap"), [(0.0, 8), (1.0, 8), (0.0, 2)])
def test_a_round_fills_each_mentor_up_to_the_hours_they_have(sought, policy_of, pairing, protected, cap):
    """The hours found, and those that the program protects, each tie at the hours it asks for; at least one, at most the cap."""
    world = sought.with_({"people.mentees": 80, "context.hard_cap": cap, "context.meeting_hours": 0.5})
    levers = {"empower.pairing": pairing, "diversify.pool": "all", "prioritize.protected_hours": protected}
    (first, _), (state, _) = (ran(world, policy_of(levers), 1, months) for months in (1, 2))
    mentors = np.asarray(state.mentors)[: int(state.counts.mentors)]
    hours = mentors["hours"] + protected * float(first.institution.funding)
    assert mentors["load"].tolist() == np.clip(np.floor(hours / 0.5), 1, cap).tolist()
    assert protected == 0.0 or (mentors["load"] > np.floor(mentors["hours"] / 0.5)).any()
