"""What the command line says of a map of two factors, and which figures it draws."""

from collections.abc import Iterator

import pandas as pd
from matplotlib.figure import Figure

from simulation.figures.study_figures import boundary_map, line_said
from simulation.figures.wording import percent
from simulation.studies.sweep import Sweep


def lines_of_tipping(rows: pd.DataFrame) -> Iterator[str]:
    """On how much of a map the response lies above, below, and in the band of doubt."""
    first, share = rows.iloc[0], rows["share_above"].dropna()
    if first["note"]:
        yield first["note"]
    elif share.empty:
        yield "too few replicates to draw a line: this needs five"
    else:
        above, below = (share > 0.95).mean(), (share < 0.05).mean()
        yield f"the line: {line_said(first)}"
        yield (
            f"surely above the line at {percent(above)} of the map, surely below at {percent(below)}, "
            f"in doubt at {percent(1.0 - above - below)}"
        )


def figures_of_tipping(table: pd.DataFrame, done: Sweep) -> Iterator[tuple[str, Figure]]:
    """A map a response."""
    for key, rows in table.groupby(["world", "policy", "outcome"], sort=False):
        yield "_".join(("tipping", *key)), boundary_map(rows).get_figure(root=True)
