"""A wish that the program asks about leaves nobody with less: optional matching against the same program without it.

Bars, decided before the runs: of those who wish, ever mentored: the interval's lower end above -1 point. The gap in ever
having had a mentor, by every identity: the lower end at most +0.3 points, so that no gap is clearly wider.
"""

import numpy as np
import pytest

from simulation import MentorshipModel, Policy, World
from simulation.judgement import estimate
from simulation.scenario.loading import shipped_folder

SEEDS = 100
WORLDS = {path.stem: World.load(path.stem) for path in sorted(shipped_folder("world").glob("*.toml"))}
WISHING = [name for name, world in WORLDS.items() if any(identity.wish_same for identity in world.identities)]


def seen(world, policy, seed):
    """The share ever mentored of those who wish, and the gap in it by each identity."""
    model = MentorshipModel(world, policy, rng=seed)
    model.run_model()
    people = model.state.mentees[model.state.mentees.active > 0]
    had, wishes = people.ties > 0, (people.wish != 0).any(axis=1)
    groups = people.group[:, : len(world.identities)].T
    return [had[wishes].mean(), *(had[group == 0].mean() - had[group != 0].mean() for group in groups)]


@pytest.mark.parametrize("name", WISHING)
def bar_wishes(name, measured):
    world, policies = WORLDS[name], [Policy.load("identity_optional"), Policy.load("multi_discipline")]
    runs = [np.subtract(*(seen(world, policy, seed) for policy in policies)) for seed in range(SEEDS)]
    mentored, *gaps = (estimate(100.0 * column) for column in np.transpose(runs))
    measured(f"{name}: ever mentored of those who wish, points, lower end", mentored.low, "> -1")
    for identity, gap in zip(world.identities, gaps, strict=True):
        measured(f"{name}: access gap by {identity.name}, points, lower end", gap.low, "<= 0.3")
    assert mentored.low > -1.0
    assert all(gap.low <= 0.3 for gap in gaps)
