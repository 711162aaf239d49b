"""The first run on a machine compiles the model, and says so."""

import sys
import threading
import time

from simulation.commands.console import printed, remarked
from simulation.jit import is_cold
from simulation.run import warm


def compile_first(silent: bool) -> None:
    """Compile what was never compiled on this machine, saying so, with the seconds that pass where a person watches."""
    if not is_cold():
        return
    text = "Compiling the model, once on this machine; this takes about half a minute"
    watched = not silent and sys.stdout.isatty()
    remarked(f"{text}.", silent or watched)
    done = threading.Event()

    def count_seconds() -> None:
        start = time.monotonic()
        while not done.wait(1.0):
            printed(f"\r{text}: {time.monotonic() - start:.0f} s ", end="", stream=sys.stderr)
        printed("", stream=sys.stderr)

    counter = threading.Thread(target=count_seconds, daemon=True)
    if watched:
        counter.start()
    try:
        warm()
    finally:
        done.set()
        if watched:
            counter.join()
