"""The whole of a study from its parts, which may have run on different machines: checked, copied, and listed in one manifest.

A part is cut from the study as the whole is, so that nothing has to run again, and the digest is that of one run in one go.
"""

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd

from simulation.folder import MANIFEST, foreign, read_manifest, sha_of, unwritable, write_whole
from simulation.results import load
from simulation.scenario.errors import ScenarioError
from simulation.studies.checksums import is_unchanged, sha, with_checksum
from simulation.studies.resume import DESIGN, POINTS, PROGRESS, part_said, stored_in
from simulation.studies.store import path_of, write_manifest

# What parts of one study have in common, with the words for a part that has not; they are told in this order.
SHARED = {
    "version": "another version", "science": "another code of the model, or another numba", "parts": "another number of parts",
    "seed": "another seed", "inputs": "other worlds or policies", "fixed": "another length, other tables or other factors",
    "extents": "other points or replicates", "points": "other points", "design": "other points",
}  # fmt: skip


class Stored:
    """A part of a study, or the whole, as it lies in a folder."""

    def __init__(self, folder: str | Path):
        self.folder, held = Path(folder), stored_in(Path(folder))
        if held is None:
            raise ScenarioError(f"no results here: there is no {MANIFEST}", file=folder)
        self.held, self.part = held, held.get("part")
        self.facts = {name: held.get(name) for name in SHARED}
        self.again = f"give its command again: {held['command']}"

    def files(self) -> list[tuple[Path, Path]]:
        """The files of the part, each with where it lies below the folder of the whole; a damaged one raises."""
        lines = self.held["chunks"] if isinstance(self.held.get("chunks"), list) else [None]
        if not self.held["digest"] or not all(is_unchanged(line) and line["state"] == "done" for line in lines):
            raise ScenarioError(f"{part_said(self.part)} of the study is unfinished", file=self.folder, hint=self.again)
        totals = {Path(POINTS): self.held["points"], Path(DESIGN): self.held["design"]}
        for number, line in zip(self.numbers, lines, strict=True):
            totals |= {path_of(Path(), table, number): total for table, total in line["sha256"].items()}
        for path, total in totals.items():
            if sha_of(self.folder / path) != total:
                raise ScenarioError("this file is damaged or missing", file=self.folder / path, hint=self.again)
        return [(self.folder / path, path) for path in totals]

    @property
    def numbers(self) -> range:
        """The numbers of its chunks among those of the whole."""
        count = len(self.held["chunks"])
        first, parts = self.part
        return range(first - 1, first - 1 + parts * count, parts)


class Merged:
    """A study that was merged, as `Sweep` gives one that ran in one go."""

    lost = 0

    def __init__(self, folder: Path, manifest: dict[str, Any]):
        self.folder, self.name, self.points = folder, manifest["name"], manifest["tables"]["points"]
        self.runs, self.digest = manifest["tables"]["outcomes"], manifest["digest"]

    @cached_property
    def failures(self) -> pd.DataFrame:
        """The runs that failed, with the error and the command that repeats each."""
        columns = ["world", "policy", "point", "replicate", "seed", "error", "replay"]
        table = load(self.folder, ["outcomes"], columns)["outcomes"]
        return table[table["error"].notna()]


def merge(folders: Sequence[str | Path], out: str | Path, command: str = "") -> Merged:
    """Make the whole of a study from the folders of all its parts.

    Args:
        folders: a folder a part, in any order; a missing, doubled, unfinished, damaged or foreign one raises `ScenarioError`.
        out: the folder of the whole, which `sweep` and `sensitivity` take as their own; other results in it are refused.
        command: the command to write into the manifest.
    """
    parts, out = _in_order([Stored(folder) for folder in folders]), Path(out)
    first = parts[0]
    _refuse_other(out, first)
    files = [pair for part in parts for pair in part.files()]
    lines = {number: line for part in parts for number, line in zip(part.numbers, part.held["chunks"], strict=True)}
    chunks = [lines[number] for number in sorted(lines)]
    versions = [version for part in parts for version in part.held["versions"]]
    facts = {name: value for name, value in first.held.items() if name not in PROGRESS}
    facts |= {"command": command, "part": None, "versions": [v for k, v in enumerate(versions) if v not in versions[:k]]}
    facts, counts = with_checksum(facts), {name: first.held["tables"][name] for name in ("points", "design")}
    try:
        out.mkdir(parents=True, exist_ok=True)
        write_manifest(out, facts, counts, chunks, finished=False)  # so that an interruption leaves a folder that is known
        for source, path in files:
            content = source.read_bytes()
            if sha_of(out / path) != sha(content):
                (out / path).parent.mkdir(exist_ok=True)
                write_whole(out / path, lambda part, content=content: part.write_bytes(content))
        write_manifest(out, facts, counts, chunks, finished=True)
    except OSError as error:
        raise unwritable(out, error) from None
    return Merged(out, read_manifest(out))


def _in_order(parts: Sequence[Stored]) -> list[Stored]:
    """The parts of one study by their number; a foreign, doubled or missing one raises."""
    first = parts[0]
    for part in parts:
        if part.part is None:
            raise ScenarioError("the folder holds the whole of a study, and no part", file=part.folder)
        differ = next((SHARED[name] for name, value in first.facts.items() if part.facts[name] != value), None)
        if differ:
            told = f"{part_said(part.part)} of another study than {first.folder}, with {differ}"
            raise ScenarioError(f"the folder holds {told}", file=part.folder)
    ordered = sorted(parts, key=lambda part: part.part[0])
    for one, other in pairwise(ordered):
        if one.part == other.part:
            raise ScenarioError(f"the folder holds {part_said(one.part)}, as {one.folder} does", file=other.folder)
    there, count = {part.part[0] for part in parts}, first.part[1]
    if missing := [number for number in range(1, count + 1) if number not in there]:
        listed = ", ".join(map(str, missing[:10])) + (", ..." if len(missing) > 10 else "")
        raise ScenarioError(f"missing of the {count} parts of the study: {listed}", field="merge")
    return ordered


def _refuse_other(out: Path, first: Stored) -> None:
    """Refuse a folder that holds anything but the whole of this study."""
    held = stored_in(out)
    if held is None and out.is_dir() and any(out.iterdir()):
        raise foreign(out, "other files")
    if held and held.get("part"):
        raise foreign(out, f"{part_said(held['part'])} of a study")
    if held and Stored(out).facts != first.facts:
        raise foreign(out, "the results of another study")
