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


@pytest.mark.parametrize("hours", [3.0, 4.0, 7.0])
@pytest.mark.parametrize("seed", range(5))
def test_more_time_lengthens_nobodys_wait(crowded, policy_of, seed, hours):
    policy = policy_of({"empower.pairing": "arrival", "diversify.pool": "all"})
    before = waits(crowded, policy, seed)
    assert (before == 10_000).any()
    longer = crowded.with_({"context.mentor_hours": hours, "context.hard_cap": 9})
    assert (waits(longer, policy, seed) <= before).all()
    protected = policy.with_({"prioritize.protected_hours": 2.0})
    assert (waits(crowded, protected, seed) <= before).all()
