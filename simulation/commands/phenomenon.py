"""`mentorship phenomenon`: a phenomenon of complexity beside chance, with its mechanism on and off."""

import shlex
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
from rich.console import RenderableType

from simulation import __version__
from simulation.commands.again import folder_for
from simulation.commands.compiling import compile_first
from simulation.commands.console import Progress, print_json, printed, table
from simulation.commands.drawing import draw_into
from simulation.commands.words import phenomenon as words
from simulation.figures.drawn import files
from simulation.phenomena.demonstration import Shown, named, phenomenon
from simulation.phenomena.phenomenon import Finding
from simulation.results import file_of, save
from simulation.scenario.counted import counted

TABLES = ("findings", "further")
FOLDER = Path("results") / "phenomena"


def carry_out(asked: Namespace) -> int:
    """Run the phenomenon with its mechanism on and off, write table and figure, and report the result."""
    what = named(asked.name)
    seeds = asked.seeds or what.seeds
    command = ["mentorship", "phenomenon", asked.name, "--seeds", str(seeds), "--seed", str(asked.seed)]
    manifest = {"version": __version__, "command": shlex.join(command), "phenomenon": what.name}
    manifest |= {"seeds": seeds, "seed": asked.seed}
    out, _ = folder_for(asked, FOLDER / asked.name, manifest, [*map(file_of, TABLES), *files([what.name])])
    silent = asked.quiet or asked.json
    compile_first(silent)
    with Progress(not silent, "programs") as progress:
        found = phenomenon(what.name, seeds=seeds, workers=asked.workers, progress=progress, seed=asked.seed)
    save(out, _tables(found), manifest)
    figures = [str(path) for path in draw_into(out, [(what.name, lambda: found.figure)]).paths]
    if asked.json:
        print_json(_known(found, seeds) | {"seed": asked.seed, "folder": str(out), "figures": figures})
    else:
        printed(*_told(found, seeds))
        for path in figures[:1]:
            printed(words.FIGURE.format(path=path), whole=True)
    return 0


def _arms(found: Shown) -> tuple[tuple[str, Finding, dict[str, float]], ...]:
    """Both findings with their further numbers."""
    return ("on", found.on, found.also_on), ("off", found.off, found.also_off)


def _tables(found: Shown) -> dict[str, pd.DataFrame]:
    """A row a finding; and a row for each further number."""
    about = {"phenomenon": found.phenomenon.name, "statistic": found.phenomenon.statistic}
    findings = [{**about, "mechanism": arm, **finding._asdict()} for arm, finding, _ in _arms(found)]
    further = [
        {"phenomenon": found.phenomenon.name, "mechanism": arm, "statistic": text, "value": float(value)}
        for arm, _, also in _arms(found)
        for text, value in also.items()
    ]
    tables = dict(zip(TABLES, (pd.DataFrame(findings), pd.DataFrame(further)), strict=True))
    return {name: table for name, table in tables.items() if len(table)}


def _known(found: Shown, seeds: int) -> dict[str, Any]:
    """What was found, for machines."""
    what = found.phenomenon
    arms = {arm: {**finding._asdict(), "also": also} for arm, finding, also in _arms(found)}
    said = {name: getattr(what, name) for name in ("name", "title", "statistic", "switch", "source")}
    return {**said, "seeds": seeds, **arms, "appears": found.appears, "vanishes": found.vanishes}


def _told(found: Shown, seeds: int) -> Iterator[RenderableType]:
    """What was found, in plain sentences."""
    what = found.phenomenon
    yield from (what.title, "", words.MEASURED.format(statistic=what.statistic, programs=counted(seeds, "programs")))
    yield from (words.SWITCHED_OFF.format(switch=what.switch), "")
    yield table((_row(arm, finding) for arm, finding, _ in _arms(found)), words.HEADS, right=(1, 3))
    yield ""
    for text, value in found.also_on.items():
        yield words.ALSO.format(text=text, on=value, off=found.also_off[text])
    yield from (_verdict(found), words.SOURCE.format(source=what.source))


def _row(arm: str, finding: Finding) -> tuple[str, ...]:
    """A finding: value, interval, chance, p."""
    p = words.SURELY if finding.p < 0.001 else words.CHANCE.format(p=finding.p)
    span = words.SPAN.format(low=finding.low, high=finding.high)
    return arm, f"{finding.value:.3f}", span, f"{finding.chance:.3f}", p


def _verdict(found: Shown) -> str:
    """Whether the mechanism makes the phenomenon."""
    if not found.appears:
        return words.NOT_SHOWN
    return words.MADE_BY_IT if found.vanishes else words.SOMETHING_LEFT
