"""A folder of results: its manifest, and which of its files a command wrote. Only those are written again or deleted.

The manifest lists them under `files`, each with its SHA-256. A file that is about to be written stands there without one, so
that it is known again after an interruption.
"""

import hashlib
import json
import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from simulation.scenario.errors import ScenarioError

MANIFEST, FILES = "manifest.json", "files"


class Foreign(ScenarioError):
    """A folder that is fine, but holds another study."""


def foreign(folder: Path, what: str) -> Foreign:
    """Make the error for a folder that holds something else."""
    return Foreign(f"the folder holds {what}", file=folder, hint="choose another --out")


def unwritable(folder: Path, error: Exception) -> ScenarioError:
    """Make the error for a folder that cannot be used."""
    reason = getattr(error, "strerror", None) or str(error)
    return ScenarioError(f"the folder cannot be used ({reason})", file=folder, hint="choose another --out")


def stranger(path: Path) -> ScenarioError:
    """Make the error for a file that stands where a result belongs."""
    problem = "a result of that name belongs here, but this file was written or changed by somebody else"
    return ScenarioError(problem, file=path, hint="rename it, or move it away")


def read_manifest(folder: str | Path) -> dict[str, Any]:
    """Read the manifest of a folder of results."""
    path = Path(folder) / MANIFEST
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ScenarioError(f"no results here: there is no {MANIFEST}", file=folder) from None
    except (OSError, ValueError, RecursionError):
        raise ScenarioError("the manifest cannot be read", file=path) from None
    if not isinstance(manifest, dict):
        raise ScenarioError("the manifest is not a table of facts", file=path)
    return manifest


def write_manifest(folder: Path, content: Mapping[str, Any]) -> None:
    """Write the manifest of a folder, whole or not at all."""
    text = json.dumps(content, indent=2, ensure_ascii=False, default=str) + "\n"
    write_whole(folder / MANIFEST, lambda part: part.write_text(text, encoding="utf-8"))


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file under a temporary name, flush it, and give it its own name."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        write(part)
        with part.open("rb+") as stream:
            os.fsync(stream.fileno())
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def remove_parts(folder: Path, names: Collection[str]) -> None:
    """Remove what a killed command left of files of these names, in this folder, under their temporary names."""
    for path in folder.glob(".*.part"):
        name = re.fullmatch(r"\.(.+)\.\d+\.part", path.name)
        if name and name[1] in names:
            path.unlink(missing_ok=True)


def listed(folder: Path) -> dict[str, str | None]:
    """The files that the manifest says were written here, by their path in the folder, with their SHA-256."""
    files = read_manifest(folder).get(FILES) if (folder / MANIFEST).exists() else None
    if not isinstance(files, dict):
        return {}
    return {name: files[name] for name in files if ".." not in PurePosixPath(name).parts and not name.startswith("/")}


def sha_of(path: Path) -> str:
    """The SHA-256 of a file, empty where it cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def refuse_strangers(folder: Path, names: Collection[str]) -> None:
    """Raise a `ScenarioError` when a file that is to be written is there and is not one that was written here."""
    files = listed(folder)
    for name in names:
        if os.path.lexists(folder / name) and not _ours(folder, files, name):
            raise stranger(folder / name)


def _ours(folder: Path, files: Mapping[str, str | None], name: str) -> bool:
    """Whether a file is as it was written here, or was about to be written when a command was interrupted."""
    return name in files and files[name] in (None, sha_of(folder / name))


@contextmanager
def writing(folder: Path, names: Collection[str], replaces: bool = True) -> Iterator[set[str]]:
    """Let the block write files of these names, in a folder that has a manifest; it adds those that it wrote to the set.

    If they replace what was written here before, files of the same places and kinds that are not written again are deleted.
    A folder that cannot be written raises `ScenarioError`.
    """
    try:
        refuse_strangers(folder, names)
        files, written = listed(folder), set[str]()
        places = {_place(name) for name in names if replaces}
        before = {name for name in files if _place(name) in places and _ours(folder, files, name)}
        for parent in {(folder / name).parent for name in names}:
            parent.mkdir(parents=True, exist_ok=True)
            remove_parts(parent, {Path(name).name for name in names})
        _list_again(folder, files | dict.fromkeys(names))
        yield written
        for name in (before | set(names)) - written:
            (folder / name).unlink(missing_ok=True)
        others = {name: total for name, total in files.items() if name not in names and _place(name) not in places}
        _list_again(folder, others | {name: sha_of(folder / name) for name in sorted(written)})
    except OSError as error:
        raise unwritable(folder, error) from None


def _place(name: str) -> tuple[PurePosixPath, str]:
    """The folder and the kind of a file."""
    return PurePosixPath(name).parent, PurePosixPath(name).suffix


def _list_again(folder: Path, files: Mapping[str, str | None]) -> None:
    write_manifest(folder, read_manifest(folder) | {FILES: dict(files)})
