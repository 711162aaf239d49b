"""How well an early sign tells runs that end well from runs that do not: the area under the ROC curve, with its interval.

Source: Hanley and McNeil 1982, 10.1148/radiology.143.1.7063747, what the area means; DeLong, DeLong and Clarke-Pearson 1988,
10.2307/2531595, its variance; Pepe 2003, the interval on the scale of log odds.
"""

from typing import NamedTuple

import numpy as np
from scipy import stats

from simulation.judgement.intervals import CONFIDENCE

FEWEST_ENDED = 10  # runs that ended well, and runs that did not, below which nothing is said; assumed


class Telling(NamedTuple):
    """How often a sign is higher in a run that ended well than in one that did not, of all such pairs."""

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
    fewer = min(len(good), len(bad))
    if fewer < FEWEST_ENDED:
        return Telling(np.nan, np.nan, np.nan)
    ranks = stats.rankdata(np.concatenate([good, bad]))
    above = (ranks[: len(good)] - stats.rankdata(good)) / len(bad)  # of each good run, over the bad ones
    below = 1.0 - (ranks[len(good) :] - stats.rankdata(bad)) / len(good)
    area = above.mean()
    variance = above.var(ddof=1) / len(good) + below.var(ddof=1) / len(bad)
    inside = np.clip(area, 0.5 / fewer, 1.0 - 0.5 / fewer)  # where one side lies wholly above, DeLong's variance is 0
    variance = max(variance, inside * (1.0 - inside) / fewer) if inside != area else variance
    if variance == 0.0:  # all runs alike
        return Telling(area, area, area)
    tail = stats.t.ppf(1.0 - (1.0 - CONFIDENCE) / 2.0 / among, fewer - 1)
    half = tail * np.sqrt(variance) / (inside * (1.0 - inside))
    odds = np.log(inside / (1.0 - inside))
    low, high = (1.0 / (1.0 + np.exp(-end)) for end in (odds - half, odds + half))
    return Telling(float(area), float(min(low, area)), float(max(high, area)))
