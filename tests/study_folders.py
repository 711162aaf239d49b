"""How tests make studies small, and look into the folders that they leave."""

import json
import sys
from pathlib import Path
from typing import Any

from simulation.results import MANIFEST
from simulation.studies.sweep import sweep

# How large a world is before its points make it small; chunks are cut by this size, so a chunk holds very few runs.
CROWDED = 50_000
FEW = {"field": "people.mentees", "low": 12, "high": 20}
LEAVING = {"field": "hazards.first_year", "low": 0.02, "high": 0.5}


def world_in(folder: Path, name: str = "tiny", mentees: int = CROWDED, like: str = "", more: str = "") -> Path:
    """The file of a world of six mentors and twelve months, without identities or like one that is shipped."""
    path = folder / f"{name}.toml"
    extends = f'extends = "{like}"\n' if like else ""
    path.write_text(f"{extends}[people]\nmentees = {mentees}\nmentors = 6\nmonths = 12\n{more}")
    return path


def study_in(folder: Path, file: str = "study", **changes: Any) -> Path:
    """The file of a study of eight points, two replicates and two policies: 16 chunks of two runs."""
    if not (folder / "tiny.toml").exists():
        world_in(folder)
    study = {
        "name": "small", "worlds": ["tiny.toml"], "policies": ["ad_hoc", "six_tips"], "replicates": 2,
        "design": {"kind": "sobol", "points": 8}, "uncertainties": [FEW, LEAVING], **changes,
    }  # fmt: skip
    path = folder / f"{file}.toml"
    path.write_text("".join(f"{key} = {_toml(value)}\n" for key, value in study.items()))
    return path


def write_small_study(folder: Path, text: str) -> None:
    """Write a study of a shipped world made small, `small.toml`, into a folder."""
    (folder / "small.toml").write_text(
        'extends = "junior_faculty"\n[people]\nmentees = 40\nmentors = 20\nsite_mentees = 40\nmonths = 12\n'
    )
    (folder / "study.toml").write_text(text)


def _toml(value: Any) -> str:
    """A value on one line of TOML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_toml(entry)}" for key, entry in value.items()) + "}"
    return f"[{', '.join(map(_toml, value))}]" if isinstance(value, list) else json.dumps(value)


def undisturbed(folder: Path, **changes: Any) -> Path:
    """The folder with a study and, in `smooth`, its results as one thread makes them."""
    sweep(study_in(folder, **changes), folder / "smooth", workers=1)
    return folder


def files_of(folder: Path) -> dict[str, bytes]:
    """What is in every table of a study, by file."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.parquet"))}


def everything_in(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file below a folder, with the time of its last change."""
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*")) if path.is_file() and path.name != ".lock"
    }  # fmt: skip


def manifest_in(folder: Path) -> dict[str, Any]:
    """The manifest of a study."""
    return json.loads((folder / MANIFEST).read_text())


def is_done(folder: Path) -> bool:
    """Whether a study is finished, without a trace of temporary files."""
    return manifest_in(folder)["digest"] is not None and not list(folder.rglob("*.part"))


def command(*words: object) -> list[str]:
    """A command line of the simulator, for a process of its own."""
    return [sys.executable, "-m", "simulation", *map(str, words)]
