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
@pytest.mark.parametrize(("name", "hours"), [("ad_hoc", 1.0), ("prioritized", 2.0), ("six_tips", 2.0)])
def test_a_nudge_leaves_access_as_it_is(name, hours):
    policy = Policy.load(name).with_({"prioritize.protected_hours": hours})
    nudged = policy.with_({"prioritize.protected_hours": hours + 0.02})
    before, after = access(policy, range(20)), access(nudged, range(20))
    assert np.corrcoef(before, after)[0, 1] >= 0.99
    assert (before != after).any()
    assert np.corrcoef(before, access(nudged, range(20, 40)))[0, 1] < 0.7  # what is left of it with other luck
