"""What a page's controls need to know of each lever: its words, its bounds, its choices, and where its number lies."""

from enum import StrEnum
from typing import Any

import annotated_types
import pydantic

from simulation.scenario.levers import code, levers_type
from simulation.scenario.policy import WITH_OFFER, Measure, Pairing, Policy
from simulation.scenario.world import World

# How a lever that is no number is set, by its unit: by names, one name, a group, or ids.
NAMED = {
    "names of domains": "names",
    "names of attributes": "names",
    "names of disciplines": "names",
    "name of a domain": "name",
    "attribute:group": "group",
    "ids of mentees": "ids",
}
STEPS = 100  # of a control, about, from the lowest to the highest value
ABSENT = (Pairing.OPTIMAL,)  # choices that no page has: the assignment that they need is not compiled


def levers_in(world: World) -> list[dict[str, Any]]:
    """Describe every lever in a world, in the order of a policy file; `at` is its byte in the record of all levers.

    Kinds: number, whole, yes, choice, measures (any of the choices), names (any of the choices, none means all), name (one of
    the choices, or ""), group ("attribute:group", or ""), ids (numbers of mentees).
    """
    return [
        {
            "name": f"{section}.{name}",
            "section": section,
            "tip": tip,
            **_described(name, field, world),
            **_place(section, name),
        }
        for tip, section in enumerate(WITH_OFFER, 1)
        for name, field in Policy.model_fields[section].annotation.model_fields.items()
    ]


def values_of(policy: Policy) -> dict[str, Any]:
    """Give the value of every lever as a policy file has it, by its dotted name."""
    data = policy.model_dump(mode="json")
    return {f"{section}.{name}": value for section in WITH_OFFER for name, value in data[section].items()}


def _described(name: str, field: pydantic.fields.FieldInfo, world: World) -> dict[str, Any]:
    low, high = (_bound(field, kind, side) for kind, side in ((annotated_types.Ge, "ge"), (annotated_types.Le, "le")))
    kind, unit = _kind(field), field.json_schema_extra["unit"]
    return {
        "title": name.replace("_", " ").capitalize(),
        "text": field.description,
        "unit": unit,
        "kind": kind,
        "low": low,
        "high": high,
        "step": 1 if kind == "whole" else _step(high - low) if kind == "number" else None,
        "default": pydantic.TypeAdapter(field.annotation).dump_python(field.default, mode="json"),
        "choices": _choices(field, unit, world),
    }


def _kind(field: pydantic.fields.FieldInfo) -> str:
    unit, kind = field.json_schema_extra["unit"], field.annotation
    if unit in NAMED:
        return NAMED[unit]
    if kind is bool:
        return "yes"
    if kind is int or kind is float:
        return "whole" if kind is int else "number"
    return "choice" if isinstance(kind, type) and issubclass(kind, StrEnum) else "measures"


def _bound(field: pydantic.fields.FieldInfo, kind: type, side: str) -> float | None:
    return next((getattr(one, side) for one in field.metadata if isinstance(one, kind)), None)


def _step(width: float) -> float:
    """The roundest step that takes about `STEPS` of them over a width: 1, 2 or 5 times a power of ten."""
    power = 10.0**-2
    while power * 10.0 <= width / STEPS:
        power *= 10.0
    return round(next(power * k for k in (1, 2, 5, 10) if power * k * STEPS >= width), 6)


def _choices(field: pydantic.fields.FieldInfo, unit: str, world: World) -> list[tuple[str, Any]] | None:
    """The values that a lever can have in this world, each with its number in the record."""
    names = {
        "names of domains": [one.name for one in world.domains],
        "name of a domain": [one.name for one in world.domains],
        "names of attributes": [one.name for one in world.identities],
        "names of disciplines": [one.name for one in world.disciplines],
    }
    if unit in names:
        return [(name, place) for place, name in enumerate(names[unit])]
    if unit == "attribute:group":
        return [
            (f"{one.name}:{group}", (a, place))
            for a, one in enumerate(world.identities)
            for place, group in enumerate(one.groups)
        ]
    if _kind(field) == "measures":
        return [(measure.value, code(measure)) for measure in Measure]
    if _kind(field) == "choice":
        return [(one.value, code(one)) for one in field.annotation if one not in ABSENT]
    return None


def _place(section: str, name: str) -> dict[str, Any]:
    """Where a lever lies in the record of all levers."""
    whole = levers_type()
    inner, at = whole.fields[section][:2]
    kind, more = inner.fields[name][:2]
    scalar, shape = kind.subdtype or (kind, (1,))
    return {"at": at + more, "type": f"{scalar.kind}{scalar.itemsize}", "length": shape[0]}
