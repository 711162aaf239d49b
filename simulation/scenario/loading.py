"""Finds and loads a TOML file: its text, the file it extends, and the line of each field.

The line of a field is found here, since tomllib and tomlkit do not keep positions. (spanned-toml does, but has had no
release since 2022; tree-sitter-toml gives a syntax tree, from which as much code would have to find the field again.)
"""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulation.scenario.errors import ScenarioError, nearest, shown
from simulation.scenario.slips import format_of, hint_for

LARGEST = 1_000_000  # bytes; a normal file has a page or two
NOUNS = {
    "world": "a world", "policy": "a policy", "study": "a study", "targets": "a file of targets",
    "priorities": "a list of priorities",
}  # fmt: skip
FOLDERS = {"world": "worlds", "policy": "policies", "study": "studies", "targets": "parameters", "priorities": "priorities"}


@dataclass(frozen=True)
class Source:
    """A file as it was read."""

    file: str
    text: str
    data: dict[str, Any]


def shipped_folder(kind: str) -> Path:
    """The folder of the shipped files of a kind, or `starter`: beside the package in a checkout, inside it when installed."""
    name = FOLDERS.get(kind, kind)
    package = Path(__file__).resolve().parents[1]
    checkout = package.parent
    places = [checkout] if (checkout / "pyproject.toml").is_file() else []
    for place in (*places, package, checkout):
        folder = place / "scenarios" / name
        if folder.is_dir():
            return folder
    raise ScenarioError(f"the shipped {name} are missing; install the package again")


def shipped_names(kind: str) -> list[str]:
    """The names of the shipped files of a kind, in alphabetical order."""
    return sorted(path.stem for path in shipped_folder(kind).glob("*.toml"))


def find(kind: str, name_or_path: object, beside: Path = Path()) -> Path:
    """The file of a shipped name, or of a path (relative to the folder `beside`)."""
    text = str(name_or_path)
    if not text or "\0" in text:
        raise ScenarioError(
            f"{shown(text)} cannot be the name of a {kind}", hint=f"known: {', '.join(shipped_names(kind))}"
        )
    if text in shipped_names(kind):
        return shipped_folder(kind) / f"{text}.toml"
    path = beside / Path(text)
    try:
        path = beside / Path(text).expanduser()
        there = path.exists()
    except (OSError, RuntimeError):  # RuntimeError: no such user
        there = False
    if there or text.endswith(".toml") or "/" in text or "\\" in text:
        return path
    for other in FOLDERS:
        if other != kind and text in shipped_names(other):
            raise ScenarioError(f"{shown(text)} is {NOUNS[other]}; please give {NOUNS[kind]}")
    if any(text == sets.stem for sets in shipped_folder("targets").glob("*.parquet")):
        raise ScenarioError(f"{shown(text)} is a table of plausible parameters; please give {NOUNS[kind]}")
    known = shipped_names(kind)
    hint = f"{nearest(text, known)} known: {', '.join(known)}, or the path of a file".strip()
    raise ScenarioError(f"no {kind} is called {shown(text)}", hint=hint)


def read_text(path: Path) -> str:
    """The text of a file in UTF-8; it is refused if it is missing, a folder, not text, empty or far too large."""
    raw = bytes_of(path, LARGEST, ".toml")
    what, hint = format_of(raw)
    if what:
        raise ScenarioError(f"this is {what}", file=path, hint=hint)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise ScenarioError("this is not text in UTF-8", file=path, line=line, hint="save it as text in UTF-8") from None
    if not text.strip():
        raise ScenarioError("the file is empty", file=path)
    return text.replace("\r\n", "\n")


def bytes_of(path: Path, largest: int, *kinds: str) -> bytes:
    """The bytes of a regular file that is not too large; where it is missing, the nearest name of these kinds is told."""
    try:
        if path.is_dir():
            raise ScenarioError("this is a folder; please give a file", file=path)
        if path.exists() and not path.is_file():
            raise ScenarioError("this is not a regular file", file=path)
        if path.stat().st_size > largest:
            raise ScenarioError(f"the file is too large (allowed: up to {largest // 10**6} MB)", file=path)
        return path.read_bytes()
    except FileNotFoundError:
        raise ScenarioError("there is no such file", file=path, hint=nearest(path.name, _siblings(path, kinds))) from None
    except (OSError, ValueError) as error:
        if isinstance(error, ScenarioError):
            raise
        raise ScenarioError(f"the file cannot be read ({getattr(error, 'strerror', None) or error})", file=path) from None


