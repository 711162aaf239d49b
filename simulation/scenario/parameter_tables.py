"""The reference tables of the model description: every parameter, world field and lever, and every purpose of a draw.

`python -m simulation.renew` writes them into `simulation/ODD.md`.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any, get_args, get_origin

from pydantic.fields import FieldInfo

from simulation.draws import Purpose
from simulation.scenario.parameters import Parameters
from simulation.scenario.policy import WITH_OFFER, Policy
from simulation.scenario.roster import Roster, RosterMentees, RosterMentors
from simulation.scenario.world import Context, Discipline, Domain, Hazards, Identity, People, Prices, Shock

HEAD = "| name | what it is | unit | default | range | source |\n|---|---|---|---|---|---|"
WORLD = {
    "people": People,
    "context": Context,
    "hazards": Hazards,
    "prices": Prices,
    "disciplines": Discipline,
    "domains": Domain,
    "identities": Identity,
    "shocks": Shock,
    "roster": Roster,
    "roster.mentees": RosterMentees,
    "roster.mentors": RosterMentors,
}


def _plain(value: Any) -> str:
    """A default as it is written in a file."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return f"[{', '.join(_plain(entry) for entry in value)}]"
    if isinstance(value, dict):
        return "{}" if not value else str(value)
    if isinstance(value, str):
        return str(value) or '""'
    return f"{value:g}"


def _range(field: FieldInfo) -> str:
    """What is allowed: a closed range, of each entry where there are several, or the choices."""
    kind = field.annotation
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return ", ".join(kind)
    if get_origin(kind) in (dict, tuple):
        entry = FieldInfo.from_annotation(get_args(kind)[get_origin(kind) is dict])
        return f"each {_range(entry)}" if _range(entry) else ""
    low = next((mark.ge for mark in field.metadata if hasattr(mark, "ge")), None)
    high = next((mark.le for mark in field.metadata if hasattr(mark, "le")), None)
    return "" if low is None or high is None else f"{low:,g} to {high:,g}"


def _row(path: str, field: FieldInfo) -> str:
    """One field as a row of a table."""
    more = field.json_schema_extra or {}
    default = "must be given" if field.is_required() else _plain(field.default)
    cells = (f"`{path}`", field.description, more.get("unit", ""), default, _range(field), more.get("source", ""))
    return f"| {' | '.join(str(cell).replace('|', '/') for cell in cells)} |"


def section(title: str, kind: type, path: str) -> Iterator[str]:
    """A section as a heading, its sentence and its table, without names and texts, which mean nothing to the model."""
    yield f"#### `{title}`: {kind.__doc__.strip().splitlines()[0]}\n"
    yield HEAD
    for name, field in kind.model_fields.items():
        if field.description:
            yield _row(f"{path}{name}", field)
    yield ""


def parameters() -> Iterator[str]:
    """The tables of the parameters of the rules, line by line."""
    for name, field in Parameters.model_fields.items():
        yield from section(name, field.annotation, f"{name}.")


def fields_of_a_world() -> Iterator[str]:
    """The tables of the fields of a world, line by line."""
    for name, kind in WORLD.items():
        yield from section(name, kind, f"{name}.")


def levers() -> Iterator[str]:
    """The tables of the levers of a policy, line by line."""
    yield HEAD
    for name in ("start_month", "end_month"):
        yield _row(name, Policy.model_fields[name])
    yield ""
    for name in WITH_OFFER:
        yield from section(name, Policy.model_fields[name].annotation, f"{name}.")


def _tables() -> Iterator[str]:
    """All tables, line by line."""
    yield "### Parameters of the rules\n"
    yield "In a world file under `[parameters]`; the shipped worlds set none, so that all share this set.\n"
    yield from parameters()
    yield "### Fields of a world\n"
    yield from fields_of_a_world()
    yield "### Levers of a policy\n"
    yield from levers()
    yield "### Purposes of draws\n"
    yield "The number of each purpose in the key of a draw.\n"
    yield ", ".join(f"`{purpose.name}` {purpose.value}" for purpose in Purpose) + "."


def tables() -> str:
    """The reference tables in Markdown."""
    return "\n".join(_tables())
