"""How commands speak: results on stdout, everything else on stderr, progress only where a person is watching."""

import json
import sys
import time
from typing import Any, Self

import pandas as pd


def printed(text: str = "", end: str = "\n", stream: Any = None) -> None:
    """Print a text, with signs that the stream cannot write replaced."""
    stream = stream or sys.stdout
    encoding = stream.encoding or "utf-8"
    stream.write(f"{text}{end}".encode(encoding, "replace").decode(encoding))


def remarked(text: str, quiet: bool = False) -> None:
    """Say something about the work on stderr, unless silence was asked for."""
    if not quiet:
        printed(text, stream=sys.stderr)
        sys.stderr.flush()


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
    """A line on stderr that says how far the work is: runs done, rate, time left, failures.

    The first call says what is there already, which counts in no rate.
    """

    def __init__(self, shown: bool, what: str = "runs"):
        self.what = what
        self.shown = shown and sys.stdout.isatty()
        self.start = time.monotonic()
        self.last = 0.0
        self.width = 0
        self.there: int | None = None

    def __call__(self, done: int, total: int, failed: int = 0, note: str = "") -> None:
        """Say that so many of so many runs are done."""
        now = time.monotonic()
        self.there = done if self.there is None else self.there
        if not self.shown or (now - self.last < 0.1 and done < total):
            return
        self.last, spent = now, max(now - self.start, 1e-9)
        new = done - self.there
        parts = [f"{done:,} of {total:,} {self.what}", f"{new / spent:,.1f} a second"]
        if new > 0 and done < total:
            left = round((total - done) * spent / new)
            parts.append(f"{left // 60}:{left % 60:02d} left")
        parts += [f"{failed:,} failed"] if failed else []
        parts += [note] if note else []
        line = ", ".join(parts)
        printed(f"\r{line:<{self.width}}", end="", stream=sys.stderr)
        sys.stderr.flush()
        self.width = len(line)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self.width:
            printed("", stream=sys.stderr)
