"""Passing work to any `concurrent.futures.Executor`, a few pieces ahead, so that memory stays small."""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Any

from simulation.scenario.whole_numbers import whole_number

Progress = Callable[[int, int, int, str], None]  # done, in all, failed, a note
AHEAD = 3  # pieces submitted for each worker, running or waiting


@contextmanager
def threads_or(executor: Executor | None, workers: int | None) -> Iterator[Executor]:
    """Give the executor, or else threads of this machine, which end with the block."""
    workers = os.cpu_count() if workers is None else whole_number(workers, "workers")
    if executor is not None:
        yield executor
        return
    own = ThreadPoolExecutor(workers)
    try:
        yield own
    finally:
        own.shutdown(cancel_futures=True)


def finished(
    executor: Executor, work: Callable, pieces: Iterable[tuple], workers: int | None = None
) -> Iterator[tuple[int, Future]]:
    """Yield the number and the future of each piece as it ends; when the caller stops, waiting pieces are cancelled.

    `workers` is how many pieces can run at a time; by default the executor's own number.
    """
    ahead = AHEAD * (workers or getattr(executor, "_max_workers", None) or os.cpu_count() or 1)
    running: dict[Any, int] = {}
    coming = enumerate(pieces)
    try:
        while True:
            while len(running) < ahead and (piece := next(coming, None)) is not None:
                running[executor.submit(work, *piece[1])] = piece[0]
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                yield running.pop(future), future
    finally:
        for future in running:
            future.cancel()
