"""The command that repeats one run."""

import json
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from simulation.scenario.loading import find, shipped_names


def run_command(
    world: str, policy: str, seed: int, months: int = 0, changes: Sequence[str] = (), parameters: str = "", row: int = 0
) -> str:
    """The command of one run: with its months where they are not the world's own, its changes, and its set of parameters."""
    words = ["mentorship", "run", world, policy, "--seed", str(seed)]
    words += ["--months", str(months)] if months else []
    words += ["--parameters", parameters, "--parameter-set", str(row)] if parameters else []
    words += [word for one in changes for word in ("--set", one)]
    return shlex.join(words)


def change(kind: str, field: str, value: Any) -> str:
    """A change of a world or policy as `--set` takes it."""
    return f"{kind}.{field}={json.dumps(value, ensure_ascii=False, default=str)}"


def word_of(kind: str, word: str, beside: Path = Path()) -> str:
    """The word for a world or policy that works in any folder: a shipped name, or the whole path of a file."""
    return word if word in shipped_names(kind) else str(find(kind, word, beside).resolve())
