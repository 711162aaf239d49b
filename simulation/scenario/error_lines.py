"""Checks data against the fields of a section; each fault becomes a line with file, place, field and allowed values."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import pydantic

from simulation.scenario.counted import counted
from simulation.scenario.errors import ScenarioError, nearest, shown
from simulation.scenario.field_words import allowed, field_at, names_in
from simulation.scenario.loading import Source, holds, line_of

HUGE = 10**300  # more than any field allows, and small enough for every reader of JSON

S = TypeVar("S", bound=pydantic.BaseModel)


class _Strange(Exception):
    """A value that no file can hold: its path, and the value."""


def _plain(value: Any, path: tuple = ()) -> Any:
    """A Python, numpy or TOML value as JSON knows it; dates, huge numbers and other objects are strange."""
    if isinstance(value, pydantic.BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, Mapping):
        return {str(key): _plain(entry, (*path, str(key))) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(entry, (*path, place)) for place, entry in enumerate(value)]
    if hasattr(value, "tolist"):
        return _plain(value.tolist(), path)
    if not isinstance(value, str | bool | int | float | None) or (isinstance(value, int) and abs(value) > HUGE):
        raise _Strange(path, value)
    return value


def validated(section: type[S], data: Mapping[str, Any], sources: Sequence[Source] = (), label: str = "") -> S:
    """The section that the data describe; a `ScenarioError` reports the first fault, and its `others` the rest.

    The data are read as strict JSON: true is not 1, "0.5" is not a number, and lists and choices are read as in a file.
    """
    try:
        return section.model_validate_json(json.dumps(_plain(data)), strict=True)
    except RecursionError:
        raise ScenarioError("this value is nested too deeply", file=_file(sources, label)) from None
    except _Strange as strange:
        path, value = strange.args
        faults = [_error(section, {"type": "strange", "loc": path, "input": value}, data, sources, label)]
    except pydantic.ValidationError as error:
        faults = [_error(section, fault, data, sources, label) for fault in error.errors(include_url=False)]
    first = faults[0]
    first.others = faults[1:]
    raise first


def _file(sources: Sequence[Source], label: str) -> str | None:
    return sources[0].file if sources else label or None


def _error(section: type, fault: dict[str, Any], data: Any, sources: Sequence[Source], label: str) -> ScenarioError:
    """One fault that pydantic found, in the user's words."""
    path = tuple(fault["loc"])
    source = next((entry for entry in sources if holds(entry.data, path)), None)
    if source is None:
        source = next(
            (entry for entry in sources if path and holds(entry.data, path[:1])), sources[0] if sources else None
        )
    problem, hint = _problem(section, path, fault)
    return ScenarioError(
        problem,
        file=source.file if source else label or None,
        line=line_of(source.text, path) if source else None,
        field=spoken(data, path),
        hint=hint,
    )


def _problem(section: type, path: tuple, fault: dict[str, Any]) -> tuple[str, str]:
    """The problem, and a hint such as the nearest name."""
    kind, value, field = fault["type"], fault.get("input"), field_at(section, path)
    if kind == "extra_forbidden":
        known = names_in(field_at(section, path[:-1]))
        what = "unknown section" if isinstance(value, dict) else "unknown field"
        near = nearest(path[-1], known)
        return f"{what} {shown(str(path[-1]))}", near or f"known: {', '.join(known)}"
    if kind == "missing":
        return f"this field is missing, {allowed(field)}", ""
    if kind in ("value_error", "assertion_error"):
        return str(fault["ctx"]["error"]), ""
    if kind in ("too_short", "too_long"):
        entries, limits = fault["ctx"]["actual_length"], fault["ctx"]
        bound = f"at least {limits['min_length']}" if kind == "too_short" else f"at most {limits['max_length']}"
        return f"this list has {counted(entries, 'entries')}, allowed: {bound}", ""
    if kind == "json_invalid":
        return "this value cannot be read", ""
    names = [] if isinstance(value, dict) else names_in(field)
    problem = f"value {shown(value)}, {allowed(field)}" if field else f"value {shown(value)} is not allowed here"
    return problem, nearest(value, names) if names else ""


def spoken(data: Any, path: tuple) -> str:
    """A path with dots, and list entries by name: `identities.gender.mentees.woman`."""
    words = []
    for step in path:
        inside = data[step] if isinstance(data, dict) and step in data else None
        if isinstance(data, list) and isinstance(step, int) and step < len(data):
            inside = data[step]
        name = inside.get("name") if isinstance(step, int) and isinstance(inside, dict) else None
        words.append(name if isinstance(name, str) and name else str(step))
        data = inside
    return ".".join(words)
