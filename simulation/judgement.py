"""Judging a difference: its interval, which way is better, and a verdict in one word.

Screen, brief, figures and analyses all ask here. Only the table of outcomes says which way is better.

Source: Student 1908, 10.2307/2331554, intervals of paired means; Holm 1979, many tests at once.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from simulation.outcomes import find, gaps_among

CONFIDENCE = 0.95
TAILS = ((1.0 - CONFIDENCE) / 2.0, (1.0 + CONFIDENCE) / 2.0)  # quantiles at which the interval ends
Z = float(stats.norm.ppf(TAILS[1]))  # half width of the interval, in standard errors
SMALL_SHARE = 0.005  # smallest effect of interest on shares and on gaps in them: half a percentage point
SMALL_PART = 0.01  # smallest effect of interest on all other outcomes, as a part of the mean level


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
        free = np.maximum(used - 1, 1)
        low, high = stats.t.interval(CONFIDENCE, free, mean, np.where(error > 0.0, error, np.nan))
        p = 2.0 * stats.t.sf(np.abs(mean - expected) / error, free)
    return (mean, np.where(point, mean, low), np.where(point, mean, high), used,
            np.where(point, (mean == expected).astype(float), p))  # fmt: skip


def direction(name: str, before: float = 1.0) -> int:
    """The sign of a change for the better: 1, -1, or 0 where neither way is better.

    A gap gets better towards zero; `before` is its value under the baseline, of which only the sign counts.
    """
    return -find(name).better if name.startswith("gap_") and before <= 0.0 else find(name).better


def share_better(values: np.ndarray, baseline: np.ndarray, name: str) -> float:
    """The share of pairs in which the value is better than the baseline; missing where neither way is better."""
    if name.startswith("gap_"):
        return float((np.abs(values) < np.abs(baseline)).mean())
    way = direction(name)
    return float((way * (values - baseline) > 0.0).mean()) if way else np.nan


def verdict(low: float, high: float, better: int, no_gap: float = np.nan) -> str:
    """Say `better`, `worse`, `higher` or `lower`; `cannot tell` when the interval holds zero or is missing.

    A gap is `reversed` when the interval lies below `no_gap` (see `turn_gaps`): now the other group is behind.
    """
    if not (np.isfinite(low) and np.isfinite(high)) or low <= 0 <= high:
        return "cannot tell"
    if high < no_gap:
        return "reversed"
    if better == 0:
        return "higher" if low > 0 else "lower"
    return "better" if (low > 0) == (better > 0) else "worse"


def judged(rows: pd.DataFrame) -> list[str]:
    """Give the verdict on each row of a table of contrasts."""
    return [verdict(row.low, row.high, direction(row.outcome), getattr(row, "no_gap", np.nan)) for row in rows.itertuples()]


def turn_gaps(contrasts: pd.DataFrame, outcomes: pd.DataFrame | None) -> pd.DataFrame:
    """Turn gap rows so that a positive difference always means a wider gap than the baseline's.

    A gap is signed, and zero is best. Where its mean under the baseline is below zero, the row changes sign. The new
    column `no_gap` holds the difference that closes the gap. Without `outcomes` no row is turned.
    """
    turned = contrasts.assign(no_gap=np.nan)
    if outcomes is None:
        return turned
    for i, row in contrasts.iterrows():
        name = row["outcome"]
        if not str(name).startswith("gap_") or name not in outcomes:
            continue
        before = outcomes.loc[outcomes["policy"] == row["baseline"], name].mean()
        turned.loc[i, "no_gap"] = -abs(before)
        if before < 0:
            turned.loc[i, ["difference", "low", "high"]] = [-row["difference"], -row["high"], -row["low"]]
    return turned


def widest_gap(outcomes: pd.DataFrame, baseline: str) -> str | None:
    """Name the gap in access to a mentor that is widest under the baseline; None when no identity was measured.

    Where access was not measured, it is the widest gap in retention.
    """
    for of in ("access", "retention"):
        rows = outcomes.loc[outcomes["policy"] == baseline, gaps_among(outcomes.columns, of)]
        gaps = rows.mean().abs().dropna()
        if not gaps.empty:
            return str(gaps.idxmax())
    return None


def smallest_effect(name: str, level: float) -> float:
    """The smallest effect of interest: half a percentage point, or a hundredth of the mean level where that is no share."""
    return SMALL_SHARE if find(name).difference_unit == "percentage points" else SMALL_PART * abs(level)


def effect_verdict(found: Estimate, smallest: float, better: int) -> str:
    """Say that an effect `helps`, `harms` or is `negligible`, or that one `cannot tell`.

    Where neither way is better, the effect `raises` or `lowers` the outcome.
    """
    if found.low >= -smallest and found.high <= smallest:
        return "negligible"
    words = {"better": "helps", "worse": "harms", "higher": "raises", "lower": "lowers"}
    said = verdict(found.low, found.high, better)
    return words.get(said, said)


def gap_verdict(found: Estimate, before: Estimate) -> str:
    """Say whether a clear effect on a gap `helps`, `harms`, or `reversed` the gap by moving it past zero.

    `before` estimates the gap without the effect. If that gap was not clear, the effect only `shifted` it.
    """
    if verdict(before.low, before.high, 0) == "cannot tell":
        return "shifted"
    if np.sign(before.value) * found.value > 0.0:
        return "harms"
    nearest = min(abs(found.low), abs(found.high))  # the smallest effect within the interval
    return "reversed" if nearest > abs(before.value) else "helps"


def pair_verdict(found: Estimate, p: float, smallest: float) -> str:
    """Say whether two factors together give `more` or `less` than their sum; `p` is corrected for all pairs."""
    if found.low >= -smallest and found.high <= smallest:
        return "negligible"
    return ("more" if found.value > 0.0 else "less") if p < 1.0 - CONFIDENCE else "cannot tell"


def holm(p: Sequence[float]) -> np.ndarray:
    """Correct p values for many tests, after Holm 1979; a missing one stays missing and does not count.

    scipy has no such function, and statsmodels, with which the tests compare this one, is optional.
    """
    p = np.asarray(p, dtype=float)
    corrected, known = np.full(len(p), np.nan), np.flatnonzero(~np.isnan(p))
    order = known[np.argsort(p[known], kind="stable")]
    corrected[order] = np.minimum(np.maximum.accumulate(p[order] * np.arange(len(order), 0, -1)), 1.0)
    return corrected
