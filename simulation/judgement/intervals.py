"""Every interval in the product: of means over runs, and of statistics by leaving one run out.

The run is the unit. People of one run live in one program, so they are no independent sample; an interval counts runs.

Source: Student 1908, 10.2307/2331554, intervals of means; Fieller 1954, 10.1111/j.2517-6161.1954.tb00159.x, of
ratios; Tukey 1958, 10.1214/aoms/1177706647, the jackknife.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

CONFIDENCE = 0.95
TAILS = ((1.0 - CONFIDENCE) / 2.0, (1.0 + CONFIDENCE) / 2.0)  # quantiles at which the interval ends


class Estimate(NamedTuple):
    """A mean with its interval and a two-sided test."""

    value: float
    low: float
    high: float
    used: int  # number of values that are not missing
    p: float  # probability of a mean at least as far from the expected one


def estimate(values: np.ndarray, expected: float = 0.0) -> Estimate:
    """Estimate the mean of values, such as paired differences; missing ones are left out."""
    values = np.asarray(values, float)
    mean, low, high, used, p = (found[0] for found in estimates(values[~np.isnan(values)][None], expected))
    return Estimate(float(mean), float(low), float(high), int(used), float(p))


def estimates(values: np.ndarray, expected: float = 0.0) -> tuple[np.ndarray, ...]:
    """Estimate the mean of every row of values; gives each field of an `Estimate` as an array.

    With fewer than two values there is no interval. Where all values are the same the interval is a point and `p` is 1
    or 0. (scipy's own t test handles neither such rows nor missing values in this way.)
    """
    known = ~np.isnan(values)
    used = known.sum(axis=1)
    lowest = np.where(known, values, np.inf).min(axis=1, initial=np.inf)
    highest = np.where(known, values, -np.inf).max(axis=1, initial=-np.inf)
    point = (used > 1) & (lowest == highest)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(known, values, 0.0).sum(axis=1) / np.where(used > 0, used, np.nan)
        mean = np.where(point, lowest, mean)
        squares = np.where(known, (values - mean[:, None]) ** 2, 0.0).sum(axis=1)
        error = np.sqrt(squares / np.where(used > 1, used - 1, np.nan)) / np.sqrt(used)
        half = half_width(np.where(error > 0.0, error, np.nan), used)
        p = 2.0 * stats.t.sf(np.abs(mean - expected) / error, np.maximum(used - 1, 1))
    low, high = np.where(point, mean, mean - half), np.where(point, mean, mean + half)
    return mean, low, high, used, np.where(point, (mean == expected).astype(float), p)


def half_width(error: np.ndarray | float, used: np.ndarray | int) -> np.ndarray:
    """Half the 95 % interval of a mean of `used` values with this standard error: Student's t, never 1.96."""
    return stats.t.ppf(TAILS[1], np.maximum(np.asarray(used) - 1, 1)) * error


def mean_rate(total: np.ndarray, squares: np.ndarray, runs: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The mean of a rate over runs and its 95 % interval, which stays above 0, from sums over runs, as `mean_share` does.

    The interval is Student's on the scale of the logarithm. It is missing for fewer than two runs; where all runs agree, or
    the mean is 0, it is a point.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = total / np.where(runs > 0, runs, np.nan)
        variance = np.maximum(squares - runs * mean**2, 0.0) / np.where(runs > 1, runs - 1, np.nan)
        spread = np.sqrt(variance / runs)
        half = half_width(spread / mean, runs)
        point = (runs > 1) & ((spread == 0.0) | (mean <= 0.0))
        return mean, np.where(point, mean, mean * np.exp(-half)), np.where(point, mean, mean * np.exp(half))


def ratio(over: np.ndarray, under: np.ndarray) -> tuple[float, float, float]:
    """The ratio of two paired means and its 95 % interval; all missing unless the lower mean is clearly above 0.

    Otherwise the interval has no end: no ratio is then ruled out.
    """
    known = np.isfinite(over) & np.isfinite(under)
    over, under = np.asarray(over, float)[known], np.asarray(under, float)[known]
    if not estimate(under).low > 0.0:
        return np.nan, np.nan, np.nan
    squares = np.cov(over, under) * half_width(1.0, len(over)) ** 2 / len(over)
    top, bottom = over.mean(), under.mean()
    a, b, c = bottom**2 - squares[1, 1], top * bottom - squares[0, 1], top**2 - squares[0, 0]
    half = np.sqrt(max(b * b - a * c, 0.0))
    return top / bottom, (b - half) / a, (b + half) / a


def by_set(values: np.ndarray, sets: np.ndarray | None) -> np.ndarray:
    """The mean of the replicates (rows) of each set of parameters, as those of a set are no independent sample."""
    if sets is None:
        return values
    flat = pd.DataFrame(values.reshape(len(values), -1)).groupby(np.asarray(sets)).mean()
    return flat.to_numpy().reshape(-1, *values.shape[1:])


def jackknife(measure: Callable[[Sequence], float], runs: Sequence) -> tuple[float, float, float]:
    """A statistic of all runs together, and its interval, from the statistic without each run in turn.

    The interval is missing for fewer than two runs.
    """
    value = float(measure(runs))
    if len(runs) < 2:
        return value, np.nan, np.nan
    without = [measure([*runs[:k], *runs[k + 1 :]]) for k in range(len(runs))]
    half = float(half_width(np.sqrt((len(runs) - 1) * np.var(without)), len(runs)))
    return value, value - half, value + half
