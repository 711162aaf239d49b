"""A mapping file, by which an office fixes how its sheets are read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from simulation.scenario.errors import LONGEST, ScenarioError, nearest, shown
from simulation.scenario.loading import Source, line_of, read
from simulation.scenario.taken import CROSSED, TAKEN
from simulation.scenario.world import World

SIDES = ("mentees", "mentors")
PARTS = (*SIDES, "values")
LONGEST_NAME = 40


@dataclass(frozen=True)
class Mapping:
    """Headers by what they hold for mentees and mentors, headers to leave unread, and values by how they are written."""

    source: Source | None = None
    columns: dict[str, dict[str, str]] = field(default_factory=dict)
    ignored: dict[str, list[str]] = field(default_factory=dict)
    values: dict[str, dict[str, Any]] = field(default_factory=dict)

    def on(self, whose: str, headers: Sequence[str]) -> tuple[dict[str, str], frozenset[str]]:
        """The columns and the ignored headers of a sheet; a header that it lacks is refused with the nearest one."""
        for name, header in self.columns.get(whose, {}).items():
            self._must_be(header, headers, (whose, name))
        for header in self.ignored.get(whose, []):
            self._must_be(header, headers, (whose, "ignore"))
        return self.columns.get(whose, {}), frozenset(self.ignored.get(whose, []))

    def _must_be(self, header: str, headers: Sequence[str], path: tuple) -> None:
        if header in headers:
            return
        known = {name.lower(): name for name in headers}
        near = [f"did you mean {shown(known[name])}?" for name in get_close_matches(header.lower()[:LONGEST], known, n=1)]
        raise self.fault(f"the sheet of {path[0]} has no column {shown(header)}", path, "".join(near))

    def fault(self, problem: str, path: tuple, hint: str = "") -> ScenarioError:
        """The error at a place of the file."""
        line = line_of(self.source.text, path)
        return ScenarioError(problem, file=self.source.file, line=line, field=".".join(path), hint=hint)


def read_mapping(path: str | Path | None, like: World) -> Mapping:
    """Read a mapping file; without one nothing is mapped."""
    if path is None:
        return Mapping()
    made = Mapping(read(Path(path)))
    domains = [domain.name for domain in like.domains]
    for section, content in made.source.data.items():
        if section not in PARTS:
            hint = nearest(section, PARTS) or f"known: {', '.join(PARTS)}"
            raise made.fault(f"unknown section {shown(section)}", (section,), hint)
        if not isinstance(content, dict):
            raise made.fault(f"value {shown(content)}, allowed: a section", (section,))
        for name, value in content.items():
            path = (section, name)
            if section == "values":
                _check_values(made, name, value)
            elif name == "ignore":
                if not (isinstance(value, list) and all(isinstance(header, str) for header in value)):
                    raise made.fault(f"value {shown(value)}, allowed: a list of headers", path)
                made.ignored[section] = value
            elif not isinstance(value, str):
                raise made.fault(f"value {shown(value)}, allowed: the header of a column, in quotes", path)
            elif section == "mentors" and name == "year":
                raise made.fault("mentors have no year in the program", path)
            elif section == "mentees" and name in domains:
                raise made.fault("only mentors have an expertise", path)
            else:
                reserved = name not in ("discipline", "year", *domains) and (name in TAKEN or CROSSED in name)
                if reserved or not name.isidentifier() or len(name) > LONGEST_NAME:
                    raise made.fault(f"an attribute cannot be called {shown(name)}", path, "use a word with letters, digits and _")
                if value in made.columns.get(section, {}).values():
                    raise made.fault(f"the column {shown(value)} is given twice", path)
                made.columns.setdefault(section, {})[name] = value
    return made


def _check_values(made: Mapping, name: str, table: Any) -> None:
    """Take how values of a column are to be read: years as whole numbers, others as words."""
    if not isinstance(table, dict):
        raise made.fault(f'value {shown(table)}, allowed: a section with lines such as "IM" = "medicine"', ("values", name))
    for value, meant in table.items():
        if name == "year":
            fits, allowed = type(meant) is int and 1 <= meant <= 10, "a whole number from 1 to 10"
        else:
            fits = isinstance(meant, str) and re.fullmatch(r"[^:]{1,40}", meant.strip()) and meant.isprintable()
            allowed = f"a word in quotes, of up to {LONGEST_NAME} letters and without a colon"
        if not fits:
            raise made.fault(f"value {shown(meant)}, allowed: {allowed}", ("values", name, value))
    made.values[name] = table
