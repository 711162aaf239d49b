"""The folder of a study: chunks of Parquet, and one manifest that lists them.

A chunk is written under a temporary name, flushed and renamed; then the manifest lists it as done, with the SHA-256 of
its files. When a study is resumed, chunks that do not match their SHA-256 are run again, with the same results.
"""

import json
import os
import sys
import time
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from itertools import pairwise
from pathlib import Path
from typing import Any, Self

import pandas as pd

from simulation import __version__
from simulation.folder import MANIFEST, remove_parts, sha_of, stranger, unwritable, write_whole
from simulation.jit import fingerprint
from simulation.results import chunk_file, parquet_of
from simulation.scenario.errors import ScenarioError
from simulation.scenario.privacy import left_out
from simulation.scenario.study import Table
from simulation.studies.checksums import is_unchanged, sha, with_checksum
from simulation.studies.chunks import Box, Done, cut
from simulation.studies.content import added
from simulation.studies.points import bytes_of, design_of
from simulation.studies.resume import (
    DESIGN,
    FORMAT,
    POINTS,
    Part,
    fixed,
    grown,
    hash_of,
    held_in,
    inputs,
    points_of,
    refuse_less,
)
from simulation.studies.setup import Setup

try:
    import fcntl
except ImportError:  # not on Windows, where two commands may write at once
    fcntl = None

PACKAGES = ("numpy", "numba", "scipy", "pandas", "pyarrow", "SALib")
LOCK = ".lock"
CALM = 20  # time between two writings of the manifest, at least, in units of the time that writing takes


class Store:
    """The folder of one study, and a context in which no other command writes into it.

    The constructor only reads, and raises if the folder cannot take this study; entering the context writes.
    """

    def __init__(
        self, folder: str | Path, setup: Setup, rows: pd.DataFrame, command: str = "", part: Part | None = None
    ):  # fmt: skip
        self.folder = Path(folder)
        self._stamp = self._stamped()
        held = held_in(self.folder, setup, part)
        self.points = points_of(self.folder, held, rows)
        extent = {
            "worlds": [world.name for world in setup.worlds],
            "policies": [policy.name for policy in setup.policies],
            "points": len(self.points),
            "replicates": setup.study.replicates,
        }
        extents = list(held["extents"]) if held else []
        if held:
            refuse_less(self.folder, extents[-1], extent, self.points, rows)
        if not held or extents[-1] != extent:
            extents.append(extent)
        if part and len(extents) > 1:
            hint = "merge its parts, and let the whole grow"
            raise ScenarioError("a part of a study cannot grow", file=self.folder, hint=hint)
        # a whole that was merged stays cut as its parts were
        parts = held.get("parts", 1) if held else part[1] if part else 1
        boxes = _boxes(setup, extents, parts)
        if part and len(boxes) < part[1]:
            problem = f"value {part[0]}/{part[1]}: this study can be done in at most {len(boxes)} parts"
            raise ScenarioError(problem, field="--part")
        mine = slice(part[0] - 1, None, part[1]) if part else slice(None)
        self.numbers = list(range(len(boxes)))[mine]
        lines = held.get("chunks") if held else None
        done = {_box(line): line for line in lines if is_unchanged(line)} if isinstance(lines, list) else {}
        self.chunks = [self._known(number, box, done.get(box)) for number, box in zip(self.numbers, boxes[mine], strict=True)]
        self._content = {POINTS: bytes_of(self.points), DESIGN: parquet_of(design_of(setup, rows, self.points))}
        self._counts = {"points": len(self.points), "design": len(rows)}
        self._tables = {str(Table.OUTCOMES), *map(str, setup.study.tables)}
        self._refuse_strangers(len(_boxes(setup, held["extents"], parts)[mine]) if held else 0)
        self.manifest = with_checksum({
            "version": __version__,
            "kind": "study",
            "format": FORMAT,
            "command": command,
            "name": setup.study.name,
            "hash": hash_of(setup),
            "world": extent["worlds"][0] if len(extent["worlds"]) == 1 else extent["worlds"],
            "policy": extent["policies"],
            "seed": setup.study.seed,
            "science": fingerprint(),
            "versions": _with_versions(held["versions"] if held else []),
            "fixed": fixed(setup),
            "inputs": inputs(setup),
            **({"left_out": said} if (said := left_out_of(setup)) else {}),
            "extents": extents,  # one for each time the study grew; the chunks follow from them
            "points": sha(self._content[POINTS]),
            "design": sha(self._content[DESIGN]),
            "parts": parts,
            "part": part,
        })  # fmt: skip
        self._lock: Any = None
        self._written, self._took = 0.0, 0.0

    def __enter__(self) -> Self:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock = open(self.folder / LOCK, "a")  # held until the block ends
            self._alone()
            remove_parts(self.folder, (MANIFEST, *self._content))
            for table in self._tables:
                remove_parts(self.folder / table, set(map(chunk_file, self.numbers)))
            self.write()  # before the points, so that an interruption in between can be recognized
            for name, content in self._content.items():
                if sha_of(self.folder / name) != sha(content):
                    write_whole(self.folder / name, lambda part, content=content: part.write_bytes(content))
        except BaseException as error:
            if self._lock:
                self._lock.close()
            if isinstance(error, OSError):
                raise unwritable(self.folder, error) from None
            raise
        return self

    def __exit__(self, kind: type | None, *error: object) -> None:
        try:
            self.write(finished=kind is None and not self.waiting)
            (self.folder / LOCK).unlink(missing_ok=True)
        except OSError as problem:
            if kind is None:
                raise unwritable(self.folder, problem) from None
        finally:
            self._lock.close()

    @property
    def waiting(self) -> list[int]:
        """The numbers of the chunks that still have to run."""
        return [k for k, chunk in enumerate(self.chunks) if chunk["state"] != "done"]

    @property
    def failed(self) -> int:
        """The number of runs that failed."""
        return sum(chunk.get("failed", 0) for chunk in self.chunks)

    def box(self, number: int) -> Box:
        """The runs of a chunk."""
        return _box(self.chunks[number])

    def keep(self, number: int, done: Done) -> None:
        """Write a chunk, and then list it as done."""
        try:
            for table, content in done.files.items():
                path = path_of(self.folder, table, self.numbers[number])
                path.parent.mkdir(exist_ok=True)
                write_whole(path, lambda part, content=content: part.write_bytes(content))
            self.chunks[number] = with_checksum({
                **self.chunks[number], "state": "done", "rows": done.rows, "failed": done.failed, "digest": done.digest,
                "sha256": {table: sha(content) for table, content in done.files.items()},
            })  # fmt: skip
            if time.monotonic() - self._written > CALM * self._took:
                self.write()
        except OSError as error:
            hint = "make room, and give the same command again; what is there is kept"
            reason = error.strerror or str(error)
            raise ScenarioError(f"the results cannot be written ({reason})", file=self.folder, hint=hint) from None

    def write(self, finished: bool = False) -> None:
        """Write the manifest; when the study is finished it has a digest."""
        began = time.monotonic()
        write_manifest(self.folder, self.manifest, self._counts, self.chunks, finished)
        self._written = time.monotonic()
        self._took = self._written - began

    def _known(self, number: int, box: Box, line: dict[str, Any] | None) -> dict[str, Any]:
        """The manifest's line of a chunk whose files match it; otherwise a chunk that still has to run."""
        there = line and all(sha_of(path_of(self.folder, table, number)) == total for table, total in line["sha256"].items())
        return line if there else {**box._asdict(), "state": "waiting"}

    def _refuse_strangers(self, held: int) -> None:
        """Raise for a file of somebody else where the lock is to be, or a chunk after those that the folder holds."""
        mine = [path_of(self.folder, table, number) for table in self._tables for number in self.numbers[held:]]
        lock = self.folder / LOCK
        theirs = [path for path in mine if os.path.lexists(path)]
        theirs += [lock] if lock.is_file() and lock.stat().st_size else []  # our own lock is empty
        if theirs:
            raise stranger(theirs[0])

    def _stamped(self) -> tuple[int, int] | None:
        """The inode and time of the manifest, by which a change in the meantime is noticed."""
        try:
            status = (self.folder / MANIFEST).stat()
        except (OSError, ValueError):
            return None
        return status.st_ino, status.st_mtime_ns

    def _alone(self) -> None:
        """Raise if another command writes into the folder, or has written since the constructor read it."""
        try:
            if fcntl:
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if not os.path.samestat(os.fstat(self._lock.fileno()), (self.folder / LOCK).stat()):
                    raise BlockingIOError
        except OSError:
            problem = "another command is writing into this folder"
            raise ScenarioError(problem, file=self.folder, hint="wait until it ends") from None
        if self._stamped() != self._stamp:
            problem = "another command has just written into this folder"
            raise ScenarioError(problem, file=self.folder, hint="give the same command again")


