"""Two sheets, read: who is there by discipline, year and groups, and how each column and value was understood."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from simulation.columns import ATTRIBUTES
from simulation.roster.groups import NOT_STATED, ordered, same_words
from simulation.roster.headers import MAPPING, Side, anyone_alone, side_of
from simulation.roster.mapping import Mapping, read_mapping
from simulation.roster.sheet import read_table
from simulation.roster.spellings import plain, unsaid, year_in
from simulation.scenario.counted import counted
from simulation.scenario.errors import ScenarioError, shown
from simulation.scenario.roster import SMALL_CELL
from simulation.scenario.world import World

EVERYONE = "everyone"  # the one discipline where a sheet has none
LONGEST = 10  # years that a program has at most
VALUES = "[values.year] of a mapping file can say what it means"
CALENDAR = range(1900, 2101)
NAMED = 8  # disciplines that a line names, at most


@dataclass
class Reading:
    """The people of one or two sheets by side, the groups of each attribute, and what is to be told of the reading."""

    sides: dict[str, Side]
    people: dict[str, pd.DataFrame] = field(default_factory=dict)  # discipline, year, attributes, expertise by domain
    groups: dict[str, list[str]] = field(default_factory=dict)  # of each attribute; the first is the reference
    disciplines: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def readings(self) -> list[dict]:
        """What each column was read as, a row a column."""
        rows = []
        for whose, side in self.sides.items():
            for name, header in side.headers.items():
                if name in self.people[whose]:
                    values = int(self.people[whose][name].nunique())
                    rows.append({"sheet": whose, "column": header, "read_as": name, "values": values})
        return rows


def read_side(path: str | Path, whose: str, like: World) -> Reading:
    """Read one sheet of "mentees" or "mentors"."""
    return _read({whose: path}, like, Mapping())


def read_roster(mentors: str | Path, mentees: str | Path, like: World, mapping: str | Path | None = None) -> Reading:
    """Read the sheets of mentors and mentees, as a mapping file says where there is one; faults raise `ScenarioError`."""
    return _read({"mentees": mentees, "mentors": mentors}, like, read_mapping(mapping, like))


def _read(paths: dict[str, str | Path], like: World, mapping: Mapping) -> Reading:
    sides = {}
    for whose, path in paths.items():
        table = read_table(path, whose)
        sides[whose] = side = side_of(table, whose, like, mapping)
        if "discipline" in side.mapped and anyone_alone(side.people["discipline"]):
            problem = "almost everybody has a value of their own here, so this is no discipline"
            raise ScenarioError(problem, file=table.file, field=side.headers["discipline"], hint="map another column")
    domains = [domain.name for domain in like.domains]
    reading = Reading(sides, {whose: pd.DataFrame(index=side.people.index) for whose, side in sides.items()})
    found = {name: None for side in sides.values() for name in side.people if name not in ("discipline", "year", *domains)}
    later = [f"{name}: left unread, as a world has at most {ATTRIBUTES} attributes" for name in list(found)[ATTRIBUTES:]]
    for name in ("discipline", *list(found)[:ATTRIBUTES]):
        later += _take(reading, list(sides.values()), name, like, mapping.values.get(name, {}))
    if "mentees" in sides:
        later += _years(reading, sides["mentees"], mapping.values.get("year", {}))
    if "mentors" in sides:
        later += _expertise(reading, sides["mentors"], domains)
    reading.told = [line for side in sides.values() for line in side.told] + _columns_told(reading) + later
    for name, meant in mapping.values.items():
        cells = {plain(cell) for side in sides.values() if name in side.people for cell in side.people[name].unique()}
        reading.told += [f"mapping: {shown(value)} of values.{name} is in no row" for value in meant if plain(value) not in cells]
    return reading


def _take(reading: Reading, sides: Sequence[Side], name: str, like: World, mapped: dict[str, str]) -> list[str]:
    """Take the disciplines or the groups of an attribute from the sides that have them."""
    those = [side for side in sides if name in side.people]
    words, told = same_words(those, name, like, mapped) if those else ({}, [])
    if name == "discipline":
        lacking = [side.whose for side in sides if side.whose not in words]
        if lacking:
            words = {side.whose: pd.Series(EVERYONE, index=side.people.index) for side in sides}
            told = [f"{' and '.join(lacking)}: no column is a discipline, so all people are in one, called {EVERYONE}; {MAPPING}"]
        for side in sides:
            blank = int((words[side.whose] == NOT_STATED).sum())
            if blank:
                told.append(f"{side.whose}: {counted(blank, 'people')} without a discipline: put into one called {NOT_STATED}")
    heads = Counter(word for column in words.values() for word in column)
    groups = ordered(heads, name)
    if name != "discipline" and len(groups) < 2:
        return [f"{name}: left unread, since all have the same or said nothing"]
    for whose, column in words.items():
        reading.people[whose][name] = column
    if name == "discipline":
        reading.disciplines = groups
        return told + _one_sided(reading)
    reading.groups[name] = groups
    for whose, column in words.items():
        own = Counter(column)
        few = [group for group in groups if 0 < own[group] < SMALL_CELL]
        if few:
            told.append(f"{name}: fewer than {SMALL_CELL} {whose} are {', '.join(few)}: kept, and no result is told of so few")
    return told


def _one_sided(reading: Reading) -> list[str]:
    """Tell of disciplines with mentees and no mentors, and the reverse."""
    if len(reading.people) < 2:
        return []
    by = {whose: set(frame["discipline"]) for whose, frame in reading.people.items()}
    lines = []
    for whose, other in (("mentees", "mentors"), ("mentors", "mentees")):
        only = sorted(by[whose] - by[other])
        if only:
            names = ", ".join(only[:NAMED]) + (", ..." if len(only) > NAMED else "")
            lines.append(f"{counted(len(only), 'disciplines')} with {whose} and no {other}: {names}")
    if not by["mentees"] & by["mentors"]:
        lines.append("no discipline is on both sheets; [values.discipline] of a mapping file can make two names one")
    return lines


def _years(reading: Reading, side: Side, mapped: dict[str, int]) -> list[str]:
    """Take the years of mentees; who has none, or one that cannot be read, is drawn."""
    drawn = "drawn from the world's mix"
    if "year" not in side.people:
        return [f"mentees: no column is a year in the program: years are {drawn}; {MAPPING}"]
    cells, header = side.people["year"], side.headers["year"]
    fixed = {plain(value): year for value, year in mapped.items()}
    meant = {cell: None if unsaid(cell) else fixed.get(plain(cell)) or year_in(cell) for cell in cells.unique()}
    years = cells.map(meant).astype("Int64")
    said = years.dropna()
    if len(said) and said.isin(CALENDAR).mean() >= 0.5:
        return [f"mentees: {header} holds calendar years, and no years in the program: years are {drawn}; {VALUES}"]
    bad = said[~said.between(1, LONGEST)]
    if len(bad):
        problem = f"value {bad.iloc[0]}, allowed: a year in the program, from 1 to {LONGEST}"
        raise ScenarioError(problem, file=side.file, line=int(bad.index[0]), field=header, hint=VALUES)
    reading.people["mentees"]["year"] = years
    blank, people = cells.map(unsaid), counted(len(cells), "mentees")
    odd = years.isna() & ~blank
    lines = [f"{blank.sum()} of {people} without a year: {drawn}"] if blank.any() else []
    if odd.any():
        where = f"first in row {odd.idxmax()}, column {header}"
        lines.append(f"{odd.sum()} of {people} with a year that cannot be read ({where}): {drawn}; {VALUES}")
    return lines


def _expertise(reading: Reading, side: Side, domains: Sequence[str]) -> list[str]:
    """Take the expertise of mentors, in tenths."""
    names = [name for name in domains if name in side.people]
    for name in names:
        numbers = pd.to_numeric(side.people[name].replace("", None), errors="coerce")
        bad = side.people[name].ne("") & ~numbers.between(0, 1)
        if bad.any():
            problem = "allowed: a number from 0 to 1, or nothing"
            raise ScenarioError(problem, file=side.file, line=int(bad.idxmax()), field=side.headers[name])
        reading.people["mentors"][name] = numbers.round(1)
    return [f"mentors: expertise is kept in tenths ({', '.join(names)}); a blank is drawn"] if names else []


def _columns_told(reading: Reading) -> list[str]:
    """Tell what was read as what, and what was left unread."""
    lines = []
    for whose, side in reading.sides.items():
        frame = reading.people[whose]
        lines.append(f"{whose}: {counted(len(frame), whose)} in {Path(side.file).name if len(side.file) < 200 else 'the sheet'}")
        for row in reading.readings():
            name, what = row["read_as"], ""
            if row["sheet"] != whose:
                continue
            if name == "discipline":
                what = f": {counted(row['values'], 'disciplines')}"
            elif name == "year" and row["values"]:
                first, last = frame["year"].min(), frame["year"].max()
                what = f": {first} to {last}" if first < last else f": {first}"
            elif name in reading.groups:
                what = f": {', '.join(group for group in reading.groups[name] if (frame[name] == group).any())}"
            lines.append(f"{whose}: read {row['column']} as {name}{what}")
        given_up = [header for name, header in side.headers.items() if name not in frame]
        if side.unread or given_up:
            lines.append(f"{whose}: left unread: {', '.join((*side.unread, *given_up))}")
    return lines
