"""Mentees and mentors from a user's own CSV files, checked against their world."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from simulation.scenario.counted import counted
from simulation.scenario.errors import ScenarioError, nearest, shown
from simulation.scenario.loading import read_text
from simulation.scenario.world import World

MOST_FAULTS = 20
Reader = Callable[[str], Any]


def read_mentees(path: str | Path, world: World) -> pd.DataFrame:
    """Read mentees from a CSV file: `discipline`, `year` (from 1), one column an identity attribute, and `id` if there."""
    needed = {"discipline": _discipline(world), "year": _year(world), **_identities(world)}
    return _read(Path(path), needed, {})


def read_mentors(path: str | Path, world: World) -> pd.DataFrame:
    """Read mentors from a CSV file: `discipline`, one column an identity attribute, and `id` and expertise if there.

    Expertise (0 to 1) has a column for each domain, with its name; an empty cell is missing.
    """
    needed = {"discipline": _discipline(world), **_identities(world)}
    return _read(Path(path), needed, {domain.name: _share for domain in world.domains})


def read_people(path: str | Path, world: World) -> tuple[pd.DataFrame, str]:
    """Read people from a CSV file; say whether they are "mentees" (with a column `year`, or so called) or "mentors"."""
    header, called = next(csv.reader(read_text(Path(path)).splitlines()), []), Path(path).stem.lower()
    if "year" in [name.strip().lower() for name in header] or ("mentee" in called and "mentor" not in called):
        return read_mentees(path, world), "mentees"
    return read_mentors(path, world), "mentors"


def _one_of(known: list[str]) -> Reader:
    def read(text: str) -> str:
        if text not in known:
            near = nearest(text, known)
            raise ValueError(f"value {shown(text)}, allowed: {', '.join(known)}" + (f"; {near}" if near else ""))
        return text

    return read


def _discipline(world: World) -> Reader:
    return _one_of([discipline.name for discipline in world.disciplines])


def _identities(world: World) -> dict[str, Reader]:
    return {identity.name: _one_of(list(identity.groups)) for identity in world.identities}


def _year(world: World) -> Reader:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdecimal() and len(text) < 9 and 1 <= int(text) <= world.people.years):
            raise ValueError(f"value {shown(text)}, allowed: a whole number from 1 to {world.people.years}")
        return int(text)

    return read


def _share(text: str) -> float:
    try:
        value = float(text) if text else float("nan")
    except ValueError:
        value = 2.0
    if text and not 0.0 <= value <= 1.0:
        raise ValueError(f"value {shown(text)}, allowed: a number from 0 to 1, or nothing")
    return value


def _read(path: Path, needed: dict[str, Reader], free: dict[str, Reader]) -> pd.DataFrame:
    """Read the rows of a file; the first fault is raised and holds the others."""
    rows = csv.reader(read_text(path).splitlines(), strict=True)
    readers = {**needed, **free, "id": str}
    people: list[dict[str, Any]] = []
    lines: list[int] = []
    faults: list[ScenarioError] = []
    try:
        header = [name.strip() for name in next(rows)]
        _check_header(path, header, needed, readers)
        for cells in rows:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                problem = f"the row has {counted(len(cells), 'cells')}, and the header {len(header)}"
                faults.append(ScenarioError(problem, file=path, line=rows.line_num))
                continue
            person = {}
            for name, cell in zip(header, cells, strict=True):
                try:
                    person[name] = readers[name](cell.strip())
                except ValueError as error:
                    faults.append(ScenarioError(str(error), file=path, line=rows.line_num, field=name))
            people.append(person)
            lines.append(rows.line_num)
    except csv.Error as error:
        faults.append(ScenarioError(f"this is not CSV ({error})", file=path, line=rows.line_num))
    faults += _repeated(path, lines, people)
    if faults:
        faults[0].others = faults[1:MOST_FAULTS]
        raise faults[0]
    if not people:
        raise ScenarioError("the file has a header and no people", file=path)
    return pd.DataFrame(people, columns=header)


def _repeated(path: Path, lines: list[int], people: list[dict[str, Any]]) -> Iterator[ScenarioError]:
    """A fault for each id that somebody has already; an empty one is missing."""
    first: dict[str, int] = {}
    for line, person in zip(lines, people, strict=True):
        name = person.get("id", "")
        if name and first.setdefault(name, line) != line:
            problem = f"value {shown(name)} is there twice, first in line {first[name]}"
            yield ScenarioError(problem, file=path, line=line, field="id")


def _check_header(path: Path, header: list[str], needed: dict[str, Reader], readers: dict[str, Reader]) -> None:
    """Refuse a header with unknown, repeated or missing columns."""
    for name in header:
        if name not in readers:
            split = "separate the columns with commas" if set(name) & set(";\t") else ""
            hint = split or nearest(name, readers) or f"known: {', '.join(readers)}"
            raise ScenarioError(f"unknown column {shown(name)}", file=path, line=1, hint=hint)
        if header.count(name) > 1:
            raise ScenarioError(f"the column {shown(name)} is there twice", file=path, line=1)
    for name in needed:
        if name not in header:
            hint = f"needed: {', '.join(needed)}"
            raise ScenarioError(f"the column {shown(name)} is missing", file=path, line=1, hint=hint)
