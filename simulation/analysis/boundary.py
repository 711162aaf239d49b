"""The boundary on a map of two factors at which the sign turns, and its uncertainty.

The boundary of a difference lies where it is zero. The boundary of a level lies half way between the lowest and the
highest mean. Its uncertainty comes from a bootstrap over replicates, with the same draws at every point.
Source: Efron and Tibshirani 1993, the bootstrap.
"""

from typing import Any

import numpy as np
import pandas as pd

from simulation.analysis.responses import Response, mean_of, responses, table_of
from simulation.studies.sweep import Sweep

DRAWS = 1000
LEAST = 5  # replicates that the uncertainty needs
COLUMNS = ("x", "y", "x_value", "y_value", "mean", "boundary", "share_above")


def boundary(done: Sweep) -> pd.DataFrame:
    """A row a response and point of the map: x, y, mean, boundary, and the share of draws in which the mean lies above it.

    A `share_above` near 0 or 1 is sure; in between lies the boundary's band. It is missing with few replicates.
    """
    x, y = (factor.label for factor in done.setup.study.factors)
    single = len(done.setup.policies) == 1
    places = done.points.to_dict("records")
    rows: list[dict[str, Any]] = []
    for response in responses(done, levels=single):
        about = {**response.about, "x": x, "y": y}
        cells = zip(places, _cells(response), strict=True)
        rows += [{**about, "x_value": at[x], "y_value": at[y], **cell} for at, cell in cells]
    return table_of(rows, COLUMNS)


def _cells(response: Response) -> list[dict[str, Any]]:
    """The mean of each point, the boundary, and the share of draws above it."""
    mean = mean_of(response.values)
    if np.isnan(mean).all():
        return [{}] * len(mean)
    turn = 0.0 if response.baseline else (np.nanmin(mean) + np.nanmax(mean)) / 2.0
    replicates = response.values.shape[1]
    above = np.full(len(mean), np.nan)
    if replicates >= LEAST:
        luck = np.random.default_rng(1)
        drawn = [mean_of(response.values[:, luck.integers(replicates, size=replicates)]) for _ in range(DRAWS)]
        above = np.where(np.isnan(mean), np.nan, np.mean(np.array(drawn) > turn, axis=0))
    return [{"mean": m, "boundary": turn, "share_above": s} for m, s in zip(mean, above, strict=True)]
