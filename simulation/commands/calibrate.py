"""`mentorship calibrate`: uncertain parameters fitted to published patterns; every set that reproduces them is kept.

Finished waves are kept in the folder, so the same command resumes the fit after them. What is accepted is written at the end.
A file with numbers is quick: it searches nothing, and weighs sets that are plausible already.
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
from simulation.commands.again import folder_for, usual_folder
from simulation.commands.bands import band_ends, band_said
from simulation.commands.compiling import compile_first
from simulation.commands.console import Progress, print_json, printed, remarked, table
from simulation.commands.own_numbers import for_machines, told
from simulation.commands.words import calibrate as words
from simulation.commands.words.any_command import TABLES_AT
from simulation.evidence.calibrate import Calibration, calibrate, clauses_of, fields_of
from simulation.evidence.emulation import never_met
from simulation.evidence.own_clauses import Own, own_clauses
from simulation.evidence.patterns.clauses import Clause
from simulation.evidence.theories import rival
from simulation.evidence.weigh import points_of, weighed
from simulation.results import file_of, save
from simulation.scenario.counted import counted
from simulation.scenario.loading import find
from simulation.scenario.parameter_sets import ParameterSets
from simulation.scenario.targets import Targets


def carry_out(asked: Namespace) -> int:
    """Calibrate, write the sets that were tried and accepted, and say which one is nearest to the patterns."""
    theory = rival(asked.theory) if asked.theory else {}
    targets = Targets.load(asked.targets).without(theory)
    own = own_clauses(targets, find(Targets.kind, asked.targets))
    if targets.numbers:
        return _weigh(asked, targets, own)
    clauses = clauses_of(targets, own)
    fields_of(targets)
    named = ["--theory", asked.theory] if asked.theory else []
    command = shlex.join(["mentorship", "calibrate", asked.targets, *named])
    manifest = {"version": __version__, "command": command, "seed": targets.seed}
    manifest |= {"targets": targets.model_dump(mode="json"), "theory": theory}
    if own.clauses:
        manifest["inputs"] = own.inputs
    out, _ = folder_for(asked, usual_folder("calibration", targets.name), manifest, [file_of("tried"), file_of("accepted")])
    begun = _begun(out / file_of("tried"))

    def keep(found: Calibration) -> None:
        save(out, {"tried": found.tried}, manifest)

    silent = asked.quiet or asked.json
    compile_first(silent)
    workers = asked.workers or os.cpu_count() or 1
    # Counting answers is plain Python, which threads cannot do side by side; processes can.
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool, Progress(not silent, "sets") as progress:
        found = calibrate(targets, pool, workers, progress, begun=begun, keep=keep, theory=theory, own=own)
    save(out, {"tried": found.tried, "accepted": found.accepted}, manifest)
    fitted = [clause for clause in clauses if clause.key in found.clauses]
    unfitted = never_met(found.tried[[clause.key for clause in fitted]].to_numpy(float), fitted) if found.accepted.empty else []
    if asked.json:
        result = {"accepted": len(found.accepted), "tried": len(found.tried), "best": found.best, "middle": found.middle}
        told = [{"clause": clause.key, "nearest": value, "band": band_ends(clause.low, clause.high)} for clause, value in unfitted]
        print_json(result | {"unfitted": told, "folder": str(out)})
    else:
        printed(*_told(found), *_unfitted(found, unfitted))
        remarked(TABLES_AT.format(folder=out), silent, whole=True)
    return 0


def _weigh(asked: Namespace, targets: Targets, own: Own) -> int:
    """Weigh plausible sets by the figures of one's own program; write all of them, and those that are left."""
    sets = ParameterSets.load(targets.sets)
    points = points_of(targets, sets)
    command = shlex.join(["mentorship", "calibrate", asked.targets])
    manifest = {"version": __version__, "command": command, "seed": targets.seed, "inputs": own.inputs}
    manifest |= {"targets": targets.model_dump(mode="json", exclude={"priors"}), "sets": sets.digest}
    out, _ = folder_for(asked, usual_folder("calibration", targets.name), manifest, [file_of("tried"), file_of("accepted")])
    silent = asked.quiet or asked.json
    compile_first(silent)
    with Progress(not silent, "sets") as progress:
        found = weighed(own, points, targets.seed, targets.seeds, workers=asked.workers, progress=progress)
    save(out, {"tried": found.tried, "accepted": found.accepted}, manifest)
    if asked.json:
        print_json(for_machines(found) | {"folder": str(out), "parameters": str(out / file_of("accepted"))})
    else:
        printed(*told(found, targets, out))
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
