"""Where a policy backfires, on screen and in figures."""

from collections.abc import Iterator

import pandas as pd

from simulation.analysis.discovery import readable, verdicts
from simulation.analysis.responses import responses
from simulation.commands.words import sensitivity as words
from simulation.figures import wording
from simulation.figures.drawn import Draw
from simulation.figures.study_figures import backfire
from simulation.figures.wording import bound, percent
from simulation.scenario.counted import counted
from simulation.studies.sweep import Sweep

HOLDS = 0.5  # a box is believed from this density on points that were not used to draw it, as when it was drawn


def lines_of_backfire(rows: pd.DataFrame) -> Iterator[str]:
    """Where a policy backfires, in words."""
    first = rows.iloc[0]
    if pd.notna(first["share_worse"]):
        clearly = words.CLEARLY if first["judged_by"] == "interval" else ""
        worse, better = first["share_worse"], first["share_better"]
        yield words.SHARES.format(
            clearly=clearly, points=counted(int(first["judged"]), "points"),
            worse=percent(worse), better=percent(better), neither=percent(1.0 - worse - better),
        )  # fmt: skip
        if not clearly:
            yield words.BY_SIGN
    if first["note"]:
        yield first["note"]
        return
    for _, box in rows.groupby("box"):
        at = box.iloc[0]
        where = wording.listed([bound(side.factor, side.category, side.low, side.high) for side in box.itertuples()])
        yield words.BOX.format(where=where, density=percent(at["density"]), coverage=percent(at["coverage"]))
    unseen, coverage = first["held_out_density"], first["held_out_coverage"]
    boxes = words.THIS_BOX if rows["box"].max() == 1 else words.THESE_BOXES
    yield words.UNSEEN.format(boxes=boxes, density=percent(unseen), coverage=percent(coverage))
    if not unseen > HOLDS:
        yield words.NOT_HELD.format(boxes=boxes)


def figures_of_backfire(table: pd.DataFrame, done: Sweep) -> Iterator[tuple[str, Draw]]:
    """A figure a difference that has a box."""
    boxed = dict(list(table[table["box"] > 0].groupby(["world", "policy", "outcome"])))
    for response in responses(done, levels=False):
        key = (response.world, response.policy, response.outcome)
        if key in boxed:
            yield (
                "_".join(("backfire", *key)),
                lambda key=key, response=response: backfire(boxed[key], readable(done.points), verdicts(response)),
            )
