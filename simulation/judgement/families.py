"""Many intervals at once: made so wide that all of them hold together.

Source: Westfall and Young 1993 and Romano and Wolf 2005, 10.1198/016214504000000539, the largest of many statistics, drawn
by changing the signs of runs; Holm 1979, many tests at once.
"""

from collections.abc import Sequence

import numpy as np
from scipy import stats

from simulation.judgement.intervals import CONFIDENCE

FEWEST = 6  # runs; with fewer, there are too few ways to change signs for one in twenty
DRAWS, BATCH = 4999, 500


def together(values: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The 95 % intervals of the means of a family, all of which hold at once: low, high, and p values that count them all.

    `values` is rows x runs: paired differences, missing (nan) where a run failed. A p value is the chance that any row lies
    as far from zero if no mean differs from it. All differences of a run change their sign together, so what goes together
    in the data goes together in the draws. Where all runs agree the interval is a point. With fewer than `FEWEST` runs all
    are missing.
    """
    known = ~np.isnan(values)
    used = known.sum(axis=1)
    free = np.maximum(used - 1, 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(known, values, 0.0).sum(axis=1) / used
        rest = np.where(known, values - mean[:, None], 0.0)
        squares = (rest**2).sum(axis=1)
        error = np.sqrt(squares / free / used)
        far = stats.t.sf(np.abs(mean) / error, free)  # half the p value of the row alone
    half, p = np.where(used < FEWEST, np.nan, 0.0), np.full(len(values), np.nan)
    counts = (used >= FEWEST) & (error > 0.0)
    if counts.any():
        least = np.sort(_least(rest[counts], squares[counts], used[counts]))
        chance = np.quantile(least, 1.0 - CONFIDENCE, method="lower")
        half[counts] = stats.t.isf(chance, free[counts]) * error[counts]
        p[counts] = (1.0 + np.searchsorted(least, far[counts], side="right")) / (1.0 + len(least))
    return mean - half, mean + half, p


def _least(rest: np.ndarray, squares: np.ndarray, used: np.ndarray) -> np.ndarray:
    """The smallest tail probability over rows, in each draw of signs."""
    luck, found = np.random.default_rng(1), []
    for begun in range(0, DRAWS, BATCH):
        signs = luck.choice((-1.0, 1.0), size=(rest.shape[1], min(BATCH, DRAWS - begun)))
        least = np.ones(signs.shape[1])
        for runs in np.unique(used):  # with as many runs, the largest statistic has the smallest tail
            mine = used == runs
            mean = rest[mine] @ signs / runs
            variance = np.maximum(squares[mine, None] - runs * mean**2, np.finfo(float).tiny) / (runs - 1) / runs
            least = np.minimum(least, stats.t.sf(np.sqrt((mean**2 / variance).max(axis=0)), runs - 1))
        found.append(least)
    return np.concatenate(found)


def holm(p: Sequence[float]) -> np.ndarray:
    """Correct p values for many tests, after Holm 1979; a missing one stays missing and does not count.

    scipy has no such function, and statsmodels, with which the tests compare this one, is optional.
    """
    p = np.asarray(p, dtype=float)
    corrected, known = np.full(len(p), np.nan), np.flatnonzero(~np.isnan(p))
    order = known[np.argsort(p[known], kind="stable")]
    corrected[order] = np.minimum(np.maximum.accumulate(p[order] * np.arange(len(order), 0, -1)), 1.0)
    return corrected
