"""Where the runs of a study are worked on: threads of this machine, or a Dask cluster that is already there."""

import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from importlib import import_module

from simulation.commands.speaking import remarked
from simulation.scenario.errors import ScenarioError, shown

PATIENCE = 10  # seconds for a scheduler to answer


@contextmanager
def engine(scheduler: str | None, workers: int | None, silent: bool) -> Iterator[tuple[Executor | None, int | None]]:
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
    try:
        client = distributed.Client(scheduler, timeout=PATIENCE)
    except (OSError, ValueError, TypeError, KeyError) as error:
        hint = "is `dask scheduler` running there?"
        raise ScenarioError(
            f"no scheduler answers at {shown(scheduler)} (tried for {PATIENCE} seconds: {error})",
            field="--scheduler",
            hint=hint,
        ) from None
    with client:
        cores = sum(client.ncores().values())
        remarked(f"Dask: {len(client.ncores())} workers, {cores} threads; dashboard at {client.dashboard_link}", silent)
        yield client.get_executor(pure=False), workers or max(cores, 1)


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
