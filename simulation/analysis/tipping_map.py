"""Where the sign turns on a map of two factors: the boundary, and how sure it is.

The boundary of a difference is where it is zero. A level has no such place: its line lies half way between the lowest and
the highest mean.
Its uncertainty is that of the replicates, which are drawn again, the same ones at every point.
Source: Efron and Tibshirani 1993, the bootstrap.
"""

from typing import Any

import numpy as np
import pandas as pd

from simulation.analysis.responses import Response, mean_of, responses, table_of
from simulation.studies.sweep import Sweep

DRAWS = 1000
LEAST = 5  # replicates below which nothing is said of uncertainty
COLUMNS = ("x", "y", "x_value", "y_value", "mean", "boundary", "share_above")


def tipping(done: Sweep) -> pd.DataFrame:
    """A row a response and point of the map: x, y, mean, boundary, and in which share of draws it lies above.

    `share_above` near 0 or 1 is sure, in between is the boundary's band; it is missing with few replicates.
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
    """The mean of each point, and how surely it lies above the boundary."""
    mean = mean_of(response.values)
    if np.isnan(mean).all():
        return [{}] * len(mean)
    boundary = 0.0 if response.baseline else (np.nanmin(mean) + np.nanmax(mean)) / 2.0
    replicates = response.values.shape[1]
    above = np.full(len(mean), np.nan)
    if replicates >= LEAST:
        luck = np.random.default_rng(1)
        drawn = [mean_of(response.values[:, luck.integers(replicates, size=replicates)]) for _ in range(DRAWS)]
        above = np.where(np.isnan(mean), np.nan, np.mean(np.array(drawn) > boundary, axis=0))
    return [{"mean": m, "boundary": boundary, "share_above": s} for m, s in zip(mean, above, strict=True)]
