"""A map of two factors, on screen and in figures."""

from collections.abc import Iterator

import pandas as pd

from simulation.commands.words import sensitivity as words
from simulation.figures.drawn import Draw
from simulation.figures.study_figures import boundary_map, line_said
from simulation.figures.wording import percent
from simulation.studies.sweep import Sweep


def lines_of_tipping(rows: pd.DataFrame) -> Iterator[str]:
    """On how much of the map the response is above the line, below it, or uncertain."""
    first, share = rows.iloc[0], rows["share_above"].dropna()
    if first["note"]:
        yield first["note"]
    elif share.empty:
        yield words.FEW_REPLICATES
    else:
        above, below = (share > 0.95).mean(), (share < 0.05).mean()
        yield words.LINE.format(line=line_said(first))
        between = percent(1.0 - above - below)
        yield words.SIDES.format(above=percent(above), below=percent(below), between=between)


def figures_of_tipping(table: pd.DataFrame, done: Sweep) -> Iterator[tuple[str, Draw]]:
    """A map a response."""
    for key, rows in table.groupby(["world", "policy", "outcome"], sort=False):
        yield "_".join(("tipping", *key)), lambda rows=rows: boundary_map(rows)
