"""The first run on a machine compiles the model, and says so."""

import sys

from rich.progress import Progress, TextColumn, TimeElapsedColumn

from simulation.commands.console import console_on, remarked
from simulation.commands.words.any_command import COMPILING
from simulation.jit import is_cold
from simulation.run import warm


def compile_first(silent: bool) -> None:
    """Compile what was never compiled on this machine, and show the seconds that pass where a person watches."""
    if not is_cold():
        return
    watched = not silent and sys.stdout.isatty()
    remarked(COMPILING, silent or watched)
    columns = TextColumn(COMPILING), TimeElapsedColumn()
    with Progress(*columns, console=console_on(sys.stderr), disable=not watched) as clock:
        clock.add_task("", total=None)
        warm()
