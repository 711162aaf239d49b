"""The advice as the page takes it: lists of sentences, from the comparison's own `advice.json` or from its tables."""

import json
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from simulation.brief.advice import advise, well_doing
from simulation.judgement import ENOUGH, widest_gap
from simulation.scenario.counted import counted

TOO_SHORT = "Too short for advice: {runs}, where {enough} or more are needed."
SURE = (
    "Each policy was run {runs}, each time with other people. Every difference comes with the range that it lies in with 19 "
    "chances in 20."
)
SETS = "In {better} of {sets} that fit what is published, it keeps more people."
NOT_ASKED = (
    "This study took one set of numbers for what nobody has measured. It did not ask whether others, which fit what is "
    "published as well, change the answer."
)


class Advice(NamedTuple):
    """What a comparison advises, in sentences."""

    kind: str  # "named", "near_tie", "stay", "too_short", "alone"
    first: tuple[str, ...]  # the policies advised
    sentences: list[str]
    sure: list[str]
    turns: list[str]  # what could change it
    misses: list[str]  # what the model is known to miss on these outcomes
    harms: list[str]


def advised(folder: Path, outcomes: pd.DataFrame, differences: pd.DataFrame, plausible: pd.DataFrame | None) -> Advice:
    """The advice that lies in the folder of a comparison; of one without, what its tables say."""
    kept = folder / "advice.json"
    if kept.exists():
        said = json.loads(kept.read_text(encoding="utf-8"))
        return Advice(*(said.get(field) or () for field in Advice._fields))
    runs = outcomes["replicate"].nunique() if "replicate" in outcomes else 1
    if runs < ENOUGH:
        said = TOO_SHORT.format(runs=counted(runs, "runs"), enough=ENOUGH)
        return Advice("too_short", (), [said], [], [], [], [])
    gap = widest_gap(outcomes, differences["baseline"].iloc[0]) if len(differences) else None
    best = [] if differences.empty else well_doing(differences, gap)[:1]
    turns = [NOT_ASKED]
    if plausible is not None and len(plausible):
        rows = plausible[(plausible["outcome"] == "retention") & plausible["policy"].isin(best)]
        turns = [SETS.format(better=int(row.better), sets=counted(int(row.sets), "sets of numbers")) for row in rows.itertuples()]
    kind = "alone" if differences.empty else "named" if best else "stay"
    return Advice(kind, tuple(best), advise(outcomes, differences, gap), [SURE.format(runs=counted(runs, "times"))], turns, [], [])
