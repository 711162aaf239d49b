"""`mentorship sweep`: a study carried out, streamed to disk, and gone on with when the command is given again."""

import os
import shlex
from argparse import Namespace
from concurrent.futures import BrokenExecutor

from simulation.commands.cluster import executor_at, politely_ended
from simulation.commands.compiling import compile_first
from simulation.commands.console import Progress, print_json, printed, remarked
from simulation.scenario.errors import ScenarioError
from simulation.studies.setup import Setup, set_up
from simulation.studies.sweep import Estimate, Sweep, estimated, sweep

LISTED = 10  # failed runs that are told one by one


def carry_out(asked: Namespace) -> int:
    """Carry out a study, or say what it would take; 1 when runs failed."""
    silent = asked.quiet or asked.json
    if asked.dry_run:
        compile_first(silent)
        _say_estimate(estimated(asked.study, asked.out), asked)
        return 0
    if not asked.out:
        raise ScenarioError("a study needs a folder for its results", field="sweep", hint="give --out DIR")
    done = swept(set_up(asked.study), asked, "sweep")
    if done.lost:  # the tables have holes until these have been run
        if asked.json:
            print_json({"study": done.setup.study.name, "folder": str(done.folder), "digest": None, "lost": done.lost})
        return tell_failures(done)
    if asked.json:
        print_json({
            "study": done.setup.study.name, "folder": str(done.folder), "digest": done.digest, "points": len(done.points),
            "runs": len(done.outcomes), "lost": done.lost, "failures": done.failures,
        })  # fmt: skip
    else:
        printed(f"{len(done.outcomes):,} runs at {len(done.points):,} points lie in {done.folder}")
    return tell_failures(done)


def swept(setup: Setup, asked: Namespace, verb: str) -> Sweep:
    """Carry out the study that a command names, with its progress on the screen."""
    silent = asked.quiet or asked.json
    command = shlex.join(["mentorship", verb, asked.study, "--out", str(asked.out)])
    compile_first(silent)
    with politely_ended(), executor_at(asked.scheduler, asked.workers, silent) as (executor, workers):
        try:
            with Progress(not silent) as progress:
                return sweep(setup, asked.out, executor, workers, progress, command)
        except BrokenExecutor as error:
            raise ScenarioError(
                f"the workers are gone ({error})", field=verb, hint="to go on, give the same command again"
            ) from None


def tell_failures(done: Sweep) -> int:
    """Say which chunks were lost, or which runs failed and how to repeat each; the exit code."""
    if done.lost:
        remarked(f"mentorship: {done.lost:,} chunks were lost with their workers; to run them, give the command again")
        return 1
    failures = done.failures
    if failures.empty:
        return 0
    remarked(f"mentorship: {len(failures):,} runs failed:")
    for row in failures.head(LISTED).itertuples():
        remarked(f"  {row.world}, {row.policy}, point {row.point}, replicate {row.replicate}: {row.error}")
    if len(failures) > LISTED:
        remarked(f"  and {len(failures) - LISTED:,} more, in the column `error` of the table of outcomes")
    remarked(f"  to repeat the first: {failures.iloc[0]['replay']}")
    return 1


def _say_estimate(found: Estimate, asked: Namespace) -> None:
    """Say what a study would take here."""
    workers = asked.workers or os.cpu_count() or 1
    minutes, megabytes = found.seconds / workers / 60.0, found.bytes / 1e6
    if asked.json:
        print_json({**found._asdict(), "workers": workers, "minutes": minutes, "megabytes": megabytes})
        return
    printed(f"{found.points:,} points, {found.runs:,} runs, of which {found.waiting:,} are still to be run")
    lasts = f"{minutes:,.1f} minutes" if minutes >= 1.0 else f"{60.0 * minutes:,.0f} seconds"
    printed(f"about {lasts} with {workers} at a time, and {megabytes:,.1f} MB of disk")
