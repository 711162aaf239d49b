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

from simulation.analysis.discovery import discovery, readable, verdicts
from simulation.analysis.effects import effects
from simulation.analysis.responses import responses
from simulation.analysis.sensitivity import sensitivity
from simulation.analysis.tipping_map import tipping
from simulation.commands.console import print_json, printed
from simulation.commands.effect_lines import figures_of_effects, lines_of_effects
from simulation.commands.sweep import swept, tell_failures
from simulation.figures import style, wording
from simulation.figures.study_figures import backfire, importances, line_said, luck_said, said, tipping_map
from simulation.figures.wording import amount, bound, factor, outcome, percent, words
from simulation.results import unwritable, write_whole
from simulation.scenario.errors import ScenarioError
from simulation.scenario.study import DesignKind
from simulation.studies.setup import Setup, set_up
from simulation.studies.sweep import Sweep

TOLD = 5  # factors that are said on screen
LUCKY = 0.5  # share of luck above which it is a warning
HOLDS = 0.5  # density on points not used to draw them from which boxes are believed, as when they are drawn
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


def _lines_of_sensitivity(rows: pd.DataFrame) -> Iterator[str]:
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


def _figures_of_sensitivity(table: pd.DataFrame, done: Sweep) -> Iterator[tuple[str, Figure]]:
    """A figure an outcome."""
    for (world, name), rows in table.groupby(["world", "outcome"], sort=False):
        yield f"sensitivity_{world}_{name}", importances(rows)


def _lines_of_backfire(rows: pd.DataFrame) -> Iterator[str]:
    """Where a policy backfires, in words."""
    first = rows.iloc[0]
    if pd.notna(first["share_worse"]):
        clearly = "clearly " if first["judged_by"] == "interval" else ""
        worse, better = first["share_worse"], first["share_better"]
        yield (
            f"{clearly}worse at {percent(worse)} of {first['judged']:.0f} points, {clearly}better at {percent(better)}, "
            f"cannot tell at {percent(1.0 - worse - better)}"
        )
        if not clearly:
            yield "judged by the sign alone, for there are fewer than 3 replicates"
    if first["note"]:
        yield first["note"]
        return
    for _, box in rows.groupby("box"):
        at = box.iloc[0]
        where = wording.listed([bound(side.factor, side.category, side.low, side.high) for side in box.itertuples()])
        yield f"where {where}: worse at {percent(at['density'])} of the points, and {percent(at['coverage'])} of all that are"
    unseen, coverage = first["held_out_density"], first["held_out_coverage"]
    boxes = "this box" if rows["box"].max() == 1 else "these boxes"
    yield f"on points not used to draw {boxes}: worse at {percent(unseen)}, and {percent(coverage)} of all that are"
    if not unseen > HOLDS:
        yield f"WARNING: {boxes} did not hold on points not used to draw them; more points would tell"


def _figures_of_backfire(table: pd.DataFrame, done: Sweep) -> Iterator[tuple[str, Figure]]:
    """A figure a difference that has a box."""
    boxed = dict(list(table[table["box"] > 0].groupby(["world", "policy", "outcome"])))
    for response in responses(done, levels=False):
        key = (response.world, response.policy, response.outcome)
        if key in boxed:
            ax = backfire(boxed[key], readable(done.points), verdicts(response))
            yield "_".join(("backfire", *key)), ax.get_figure(root=True)


def _lines_of_tipping(rows: pd.DataFrame) -> Iterator[str]:
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


def _figures_of_tipping(table: pd.DataFrame, done: Sweep) -> Iterator[tuple[str, Figure]]:
    """A map a response."""
    for key, rows in table.groupby(["world", "policy", "outcome"], sort=False):
        yield "_".join(("tipping", *key)), tipping_map(rows).get_figure(root=True)


SENSITIVITY = Analysis("sensitivity", sensitivity, _lines_of_sensitivity, _figures_of_sensitivity)
BACKFIRE = Analysis("backfire", discovery, _lines_of_backfire, _figures_of_backfire)
TIPPING = Analysis("tipping", tipping, _lines_of_tipping, _figures_of_tipping)
EFFECTS = Analysis("effects", effects, lines_of_effects, figures_of_effects)
