"""How well an early sign tells runs that end well from runs that do not: the area under the ROC curve, with its interval.

Source: Hanley and McNeil 1982, 10.1148/radiology.143.1.7063747, what the area means and how it varies; Newcombe 2006,
10.1002/sim.2324, the interval (his method 5), which also holds where a sign tells all runs apart.
"""

from typing import NamedTuple

import numpy as np
from scipy import optimize, stats

from simulation.judgement.intervals import CONFIDENCE

FEWEST_ENDED = 10  # runs that ended well, and runs that did not, below which nothing is said; assumed
NEXT = 1e-9  # beside the measured area, which itself solves the equation where all runs are told apart


class Telling(NamedTuple):
    """How often a sign is higher in a run that ended well than in one that did not, of all such pairs; ties count half."""

    area: float
    low: float
    high: float


def telling(values: np.ndarray, well: np.ndarray, among: int = 1) -> Telling:
    """Measure how well a sign, a value a run, tells the runs that ended `well` (yes or no, a run each) from the others.

    An area of 0.5 tells nothing; below it, the sign is lower in runs that ended well. The 95 % interval holds together with
    those of all signs, `among` in number (Bonferroni). Runs without a value are left out; with fewer than `FEWEST_ENDED`
    runs on either side all is missing.
    """
    values, well = np.asarray(values, float), np.asarray(well, bool)
    known = np.isfinite(values)
    good, bad = values[known & well], values[known & ~well]
    if min(len(good), len(bad)) < FEWEST_ENDED:
        return Telling(np.nan, np.nan, np.nan)
    pairs, more = len(good) * len(bad), (len(good) + len(bad)) / 2.0 - 1.0
    area = float(stats.mannwhitneyu(good, bad).statistic / pairs)
    tail = stats.norm.ppf(1.0 - (1.0 - CONFIDENCE) / 2.0 / among)

    def short(end: float) -> float:
        """By how much the measured area lies nearer to an end than it may."""
        spread = end * (1.0 - end) * (1.0 + more * ((1.0 - end) / (2.0 - end) + end / (1.0 + end))) / pairs
        return abs(area - end) - tail * np.sqrt(spread)

    low = optimize.brentq(short, 0.0, area - NEXT) if area > 0.0 else 0.0
    high = optimize.brentq(short, area + NEXT, 1.0) if area < 1.0 else 1.0
    return Telling(area, float(low), float(high))
