"""What the program writes to: a stream that is closed or full, or that lacks a sign, ends nothing in a traceback."""

import codecs
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

SIGNS = {
    "\N{MINUS SIGN}": "-", "\N{EN DASH}": "-", "\N{HORIZONTAL ELLIPSIS}": "...", "\N{MULTIPLICATION SIGN}": "x",
    "\N{PLUS-MINUS SIGN}": "+/-", "\N{DEGREE SIGN}": "o", "\N{LEFT DOUBLE QUOTATION MARK}": '"',
    "\N{RIGHT DOUBLE QUOTATION MARK}": '"', "\N{RIGHT SINGLE QUOTATION MARK}": "'", "\N{RIGHTWARDS ARROW}": "->",
}  # fmt: skip


def ready_streams() -> None:
    """Let every stream take every text: a closed one drops it, and a sign that one cannot write is written plainly."""
    codecs.register_error("plainly", _plainly)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w"))  # noqa: SIM115 (it stays open as long as the process lives)
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="plainly")


def mute(stream: TextIO) -> None:
    """Drop what is still to be written to a stream that takes nothing, so that nothing complains at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


@contextmanager
def unheard() -> Iterator[None]:
    """Let the block write to stderr; where that takes nothing, nobody listens, and the work goes on."""
    try:
        yield
    except OSError:
        mute(sys.stderr)


def _plainly(error: UnicodeError) -> tuple[str, int]:
    """The signs that an encoding lacks, in ASCII: a minus sign becomes a hyphen."""
    text = error.object[error.start : error.end]
    return "".join(SIGNS.get(sign, sign.encode("ascii", "backslashreplace").decode()) for sign in text), error.end
