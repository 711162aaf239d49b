"""Where studies disagree on who has a mentor, a world exists for each side."""

import numpy as np
import pytest

from simulation.evidence.patterns.tally import crossed, odds_ratio
from simulation.evidence.patterns.virtual import totals
from simulation.run import simulate
from simulation.scenario.policy import Policy
from simulation.scenario.world import World

JANUARY, SEEDS = 31, 30


def odds_of_a_mentor(world):
    """The odds ratio of having a mentor, minority against majority, without a program."""
    counts = []
    for seed in range(1, SEEDS + 1):
        people = simulate(World.load(world), Policy(), seed=seed, months=JANUARY).mentees
        there = people[people["exit"] == "active"]
        counts.append(crossed("minority", there["minority"] == "minority", there["mentored"]))
    return odds_ratio(totals(counts), "minority")


@pytest.mark.jit_only
def test_each_side_of_the_evidence_has_its_world():
    equal, usual, unequal = (odds_of_a_mentor(f"{name}hospital") for name in ("equal_access_", "teaching_", "unequal_access_"))
    assert abs(np.log(equal)) < 0.25  # D3, D9: no difference; about 1,000 people of the minority
    assert 0.15 < unequal < usual < equal
    assert unequal < 0.55  # D2: 0.3 (0.1 to 0.7)
