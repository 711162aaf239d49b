"""A phenomenon of complexity: a small study with its mechanism on, and the same one with the mechanism switched off.

The statistic of both is compared with what chance alone gives, so that it is the mechanism, and not the drawing, that
shows it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.figure import Figure

from simulation.judgement import estimate

Seen = Mapping[str, Any]  # what is counted with one seed: numbers and arrays


class Finding(NamedTuple):
    """A statistic with its interval, and how likely chance alone would give one as far from its own value."""

    value: float
    low: float
    high: float
    chance: float  # what the statistic is when chance alone is at work
    p: float


class Phenomenon(NamedTuple):
    """An experiment that anyone can run with one command."""

    name: str
    title: str  # what it shows, in a sentence for a room
    statistic: str  # what is measured, with its unit
    switch: str  # what is switched off
    source: str
    seeds: int
    see: Callable[[int, bool], Seen]  # of one seed, with the mechanism on or off
    find: Callable[[Sequence[Seen]], Finding]  # of all seeds
    draw: Callable[[Sequence[Seen], Sequence[Seen]], Figure]  # on, off
    also: Callable[[Sequence[Seen]], Mapping[str, float]] = lambda seen: {}  # further numbers, by what they are


def mean_finding(values: Sequence[float], chance: float = 0.0) -> Finding:
    """The mean of a value a seed, its t interval, and a t test against what chance gives.

    When all seeds say the same the interval is a point, and p is 1 where that is what chance gives, else 0.
    Source: Student 1908, 10.2307/2331554.
    """
    known = np.asarray(values, float)
    known = known[~np.isnan(known)]
    if len(known) < 2:
        return Finding(*(float(known[0]) if len(known) else np.nan for _ in range(3)), chance, np.nan)
    found = estimate(known, chance)
    return Finding(found.value, found.low, found.high, chance, found.p)
