"""What the command line says of the factors that decide an outcome, and which figures it draws."""

from collections.abc import Callable, Iterator

import pandas as pd
from matplotlib.figure import Figure

from simulation.figures.study_figures import importances
from simulation.figures.wording import amount, factor, outcome, percent
from simulation.studies.sweep import Sweep

TOLD = 5  # factors that are said on screen


def lines_of_sensitivity(rows: pd.DataFrame) -> Iterator[str]:
    """What decides a response: the factors that matter most, with their intervals."""
    first, sobol = rows.iloc[0], (rows["measure"] == "total").any()
    if 0 < first["used"] < first["blocks"]:
        block = "base points" if sobol else "trajectories"
        yield f"{first['used']:.0f} of {first['blocks']:.0f} {block} used: a failed run takes its own with it"
    if first["note"]:
        yield first["note"]
        return
    described = outcome(first["outcome"])
    write = percent if sobol else lambda value: amount(value, described)
    measures = ("total", "first") if sobol else ("mu_star", "sigma")
    heads = ("with all its interactions", "by itself") if sobol else ("mean effect", "spread over the others")
    yield (
        "share of variance"
        if sobol
        else f"effect of the whole range ({described.difference_unit or 'in its own unit'})"
    )
    yield f"{'':<46}{heads[0]:<30}{heads[1]}"
    by_measure = [rows[rows["measure"] == measure].set_index("factor") for measure in measures]
    for name, row in by_measure[0].sort_values("rank").head(TOLD).iterrows():
        total, other = (_with_interval(one, write) for one in (row, by_measure[1].loc[name]))
        yield f"{row['rank']:.0f}. {factor(name):<43}{total:<30}{other}"


def _with_interval(row: pd.Series, write: Callable[[float], str]) -> str:
    """A measure that cannot be below 0, with its interval where it has one."""
    low, high = row["low"], row["high"]
    return write(max(row["value"], 0.0)) + ("" if pd.isna(low) else f" ({write(low)} to {write(high)})")


def figures_of_sensitivity(table: pd.DataFrame, done: Sweep) -> Iterator[tuple[str, Figure]]:
    """A figure an outcome."""
    for (world, name), rows in table.groupby(["world", "outcome"], sort=False):
        yield f"sensitivity_{world}_{name}", importances(rows)
