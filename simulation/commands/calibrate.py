"""`mentorship calibrate`: uncertain parameters fitted to published patterns; every set that reproduces them is kept.

Waves that are done lie in the folder: the same command goes on after them.
"""

import os
import shlex
from argparse import Namespace
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pandas as pd

from simulation import __version__
from simulation.commands.compiling import compile_first
from simulation.commands.console import Progress, print_json, printed, remarked
from simulation.evidence.calibrate import Calibration, calibrate, fields_of, fitted_clauses
from simulation.results import prepare, save
from simulation.scenario.errors import ScenarioError
from simulation.scenario.targets import Targets


def carry_out(asked: Namespace) -> int:
    """Calibrate, write what was tried and what is accepted, and say which set lies nearest to the patterns."""
    targets = Targets.load(asked.targets)
    if not asked.out:
        raise ScenarioError("a calibration needs a folder for its results", field="calibrate", hint="give --out DIR")
    fitted_clauses(targets)
    fields_of(targets)
    command = shlex.join(["mentorship", "calibrate", asked.targets, "--out", asked.out])
    manifest = {
        "version": __version__,
        "command": command,
        "seed": targets.seed,
        "targets": targets.model_dump(mode="json"),
    }
    prepare(asked.out, manifest)
    begun = _begun(Path(asked.out) / "tried.parquet")

    def keep(found: Calibration) -> None:
        save(asked.out, {"tried": found.tried, "accepted": found.accepted}, manifest)

    silent = asked.quiet or asked.json
    compile_first(silent)
    workers = asked.workers or os.cpu_count() or 1
    # Counting answers is plain Python: processes do it side by side, threads would wait for each other.
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool, Progress(not silent, "points") as progress:
        found = calibrate(targets, pool, workers, progress, begun=begun, keep=keep)
    if asked.json:
        print_json(
            {
                "accepted": len(found.accepted),
                "tried": len(found.tried),
                "best": found.best,
                "middle": found.middle,
                "folder": asked.out,
            }
        )
    else:
        printed("\n".join(_lines(found)))
        remarked(f"The tables lie in {asked.out}", silent)
    return 0


def _begun(path: Path) -> pd.DataFrame | None:
    """The waves that an earlier call of the same command has finished."""
    return pd.read_parquet(path) if path.is_file() else None


def _lines(found: Calibration) -> list[str]:
    """How many sets are accepted, the best one, and the clauses that it misses."""
    nearest = found.tried.sort_values("distance").iloc[0]
    lines = [f"{len(found.accepted):,} of {len(found.tried):,} sets reproduce all {len(found.clauses)} clauses"]
    lines += [f"the nearest set (distance {nearest['distance']:.2f}; at most 1 is inside every band):"]
    middle = found.middle
    lines += [f"  {'':<28}{'nearest':>8}{'middle of the accepted':>24}"] if middle else []
    for name, value in found.best.items():
        mean = f"{middle[name]:24.3f}" if middle else ""
        lines.append(f"  {name.removeprefix('parameters.'):<28}{value:8.3f}{mean}")
    lines += [f"  {clause:<28}{nearest[clause]:8.3f}" for clause in found.clauses]
    return lines
