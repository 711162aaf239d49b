"""A phenomenon of complexity: a small study with its mechanism on, and the same study with the mechanism off.

The statistic of both is compared with chance alone. So a test, and not the eye, decides whether the mechanism works.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.figure import Figure

from simulation.figures.strips import Measure
from simulation.judgement import estimate
from simulation.scenario.counted import counted

Seen = Mapping[str, Any]  # the results with one seed: numbers and arrays
SURE, UNSURE = 0.001, 0.05  # chance is ruled out with p below the first, and not with p above the second


class Finding(NamedTuple):
    """A statistic with its interval, and a test against chance alone."""

    value: float
    low: float
    high: float
    chance: float  # the statistic under chance alone
    p: float  # probability under chance alone of a statistic at least as far from `chance`

    @property
    def appears(self) -> bool:
        """Whether the effect is beyond chance: p below 0.001."""
        return self.p < SURE


class Arm(NamedTuple):
    """What was found with the mechanism on, or off: the results with each seed, the finding, and further numbers."""

    seen: Sequence[Seen]
    found: Finding
    also: Mapping[str, float] = {}

    def claimed(self, claim: str) -> str:
        """The title of a figure: the claim where the statistic lies above chance and chance is ruled out; else that it is not."""
        found = self.found.appears and self.found.value > self.found.chance
        return claim if found else f"In {counted(len(self.seen), 'programs')}, chance could explain what is seen"


class Phenomenon(NamedTuple):
    """An experiment that anyone can run with one command."""

    name: str
    title: str  # the result, in a sentence for an audience
    statistic: str  # the measure, with its unit
    measure: Measure  # the same for a figure: a short name, the unit, and the rounding
    switch: str  # the mechanism that is switched off
    source: str
    seeds: int
    see: Callable[[int, bool], Seen]  # for a seed, with the mechanism on or off
    find: Callable[[Sequence[Seen]], Finding]  # over all seeds
    draw: Callable[[Arm, Arm], Figure]  # on, off
    also: Callable[[Sequence[Seen]], Mapping[str, float]] = (
        lambda seen: {}
    )  # further numbers, by their meaning in words


def mean_finding(values: Sequence[float], chance: float = 0.0) -> Finding:
    """The mean over seeds, its t interval, and a t test against chance.

    When all seeds give the same value the interval is a point, and p is 1 if that value is `chance`, else 0.
    Source: Student 1908, 10.2307/2331554.
    """
    known = np.asarray(values, float)
    known = known[~np.isnan(known)]
    if len(known) < 2:
        return Finding(*(float(known[0]) if len(known) else np.nan for _ in range(3)), chance, np.nan)
    found = estimate(known, chance)
    return Finding(found.value, found.low, found.high, chance, found.p)
