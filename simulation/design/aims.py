"""What a design is judged by: its aims, when another one makes it needless, and so which designs form the front.

A design is needless when one that costs no more is in nothing worse by as much as matters. The margins are those of the table
of outcomes; a fiftieth of the budget matters in money. On the way a design is dropped only where the intervals of the paired
differences say so; at the end the means do.

Source: Laumanns, Thiele, Deb and Zitzler 2002, 10.1162/106365602760234108, fronts that leave out what differs too little.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np

from simulation.comparison.costs import paid
from simulation.judgement import Estimate, estimate, estimates
from simulation.outcomes import find
from simulation.run import Counted
from simulation.scenario.policy import Policy
from simulation.scenario.privacy import told_groups
from simulation.scenario.world import World

COST = "cost"
STEPS = 50  # steps of money in a budget: less than one of them does not matter; assumed
GAPS = ("access", "need_coverage")  # gaps, of the first identity attribute, that should close


class Aims(NamedTuple):
    """What is sought in a world within a budget: outcomes that should rise, fall or come near to zero, and money."""

    names: tuple[str, ...]  # without the cost
    budget: float  # money a year

    @property
    def step(self) -> float:
        """The smallest difference in money a year that matters."""
        return self.budget / STEPS


def aims_of(world: World, budget: float, small: Collection[str]) -> Aims:
    """Retention and mentors' burnout, and the gaps of the first identity attribute; gaps of few people are left out."""
    told = [identity.name for identity in world.identities[:1] if told_groups(world)[identity.name].gap]
    gaps = [f"gap_{name}_{attribute}" for attribute in told for name in GAPS]
    return Aims(("retention", *(gap for gap in gaps if gap not in small), "mentor_burnout"), budget)


class Tried:
    """A design that was tried: its number, policy and lever values, and what its replicates gave."""

    def __init__(self, number: int, world: World, policy: Policy, values: Mapping[str, object]):
        self.number, self.policy, self.values = number, policy, dict(values)
        self.counted = Counted(world, 0)

    def add(self, counted: Counted) -> None:
        """Add replicates."""
        self.counted.join([counted])
        self.__dict__.pop("outcomes", None)

    @cached_property
    def outcomes(self) -> dict[str, np.ndarray]:
        """Every outcome, with a value a replicate; the cost is that of the whole program, a year."""
        return self.counted.columns() | {COST: paid(*self.counted.money())}

    @property
    def replicates(self) -> int:
        """How many replicates it has."""
        return len(self.counted.heads)

    @property
    def whole(self) -> bool:
        """Whether no run failed."""
        return not np.isnan(self.outcomes[COST]).any()

    def of(self, name: str) -> np.ndarray:
        """An outcome, replicate by replicate."""
        return self.outcomes[name]

    def estimate(self, name: str) -> Estimate:
        """An outcome with its interval."""
        return estimate(self.of(name))

    def shortfall(self, aims: Aims) -> np.ndarray:
        """What is missing of each aim, aims x replicates, in margins: less is better. A gap counts by its mean distance from 0."""
        found = []
        for name in aims.names:
            values, described = self.outcomes[name], find(name)
            turned = values * np.sign(values.mean()) if name.startswith("gap_") else -described.better * values
            found.append(turned / described.margin)
        return np.array(found)


def affordable(tried: Tried, aims: Aims, sure: bool = True) -> bool:
    """Whether a design costs no more than the budget: surely, or possibly."""
    cost = tried.estimate(COST)
    return bool((cost.high if sure else cost.low) <= aims.budget)


def front(designs: Sequence[Tried], aims: Aims, doubt: bool = False) -> list[Tried]:
    """The designs without those that are needless, the cheapest first; all must have the same replicates.

    Designs of which a run failed are left out. With `doubt` only those are left out that are needless beyond doubt.
    """
    standing = [tried for tried in designs if tried.whole]
    short = {tried.number: tried.shortfall(aims) for tried in standing}
    order = {tried.number: (tried.of(COST).mean() // aims.step, short[tried.number].mean(axis=1).sum()) for tried in standing}
    kept: list[Tried] = []
    surest: Callable = _low_ends if doubt else _means
    for tried in sorted(standing, key=lambda tried: (*order[tried.number], tried.number)):
        gains = surest(np.array([short[tried.number] - short[other.number] for other in kept])) if kept else np.empty((0, 1))
        if not (gains >= -1.0).all(axis=1).any():
            kept.append(tried)
    return kept


def _means(gains: np.ndarray) -> np.ndarray:
    return gains.mean(axis=2)


def _low_ends(gains: np.ndarray) -> np.ndarray:
    """The lower ends of the intervals of paired differences, designs x aims."""
    return estimates(gains.reshape(-1, gains.shape[2]))[1].reshape(gains.shape[:2])
