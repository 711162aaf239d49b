"""What a study measured, point by point: levels of outcomes, and paired differences between policies."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import NamedTuple

import numpy as np
import pandas as pd

from simulation.experiments.compare import LOWER_IS_BETTER
from simulation.experiments.sweep import Sweep


class Response(NamedTuple):
    """An outcome under a policy, or its difference from the baseline on the same people and luck."""

    world: str
    policy: str
    baseline: str | None  # None for a level
    outcome: str
    values: np.ndarray  # points x replicates; missing where a run failed

    @property
    def key(self) -> dict[str, str | None]:
        """What every row about it says."""
        return {"world": self.world, "policy": self.policy, "baseline": self.baseline, "outcome": self.outcome}


def responses(done: Sweep, levels: bool = True) -> Iterator[Response]:
    """Every outcome that the study looks at: as a difference from the first policy, and as a level if wished.

    The difference of a gap is the difference of its widths, so that more is always a wider gap.
    """
    table, count = done.outcomes, len(done.points)
    policies, worlds = ([one.name for one in many] for many in (done.setup.policies, done.setup.worlds))
    for name in chosen(done.setup.study.outcomes, list(table.columns)):
        for world in worlds:
            of = {policy: _grid(table, world, policy, name, count) for policy in policies}
            if levels:
                yield from (Response(world, policy, None, name, grid) for policy, grid in of.items())
            for policy in policies[1:]:
                first, second = of[policies[0]], of[policy]
                if name.startswith("gap_"):
                    first, second = np.abs(first), np.abs(second)
                yield Response(world, policy, policies[0], name, second - first)


def chosen(wanted: tuple[str, ...], known: list[str]) -> list[str]:
    """The names that patterns such as `gap_retention_*` stand for, each once."""
    return list(dict.fromkeys(name for pattern in wanted for name in known if fnmatchcase(name, pattern)))


def worse(outcome: str) -> float:
    """The sign of a change for the worse: of a gap and of what should be low it is up."""
    return 1.0 if outcome.startswith("gap_") or outcome in LOWER_IS_BETTER else -1.0


def mean_of(values: np.ndarray) -> np.ndarray:
    """The mean of each point over its replicates; missing where none is known."""
    known = ~np.isnan(values)
    with np.errstate(invalid="ignore"):
        return np.where(known, values, 0.0).sum(axis=1) / np.where(known.any(axis=1), known.sum(axis=1), np.nan)


def _grid(table: pd.DataFrame, world: str, policy: str, name: str, points: int) -> np.ndarray:
    """One outcome as points x replicates."""
    rows = table[(table["world"] == world) & (table["policy"] == policy)]
    grid = np.full((points, int(table["replicate"].max()) + 1), np.nan)
    grid[rows["point"], rows["replicate"]] = rows[name]
    return grid
