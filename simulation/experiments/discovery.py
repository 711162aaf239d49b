"""Where, in the space of what is uncertain, a policy backfires: boxes with their coverage and density.

Source: Bryant and Lempert 2010, scenario discovery; Breiman et al. 1984, classification trees, as Lempert, Bryant and
Bankes 2008 compare them with PRIM. A tree's leaves are the boxes; scikit-learn grows it.
"""

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from simulation.experiments.points import analysis_package
from simulation.experiments.responses import mean_of, responses, worse
from simulation.experiments.sweep import Sweep

LEAVES = 6  # boxes that a person can still read
LEAST = 10  # points in a box, or a twentieth of all
FOLDS = 5


class Corner(NamedTuple):
    """What a box says of one column: above a low, up to a high."""

    low: float
    high: float


def discovery(done: Sweep) -> pd.DataFrame:
    """A row a difference, box and factor: the bounds of the boxes in which a policy does worse than the baseline.

    `density` is the share of a box's points that are worse, `coverage` the share of all worse points that the box holds;
    `held_out_density` and `held_out_coverage` are those of all boxes together on points that the tree has not seen.
    `share` is the share of all points that are worse. Bounds are missing where a box does not limit a factor; a factor
    with names for values has a column for each name, with bounds between 0 (not this one) and 1.
    """
    columns = pd.get_dummies(done.points.drop(columns="point"), prefix_sep=" = ", dtype=float).astype(float)
    rows: list[dict[str, Any]] = []
    for response in responses(done, levels=False):
        change = mean_of(response.values)
        known = ~np.isnan(change)
        bad = worse(response.outcome) * change[known] > 0.0
        rows += [{**response.key, "share": bad.mean(), **row} for row in _boxes(columns[known], bad)]
    return pd.DataFrame(rows)


def _boxes(columns: pd.DataFrame, bad: np.ndarray) -> list[dict[str, Any]]:
    """The boxes in which most points are bad, those with most of them first; one empty row when there is none."""
    least = max(LEAST, len(bad) // 20)
    if bad.sum() < least or (~bad).sum() < least:
        return [{"box": 0}]
    grow = analysis_package("sklearn.tree").DecisionTreeClassifier
    folds = analysis_package("sklearn.model_selection")
    tree = grow(max_leaf_nodes=LEAVES, min_samples_leaf=least, random_state=0)
    split = folds.StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    unseen = folds.cross_val_predict(tree, columns.to_numpy(), bad, cv=split)
    unseen_density = bad[unseen].mean() if unseen.any() else np.nan
    tree.fit(columns.to_numpy(), bad)
    leaf = tree.apply(columns.to_numpy())
    found = []
    for number, corners in _leaves(tree.tree_, len(columns.columns)).items():
        inside = leaf == number
        density, coverage = bad[inside].mean(), bad[inside].sum() / bad.sum()
        if density > 0.5:
            found.append((coverage, density, int(inside.sum()), corners))
    found.sort(key=lambda box: -box[0])
    rows = []
    for place, (coverage, density, points, corners) in enumerate(found, start=1):
        for name, corner in zip(columns, corners, strict=True):
            if corner != Corner(-np.inf, np.inf):
                low, high = (end if np.isfinite(end) else np.nan for end in corner)
                rows.append({
                    "box": place, "factor": name, "low": low, "high": high, "points": points, "coverage": coverage,
                    "density": density, "held_out_coverage": bad[unseen].sum() / bad.sum(),
                    "held_out_density": unseen_density,
                })  # fmt: skip
    return rows or [{"box": 0}]


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
