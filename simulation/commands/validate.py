"""`mentorship validate`: the published patterns in simulated people, one line each."""

import shlex
from argparse import Namespace
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
from rich.console import RenderableType

from simulation import __version__
from simulation.commands.bands import band_ends, band_said
from simulation.commands.compiling import compile_first
from simulation.commands.console import Progress, print_json, printed, remarked, table
from simulation.commands.drawing import draw_into
from simulation.commands.words import validate as words
from simulation.commands.words.any_command import TABLES_AT
from simulation.evidence.own_patterns import patterns_in
from simulation.evidence.theories import moved, one_parameter, theories_of, try_theories
from simulation.evidence.validate import SEEDS, validate
from simulation.figures.drawn import files
from simulation.figures.forest_figures import forest
from simulation.figures.twin_figures import twin_panels
from simulation.results import file_of, prepare, save
from simulation.scenario.counted import counted
from simulation.studies.setup import set_up

COMMAND = ("mentorship", "validate")
TABLE, TWINS = "patterns", "twins"
FORESTS = {"C": "patterns_for_fitting", "V": "patterns_for_validation"}  # by the kind of their clauses
BESIDE = 8  # theories that fit beside each other


def carry_out(asked: Namespace) -> int:
    """Measure the patterns and say which ones the model reproduces."""
    silent = asked.quiet or asked.json
    seeds = asked.seeds or SEEDS
    own = patterns_in(asked.patterns) if asked.patterns else None
    command = f"{shlex.join([*COMMAND, *([asked.patterns] if own else [])])} --seeds {seeds} --seed {asked.seed}"
    if asked.theories:
        command += f" --theories {shlex.quote(asked.theories)}"
    manifest = {"version": __version__, "command": command, "seed": asked.seed, "theories": asked.theories}
    if own:
        manifest |= {"clauses": [list(map(str, clause)) for clause in own.clauses], "inputs": own.inputs}
    if asked.theories:
        theories_of(asked.theories)
    if asked.out:
        prepare(asked.out, manifest, [file_of(TABLE), *files([TWINS] if asked.theories else FORESTS.values())])
    compile_first(silent)
    what = {"studies": own.studies, "clauses": own.clauses} if own else {}
    with Progress(not silent, "studies") as progress:
        if asked.theories:
            found = try_theories(asked.theories, seeds, asked.seed, workers=asked.workers, progress=progress, **what)
        else:
            found = validate(seeds=seeds, seed=asked.seed, workers=asked.workers, progress=progress, **what)
    if asked.out:
        save(asked.out, {TABLE: found}, manifest)
        remarked(TABLES_AT.format(folder=asked.out), silent, whole=True)
        for path in _drawn(asked, found):
            remarked(words.FIGURE.format(path=path), silent, whole=True)
    if asked.json:
        print_json({"patterns": [_known(row) for row in found.to_dict("records")]})
    else:
        printed(*(_compared(found) if asked.theories else _told(found)))
    return 0


def _drawn(asked: Namespace, found: pd.DataFrame) -> list[Path]:
    """Draw the clauses of each kind beside their bands; of theories, against the one parameter in which they differ, if any."""
    if not asked.theories:
        kinds = [(stem, found[found["kind"] == kind]) for kind, stem in FORESTS.items()]
        return draw_into(Path(asked.out), [(stem, partial(forest, rows)) for stem, rows in kinds if len(rows)]).paths
    differs = one_parameter(asked.theories)
    if differs is None or found["causal"].isna().all():
        return []
    name, at = differs
    title = set_up(asked.theories).study.title
    return draw_into(Path(asked.out), [(TWINS, lambda: twin_panels(found, at, name, title))]).paths


def _known(row: dict) -> dict:
    """A row for machines: the band has two ends, and one may be open."""
    return {**row, "band": band_ends(row.pop("band_low"), row.pop("band_high"))}


def _told(found: pd.DataFrame) -> Iterator[RenderableType]:
    """A line for each clause, and how many are in their band."""
    rows = []
    for row in found.itertuples():
        text = row.text if np.isnan(row.causal) else words.TWINS.format(text=row.text, value=row.causal)
        within, span = words.IN if row.in_band else words.OUT, words.SPAN.format(low=row.low, high=row.high)
        rows.append((row.id, row.kind, within, f"{row.value:.2f}", span, band_said(row.band_low, row.band_high), text))
    yield table(rows, words.HEADS, right=(3,))
    for kind, said in words.KINDS.items():
        part = found[found["kind"] == kind]
        if part.empty:
            continue
        yield words.INSIDE.format(inside=part["in_band"].sum(), clauses=counted(len(part), "clauses"), kind=said)


def _compared(found: pd.DataFrame) -> Iterator[RenderableType]:
    """The theories beside each other; of more than `BESIDE` theories, below each other."""
    return _below_each_other(found) if found["theory"].nunique() > BESIDE else _side_by_side(found)


def _below_each_other(found: pd.DataFrame) -> Iterator[RenderableType]:
    """A line for each theory: what leaves its band, what comes in, and what moves, in it or not."""
    told = moved(found).itertuples()
    said = [(row.theory, str(row.in_c), str(row.in_v), row.leaves, row.comes_in, row.moves) for row in told]
    yield table(said, words.MOVED_HEADS, right=(1, 2))


def _side_by_side(found: pd.DataFrame) -> Iterator[RenderableType]:
    """A line for each clause, with a column for each theory: its value, in brackets when it is out of the band."""
    names, rows = list(dict.fromkeys(found["theory"])), []
    for (pattern, clause), part in found.groupby(["id", "clause"], sort=False):
        first, of = part.iloc[0], part.set_index("theory").loc[names]
        cells = [f"{row.value:.2f}" if row.in_band else words.THEORY_OUT.format(value=row.value) for row in of.itertuples()]
        rows.append((f"{pattern} {clause}", first["kind"], band_said(first["band_low"], first["band_high"]), *cells))
    for kind, part in found.groupby("kind"):
        sums = part.groupby("theory")["in_band"].agg(["sum", "size"]).loc[names].itertuples()
        cells = [words.THEORY_INSIDE.format(inside=row.sum, clauses=row.size) for row in sums]
        rows.append((words.THEORY_TOTAL, kind, "", *cells))
    yield table(rows, (*words.THEORY_HEADS, *names), right=range(3, 3 + len(names)))
