"""The walks of CONTRIBUTING, carried out in copies of the repository."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from fences import ROOT, Fence, fences

PAGE = "CONTRIBUTING.md"
PARTS = ("simulation", "scenarios", "tests", "results/reference", "pyproject.toml", "Makefile", "README.md", PAGE)

IMPORTS = "tests/architecture/test_house.py::test_imports_go_one_way"  # slow, and looks at the package that is installed


class Place(NamedTuple):
    """A place that a walk changes: a file, where in it, and what is put there; a new file has no `anchor`."""

    file: str
    side: str
    anchor: str
    text: str

    def carry_out(self, folder: Path) -> None:
        """Change a copy in this place; an anchor that ends with … is the beginning of a line."""
        path = folder / self.file
        if not self.anchor:
            path.write_text(self.text, encoding="utf-8")
            return
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        (place,) = [n for n, line in enumerate(lines) if self._is_at(line.strip())]
        first, end = place + (self.side == "below"), place + (self.side != "above")
        lines[first:end] = [self.text]
        path.write_text("".join(lines), encoding="utf-8")

    def _is_at(self, line: str) -> bool:
        return line.startswith(self.anchor[:-1].rstrip()) if self.anchor.endswith("…") else line == self.anchor


def place_of(fence: Fence) -> Place | None:
    """The place that the line before a block names; None when the block is something else."""
    if new := re.fullmatch(r"New file `(.+)`:", fence.before):
        return Place(new[1], "new", "", fence.text)
    put = re.fullmatch(r"In `(.+?)`, (above|below|in place of) `(.+)`:", fence.before)
    return Place(put[1], put[2], put[3], fence.text) if put else None


def places(walk: str) -> list[Place]:
    """The places of a walk, in order."""
    found = [place_of(fence) for fence in fences(PAGE) if fence.heading == walk]
    return [place for place in found if place]


def copied(folder: Path) -> Path:
    """A copy of the repository, without what was compiled."""
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / part, folder / part)
    return folder


def told(folder: Path, *words: str) -> subprocess.CompletedProcess:
    """What a Python command says in a copy, uncompiled."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "NUMBA_DISABLE_JIT": "1"}
    return subprocess.run(
        [sys.executable, *words], cwd=folder, env=environment, capture_output=True, text=True, timeout=600
    )


def done(folder: Path, *words: str) -> str:
    """What a Python command says in a copy, uncompiled; it must succeed."""
    found = told(folder, *words)
    assert found.returncode == 0, found.stdout + found.stderr
    return found.stdout


def judged(folder: Path, *words: str) -> subprocess.CompletedProcess:
    """What the tests say of a copy."""
    return told(folder, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--deselect", IMPORTS, *words)
