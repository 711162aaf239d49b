"""Responses of a study, point by point: levels of outcomes, and paired differences between policies."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from simulation.studies.sweep import Sweep

ABOUT = ("world", "policy", "baseline", "outcome", "replicates", "luck", "note")
TEXTS = frozenset((
    "world", "policy", "baseline", "outcome", "note", "factor", "other", "off", "on", "category", "measure", "judged_by",
    "verdict", "x", "y", "x_level", "line", "line_level", "line_verdict", "panel", "panel_level",
))  # fmt: skip
WHOLE = frozenset(("replicates", "rank", "used", "blocks", "judged", "box", "points"))


class Response(NamedTuple):
    """An outcome under a policy, or its difference from the baseline on the same people and luck."""

    world: str
    policy: str
    baseline: str | None  # None for a level
    outcome: str
    values: np.ndarray  # points x replicates; missing where a run failed
    ran: bool = True  # whether at least one run did not fail

    @property
    def about(self) -> dict[str, Any]:
        """The columns that all its rows have in common; `note` says why there is no result, or is empty."""
        absent = "" if not np.isnan(self.values).all() else "not defined for runs of this length"
        return {
            "world": self.world, "policy": self.policy, "baseline": self.baseline, "outcome": self.outcome,
            "replicates": self.values.shape[1], "luck": luck(self.values), "note": absent if self.ran else "all runs failed",
        }  # fmt: skip


def responses(done: Sweep, levels: bool = True) -> Iterator[Response]:
    """Every outcome that the study asks for: as a difference from the first policy, and as a level if wanted.

    The difference of a gap is the difference of its absolute widths, so that more always means a wider gap.
    """
    table, count = done.outcomes, len(done.points)
    table = table.assign(ran=np.where(table["error"].isna(), 1.0, np.nan))
    policies, worlds = ([one.name for one in many] for many in (done.setup.policies, done.setup.worlds))
    ran = {(w, p): ~np.isnan(_grid(table, w, p, "ran", count)) for w in worlds for p in policies}
    for name in chosen(done.setup.study.outcomes, done.setup.outcomes):
        for world in worlds:
            of = {policy: _grid(table, world, policy, name, count) for policy in policies}
            if levels:
                yield from (Response(world, p, None, name, grid, bool(ran[world, p].any())) for p, grid in of.items())
            for policy in policies[1:]:
                first, second = of[policies[0]], of[policy]
                if name.startswith("gap_"):
                    first, second = np.abs(first), np.abs(second)
                both = bool((ran[world, policies[0]] & ran[world, policy]).any())
                yield Response(world, policy, policies[0], name, second - first, both)


def turned(response: Response, point: int) -> Response:
    """Turn the level of a gap so that it is above 0 at a point of the study; other responses stay."""
    is_gap = response.baseline is None and response.outcome.startswith("gap_")
    return response._replace(values=-response.values) if is_gap and mean_of(response.values)[point] < 0.0 else response


def table_of(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    """Turn the rows of an analysis into a table with all its columns, each of a fixed kind."""
    names = [*ABOUT, *columns]
    table = pd.DataFrame(list(rows), columns=names)
    table = table.astype({name: object if name in TEXTS else float for name in names})
    return table.astype({name: "Int64" for name in names if name in WHOLE})


def chosen(wanted: tuple[str, ...], known: list[str]) -> list[str]:
    """The known names that match patterns such as `gap_retention_*`, each once."""
    return list(dict.fromkeys(name for pattern in wanted for name in known if fnmatchcase(name, pattern)))


def mean_of(values: np.ndarray) -> np.ndarray:
    """The mean of each point over its replicates; missing where all are missing."""
    known = ~np.isnan(values)
    with np.errstate(invalid="ignore"):
        return np.where(known, values, 0.0).sum(axis=1) / np.where(known.any(axis=1), known.sum(axis=1), np.nan)


def luck(values: np.ndarray) -> float:
    """The share of the variance between the points' means that is luck; missing where it cannot be computed.

    A replicate has the same luck at every point. A shift that is the same at all points makes no difference between them
    and does not count. So the luck of a point is the residual of its values after the means of replicates and of the point.
    """
    values = values[(~np.isnan(values)).sum(axis=1) > 1]
    means = mean_of(values)
    if len(means) < 2 or values.shape[1] < 2 or np.ptp(means) == 0.0:
        return np.nan
    left = values - means[:, None]
    left = left - mean_of(left.T)
    known = (~np.isnan(values)).sum(axis=1)
    noise = np.nansum(left**2, axis=1) / (known - 1) / known
    return float(np.clip(noise.sum() / (len(means) - 1) / means.var(ddof=1), 0.0, 1.0))


def _grid(table: pd.DataFrame, world: str, policy: str, name: str, points: int) -> np.ndarray:
    """One outcome as points x replicates."""
    rows = table[(table["world"] == world) & (table["policy"] == policy)]
    grid = np.full((points, int(table["replicate"].max()) + 1), np.nan)
    grid[rows["point"], rows["replicate"]] = rows[name]
    return grid
