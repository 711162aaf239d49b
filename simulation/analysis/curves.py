"""Curves: how responses go with up to three factors of a factorial, and what changes on the same people.

Source: Box, Hunter and Hunter 2005, factorials; Student 1908, intervals of paired means.
"""

from typing import Any

import numpy as np
import pandas as pd

from simulation import judgement
from simulation.analysis.responses import Response, mean_of, responses, table_of, turned
from simulation.judgement import Estimate, direction, estimates
from simulation.studies.setup import Setup
from simulation.studies.sweep import Sweep

MOST = 3  # factors that a figure has room for
ROLES = ("x", "line", "panel")
CHANGE = ("change", "change_low", "change_high", "verdict")
TURN = ("turn", "turn_low", "turn_high")
COLUMNS = (
    "x", "x_level", "x_value", "line", "line_level", "panel", "panel_level", "value", "low", "high", "used",
    *CHANGE, *(f"line_{name}" for name in CHANGE), *TURN, "smallest",
)  # fmt: skip


def curves(done: Sweep) -> pd.DataFrame:
    """A row a response and point: the levels of the factors, and `value` with its 95 % interval over replicates.

    The factor with most levels is `x`, the next one `line`, the third `panel`; on a tie numbers come before names, and then
    the order of the study decides. A factor with one level is held fixed and has no column. `x_level` is the level as text,
    and `x_value` its number, missing for a name. `used` counts the replicates of the point that did not fail.

    `change` is the value less that at the first level of x, at the same other levels, in the same replicates, and so on the
    same people and luck; `line_change` is the same for the first line. They have paired 95 % intervals, and are missing at
    the first level itself. `turn` is the change less the change on the first line, the difference of two differences: how far
    the line decides what x does. A change is `negligible` when its whole interval lies within ± `smallest`, the smallest effect
    of interest; where that is a part of the level, it is of the mean level over all points, the largest of all policies.
    Otherwise, when the interval excludes 0, it `helps` or `harms`, or `raises` or `lowers` what is neither good nor bad.
    Otherwise one `cannot tell`.

    The level of a gap is turned so that it is above 0 at the first point. A change towards 0 helps, and the gap is
    `reversed` or `shifted` as in the effects of on-off factors. Verdicts are not corrected for their number.
    """
    design = done.points.iloc[done.rows].reset_index(drop=True)
    roles = dict(zip(ROLES, _ordered(done.setup, design), strict=False))
    place: dict[str, Any] = {f"{role}_level": design[label].map(str).tolist() for role, label in roles.items()}
    place["x_value"] = design[roles["x"]].astype(float).tolist() if _is_number(design[roles["x"]]) else [np.nan] * len(design)
    firsts = {"": _first_along(design, roles["x"])}
    if "line" in roles:
        firsts["line_"] = _first_along(design, roles["line"])
    rows: list[dict[str, Any]] = []
    levels: dict[tuple[str, str], float] = {}
    all_responses = [turned(response, done.rows[0]) for response in responses(done)]
    for response in all_responses:
        if response.baseline is None:
            of, level = (response.world, response.outcome), mean_of(np.abs(response.values[done.rows]).reshape(1, -1))[0]
            levels[of] = float(np.fmax(levels.get(of, np.nan), level))
    for response in all_responses:
        smallest = judgement.smallest_effect(response.outcome, levels[response.world, response.outcome])
        values = response.values[done.rows]
        value, low, high, used, _ = estimates(values)
        columns: dict[str, Any] = {**place, "value": value, "low": low, "high": high, "used": used}
        for prefix, first in firsts.items():
            columns |= _changes(prefix, response, values, first, smallest)
        columns |= dict(zip(TURN, estimates(_turned(values, *firsts.values())), strict=False)) if len(firsts) > 1 else {}
        about = {**response.about, **roles, "smallest": smallest}
        rows += [about | dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    return table_of(rows, COLUMNS)


def varied(setup: Setup) -> list[str]:
    """The labels of the factors of a study that have more than one level."""
    return [factor.label for factor in setup.study.factors if factor.low is not None or len(setup.ends(factor)) > 1]


def _ordered(setup: Setup, design: pd.DataFrame) -> list[str]:
    """The factors that vary, the one with most levels first; numbers before names on a tie."""
    return sorted(varied(setup), key=lambda label: (-design[label].nunique(), not _is_number(design[label])))


def _is_number(column: pd.Series) -> bool:
    """Whether the levels of a factor are numbers; yes and no are none."""
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


def _first_along(design: pd.DataFrame, label: str) -> np.ndarray:
    """For each row of a factorial, the row that has the first level of a factor and the same levels of all others."""
    others = [name for name in design if name not in (label, "point")]
    rows = pd.Series(np.arange(len(design)))
    return (rows.groupby([design[name] for name in others]).transform("min") if others else 0 * rows).to_numpy()


def _turned(values: np.ndarray, first: np.ndarray, line: np.ndarray) -> np.ndarray:
    """How far the change from the first level of x differs from that on the first line (points x replicates)."""
    change, here = values - values[first], np.arange(len(values))
    return np.where(((first == here) | (line == here))[:, None], np.nan, change - change[line])


def _changes(prefix: str, response: Response, values: np.ndarray, first: np.ndarray, smallest: float) -> dict[str, Any]:
    """The paired changes of a response from the first level of a factor (points x replicates), with their verdicts."""
    there = first == np.arange(len(values))
    paired = np.where(there[:, None], np.nan, values - values[first])
    found = estimates(paired)
    before = [Estimate._make(row) for row in zip(*estimates(values[first]), strict=True)]
    is_gap = response.outcome.startswith("gap_") and response.baseline is None
    verdicts: list[str | None] = []
    for point, change in enumerate(map(Estimate._make, zip(*found, strict=True))):
        said = None if there[point] else judgement.effect_verdict(change, smallest, direction(response.outcome))
        if is_gap and said in ("helps", "harms"):
            said = judgement.gap_verdict(change, before[point])
        verdicts.append(said)
    return dict(zip((f"{prefix}{name}" for name in CHANGE), (*found[:3], verdicts), strict=True))