def left_out_of(setup: Setup) -> list[str]:
    """What is not told of the rosters of a study, a sentence each."""
    return list(dict.fromkeys(sentence for world in setup.worlds for sentence in left_out(world)))


def _boxes(setup: Setup, extents: list[dict[str, Any]], parts: int) -> list[Box]:
    """The chunks of a study that grew through these extents, and can be shared by so many parts."""
    return [box for old, new in pairwise((None, *extents)) for box in cut(setup, grown(old, new), parts)]


def _box(chunk: dict[str, Any]) -> Box:
    """The runs of a line of the manifest."""
    return Box(chunk["world"], tuple(chunk["policies"]), tuple(chunk["points"]), tuple(chunk["replicates"]))


def path_of(folder: Path, table: str, number: int) -> Path:
    """The file of a table of a chunk."""
    return folder / table / chunk_file(number)


def write_manifest(
    folder: Path, facts: dict[str, Any], counts: dict[str, int], chunks: Sequence[dict[str, Any]], finished: bool
) -> None:
    """Write a manifest: the facts, the rows of every table, and a line a chunk; a digest only when all is done."""
    tables = dict(counts)
    for chunk in chunks:
        for table, count in chunk.get("rows", {}).items():
            tables[table] = tables.get(table, 0) + count
    digest = sha(added(chunk["digest"] for chunk in chunks).encode()) if finished else None
    text = json.dumps({**facts, "digest": digest, "tables": tables}, indent=2, ensure_ascii=False, default=str)
    lines = ",\n  ".join(json.dumps(chunk) for chunk in chunks)  # a chunk a line
    whole = f'{text[:-2]},\n "chunks": [\n  {lines}\n ]\n}}\n'
    write_whole(folder / MANIFEST, lambda part: part.write_text(whole, encoding="utf-8"))


def _with_versions(before: list[dict[str, str]]) -> list[dict[str, str]]:
    """The versions of Python and packages under which the study has been run, the current ones last."""
    now = {"python": ".".join(map(str, sys.version_info[:3]))}
    for package in PACKAGES:
        try:
            now[package] = version(package)
        except PackageNotFoundError:
            continue
    return [*(one for one in before if one != now), now]
