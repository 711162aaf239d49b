"""What the command line says of where a policy backfires, and which figures it draws."""

from collections.abc import Iterator

import pandas as pd
from matplotlib.figure import Figure

from simulation.analysis.discovery import readable, verdicts
from simulation.analysis.responses import responses
from simulation.figures import wording
from simulation.figures.study_figures import backfire
from simulation.figures.wording import bound, percent
from simulation.studies.sweep import Sweep

HOLDS = 0.5  # density on points not used to draw them from which boxes are believed, as when they are drawn


def lines_of_backfire(rows: pd.DataFrame) -> Iterator[str]:
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


def figures_of_backfire(table: pd.DataFrame, done: Sweep) -> Iterator[tuple[str, Figure]]:
    """A figure a difference that has a box."""
    boxed = dict(list(table[table["box"] > 0].groupby(["world", "policy", "outcome"])))
    for response in responses(done, levels=False):
        key = (response.world, response.policy, response.outcome)
        if key in boxed:
            ax = backfire(boxed[key], readable(done.points), verdicts(response))
            yield "_".join(("backfire", *key)), ax.get_figure(root=True)
