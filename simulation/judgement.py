"""What can be said of a difference: its interval, which way is better, and a verdict in one word.

Screen, brief, figures, effects, boxes and plausible sets all ask here. Which way is better stands in the table of
outcomes alone.

Source: Student 1908, 10.2307/2331554, intervals of paired means; Holm 1979, many tests at once.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from simulation.outcomes import find, gaps_among

LEVEL = 0.95
Z = float(stats.norm.ppf((1.0 + LEVEL) / 2.0))  # half width of an interval of that level, in standard errors
SMALL_SHARE = 0.005  # smallest effect of interest on shares and on gaps in them: half a percentage point
SMALL_PART = 0.01  # the same on everything else, as a part of its mean level


class Estimate(NamedTuple):
    """A mean with its interval: how many values it rests on, and the chance of one as far from what is expected."""

    value: float
    low: float
    high: float
    used: int
    p: float


def estimate(values: np.ndarray, expected: float = 0.0) -> Estimate:
    """The mean of values that may be missing, such as paired differences, with its interval and a t test."""
    values = np.asarray(values, float)
    mean, low, high, used, p = (found[0] for found in estimates(values[~np.isnan(values)][None], expected))
    return Estimate(float(mean), float(low), float(high), int(used), float(p))


def estimates(values: np.ndarray, expected: float = 0.0) -> tuple[np.ndarray, ...]:
    """The same for every row of values, each field of an `Estimate` as an array.

    Without two values there is no interval. Where all are the same it is a point, and the chance 1 or 0. (Rows with
    missing values, and rows without spread, are why this is scipy's interval and not its t test.)
    """
    known = ~np.isnan(values)
    used = known.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(known, values, 0.0).sum(axis=1) / np.where(used > 0, used, np.nan)
        squares = np.where(known, (values - mean[:, None]) ** 2, 0.0).sum(axis=1)
        error = np.sqrt(squares / np.where(used > 1, used - 1, np.nan)) / np.sqrt(used)
        free = np.maximum(used - 1, 1)
        low, high = stats.t.interval(LEVEL, free, mean, np.where(error > 0.0, error, np.nan))
        p = 2.0 * stats.t.sf(np.abs(mean - expected) / error, free)
    point = error == 0.0
    return (mean, np.where(point, mean, low), np.where(point, mean, high), used,
            np.where(point, (mean == expected).astype(float), p))  # fmt: skip


def direction(name: str, before: float = 1.0) -> int:
    """The sign of a change for the better: 1, -1, or 0 where neither way is; a gap gets better towards zero.

    `before` says on which side of zero a gap lies.
    """
    return -find(name).better if name.startswith("gap_") and before <= 0.0 else find(name).better


def share_better(values: np.ndarray, baseline: np.ndarray, name: str) -> float:
    """The share of pairs in which the value is better than the baseline; missing where neither way is better."""
    if name.startswith("gap_"):
        return float((np.abs(values) < np.abs(baseline)).mean())
    way = direction(name)
    return float((way * (values - baseline) > 0.0).mean()) if way else np.nan


def verdict(low: float, high: float, better: int, no_gap: float = np.nan) -> str:
    """Say `better`, `worse`, `higher`, `lower`, or `cannot tell` when the interval holds zero or is missing.

    A gap that is clearly past zero (`no_gap`, see `turn_gaps`) is `reversed`: the other group is behind.
    """
    if not (np.isfinite(low) and np.isfinite(high)) or low <= 0 <= high:
        return "cannot tell"
    if high < no_gap:
        return "reversed"
    if better == 0:
        return "higher" if low > 0 else "lower"
    return "better" if (low > 0) == (better > 0) else "worse"


def judged(rows: pd.DataFrame) -> list[str]:
    """Say the verdict on each row of a table of contrasts."""
    return [
        verdict(row.low, row.high, direction(row.outcome), getattr(row, "no_gap", np.nan)) for row in rows.itertuples()
    ]


def turn_gaps(contrasts: pd.DataFrame, outcomes: pd.DataFrame | None) -> pd.DataFrame:
    """Turn gap rows so that a positive difference is a wider gap than the baseline's, whatever the gap's own sign.

    A gap is signed, and zero is best. Where its mean under the baseline is below zero, the row changes sign; the new
    column `no_gap` holds the difference at which nothing of the gap is left. Without `outcomes` nothing changes.
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


def widest_gap(outcomes: pd.DataFrame, baseline: str, of: str = "retention") -> str | None:
    """Name the gap in an outcome that is widest under the baseline; None when no identity was measured."""
    rows = outcomes.loc[outcomes["policy"] == baseline, gaps_among(outcomes.columns, of)]
    gaps = rows.mean().abs().dropna()
    return None if gaps.empty else str(gaps.idxmax())


def smallest_effect(name: str, level: float) -> float:
    """The smallest effect of interest: half a point of a share or of a gap in one, else a hundredth of the mean level."""
    return SMALL_SHARE if find(name).difference_unit == "percentage points" else SMALL_PART * abs(level)


def effect_verdict(found: Estimate, smallest: float, better: int) -> str:
    """Say of an effect that it `helps`, `harms`, is `negligible`, or that one `cannot tell`.

    Of an outcome that is neither good nor bad it is only said that the effect `raises` or `lowers` it.
    """
    if found.low >= -smallest and found.high <= smallest:
        return "negligible"
    words = {"better": "helps", "worse": "harms", "higher": "raises", "lower": "lowers"}
    said = verdict(found.low, found.high, better)
    return words.get(said, said)


def gap_verdict(found: Estimate, before: Estimate) -> str:
    """Say of a clear effect on a gap, so wide before it, which way it leads: past zero it is `reversed`.

    Where there was no clear gap before, the effect has only `shifted` it.
    """
    if verdict(before.low, before.high, 0) == "cannot tell":
        return "shifted"
    if np.sign(before.value) * found.value > 0.0:
        return "harms"
    nearest = min(abs(found.low), abs(found.high))  # the least that the effect may be
    return "reversed" if nearest > abs(before.value) else "helps"


def pair_verdict(found: Estimate, p: float, smallest: float) -> str:
    """Say of a pair that it gives `more` or `less` than its sum; `p` is corrected for all pairs."""
    if found.low >= -smallest and found.high <= smallest:
        return "negligible"
    return ("more" if found.value > 0.0 else "less") if p < 1.0 - LEVEL else "cannot tell"


def holm(p: Sequence[float]) -> np.ndarray:
    """The chances corrected for being many, after Holm 1979; a missing one stays missing and does not count.

    Written here since scipy has none, and statsmodels, to which the tests hold it, is no part of the core.
    """
    p = np.asarray(p, dtype=float)
    corrected, known = np.full(len(p), np.nan), np.flatnonzero(~np.isnan(p))
    order = known[np.argsort(p[known], kind="stable")]
    corrected[order] = np.minimum(np.maximum.accumulate(p[order] * np.arange(len(order), 0, -1)), 1.0)
    return corrected
