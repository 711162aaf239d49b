"""The world that a roster makes, as a TOML file: what the sheets say, on top of the world that it is like.

People are written as counts of make-ups, in alphabetical order: no name, no number of a row, no order of the sheet.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from simulation.roster.reading import Reading
from simulation.scenario.counted import counted
from simulation.scenario.errors import ScenarioError
from simulation.scenario.loading import LARGEST
from simulation.scenario.roster import SMALL_CELL
from simulation.scenario.world import Discipline, Identity, World

BY_GROUP = ("wish_same", "wish_different", "hazard_ratio", "resources")
OWN = ("hazard_source", "threat", "threat_source", "draws_together")
LOW, HIGH = 0.1, 10.0  # mentors a mentee that a discipline can have, against the mean


def world_text(reading: Reading, like: World, extends: str, name: str, title: str) -> tuple[str, list[str]]:
    """The text of the world file, and what is to be told of it; a `ScenarioError` says why there is none."""
    mentees, mentors = (reading.people[whose] for whose in ("mentees", "mentors"))
    for whose, frame in reading.people.items():
        if len(frame) < SMALL_CELL:
            problem = f"the sheet has {counted(len(frame), whose)}, and of fewer than {SMALL_CELL} nothing may be told"
            raise ScenarioError(problem, file=reading.sides[whose].file, hint="give a sheet with more people")
    people, told = {"mentees": len(mentees), "mentors": len(mentors), "years": like.people.years}, []
    largest = int(mentees["year"].max()) if "year" in mentees and mentees["year"].notna().any() else 0
    if largest > like.people.years:
        people["years"] = largest
        told.append(f"the program has {counted(largest, 'years')}, the largest seen ({like.name} has {like.people.years})")
    elif 0 < largest < like.people.years:
        kept = counted(like.people.years, "years")
        told.append(f"the program keeps the {kept} of {like.name}; if yours is shorter, set people.years")
    if like.people.burn_in:
        people["burn_in"] = 0
        told.append(f"burn_in is 0 ({like.people.burn_in} in {like.name}): the people at the start are yours")
    heads = f"{counted(len(mentees), 'mentees')} and {counted(len(mentors), 'mentors')}"
    about = f"{heads} as the office's sheets have them; the rest is that of {like.name}."
    lines = [_line("extends", extends), _line("name", name), _line("title", title), _line("text", about), ""]
    lines += ["[people]", *(_line(key, value) for key, value in people.items())]
    for discipline in _disciplines(reading, like, told):
        lines += ["", "[[disciplines]]", *(_line(key, value) for key, value in discipline.items())]
    identities = list(_identities(reading, like, told))
    for identity in identities:
        lines += ["", "[[identities]]", *(_line(key, value) for key, value in identity.items())]
    if not identities and like.identities:
        lines[4:4] = ["identities = []"]
    lines += ["", "[roster]", _line("small_cell", SMALL_CELL)]
    for whose, frame in (("mentees", mentees), ("mentors", mentors)):
        lines += [f"{whose} = [", *(f"  {_toml(cell)}," for cell in _cells(frame, list(reading.groups), like)), "]"]
    text = "\n".join(lines) + "\n"
    if len(text.encode()) > LARGEST:
        hint = "leave a column unread by `ignore` in a mapping file"
        raise ScenarioError("the people differ in so much that the world would be too large", hint=hint)
    return text, told


def _disciplines(reading: Reading, like: World, told: list[str]) -> Iterator[dict[str, Any]]:
    """The disciplines with their share of mentees and their mentors a mentee, relative to the mean."""
    mentees, mentors = (reading.people[whose]["discipline"] for whose in ("mentees", "mentors"))
    known = {discipline.name: discipline for discipline in like.disciplines}
    unlike = [name for name in reading.disciplines if name not in known]
    if unlike:
        heads = counted(len(unlike), "disciplines")
        told.append(f"{heads} unknown to {like.name}: their mentors' expertise is drawn about 0.5 in each domain")
    for name in reading.disciplines:
        here, posts = int((mentees == name).sum()), int((mentors == name).sum())
        ratio = (posts / len(mentors)) / (here / len(mentees)) if here else HIGH
        fields = {"name": name, "mentees": here / len(mentees), "mentors": float(f"{min(max(ratio, LOW), HIGH):.4g}")}
        expertise = known.get(name, Discipline(name=name)).expertise
        yield fields | ({"expertise": expertise} if expertise else {})


def _identities(reading: Reading, like: World, told: list[str]) -> Iterator[dict[str, Any]]:
    """The attributes with their groups and shares; wishes and the like come from the world where it has the same groups."""
    known = {identity.name: identity for identity in like.identities}
    gone = [name for name in known if name not in reading.groups]
    if gone:
        told.append(f"left out, since no column says it: {', '.join(gone)} (of {like.name})")
    for name, groups in reading.groups.items():
        from_like = known.get(name)
        fields: dict[str, Any] = {"name": name, "groups": groups}
        shares = {whose: _shares(frame[name], groups) for whose, frame in reading.people.items() if name in frame}
        for whose, other in (("mentees", "mentors"), ("mentors", "mentees")):
            if whose in shares:
                fields[whose] = shares[whose]
            elif from_like and set(from_like.groups) <= set(groups):
                fields[whose] = dict.fromkeys(groups, 0.0) | getattr(from_like, whose)
                told.append(f"{name}: no column says it of {whose}: drawn by the shares of {like.name}")
            else:
                fields[whose] = shares[other]
                told.append(f"{name}: no column says it of {whose}: drawn by the shares of your {other}")
        same = [group for group in groups if from_like and group in from_like.groups]
        if len(same) > 1:
            fields |= _kept(from_like, same)
        rest = [group for group in groups if group not in same] if len(same) > 1 else groups
        if rest:
            told.append(f"{name}: {like.name} knows no wishes of {', '.join(rest)}: none are assumed")
        yield fields


def _shares(column: pd.Series, groups: list[str]) -> dict[str, float]:
    return {group: int((column == group).sum()) / len(column) for group in groups}


def _kept(identity: Identity, same: list[str]) -> dict[str, Any]:
    """What the world says of groups that are the same, and of the attribute."""
    plain = Identity.model_fields
    by_group = {field: {group: value for group, value in getattr(identity, field).items() if group in same} for field in BY_GROUP}
    own = {field: getattr(identity, field) for field in OWN if getattr(identity, field) != plain[field].default}
    return {field: value for field, value in by_group.items() if value} | own


def _cells(frame: pd.DataFrame, attributes: list[str], like: World) -> Iterator[dict[str, Any]]:
    """The make-ups of people with how many have each, in alphabetical order."""
    here = [name for name in attributes if name in frame]
    domains = [domain.name for domain in like.domains if domain.name in frame]
    columns = ["discipline", *(["year"] if "year" in frame else []), *here, *domains]
    for makeup, heads in frame.groupby(columns, dropna=False, sort=True).size().items():
        values = dict(zip(columns, makeup if isinstance(makeup, tuple) else (makeup,), strict=True))
        cell: dict[str, Any] = {"discipline": values["discipline"]}
        if not pd.isna(values.get("year", pd.NA)):
            cell["year"] = int(values["year"])
        if here:
            cell["groups"] = {name: values[name] for name in here}
        expertise = {name: float(values[name]) for name in domains if not pd.isna(values[name])}
        yield cell | {"heads": int(heads)} | ({"expertise": expertise} if expertise else {})


def _line(key: str, value: Any) -> str:
    bare = re.fullmatch(r"[A-Za-z0-9_-]+", key)
    return f"{key if bare else json.dumps(key, ensure_ascii=False)} = {_toml(value)}"


def _toml(value: Any) -> str:
    """A value on one line; texts and keys as JSON has them, which TOML reads alike."""
    if isinstance(value, dict):
        return "{" + ", ".join(_line(key, entry) for key, entry in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_toml(entry) for entry in value) + "]"
    return json.dumps(value, ensure_ascii=False)
