"""Where a policy backfires in the space of uncertain factors: boxes with their coverage and density.

Source: Bryant and Lempert 2010, scenario discovery; Breiman et al. 1984, classification trees, as Lempert, Bryant and
Bankes 2008 compare them with PRIM. The leaves of a tree are the boxes; scikit-learn grows the tree. Student 1908, the
interval by which a point counts as worse.
"""

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from simulation.analysis.responses import Response, mean_of, responses, table_of
from simulation.judgement import direction, estimates
from simulation.studies.points import analysis_package
from simulation.studies.sweep import Sweep

NEITHER = "more of it is neither better nor worse"
PAIRS = 3  # with fewer replicates the sign of the mean judges a point, not an interval
LEAVES = 6  # boxes, at most: more are hard to read
LEAST = 10  # points in a box, or a twentieth of all if that is more
FOLDS = 5
COLUMNS = (
    "judged", "judged_by", "share_worse", "share_better", "box", "factor", "category", "low", "high", "points",
    "coverage", "density", "held_out_coverage", "held_out_density",
)  # fmt: skip


class Corner(NamedTuple):
    """The limits of a box on one column: above `low`, up to `high`."""

    low: float
    high: float


def discovery(done: Sweep) -> pd.DataFrame:
    """A row a difference, box and factor: the bounds of the boxes in which a policy does clearly worse than the baseline.

    `share_worse` and `share_better` are shares of the `judged` points; at the others one cannot tell. `density` is the
    share of a box's points that are worse, `coverage` the share of all worse points that the box holds.
    `held_out_density` and `held_out_coverage` are the same for all boxes together, on points that the tree has not seen.
    A bound is missing where a box has none. For a factor with names for values, `category` is one of them: with a `low`,
    the box holds the points with this name, with a `high` all others. A row with box 0 means that there is no box; `note`
    says why.
    """
    columns = _columns(readable(done.points))
    rows: list[dict[str, Any]] = []
    for response in responses(done, levels=False):
        found = verdicts(response)
        known = ~np.isnan(found)
        bad = found[known] < 0.0
        about = {**response.about, "judged": known.sum(), "judged_by": judged_by(response)}
        if not direction(response.outcome):
            about["note"] = about["note"] or NEITHER
        if not about["note"]:
            about |= {"share_worse": bad.mean(), "share_better": (found[known] > 0.0).mean()}
            note, boxes = _boxes(columns[known], bad)
            about["note"] = f"clearly {note}" if note.startswith("worse") and about["judged_by"] == "interval" else note
        else:
            boxes = [{"box": 0}]
        rows += [{**about, **row} for row in boxes]
    return table_of(rows, COLUMNS)


def judged_by(response: Response) -> str:
    """The test for worse or better: the `interval` of the paired replicates, or with few of them only the `sign`."""
    return "interval" if response.values.shape[1] >= PAIRS else "sign"


def verdicts(response: Response) -> np.ndarray:
    """The verdict on each point: -1 worse, 1 better, 0 where one cannot tell; missing where all runs failed.

    Of points without any difference, one in forty seems clearly worse by luck.
    """
    way = direction(response.outcome)
    if judged_by(response) == "sign":
        return way * np.sign(mean_of(response.values))
    mean, low, high, _, _ = estimates(response.values)
    verdict = way * ((low > 0.0).astype(float) - (high < 0.0))
    return np.where(np.isnan(mean), np.nan, verdict)


def readable(points: pd.DataFrame) -> pd.DataFrame:
    """Replace true and false in the points by yes and no."""
    return points.apply(lambda column: column.map({True: "yes", False: "no"}) if column.dtype == bool else column)


def _columns(points: pd.DataFrame) -> pd.DataFrame:
    """Make columns that a tree can cut: one for a numeric factor, and one of 0 and 1 for each name of another factor."""
    made: dict[tuple[str, str | None], np.ndarray] = {}
    for factor in points.columns.drop("point"):
        if pd.api.types.is_numeric_dtype(points[factor]):
            made[factor, None] = points[factor].to_numpy(float)
        else:
            made |= {(factor, name): (points[factor] == name).to_numpy(float) for name in points[factor].unique()}
    return pd.DataFrame(dict(enumerate(made.values()))).set_axis(pd.Index(list(made), tupleize_cols=False), axis=1)


def _boxes(columns: pd.DataFrame, bad: np.ndarray) -> tuple[str, list[dict[str, Any]]]:
    """Find the boxes in which most points are bad, by coverage; when there is none, the text says why."""
    least = max(LEAST, len(bad) // 20)
    if not bad.any() or bad.all():
        return "worse everywhere" if bad.any() else "worse nowhere", [{"box": 0}]
    if bad.sum() < least or (~bad).sum() < least:
        return "too few points to say where", [{"box": 0}]
    grow = analysis_package("sklearn.tree").DecisionTreeClassifier
    folds = analysis_package("sklearn.model_selection")
    tree = grow(max_leaf_nodes=LEAVES, min_samples_leaf=least, random_state=0)
    split = folds.StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    unseen = folds.cross_val_predict(tree, columns.to_numpy(), bad, cv=split)
    held_out = {
        "held_out_coverage": bad[unseen].sum() / bad.sum(),
        "held_out_density": bad[unseen].mean() if unseen.any() else np.nan,
    }
    tree.fit(columns.to_numpy(), bad)
    leaf = tree.apply(columns.to_numpy())
    found = []
    for number, corners in _leaves(tree.tree_, len(columns.columns)).items():
        inside = leaf == number
        density, coverage = bad[inside].mean(), bad[inside].sum() / bad.sum()
        if density > 0.5:
            found.append((coverage, density, int(inside.sum()), corners))
    found.sort(key=lambda box: -box[0])
    rows = [
        {"box": place, "factor": factor, "category": category, "low": _finite(corner.low), "high": _finite(corner.high),
         "points": points, "coverage": coverage, "density": density, **held_out}
        for place, (coverage, density, points, corners) in enumerate(found, start=1)
        for (factor, category), corner in zip(columns, corners, strict=True)
        if corner != Corner(-np.inf, np.inf)
    ]  # fmt: skip
    return ("", rows) if rows else ("no part of the space stands out", [{"box": 0}])


def _finite(end: float) -> float:
    """An end of a box; missing where it is infinite."""
    return end if np.isfinite(end) else np.nan


def _leaves(tree: Any, columns: int) -> dict[int, list[Corner]]:
    """The bounds of every leaf of a tree, by the leaf's number."""
    found, open_ = {}, [(0, [Corner(-np.inf, np.inf)] * columns)]
    while open_:
        node, corners = open_.pop()
        if tree.children_left[node] < 0:
            found[node] = corners
            continue
        k, cut = tree.feature[node], tree.threshold[node]
        left, right = list(corners), list(corners)
        left[k] = Corner(corners[k].low, min(corners[k].high, cut))
        right[k] = Corner(max(corners[k].low, cut), corners[k].high)
        open_ += [(tree.children_left[node], left), (tree.children_right[node], right)]
    return found
