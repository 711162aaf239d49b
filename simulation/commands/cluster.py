"""Runs a study on threads of this machine, or on a Dask cluster that is already there."""

import logging
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from simulation import __version__
from simulation.commands.console import remarked
from simulation.commands.words import sweep as words
from simulation.scenario.counted import counted
from simulation.scenario.errors import ScenarioError, shown

PATIENCE = 10  # seconds for a scheduler to answer


@contextmanager
def executor_at(scheduler: str | None, workers: int | None, silent: bool) -> Iterator[tuple[Executor | None, int | None]]:
    """The executor and how many pieces it works on at a time; none for threads of this machine."""
    if scheduler is None:
        yield None, workers
        return
    try:
        distributed = import_module("distributed")
    except ImportError:
        raise ScenarioError(words.NO_DASK, field="sweep", hint=words.INSTALL_DASK) from None
    if "://" not in scheduler:
        raise ScenarioError(words.BAD_ADDRESS.format(address=shown(scheduler)), field="--scheduler")
    theirs = [name for name in logging.root.manager.loggerDict if name.startswith("distributed")]
    for name in (*theirs, "asyncio", "tornado.application", "tornado.general"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # we report it in our own words
    try:
        _wait_for_word(scheduler, distributed.comm.get_address_host_port)
        client = distributed.Client(scheduler, timeout=PATIENCE)
    except (OSError, ValueError, TypeError, KeyError) as error:
        problem = words.NO_SCHEDULER.format(address=shown(scheduler), seconds=PATIENCE, reason=error)
        raise ScenarioError(problem, field="--scheduler", hint=words.START_SCHEDULER) from None
    with client:
        _check_package(client, scheduler)
        cores = sum(client.ncores().values())
        workers_there, threads = counted(len(client.ncores()), "workers"), counted(cores, "threads")
        remarked(words.CONNECTED.format(workers=workers_there, threads=threads, link=client.dashboard_link), silent)
        yield client.get_executor(pure=False), workers or max(cores, 1)


def _wait_for_word(scheduler: str, parts: Callable[[str], tuple[str, int]]) -> None:
    """Wait until a scheduler speaks, as it does first; without this, Dask would wait for ever."""
    deadline = time.monotonic() + PATIENCE
    while scheduler.startswith("tcp://"):
        try:
            with socket.create_connection(parts(scheduler), timeout=PATIENCE) as line:
                if line.recv(1):
                    return
            raise ConnectionError(words.CLOSED)
        except OSError:
            if time.monotonic() >= deadline:
                raise
            time.sleep(0.1)


def _check_package(client: Any, scheduler: str) -> None:
    """Make sure that the scheduler and its workers have this package in this version."""

    def version() -> str | None:  # an inner function, so that it travels to where the package may be missing
        try:
            return f"{import_module('simulation').__version__} {import_module('simulation.jit').fingerprint()}"
        except (ImportError, AttributeError):
            return None

    found = {"the scheduler": client.run_on_scheduler(version), **client.run(version, on_error="return")}
    strange = [name for name, there in found.items() if there != version()]
    if strange:
        problem = words.NOT_INSTALLED.format(version=__version__, machines=", ".join(strange))
        hint = words.INSTALL_EVERYWHERE.format(address=shown(scheduler))
        raise ScenarioError(problem, field="--scheduler", hint=hint)


@contextmanager
def politely_ended() -> Iterator[None]:
    """While a study runs, SIGTERM ends it as Ctrl-C does, and finished runs are kept."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
