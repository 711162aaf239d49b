"""`mentorship calibrate`: uncertain parameters fitted to published patterns; every set that reproduces them is kept.

Finished waves are kept in the folder, so the same command resumes the fit after them. What is accepted is written at the end.
"""

import os
import shlex
from argparse import Namespace
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pandas as pd
from rich.console import RenderableType

from simulation import __version__
from simulation.commands.bands import band_ends, band_said
from simulation.commands.compiling import compile_first
from simulation.commands.console import Progress, print_json, printed, remarked, table
from simulation.commands.words import calibrate as words
from simulation.commands.words.any_command import TABLES_AT
from simulation.evidence.calibrate import Calibration, calibrate, clauses_of, fields_of
from simulation.evidence.emulation import never_met
from simulation.evidence.own_clauses import own_clauses
from simulation.evidence.patterns.clauses import Clause
from simulation.evidence.theories import rival
from simulation.results import file_of, prepare, save
from simulation.scenario.counted import counted
from simulation.scenario.loading import find
from simulation.scenario.targets import Targets


def carry_out(asked: Namespace) -> int:
    """Calibrate, write the sets that were tried and accepted, and say which one is nearest to the patterns."""
    theory = rival(asked.theory) if asked.theory else {}
    targets = Targets.load(asked.targets).without(theory)
    own = own_clauses(targets, find(Targets.kind, asked.targets))
    clauses = clauses_of(targets, own)
    fields_of(targets)
    named = ["--theory", asked.theory] if asked.theory else []
    command = shlex.join(["mentorship", "calibrate", asked.targets, *named, "--out", asked.out])
    manifest = {"version": __version__, "command": command, "seed": targets.seed}
    manifest |= {"targets": targets.model_dump(mode="json"), "theory": theory}
    if own.clauses:
        manifest["inputs"] = own.inputs
    prepare(asked.out, manifest, [file_of("tried"), file_of("accepted")])
    begun = _begun(Path(asked.out) / file_of("tried"))

    def keep(found: Calibration) -> None:
        save(asked.out, {"tried": found.tried}, manifest)

    silent = asked.quiet or asked.json
    compile_first(silent)
    workers = asked.workers or os.cpu_count() or 1
    # Counting answers is plain Python, which threads cannot do side by side; processes can.
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool, Progress(not silent, "sets") as progress:
        found = calibrate(targets, pool, workers, progress, begun=begun, keep=keep, theory=theory, own=own)
    save(asked.out, {"tried": found.tried, "accepted": found.accepted}, manifest)
    fitted = [clause for clause in clauses if clause.key in found.clauses]
    unfitted = never_met(found.tried[[clause.key for clause in fitted]].to_numpy(float), fitted) if found.accepted.empty else []
    if asked.json:
        result = {"accepted": len(found.accepted), "tried": len(found.tried), "best": found.best, "middle": found.middle}
        told = [{"clause": clause.key, "nearest": value, "band": band_ends(clause.low, clause.high)} for clause, value in unfitted]
        print_json(result | {"unfitted": told, "folder": asked.out})
    else:
        printed(*_told(found), *_unfitted(found, unfitted))
        remarked(TABLES_AT.format(folder=asked.out), silent, whole=True)
    return 0


def _begun(path: Path) -> pd.DataFrame | None:
    """The waves that an earlier call of the same command has finished."""
    return pd.read_parquet(path) if path.is_file() else None


def _told(found: Calibration) -> Iterator[RenderableType]:
    """How many sets are accepted, the nearest one, and how it does on each clause."""
    nearest, middle = found.nearest, found.middle
    tried, clauses = counted(len(found.tried), "sets"), counted(len(found.clauses), "clauses")
    yield words.ACCEPTED.format(accepted=len(found.accepted), tried=tried, clauses=clauses)
    inside = len(found.clauses) - int(nearest["missed"])
    yield words.NEAREST.format(inside=inside, clauses=clauses, distance=nearest["distance"])
    rows = [
        (name.removeprefix("parameters."), f"{value:.3f}", f"{middle[name]:.3f}" if middle else "")
        for name, value in found.best.items()
    ]
    rows += [(clause, f"{nearest[clause]:.3f}", "") for clause in found.clauses]
    yield table(rows, words.HEADS if middle else (), right=(1, 2))


def _unfitted(found: Calibration, unfitted: list[tuple[Clause, float]]) -> Iterator[RenderableType]:
    """What could not be fitted: clauses that no set meets, or that none meets together with the others."""
    for clause, value in unfitted:
        band = band_said(clause.low, clause.high)
        yield words.UNFITTED.format(clause=clause.key, band=band, sets=counted(len(found.tried), "sets"), value=value)
    if found.accepted.empty and not unfitted:
        yield words.NOT_TOGETHER
