"""A page walked through as its reader would: its files are saved, and its commands of output are carried out."""

import contextlib
import io
import os
import re
import shlex
from pathlib import Path

from simulation.cli import main
from simulation.commands import console

BLOCK = re.compile(r"^([^\n]*)\n\n?```(toml|output)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SAVED = re.compile(r"Save this as `([^`]+)`")
WIDTH = 96  # characters in a line of output


def walked(text: str, folder: Path) -> tuple[list[str], dict[str, bytes]]:
    """Carry out a page in a folder: what each of its blocks of output prints, and the figures, by their paths in the folder."""
    folder.mkdir(parents=True)
    said = []
    with contextlib.chdir(folder):
        for before, language, block in BLOCK.findall(text):
            if language == "output":
                said.append("".join(f"$ {line}\n{_told(line)}" for line in block.splitlines()))
            elif name := SAVED.search(before):
                Path(name[1]).write_text(block, encoding="utf-8")
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