def _siblings(path: Path, kinds: tuple[str, ...]) -> list[str]:
    """The names of the files of some kinds beside a path."""
    try:
        return [other.name for other in path.parent.iterdir() if other.suffix in kinds]
    except OSError:
        return []


def read(path: Path) -> Source:
    """The file at a path, parsed."""
    text = read_text(path)
    try:
        return Source(str(path), text, tomllib.loads(text))
    except RecursionError:
        raise ScenarioError("lists and tables are nested too deeply", file=path) from None
    except tomllib.TOMLDecodeError as error:
        problem, _, place = str(error).partition(" (at ")
        digits = place.removeprefix("line ").partition(",")[0]
        line = int(digits) if digits.isdecimal() else text.rstrip("\n").count("\n") + 1
        hint = hint_for(text.split("\n")[line - 1])
        problem = f"this is not TOML: {problem[:1].lower()}{problem[1:]}"
        raise ScenarioError(problem, file=path, line=line, hint=hint) from None
    except ValueError:
        raise ScenarioError("this number has too many digits", file=path, line=_good_lines(text) + 1) from None


def _good_lines(text: str) -> int:
    """How many lines from the top can be read as TOML."""
    lines = text.split("\n")
    return next((n for n in range(len(lines), 0, -1) if _parsed(lines[:n]) is not None), 0)


def chain(kind: str, path: Path) -> list[Source]:
    """A file, the file that it extends, and so on; circles are refused."""
    sources: list[Source] = []
    seen: list[Path] = []
    while True:
        source = read(path)
        sources.append(source)
        seen.append(path.resolve())
        if "extends" not in source.data:
            return sources
        extends, line = source.data["extends"], line_of(source.text, ("extends",))
        try:
            if not isinstance(extends, str):
                raise ScenarioError(f"value {shown(extends)}, allowed: the name or path of a {kind}, in quotes")
            path = find(kind, extends, path.parent)
            if path.resolve() in seen:
                raise ScenarioError(f"value {shown(extends)} makes a circle, in which the files extend each other")
            if not path.is_file():
                raise ScenarioError(f"value {shown(extends)}: there is no such file")
        except ScenarioError as error:
            raise ScenarioError(error.problem, file=source.file, line=line, field="extends", hint=error.hint) from None
        except OSError:
            raise ScenarioError("there is no such file", file=source.file, line=line, field="extends") from None


def merged(over: dict[str, Any], under: dict[str, Any]) -> dict[str, Any]:
    """One table merged over another: tables merge; any other value, even a list, replaces the old one."""
    result = dict(under)
    for key, value in over.items():
        both = isinstance(value, dict) and isinstance(result.get(key), dict)
        result[key] = merged(value, result[key]) if both else value
    return result


def _parsed(lines: list[str]) -> dict[str, Any] | None:
    """The lines as TOML, or None if they are incomplete."""
    try:
        return tomllib.loads("\n".join(lines))
    except (ValueError, RecursionError):
        return None


def holds(data: Any, path: tuple) -> bool:
    """Whether parsed data has something at a path of keys and places in lists."""
    for step in path:
        in_list = isinstance(data, list) and isinstance(step, int) and step < len(data)
        if not in_list and not (isinstance(data, dict) and step in data):
            return False
        data = data[step]
    return True


def line_of(text: str, path: tuple) -> int | None:
    """The line (from 1) of the statement that sets a path, or its nearest parent, in a TOML text.

    Lines are parsed from the top until the path is there; the last of them ends the statement. The place is found by
    halving.
    """
    lines = text.split("\n")
    whole = _parsed(lines)
    while path and not holds(whole, path):
        path = path[:-1]
    if not path:
        return None
    low, high = 0, len(lines)
    while high - low > 1:
        middle = (low + high) // 2
        end, data = next(((n, d) for n in range(middle, high) if (d := _parsed(lines[:n])) is not None), (high, whole))
        if holds(data, path):
            high = middle
        else:
            low = end
    return high


@contextmanager
def located(kind: str, file: Path | None, path: tuple, field: str) -> Iterator[None]:
    """Report a fault at its place in a file of a kind, or in one that it extends; without a file, in "the study" or the like."""
    try:
        yield
    except ScenarioError as error:
        if error.file and error.line:
            raise
        problem = ": ".join(part for part in (error.field, error.problem) if part and part != field)
        place, line = f"the {kind}", None
        for source in [] if file is None else chain(kind, file):
            if holds(source.data, path[:2]):
                place, line = source.file, line_of(source.text, path)
                break
        raise ScenarioError(problem, file=place, line=line, field=field, hint=error.hint) from None
