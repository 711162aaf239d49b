"""Which factors matter for an outcome, on screen and in figures."""

from collections.abc import Callable, Iterator

import pandas as pd
from rich.console import RenderableType

from simulation.commands.console import table
from simulation.commands.words import sensitivity as words
from simulation.figures.drawn import Draw
from simulation.figures.study_figures import importances
from simulation.figures.wording import amount, factor, outcome, percent
from simulation.studies.sweep import Sweep

TOLD = 5  # factors that are shown on screen


def lines_of_sensitivity(rows: pd.DataFrame) -> Iterator[RenderableType]:
    """The factors that matter most for a response, with their intervals."""
    first, sobol = rows.iloc[0], (rows["measure"] == "total").any()
    if 0 < first["used"] < first["blocks"]:
        kind = words.BASE_POINTS if sobol else words.TRAJECTORIES
        yield words.USED.format(used=int(first["used"]), blocks=int(first["blocks"]), kind=kind)
    if first["note"]:
        yield first["note"]
    if rows["value"].isna().all():
        return
    described = outcome(first["outcome"])
    write = percent if sobol else lambda value: amount(value, described)
    measures = ("total", "first") if sobol else ("mu_star", "sigma")
    unit = described.difference_unit or words.UNIT_UNKNOWN
    yield words.VARIANCE if sobol else words.WHOLE_RANGE.format(unit=unit)
    lines = []
    by_measure = [rows[rows["measure"] == measure].set_index("factor") for measure in measures]
    for name, row in by_measure[0].sort_values("rank").head(TOLD).iterrows():
        total, other = (_with_interval(one, write) for one in (row, by_measure[1].loc[name]))
        lines.append((f"{row['rank']:.0f}.", factor(name), total, other))
    yield table(lines, words.VARIANCE_HEADS if sobol else words.RANGE_HEADS)


def _with_interval(row: pd.Series, write: Callable[[float], str]) -> str:
    """A measure, with its interval where it has one."""
    value, low, high = row["value"], row["low"], row["high"]
    return write(value) if pd.isna(low) else words.SPAN.format(value=write(value), low=write(low), high=write(high))


def figures_of_sensitivity(table: pd.DataFrame, done: Sweep) -> Iterator[tuple[str, Draw]]:
    """A figure an outcome."""
    for (world, name), rows in table.groupby(["world", "outcome"], sort=False):
        yield f"sensitivity_{world}_{name}", lambda rows=rows: importances(rows)
