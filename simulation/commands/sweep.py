"""`mentorship sweep`: a study of many runs, written to disk as they end; the same command resumes it."""

import os
import shlex
from argparse import Namespace
from concurrent.futures import BrokenExecutor

from simulation.commands.cluster import executor_at, politely_ended
from simulation.commands.compiling import compile_first
from simulation.commands.console import Progress, print_json, printed, remarked
from simulation.commands.words import sweep as words
from simulation.commands.words.any_command import FAILED, GIVE_OUT, IDLE_IN_PART, NEEDS_FOLDER, ROSTER
from simulation.scenario.counted import counted
from simulation.scenario.errors import ScenarioError
from simulation.studies.idle_levers import idle_levers
from simulation.studies.points import rows_of
from simulation.studies.setup import Setup, set_up
from simulation.studies.store import left_out_of
from simulation.studies.sweep import Sweep, estimated, sweep

LISTED = 10  # failed runs that are told one by one


def carry_out(asked: Namespace) -> int:
    """Run a study, or say how long it would take; 1 when runs failed."""
    if asked.dry_run:
        return tried_dry(asked)
    done = swept(set_up(asked.study), asked, "sweep")
    if done.lost:  # the tables have holes until these have been run
        if asked.json:
            print_json({"study": done.setup.study.name, "folder": str(done.folder), "digest": None, "lost": done.lost})
        return tell_failures(done)
    points = done.outcomes["point"].nunique()  # of a part, those at which it ran
    if asked.json:
        print_json({
            "study": done.setup.study.name, "folder": str(done.folder), "digest": done.digest, "points": points,
            "runs": len(done.outcomes), "lost": done.lost, "failures": done.failures,
        })  # fmt: skip
    else:
        said = {"runs": counted(len(done.outcomes), "runs"), "points": counted(points, "points")}
        printed(words.DONE.format(**said, folder=done.folder), whole=True)
    return tell_failures(done)


def refuse_no_folder(asked: Namespace, verb: str) -> None:
    """Raise when no folder for the results was given."""
    if not asked.out:
        raise ScenarioError(NEEDS_FOLDER, field=verb, hint=GIVE_OUT)


def swept(setup: Setup, asked: Namespace, verb: str) -> Sweep:
    """Run the study that a command names, with its progress on the screen."""
    refuse_no_folder(asked, verb)
    silent = asked.quiet or asked.json
    tell_idle(setup, silent)
    for sentence in left_out_of(setup):
        remarked(ROSTER.format(sentence=sentence), silent)
    part = vars(asked).get("part")
    share = ["--part", f"{part[0]}/{part[1]}"] if part else []
    command = shlex.join(["mentorship", verb, asked.study, *share, "--out", str(asked.out)])
    compile_first(silent)
    with politely_ended(), executor_at(asked.scheduler, asked.workers, silent) as (executor, workers):
        try:
            with Progress(not silent, "runs") as progress:
                return sweep(setup, asked.out, executor, workers, progress, command, part)
        except BrokenExecutor as error:
            raise ScenarioError(words.WORKERS_GONE.format(reason=error), field=verb, hint=words.RESUME) from None


def tell_idle(setup: Setup, silent: bool) -> None:
    """Say which levers cannot act at some of the points."""
    for found in idle_levers(setup, rows_of(setup)):
        remarked(IDLE_IN_PART.format(**found._asdict()), silent)


def tell_failures(done: Sweep) -> int:
    """Say which chunks were lost, or which runs failed and how to repeat each; the exit code."""
    if done.lost:
        remarked(words.LOST.format(chunks=counted(done.lost, "chunks")))
        return 1
    failures = done.failures
    if failures.empty:
        return 0
    remarked(FAILED.format(count=counted(len(failures), "runs")))
    for row in failures.head(LISTED).to_dict("records"):
        remarked(words.FAILED_RUN.format(**row))
    if len(failures) > LISTED:
        remarked(words.MORE_FAILED.format(count=len(failures) - LISTED))
    remarked(words.REPLAY.format(command=failures.iloc[0]["replay"]), whole=True)
    return 1


def tried_dry(asked: Namespace) -> int:
    """Say how many runs a study has and how long they take here, and run none of them."""
    compile_first(asked.quiet or asked.json)
    found, workers = estimated(asked.study, asked.out, part=vars(asked).get("part")), asked.workers or os.cpu_count() or 1
    seconds, megabytes = found.seconds / workers, found.bytes / 1e6
    if asked.json:
        print_json({**found._asdict(), "workers": workers, "minutes": seconds / 60.0, "megabytes": megabytes})
        return 0
    points, runs = counted(found.points, "points"), counted(found.runs, "runs")
    printed(words.ESTIMATE.format(points=points, runs=runs, waiting=f"{found.waiting:,}"))
    time = (words.MINUTES if seconds >= 60.0 else words.SECONDS).format(minutes=seconds / 60.0, seconds=seconds)
    printed(words.TAKES.format(time=time, workers=workers, megabytes=megabytes))
    return 0
