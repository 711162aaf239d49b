"""`mentorship calibrate` with the figures of one's own program: what they leave of the plausible sets, told in sentences."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from rich.console import RenderableType

from simulation.commands.console import table
from simulation.commands.words import calibrate as words
from simulation.evidence.own_numbers import LEFT, outcome_of
from simulation.evidence.weigh import Weighed
from simulation.judgement import half_width
from simulation.results import file_of
from simulation.scenario.counted import counted
from simulation.scenario.field_words import field_at
from simulation.scenario.targets import Targets
from simulation.scenario.world import World

ENOUGH = 10  # sets in effect


def told(found: Weighed, targets: Targets, folder: Path) -> Iterator[RenderableType]:
    """The figures in sentences, the ones that cannot be used first; then a line for each; then what moves."""
    figures = [_as_said(row) for row in found.figures.to_dict("records")]
    sets, used = counted(len(found.tried), "sets"), [row for row in figures if row["reached"]]
    for row in figures:
        if not row["reached"]:
            fields = next((fields for name, fields in words.HINTS.items() if row["outcome"].startswith(name)), "")
            hint = words.HINT.format(fields=fields) if fields else ""
            yield words.BEYOND.format(**row, half=half_width(row["error"], np.inf), sets=sets, hint=hint)
    if not used:
        yield words.NOTHING_LEFT
        return
    yield words.WEIGHED.format(left=found.effective, sets=sets, world=Path(targets.world).stem, policy=Path(targets.policy).stem)
    if found.effective < ENOUGH:
        yield words.FEW.format(left=counted(round(found.effective), "sets"))
    if not found.together:
        yield words.APART
    yield ""
    for row in used:
        follows = words.FOLLOWS.format(way=words.WAYS[row["correlation"] > 0], parameter=row["follows"]) if row["follows"] else ""
        yield words.NARROWS.format(**{**row, "follows": follows}, sets=sets)
    yield ""
    yield table(map(_line, figures), words.FIGURE_HEADS, right=(1, 2, 3, 4))
    yield ""
    for row in found.moved.to_dict("records"):
        about = field_at(World, tuple(row["parameter"].split("."))).description
        yield words.MOVED.format(**{**row, "parameter": row["parameter"].removeprefix("parameters.")}, about=about)
    if found.moved.empty:
        yield words.UNMOVED
    yield ""
    yield words.NOTE
    yield words.USE.format(path=folder / file_of("accepted"))


def for_machines(found: Weighed) -> dict[str, Any]:
    """The same for machines; figures are told as outcomes, so that who left is a share of who stayed."""
    return {
        "sets": len(found.tried), "effective": found.effective, "accepted": len(found.accepted), "together": found.together,
        "figures": found.figures, "moved": found.moved,
    }  # fmt: skip


def _as_said(row: dict[str, Any]) -> dict[str, Any]:
    """A figure as the office said it: a share of those who left instead of those who stayed."""
    said = {**row, "follows": row["follows"].removeprefix("parameters."), "outcome": outcome_of(row["number"].partition(" (")[0])}
    if not row["number"].lower().startswith(LEFT):
        return said
    turned = {name: 1.0 - row[name] for name in ("value", "before", "after")}
    return said | turned | {"low": 1.0 - row["high"], "high": 1.0 - row["low"], "correlation": -row["correlation"]}


def _line(row: dict[str, Any]) -> tuple[str, ...]:
    """A figure in a line: as the office has it, and what the sets give on average before and after."""
    half = float(half_width((row["error"] ** 2 + row["luck"] ** 2) ** 0.5, np.inf))
    met = words.MET[bool(abs(row["after"] - row["value"]) <= half)] if row["reached"] else words.LEFT_OUT
    numbers = (row["value"], half_width(row["error"], np.inf), row["before"], row["after"])
    return (row["number"], *(f"{number:.3g}" if pd.notna(number) else "" for number in numbers), met)
