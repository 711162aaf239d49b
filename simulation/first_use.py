"""The first use on a machine compiles the model: in two processes, where two cores are free.

The second process compiles some steps of the month and keeps them in the cache, where this one finds them. Each step is
compiled by one of the two, so that no file is written twice. What the second process does not bring, for whatever reason, is
compiled here, so that it can only save time.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import numba

from simulation import program
from simulation.allocate import Layout, allocate, lay_out
from simulation.columns import State
from simulation.jit import cache_folder, fingerprint, takes
from simulation.outcomes import groups_of
from simulation.outcomes.counting import at_moment, counted
from simulation.scenario.policy import Policy
from simulation.scenario.world import World
from simulation.steps.assign import assign
from simulation.steps.reflect import reflect
from simulation.steps.seek import seek

HELPED = (seek, assign, reflect)  # with what they call, half of what is to be compiled
FIRST = World(name="first")
PATIENCE = 10.0  # seconds that this process waits for the other beyond the time that its own half took


def before_a_run() -> tuple[Layout, State]:
    """A world of which only the kinds of its rows matter, before its first month."""
    layout = lay_out(FIRST, Policy(), 1)
    return layout, allocate(layout, 1, False)


def kinds() -> dict[str, numba.types.Type]:
    """What steps take, by name: the types that the month calls them with."""
    layout, state = before_a_run()
    whole, people = numba.types.int64, numba.types.int64[::1]
    taken = {
        "state": state,
        "setting": layout.setting,
        "plan": layout.plan,
        "levers": state.levers,
        "institution": state.institution,
    }
    types = {name: numba.typeof(value) for name, value in taken.items()}
    return types | {"month": whole, "site": whole, "mentees": people, "mentors": people}


def compile_steps(steps) -> None:
    """Compile steps as the month calls them."""
    types = kinds()
    for step in steps:
        step.compile(tuple(types[name] for name in takes(step)))


def own_steps() -> list:
    """The steps that the month names and the second process leaves to this one."""
    named = [step for step in vars(program).values() if hasattr(step, "py_func") and step not in HELPED]
    return [step for step in named if step.py_func.__module__.startswith("simulation.steps.")]


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def second_process() -> Iterator[subprocess.Popen | None]:
    """Give a process that compiles what is `HELPED`, or None where there can be none; it ends with the block."""
    if cores() < 2 or not sys.executable or getattr(sys, "frozen", False):
        yield None
        return
    # without a cache of its own: what both processes compile is kept by this one alone
    around = os.environ | {"MENTORSHIP_CACHE": os.devnull, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    quiet = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
    command = [sys.executable, "-P", "-m", "simulation.first_use", str(cache_folder())]
    try:
        helper = subprocess.Popen(command, env=around, **quiet)
    except OSError:
        yield None
        return
    try:
        yield helper
    finally:
        helper.kill()
        helper.wait()


def compile_month() -> None:
    """Compile the steps of the month and the count of a run, or wait for what the second process compiles of it."""
    with second_process() as helper:
        if helper is None:
            return
        start = time.monotonic()
        compile_steps(own_steps())
        layout, state = before_a_run()
        counted(state, layout.setting, 1, at_moment(state, layout.setting, 0, len(groups_of(FIRST))))
        with suppress(subprocess.TimeoutExpired):  # where it is slower than this process would be
            helper.wait(PATIENCE + time.monotonic() - start)


def help_with(folder: Path) -> None:
    """Compile what is `HELPED`, and keep it in the cache of another process that runs the same sources."""
    if folder.name == fingerprint():
        numba.config.CACHE_DIR = str(folder)
        for step in HELPED:
            step.enable_caching()
        compile_steps(HELPED)


if __name__ == "__main__":
    help_with(Path(sys.argv[1]))
