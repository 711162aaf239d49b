"""`mentorship sensitivity`: a study carried out, and what it says of its factors; the analysis follows the design.

Morris and Saltelli designs say which factors decide; Latin hypercubes, Sobol sequences and lists say where a policy
backfires; a factorial of two ranges is a map with a boundary, and one of factors with two values each says what each does
alone and given the others.
"""

from argparse import Namespace
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from matplotlib.figure import Figure

from simulation.analysis.boundary import boundary
from simulation.analysis.discovery import discovery
from simulation.analysis.effects import effects
from simulation.analysis.sensitivity import sensitivity
from simulation.commands.analysis.backfire_lines import figures_of_backfire, lines_of_backfire
from simulation.commands.analysis.effect_lines import figures_of_effects, lines_of_effects
from simulation.commands.analysis.sensitivity_lines import figures_of_sensitivity, lines_of_sensitivity
from simulation.commands.analysis.tipping_lines import figures_of_tipping, lines_of_tipping
from simulation.commands.console import print_json, printed
from simulation.commands.sweep import swept, tell_failures
from simulation.figures import style
from simulation.figures.study_figures import luck_said, said
from simulation.figures.wording import words
from simulation.results import unwritable, write_whole
from simulation.scenario.errors import ScenarioError
from simulation.scenario.study import DesignKind
from simulation.studies.setup import Setup, set_up
from simulation.studies.sweep import Sweep

LUCKY = 0.5  # share of luck above which it is a warning
KEYS = ["world", "policy", "baseline", "outcome"]


class Analysis(NamedTuple):
    """What can be asked of a study: its table, what is said of each response, and its figures by name."""

    name: str
    table: Callable[[Sweep], pd.DataFrame]
    lines: Callable[[pd.DataFrame], Iterator[str]]
    figures: Callable[[pd.DataFrame, Sweep], Iterator[tuple[str, Figure]]]


def analysis_of(setup: Setup) -> Analysis:
    """The analysis that fits the design of a study; a `ScenarioError` when none does."""
    kind, factors = setup.study.design.kind, setup.study.factors
    if kind in (DesignKind.MORRIS, DesignKind.SALTELLI):
        return SENSITIVITY
    if kind is not DesignKind.FACTORIAL and len(setup.policies) > 1 and len(factors) > 1:
        return BACKFIRE
    if kind is DesignKind.FACTORIAL and factors and all(len(one.values or one.like) == 2 for one in factors):
        return EFFECTS
    numeric = all(factor.low is not None or not isinstance(setup.ends(factor)[0], str | bool) for factor in factors)
    if kind is DesignKind.FACTORIAL and len(factors) == 2 and numeric:
        return TIPPING
    raise ScenarioError(
        f"study {setup.study.name}: a {kind} design of {len(factors)} factors and {len(setup.policies)} policies says "
        "nothing about what decides",
        field="design.kind",
        hint="morris or saltelli rank factors; latin_hypercube, sobol or list with two policies find where one "
        "backfires; a factorial of two ranges is a map, and one of two values a factor says what each of them does",
    )


def carry_out(asked: Namespace) -> int:
    """Carry out the study, or what is missing of it, analyse it, and say what decides."""
    setup = set_up(asked.study)
    analysis = analysis_of(setup)
    if not asked.out:
        raise ScenarioError("a study needs a folder for its results", field="sensitivity", hint="give --out DIR")
    done = swept(setup, asked, "sensitivity")
    if done.lost:
        return tell_failures(done)
    table = analysis.table(done)
    folder = Path(asked.out) / "analysis"
    try:
        folder.mkdir(exist_ok=True)
        path = folder / f"{analysis.name}.parquet"
        write_whole(path, lambda part: pq.write_table(pa.Table.from_pandas(table, preserve_index=False), part))
        drawn = analysis.figures(table, done)
        figures = [str(made) for stem, figure in drawn for made in style.save(figure, folder / stem)]
    except OSError as error:
        raise unwritable(folder, error) from None
    if asked.json:
        print_json({"analysis": analysis.name, "table": str(path), "figures": figures, "rows": table})
    elif asked.quiet:
        printed(str(folder))
    else:
        printed("\n".join(_told(analysis, table)))
        printed(f"Table and figures: {folder}")
    return tell_failures(done)


def _told(analysis: Analysis, table: pd.DataFrame) -> Iterator[str]:
    """What an analysis says of each response, under a heading; levels only where there is no difference."""
    differences = table[table["baseline"].notna()]
    for _, rows in (table if differences.empty else differences).groupby(KEYS, sort=False, dropna=False):
        first = rows.iloc[0]
        yield f"{said(first)} ({words(first['world'])})"
        yield from (f"  {line}" for line in analysis.lines(rows))
        if luck_said(first) and (pd.notna(first["luck"]) or not first["note"]):
            yield f"  {luck_said(first)}"
        if first["luck"] > LUCKY:
            yield "  WARNING: most of what differs is luck; more replicates would tell"
        yield ""


SENSITIVITY = Analysis("sensitivity", sensitivity, lines_of_sensitivity, figures_of_sensitivity)
BACKFIRE = Analysis("backfire", discovery, lines_of_backfire, figures_of_backfire)
TIPPING = Analysis("tipping", boundary, lines_of_tipping, figures_of_tipping)
EFFECTS = Analysis("effects", effects, lines_of_effects, figures_of_effects)
