"""A command that writes one file: where it may go, whose file may be replaced, and writing it whole or not at all.

What is refused is said in the command's own words: `NO_FOLDER`, `STRANGER`, `ANOTHER` and `UNWRITABLE` of its `words`.
"""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from simulation.folder import write_whole
from simulation.scenario.errors import ScenarioError


def place_for(text: str, fits: Callable[[str], bool], otherwise: str, ours: Callable[[bytes], bool], words: ModuleType) -> Path:
    """Give the path of `--out`: in a folder that is there, with an ending that `fits`, and nobody else's file.

    `otherwise` is said of another ending; `ours` tells by its content whether a file that is there was written by the command.
    """
    out = Path(text)
    if not fits(out.suffix) or "\0" in text:
        raise ScenarioError(otherwise, file=text.replace("\0", " "), field="--out")
    if not out.parent.is_dir():
        raise ScenarioError(words.NO_FOLDER, file=out.parent, field="--out")
    if os.path.lexists(out) and not _is_ours(out, ours):
        raise ScenarioError(words.STRANGER, file=out, hint=words.ANOTHER)
    return out


def _is_ours(path: Path, ours: Callable[[bytes], bool]) -> bool:
    try:
        return ours(path.read_bytes())
    except (OSError, ValueError):  # ValueError: it is no text
        return False


def write(out: Path, into: Callable[[Path], object], words: ModuleType) -> None:
    """Write the file under a temporary name first; raises `ScenarioError` where it cannot be written."""
    try:
        write_whole(out, into)
    except OSError as error:
        raise ScenarioError(words.UNWRITABLE.format(reason=error.strerror or error), file=out) from None


def sum_of(text: str) -> str:
    """The sum by which a text is known when it is written again."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
