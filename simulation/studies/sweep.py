"""Running a study: every policy in every world at every point and replicate, written to disk as it comes, and resumed."""

import time
from concurrent.futures import BrokenExecutor, CancelledError, Executor
from contextlib import closing
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from simulation.executor import Progress, finished, threads_or
from simulation.judgement import half_width
from simulation.results import load, read_manifest
from simulation.run import warm
from simulation.scenario.errors import ScenarioError
from simulation.scenario.study import Study
from simulation.studies.chunks import Done, run_box
from simulation.studies.idle_levers import idle_levers
from simulation.studies.points import numbers_of, rows_of
from simulation.studies.resume import Part
from simulation.studies.setup import Setup, set_up
from simulation.studies.store import Store


class Sweep:
    """A study on disk; its tables are read when they are first used."""

    def __init__(self, folder: str | Path, setup: Setup, rows: pd.DataFrame, lost: int):
        self.folder, self.setup, self._rows = Path(folder), setup, rows
        self.lost = lost  # number of chunks whose worker died; they still have to run

    @cached_property
    def tables(self) -> dict[str, pd.DataFrame]:
        """All tables of the study, by name; rows by world, point, replicate and policy."""
        return load(self.folder)

    @cached_property
    def outcomes(self) -> pd.DataFrame:
        """A row a run."""
        return load(self.folder, ["outcomes"])["outcomes"]

    @cached_property
    def points(self) -> pd.DataFrame:
        """A row a point: its number, and the value of each factor."""
        return load(self.folder, ["points"])["points"]

    @cached_property
    def failures(self) -> pd.DataFrame:
        """The runs that failed, with the error and the command that repeats each."""
        columns = ["world", "policy", "point", "replicate", "seed", "error", "replay"]
        table = load(self.folder, ["outcomes"], columns)["outcomes"]
        return table[table["error"].notna()]

    @property
    def digest(self) -> str:
        """The SHA-256 of the runs, whatever ran them, in however many steps and parts."""
        return read_manifest(self.folder)["digest"]

    @cached_property
    def rows(self) -> np.ndarray:
        """The number of the point of each row of the design, in the design's order."""
        return numbers_of(self._rows, self.points.drop(columns="point"))


class Spread:
    """The width of the intervals so far, for retention against the baseline, over the runs of this session."""

    def __init__(self) -> None:
        self._sums: dict[str, np.ndarray] = {}

    def add(self, differences: dict[str, np.ndarray]) -> None:
        """Add the differences of a chunk."""
        for name, values in differences.items():
            known = values[~np.isnan(values)]
            sums = np.array([len(known), known.sum(), (known**2).sum()])
            self._sums[name] = self._sums.get(name, 0.0) + sums

    def __str__(self) -> str:
        """The policy with the widest interval, in words."""
        halves = {
            name: half_width(np.sqrt(max(squares - total**2 / n, 0.0) / (n - 1) / n), n)
            for name, (n, total, squares) in self._sums.items() if n > 1
        }  # fmt: skip
        if not halves:
            return ""
        name = max(halves, key=halves.get)
        return f"mean retention under {name} known to ±{100.0 * halves[name]:.2f} points"


def sweep(
    study: Study | Setup | str | Path,
    out: str | Path,
    executor: Executor | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    command: str = "",
    part: Part | None = None,
) -> Sweep:
    """Run a study, or the runs that are missing, and return its tables.

    Args:
        study: a `Study` or `Setup`, the name of a shipped study, or a file; a fault in it raises `ScenarioError`.
        out: the folder of the results; it is resumed when it holds this study, and refused when it holds anything else.
        executor: any `concurrent.futures.Executor`; threads of this machine by default.
        workers: how many chunks run at a time; by default as many as the executor has workers, or one a core.
        progress: called with runs done, runs in all, runs failed and a note.
        command: the command to write into the manifest.
        part: a part of the study, as its number from 1 and how many there are; `merge` makes the whole of all parts.

    The tables do not depend on the executor, on the number of workers, or on how often the work was interrupted.
    """
    setup = set_up(study)
    rows = rows_of(setup)
    idle_levers(setup, rows)
    lost, spread = 0, Spread()
    with Store(out, setup, rows, command, part) as store, threads_or(executor, workers) as working:
        waiting, total = store.waiting, sum(store.box(k).runs for k in range(len(store.chunks)))
        done = total - sum(store.box(k).runs for k in waiting)
        pieces = ((setup, box, store.points.iloc[slice(*box.points)]) for box in map(store.box, waiting))
        if progress:
            progress(done, total, store.failed, "")
        with closing(finished(working, run_box, pieces, workers)) as ending:
            for place, future in ending:
                chunk = _result(future)
                if chunk is None:
                    lost += 1
                    continue
                store.keep(waiting[place], chunk)
                spread.add(chunk.differences)
                done += store.box(waiting[place]).runs
                if progress:
                    progress(done, total, store.failed, str(spread))
    return Sweep(out, setup, rows, lost)


def _result(future: Any) -> Done | None:
    """The results of a chunk, or None when its worker died; a pool without workers raises `BrokenExecutor`."""
    try:
        return future.result()
    except CancelledError:  # not cancelled here: the scheduler of Dask has gone
        raise BrokenExecutor("the executor has dropped its work") from None
    except (BrokenExecutor, ScenarioError):
        raise
    except Exception as error:
        if type(error).__name__ == "KilledWorker":  # an error of Dask, which may not be installed
            return None
        raise


class Estimate(NamedTuple):
    """The size of a study, and the time and space it will take."""

    points: int
    runs: int
    waiting: int  # runs still to do
    seconds: float  # of one worker, for the waiting runs
    bytes: float  # on disk, for the waiting runs


def estimated(
    study: Study | str | Path, out: str | Path | None = None, trial: float = 2.0, part: Part | None = None
) -> Estimate:  # fmt: skip
    """Estimate the time and space for a study, or for the runs missing in `out`, from chunks run for about `trial` seconds."""
    setup = set_up(study)
    with TemporaryDirectory() as empty:
        store = Store(out or empty, setup, rows_of(setup), part=part)
    runs = [store.box(number).runs for number in range(len(store.chunks))]
    waiting = store.waiting
    warm()
    tried, seconds, size = 0, 0.0, 0
    for number in np.random.default_rng(0).permutation(waiting):
        box, began = store.box(number), time.perf_counter()
        done = run_box(setup, box, store.points.iloc[slice(*box.points)])
        seconds += time.perf_counter() - began
        tried, size = tried + box.runs, size + sum(map(len, done.files.values()))
        if seconds > trial:
            break
    left = sum(runs[number] for number in waiting)
    share = left / max(tried, 1)
    return Estimate(len(store.points), sum(runs), left, seconds * share, size * share)
