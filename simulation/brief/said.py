"""What the tables of the page have in common: how a verdict is said and coloured, and what a policy is called."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from simulation.figures import wording
from simulation.judgement import CANNOT_TELL, SAME
from simulation.scenario.counted import counted

SAID = {
    "cost": {"better": "cheaper", "worse": "dearer"},
    "gap": {"better": "narrower", "worse": "wider", "reversed": "turned round"},
}
EVERYWHERE = {SAME: "practically the same", CANNOT_TELL: "cannot tell"}


class Study(NamedTuple):
    """A comparison as the page reads it: its tables by name, contrasts with their gaps turned, and what policies are called."""

    tables: Mapping[str, pd.DataFrame]
    differences: pd.DataFrame
    manifest: Mapping[str, Any]
    baseline: str
    titles: Mapping[str, str]  # of policies, the baseline first

    def found(self, policy: str, name: str) -> Any | None:
        """The contrast of a policy in an outcome; None where there is none."""
        rows = self.differences[(self.differences["policy"] == policy) & (self.differences["outcome"] == name)]
        return next(rows.itertuples(), None)

    def level(self, policy: str, name: str) -> float:
        """The mean of an outcome under a policy, over its runs."""
        outcomes = self.tables["outcomes"]
        return outcomes.loc[outcomes["policy"] == policy, name].mean()


def said(verdict: str, of: str, needed: float = np.nan) -> str:
    """A verdict in words, of an outcome of a kind (`cost`, `gap` or any other), and how many runs would tell."""
    told = SAID.get(of, {}).get(verdict) or EVERYWHERE.get(verdict, verdict)
    return f"{told}; about {counted(int(needed), 'runs')} would tell" if np.isfinite(needed) else told


def colour(verdict: str) -> str:
    """How a verdict is coloured."""
    return verdict if verdict in ("better", "worse") else "unsure" if verdict in (CANNOT_TELL, SAME) else "other"


def cell(text: str, verdict: str = "", of: str = "", needed: float = np.nan, interval: str = "", also: str = "") -> dict[str, str]:
    """A cell of a table: a level, or a difference with its interval and verdict."""
    if not verdict:
        return {"text": text, "interval": "", "said": "", "kind": "level"}
    return {"text": text, "interval": interval, "said": said(verdict, of, needed) + also, "kind": colour(verdict)}


def leveled(study: Study, policy: str, name: str) -> tuple[str, str]:
    """The levels of an outcome today and under a policy, so that they differ by the difference that is shown elsewhere."""
    row, before = study.found(policy, name), study.level(study.baseline, name)
    described = wording.fitted_to(name, study.differences)
    if row is None:
        return wording.level(before, described), "–"
    return wording.level(row.level, described), wording.level(wording.after(row.level, row.difference, described), described)
