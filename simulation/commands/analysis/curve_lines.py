"""How responses go with up to three factors, on screen and in figures."""

from collections.abc import Iterator

import pandas as pd
from rich.console import RenderableType

from simulation.commands.console import table
from simulation.commands.words import sensitivity as words
from simulation.figures.curve_figures import UNCLEAR, curve_panels
from simulation.figures.drawn import Draw
from simulation.figures.effect_figures import negligible_said
from simulation.figures.wording import change, factor, inside, level, outcome, setting
from simulation.studies.sweep import Sweep


def lines_of_curves(rows: pd.DataFrame) -> Iterator[RenderableType]:
    """A small table for each level of the third factor: the first factor goes down, the second across."""
    first = rows.iloc[0]
    if first["note"]:
        yield first["note"]
        return
    least = rows["used"].min()
    if least < first["replicates"]:
        yield words.REPLICATES.format(used=least, count=first["replicates"])
    described, difference = outcome(first["outcome"]), isinstance(first["baseline"], str)
    unit = (described.difference_unit if difference else described.unit) or words.OWN_UNIT
    across = isinstance(first["line"], str)
    column = words.CURVE_COLUMN.format(column=words.COLUMN_MARK) if across else ""
    yield words.CURVE_UNIT.format(unit=unit, size=negligible_said(first), row=words.ROW_MARK, column=column)
    head = factor(first["x"])
    if across:
        head = words.ACROSS.format(down=head, across=inside(factor(first["line"])))
    write = change if difference else level
    for panel, part in rows.groupby("panel_level", sort=False, dropna=False):
        if isinstance(panel, str):
            yield words.LEVEL.format(factor=factor(first["panel"]), level=setting(panel))
        lines = list(dict.fromkeys(part["line_level"]))
        names = [setting(one) if across else "" for one in lines]
        values = [write(value, described).removesuffix(" %") for value in part["value"]]
        width = max(map(len, [*values, *names]))
        told: dict[str, list[str]] = {}
        for value, row in zip(values, part.itertuples(), strict=True):
            cell = words.CELL.format(value=value.rjust(width), marks=_marks(row))
            told.setdefault(row.x_level, [""] * len(lines))[lines.index(row.line_level)] = cell
        yield table([(setting(x), *cells) for x, cells in told.items()], (head, *(name.rjust(width) for name in names)))


def _marks(row) -> str:
    """What is clear of a point, in marks of the same width."""
    marks = ((words.ROW_MARK, row.verdict), (words.COLUMN_MARK, row.line_verdict))
    return "".join(mark if isinstance(said, str) and said not in UNCLEAR else " " for mark, said in marks)


def figures_of_curves(table: pd.DataFrame, done: Sweep) -> Iterator[tuple[str, Draw]]:
    """A sheet a world and policy, as differences from the baseline where there is one."""
    rows = table[table["baseline"].notna()] if table["baseline"].notna().any() else table
    for key, part in rows.groupby(["world", "policy"], sort=False):
        yield "_".join(("curves", *key)), lambda part=part: curve_panels(part, done.setup.study.title)
