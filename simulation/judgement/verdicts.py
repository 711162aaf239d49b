"""Verdicts on differences between policies: better, worse, practically the same, or cannot tell.

Only the table of outcomes says which way is better, and what margin matters. A verdict is read from an interval that holds
together with all others of its family, so that one table of verdicts is wrong anywhere in at most one of twenty comparisons.

Source: Schuirmann 1987, 10.1007/BF01068419, the same where the whole interval lies within the margin; families, see
`simulation.judgement.families`.
"""

import numpy as np
import pandas as pd

from simulation.judgement.families import together
from simulation.judgement.intervals import half_width
from simulation.outcomes import EQUITY, find, gap_parts, gaps_among, headlines

SAME, CANNOT_TELL = "same", "cannot_tell"
POWER = 0.84  # standard errors beyond the end of the interval: four of five
ENOUGH = 30  # runs of each policy below which a comparison is too short for advice; assumed


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


def verdict(low: float, high: float, better: int, margin: float = 0.0, no_gap: float = np.nan) -> str:
    """Say `better` or `worse`, `same` or `cannot_tell`, by an interval of the difference from the baseline.

    It is the `same` where the whole interval lies within ± `margin`, also when it excludes zero: such a difference does not
    matter. One cannot tell where the interval is missing, or holds zero and more than the margin. Where neither way is
    better the difference is `higher` or `lower`. A gap is `reversed` when the interval lies below `no_gap` (see
    `turn_gaps`): now the other group is behind.
    """
    if not (np.isfinite(low) and np.isfinite(high)):
        return CANNOT_TELL
    if margin > 0.0 and -margin <= low and high <= margin:
        return SAME
    if low <= 0.0 <= high:
        return CANNOT_TELL
    if high < no_gap:
        return "reversed"
    if better == 0:
        return "higher" if low > 0.0 else "lower"
    return "better" if (low > 0.0) == (better > 0) else "worse"


def family_of(name: str) -> str:
    """The family in which an outcome's verdicts hold together: `headline`, `equity` (gaps between groups), or `other`."""
    if name in headlines("screen"):
        return "headline"
    parts = gap_parts(name)
    return "equity" if parts and parts[0] in EQUITY else "other"


def judge(contrasts: pd.DataFrame, differences: np.ndarray) -> pd.DataFrame:
    """Add the columns of verdicts to a table of contrasts, with a row of `differences` (rows x runs) for each of its rows.

    Added are `family`; `low_all` and `high_all`, the 95 % interval that holds together with all others of the family, and
    `p_all`, a p value that counts them all; `margin`, the smallest difference that matters; `verdict`; and `needed`, how
    many runs of each policy would tell, where one cannot tell yet. The table must have `outcome`, `level` (the mean under
    the baseline), `difference`, `low` and `high`.
    """
    table = contrasts.assign(
        family=[family_of(name) for name in contrasts["outcome"]], low_all=np.nan, high_all=np.nan, p_all=np.nan,
        margin=[find(name).margin for name in contrasts["outcome"]],
    )  # fmt: skip
    for family in table["family"].unique():
        mine = (table["family"] == family).to_numpy()
        table.loc[mine, ["low_all", "high_all", "p_all"]] = np.column_stack(together(differences[mine]))
    table["verdict"] = [
        verdict(row.low_all, row.high_all, direction(row.outcome), row.margin, row.no_gap) for row in turn_gaps(table).itertuples()
    ]
    runs = (~np.isnan(differences)).sum(axis=1)
    return table.assign(needed=np.where(table["verdict"] == CANNOT_TELL, _needed(table, runs), np.nan))


def _needed(table: pd.DataFrame, runs: np.ndarray) -> np.ndarray:
    """How many runs would tell in four of five cases, if the difference is as it seems.

    Their interval would exclude zero, or lie within the margin, whichever is nearer. Rounded up to two digits.
    """
    half, far = (table["high_all"] - table["low_all"]).to_numpy() / 2.0, table["difference"].abs().to_numpy()
    error = (table["high"] - table["low"]).to_numpy() / 2.0 / half_width(1.0, runs)
    with np.errstate(invalid="ignore", divide="ignore"):
        count = runs * ((half + POWER * error) / np.maximum(far, table["margin"] - far)) ** 2
        return np.where(np.isfinite(count), two_digits(count), np.nan)


def two_digits(count: np.ndarray | float) -> np.ndarray:
    """Round a count up to two digits."""
    digit = 10.0 ** (np.floor(np.log10(count)) - 1.0)
    return np.ceil(count / digit) * digit


def turn_gaps(contrasts: pd.DataFrame) -> pd.DataFrame:
    """Turn gap rows so that a positive difference always means a wider gap than the baseline's.

    A gap is signed, and zero is best. Where its `level` under the baseline is below zero, the row changes sign. The new
    column `no_gap` holds the difference that closes the gap; elsewhere it is missing.
    """
    gap = contrasts["outcome"].str.startswith("gap_")
    turned = contrasts.assign(no_gap=(-contrasts["level"].abs()).where(gap))
    below = gap & (contrasts["level"] < 0.0)
    turned.loc[below, "difference"] = -contrasts.loc[below, "difference"]
    for low, high in (("low", "high"), ("low_all", "high_all")):
        turned.loc[below, [low, high]] = -contrasts.loc[below, [high, low]].to_numpy()
    return turned


def careful(contrasts: pd.DataFrame) -> pd.Series:
    """The verdicts of contrasts, where nobody can tell of a gap of few people, since its interval is too narrow."""
    return contrasts["verdict"].mask(contrasts["small"].astype(bool), CANNOT_TELL)


def headline_intervals(contrasts: pd.DataFrame) -> int:
    """How many intervals of the headline family there are, all of which hold together."""
    return int(contrasts.loc[contrasts["family"] == "headline", "low_all"].notna().sum())


def first_gap(outcomes: pd.DataFrame) -> str | None:
    """Name the gap that stands for all in a picture: in access to a mentor, else in retention, by the first identity measured.

    It depends on the world alone; a gap chosen by its width would be another one in other runs.
    """
    measured = outcomes.columns[outcomes.notna().any()]
    return next((name for of in ("access", "retention") for name in gaps_among(measured, of)), None)
