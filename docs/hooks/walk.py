"""A page walked through as its reader would: its files are saved, and its commands of output are carried out."""

import contextlib
import io
import os
import shlex
import sys
from pathlib import Path

from simulation.cli import main
from simulation.commands import console

sys.path.append(str(Path(__file__).resolve().parents[2] / "tests" / "docs"))
from fences import fences, file_of

OUTPUT = "output"  # the language of blocks that are replaced by what they print
WIDTH = 92  # characters in a line of output


def walked(page: str, folder: Path) -> tuple[list[str], dict[str, bytes]]:
    """Carry out a page in a folder: what each of its blocks of output prints, and the figures, by their paths in the folder."""
    folder.mkdir(parents=True)
    said = []
    with contextlib.chdir(folder):
        for fence in fences(page):
            if fence.language == OUTPUT:
                said.append("".join(f"$ {line}\n{_told(line)}" for line in fence.text.splitlines()))
            elif name := file_of(fence):
                Path(name).write_text(fence.text, encoding="utf-8")
    return said, {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.svg"))}


def _told(line: str) -> str:
    """What a command prints on standard output; one that fails ends the build."""
    out, wide = io.StringIO(), console.WIDEST
    console.WIDEST = WIDTH
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()) as complaints:
            code = main(shlex.split(line)[1:])
    finally:
        console.WIDEST = wide
    if code:
        raise RuntimeError(f"{line}: {complaints.getvalue()}")
    return out.getvalue().replace(os.getcwd() + os.sep, "")
