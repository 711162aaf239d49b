"""Common luck does not leak: a policy that is nudged gives nearly everybody the same access as before, person by person."""

import numpy as np
import pytest
from running import ran

from simulation.scenario.policy import Policy
from simulation.scenario.world import World


def access(policy, seeds):
    """The months with a mentor of everybody in some runs."""
    world = World.load("teaching_hospital")
    return np.concatenate([ran(world, policy, seed)[0].mentees["months_mentored"] for seed in seeds]).astype(float)


@pytest.mark.jit_only
@pytest.mark.parametrize("name", ["ad_hoc", "six_tips"])
def test_a_nudge_leaves_access_as_it_is(name):
    policy = Policy.load(name).with_({"prioritize.protected_hours": 1.0})
    nudged = policy.with_({"prioritize.protected_hours": 1.02})
    before, after = access(policy, range(10)), access(nudged, range(10))
    assert np.corrcoef(before, after)[0, 1] >= 0.99
    assert (before != after).any()
    assert np.corrcoef(before, access(nudged, range(10, 20)))[0, 1] < 0.5  # what other luck makes of the same people's places
