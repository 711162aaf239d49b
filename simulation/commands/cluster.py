"""Where the runs of a study are worked on: threads of this machine, or a Dask cluster that is already there."""

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
        hint = "install it with: pip install 'mentorship[cluster]'"
        raise ScenarioError("--scheduler needs Dask", field="sweep", hint=hint) from None
    if "://" not in scheduler:
        raise ScenarioError(
            f"value {shown(scheduler)}, allowed: an address such as tcp://host:8786", field="--scheduler"
        )
    theirs = [name for name in logging.root.manager.loggerDict if name.startswith("distributed")]
    for name in (*theirs, "asyncio", "tornado.application", "tornado.general"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what goes wrong is told in our own words
    try:
        _wait_for_word(scheduler, distributed.comm.get_address_host_port)
        client = distributed.Client(scheduler, timeout=PATIENCE)
    except (OSError, ValueError, TypeError, KeyError) as error:
        hint = "is `dask scheduler` running there?"
        raise ScenarioError(
            f"no scheduler answers at {shown(scheduler)} (tried for {PATIENCE} seconds: {error})",
            field="--scheduler",
            hint=hint,
        ) from None
    with client:
        _check_package(client, scheduler)
        cores = sum(client.ncores().values())
        remarked(f"Dask: {len(client.ncores())} workers, {cores} threads; dashboard at {client.dashboard_link}", silent)
        yield client.get_executor(pure=False), workers or max(cores, 1)


def _wait_for_word(scheduler: str, parts: Callable[[str], tuple[str, int]]) -> None:
    """Wait until a scheduler speaks, which it does first; Dask would wait for its first word without end."""
    deadline = time.monotonic() + PATIENCE
    while scheduler.startswith("tcp://"):
        try:
            with socket.create_connection(parts(scheduler), timeout=PATIENCE) as line:
                if line.recv(1):
                    return
            raise ConnectionError("the connection was closed")
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
        raise ScenarioError(
            f"mentorship {__version__}, as it is here, is not installed at {', '.join(strange)}",
            field="--scheduler",
            hint=f"the scheduler at {shown(scheduler)} and all of its workers need it",
        )


@contextmanager
def politely_ended() -> Iterator[None]:
    """While a study runs, SIGTERM ends it as Ctrl-C does: what is done is kept."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
