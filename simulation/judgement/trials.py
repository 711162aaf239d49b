"""What an evaluator makes of a randomised trial: the estimate, its 95 % interval, and its test.

Source: Welch 1947, 10.1093/biomet/34.1-2.28, two samples; Liang and Zeger 1986, 10.1093/biomet/73.1.13, errors clustered by
unit; Hussey and Hughes 2007, 10.1016/j.cct.2006.05.007, the stepped wedge with effects of units and periods.
"""

import numpy as np
from scipy import stats

from simulation.judgement.intervals import TAILS, Estimate

UNKNOWN = Estimate(np.nan, np.nan, np.nan, 0, np.nan)
FEWEST = 2  # people, or units, on either side


def two_samples(values: np.ndarray, treated: np.ndarray) -> Estimate:
    """Estimate the mean of the treated less that of the others, each with a variance of its own; missing values are left out."""
    known = ~np.isnan(values)
    sides = values[known & treated], values[known & ~treated]
    if min(map(len, sides)) < FEWEST:
        return UNKNOWN
    errors = [side.var(ddof=1) / len(side) for side in sides]
    error = float(np.sqrt(sum(errors)))
    freedom = sum(errors) ** 2 / sum(part**2 / (len(side) - 1) for part, side in zip(errors, sides, strict=True)) if error else 1.0
    return _told(float(sides[0].mean() - sides[1].mean()), error, freedom, int(known.sum()))


def clustered(totals: np.ndarray, heads: np.ndarray, treated: np.ndarray) -> Estimate:
    """Estimate the effect of a treatment that whole units have, by least squares over people, with errors clustered by unit.

    Args:
        totals, heads: units x periods: the sum of the people's values, and how many people have one. The cells are enough:
            people of one cell are alike in all that the model knows.
        treated: units x periods: whether the unit has the treatment. With several periods each unit and each period has an
            effect of its own (a stepped wedge); with one there is an intercept.
    """
    units, periods = totals.shape
    there = heads.sum(axis=1) > 0
    sides = [int((there & side.any(axis=1)).sum()) for side in (treated & (heads > 0), ~treated & (heads > 0))]
    if min(sides) < FEWEST or there.sum() < 2 * FEWEST - 1:
        return UNKNOWN
    unit, period = (place.ravel() for place in np.indices(totals.shape))
    effects = [unit[:, None] == np.arange(units), period[:, None] == np.arange(1, periods)]
    effects = effects if periods > 1 else [np.ones((units, 1))]
    design = np.concatenate([treated.reshape(-1, 1), *effects], axis=1).astype(float)
    weights, sums = heads.ravel().astype(float), totals.ravel()
    bread = np.linalg.pinv(design.T @ (design * weights[:, None]), hermitian=True)
    found = bread @ (design.T @ sums)
    scores = design * (sums - weights * (design @ found))[:, None]
    scores = np.add.reduceat(scores, np.arange(0, len(scores), periods))
    people, rank, clusters = weights.sum(), np.linalg.matrix_rank(design[weights > 0.0]), int(there.sum())
    small = clusters / (clusters - 1) * (people - 1) / max(people - rank, 1)
    error = float(np.sqrt(max(small * np.sum((scores @ bread[:, 0]) ** 2), 0.0)))
    return _told(float(found[0]), error, clusters - 1, int(people))


def _told(value: float, error: float, freedom: float, used: int) -> Estimate:
    """An estimate with its interval and test by Student's t; without an error it is a point that nobody tests."""
    if not error > 0.0:
        return Estimate(value, value, value, used, float(value == 0.0))
    half = float(stats.t.ppf(TAILS[1], freedom)) * error
    return Estimate(value, value - half, value + half, used, float(2.0 * stats.t.sf(abs(value) / error, freedom)))
