"""How commands speak: results on stdout, everything else on stderr, tables and progress drawn by rich."""

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any, Self

import pandas as pd
from rich import progress as bars
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table

from simulation.commands.streams import unheard

WIDEST = 10_000  # characters of a line in a file or a pipe, where no line is broken
PACE = 600  # seconds over which the rate of the work is measured


def console_on(stream: Any) -> Console:
    """A console on which names and titles mean what they say: nothing in them is markup."""
    width = None if stream.isatty() else WIDEST
    return Console(file=stream, markup=False, emoji=False, highlight=False, width=width)


def printed(*parts: RenderableType, stream: Any = None, whole: bool = False) -> None:
    """Print texts and tables, wrapped between words on a terminal; `whole` lines can be copied, so nothing breaks them."""
    stream = stream or sys.stdout
    console = console_on(stream)
    with console.capture() as captured:
        console.print(*parts, sep="\n", soft_wrap=whole)
    stream.write("".join(f"{line.rstrip()}\n" for line in captured.get().splitlines()))
    stream.flush()


def remarked(text: str, quiet: bool = False, whole: bool = False) -> None:
    """Say something about the work on stderr, unless silence was asked for."""
    if quiet:
        return
    with unheard():
        printed(text, stream=sys.stderr, whole=whole)


def table(
    rows: Iterable[Sequence[RenderableType]], heads: Sequence[str] = (), right: Sequence[int] = (),
    least: Sequence[int] = (), gap: int = 2,
) -> RenderableType:  # fmt: skip
    """Rows in columns with gaps between. Columns in `right` are aligned right; `least` is how wide the first ones are at least."""
    made = Table(box=None, show_header=bool(heads), padding=(0, gap, 0, 0), pad_edge=False, header_style="bold")
    for row in rows:
        while len(made.columns) < len(row):
            place = len(made.columns)
            made.add_column(heads[place] if heads else "", justify="right" if place in right else "left")
        made.add_row(
            *(row[i].rjust(wide) if i in right else row[i].ljust(wide) for i, wide in enumerate(least)), *row[len(least) :]
        )
    return Padding.indent(made, 2)


def listed(texts: Iterable[str]) -> RenderableType:
    """Texts as a list with dashes; a long one goes on under its own start."""
    return table((("-", text) for text in texts), gap=1)


def print_json(result: Any) -> None:
    """Print a result for machines; frames become lists of rows, and what is missing is null."""
    print(json.dumps(_known_to_json(result), indent=2, allow_nan=False))


def _known_to_json(value: Any) -> Any:
    if isinstance(value, pd.DataFrame):
        return json.loads(value.to_json(orient="records", double_precision=15))
    if isinstance(value, dict):
        return {str(key): _known_to_json(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_known_to_json(entry) for entry in value]
    if value is None or value is pd.NA or (isinstance(value, float) and not abs(value) < float("inf")):
        return None
    return value.item() if hasattr(value, "item") else value


class Progress:
    """A line on stderr while the work goes on: how much is done, the rate, the time left, the failures.

    It is shown only where a person is watching. Work done before the first call does not count in the rate.
    """

    def __init__(self, shown: bool, words: str):
        said = (bars.TextColumn(f"{{task.fields[{name}]}}", markup=False) for name in ("done", "rate", "also"))
        done, rate, also = said
        console = console_on(sys.stderr)
        width = None if console.is_terminal else 20
        columns = (done, bars.BarColumn(width), rate, bars.TimeRemainingColumn(), also)
        self.words = words
        self.bar = bars.Progress(
            *columns, console=console, disable=not (shown and sys.stdout.isatty()), speed_estimate_period=PACE
        )
        self.task = self.bar.add_task("", done="", rate="", also="")

    def __call__(self, done: int, total: int, failed: int = 0, note: str = "") -> None:
        """Say that so many of so many are done."""
        task = self.bar.tasks[self.task]
        self.bar.update(self.task, completed=done, total=total)
        speed = task.finished_speed or task.speed
        self.bar.update(
            self.task,
            done=f"{done:,} of {total:,} {self.words}",
            rate=f"{speed:,.1f} a second" if speed else "",
            also=", ".join(filter(None, ["left", f"{failed:,} failed" if failed else "", note])),
        )

    def __enter__(self) -> Self:
        self.bar.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.bar.stop()
