"""`mentorship sensitivity`: a study carried out, and what it says of its factors; the analysis follows the design.

Morris and Saltelli designs say which factors decide; Latin hypercubes, Sobol sequences and lists say where a policy
backfires; a factorial of two ranges is a map with a boundary.
"""

from argparse import Namespace
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from matplotlib.figure import Figure

from simulation.commands.speaking import print_json, printed
from simulation.commands.sweep import swept, tell_failures
from simulation.experiments.discovery import discovery
from simulation.experiments.responses import mean_of, responses, worse
from simulation.experiments.sensitivity import sensitivity
from simulation.experiments.setup import Setup, set_up
from simulation.experiments.sweep import Sweep
from simulation.experiments.tipping import tipping
from simulation.figures import style, wording
from simulation.figures.bench import backfire, importances, said, tipping_map
from simulation.results import unwritable, write_whole
from simulation.scenario.errors import ScenarioError
from simulation.scenario.study import DesignKind

ANALYSES: dict[str, Callable[[Sweep], pd.DataFrame]] = {
    "sensitivity": sensitivity,
    "backfire": discovery,
    "tipping": tipping,
}
TOLD = 5  # factors, or boxes, that are said on screen


def analysis_of(setup: Setup) -> str:
    """The analysis that fits the design of a study; a `ScenarioError` when none does."""
    kind, factors = setup.study.design.kind, setup.study.factors
    if kind in (DesignKind.MORRIS, DesignKind.SALTELLI):
        return "sensitivity"
    if kind is not DesignKind.FACTORIAL and len(setup.policies) > 1 and len(factors) > 1:
        return "backfire"
    numeric = all(factor.low is not None or not isinstance(setup.ends(factor)[0], str | bool) for factor in factors)
    if kind is DesignKind.FACTORIAL and len(factors) == 2 and numeric:
        return "tipping"
    raise ScenarioError(
        f"study {setup.study.name}: a {kind} design of {len(factors)} factors and {len(setup.policies)} policies says "
        "nothing about what decides",
        field="design.kind",
        hint="morris or saltelli rank factors; latin_hypercube, sobol or list with two policies find where one "
        "backfires; a factorial of two ranges is a map",
    )


def carry_out(asked: Namespace) -> int:
    """Carry out the study, or what is missing of it, analyse it, and say what decides."""
    name = analysis_of(set_up(asked.study))
    if not asked.out:
        raise ScenarioError("a study needs a folder for its results", field="sensitivity", hint="give --out DIR")
    done = swept(asked, "sensitivity")
    if done.lost:
        return tell_failures(done)
    table = ANALYSES[name](done)
    folder = Path(asked.out) / "analysis"
    try:
        folder.mkdir(exist_ok=True)
        path = folder / f"{name}.parquet"
        write_whole(path, lambda part: pq.write_table(pa.Table.from_pandas(table, preserve_index=False), part))
        figures = [made for stem, figure in _figures(name, table, done) for made in style.save(figure, folder / stem)]
    except OSError as error:
        raise unwritable(folder, error) from None
    if asked.json:
        print_json(
            {"analysis": name, "table": str(path), "figures": [str(figure) for figure in figures], "rows": table}
        )
    else:
        printed("\n".join(LINES[name](table)))
        printed(f"\nTable and figures: {folder}")
    return tell_failures(done)


def _figures(name: str, table: pd.DataFrame, done: Sweep) -> Iterator[tuple[str, Figure]]:
    """The figures of an analysis, by name."""
    if name == "sensitivity":
        for world, rows in table.groupby("world", sort=False):
            yield f"sensitivity_{world}", importances(rows)
        return
    keys = ["world", "policy", "outcome"]
    if name == "tipping":
        for key, rows in table.groupby(keys, sort=False):
            yield "_".join(("tipping", *key)), tipping_map(rows).get_figure(root=True)
        return
    for response in responses(done, levels=False):
        change = mean_of(response.values)
        known = ~np.isnan(change)
        rows = table[(table[keys] == [response.key[key] for key in keys]).all(axis=1)]
        if (rows["box"] > 0).any():
            bad = worse(response.outcome) * change[known] > 0.0
            figure = backfire(rows, done.points[known], bad).get_figure(root=True)
            yield f"backfire_{response.world}_{response.policy}_{response.outcome}", figure


def _lines_of_sensitivity(table: pd.DataFrame) -> Iterator[str]:
    """What decides each difference: the factors that matter most, with their intervals."""
    differences = table[table["baseline"].notna()] if table["baseline"].notna().any() else table
    measure = "total" if (table["measure"] == "total").any() else "mu_star"
    for _, rows in differences[differences["measure"] == measure].groupby(["world", "policy", "outcome"], sort=False):
        yield f"{said(rows.iloc[0])} ({rows['world'].iloc[0]})"
        if rows["value"].isna().all():
            yield "  no factor moves it"
            continue
        for row in rows.sort_values("rank").head(TOLD).itertuples():
            yield f"  {row.rank}. {row.factor:<40}{row.value:8.3f}   ({row.low:.3f} to {row.high:.3f})"


def _lines_of_backfire(table: pd.DataFrame) -> Iterator[str]:
    """Where each policy backfires, in words."""
    for _, rows in table.groupby(["world", "policy", "outcome"], sort=False):
        first = rows.iloc[0]
        yield f"{said(first)} ({first['world']}): worse at {first['share']:.0%} of the points"
        if not (rows["box"] > 0).any():
            yield "  " + _everywhere(first["share"])
            continue
        for _, box in rows.groupby("box"):
            at = box.iloc[0]
            where = wording.listed([_bound(row) for row in box.itertuples()])
            yield f"  where {where}: worse in {at['density']:.0%} of the cases, {at['coverage']:.0%} of all bad ones"
        yield (
            f"  on points not used to draw these boxes: right in {rows['held_out_density'].iloc[0]:.0%}, "
            f"and they hold {rows['held_out_coverage'].iloc[0]:.0%} of the bad ones"
        )


def _everywhere(share: float) -> str:
    """What there is to say without boxes."""
    return "nowhere" if share == 0.0 else "everywhere" if share == 1.0 else "no part of the space stands out"


def _bound(row) -> str:
    """One side, or both, of a box."""
    name = wording.words(row.factor).lower()
    if pd.isna(row.low):
        return f"{name} is at most {row.high:.3g}"
    return f"{name} is above {row.low:.3g}" + ("" if pd.isna(row.high) else f" and at most {row.high:.3g}")


def _lines_of_tipping(table: pd.DataFrame) -> Iterator[str]:
    """On how much of each map the response lies above, below, and in the band of doubt."""
    for _, rows in table.groupby(["world", "policy", "outcome"], sort=False):
        share = rows["share_above"]
        sure = f"surely above at {(share > 0.95).mean():.0%} of the points, surely below at {(share < 0.05).mean():.0%}"
        yield f"{said(rows.iloc[0])} ({rows['world'].iloc[0]}): {sure if share.notna().any() else 'too few replicates'}"


LINES = {"sensitivity": _lines_of_sensitivity, "backfire": _lines_of_backfire, "tipping": _lines_of_tipping}
