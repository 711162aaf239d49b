"""Fields in plain words: the values that each allows, and its value in a sentence, with its unit."""

from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, get_args, get_origin

import pydantic
from pydantic.fields import FieldInfo

from simulation.scenario.counted import singular
from simulation.scenario.errors import shown

# Choices in the words of a program office.
CHOICES = {
    "own": "only mentors of the mentee's own discipline",
    "some": "mentors of some disciplines",
    "all": "mentors of all disciplines",
    "optional": "for mentees who want it",
    "required": "for everyone",
    "ad_hoc": "by chance and acquaintance",
    "lot": "at random",
    "arrival": "in order of arrival",
    "coordinator": "a coordinator proposes it",
    "optimal": "by the assignment with the best total fit",
    "stable": "by a stable assignment, in which no two people would rather have each other",
    "choice": "the mentee chooses",
    "facilitated": "the mentee chooses, with help",
    "none": "not at all",
    "survey": "by a satisfaction survey",
    "cipp": "by CIPP (context, input, process, product)",
}
BOUNDS = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}


def is_section(annotation: Any) -> bool:
    """Whether an annotation is a group of named fields."""
    return isinstance(annotation, type) and issubclass(annotation, pydantic.BaseModel)


def given(annotation: Any) -> Any:
    """What an annotation is where something is given: of `X | None` it is X."""
    kinds = [kind for kind in get_args(annotation) if kind is not NoneType] if get_origin(annotation) is UnionType else []
    return kinds[0] if len(kinds) == 1 else annotation


def field_at(section: type[pydantic.BaseModel], path: tuple) -> FieldInfo | None:
    """The field at a path of names and places in lists; None where there is none."""
    here = FieldInfo.from_annotation(section)
    for step in path:
        annotation = given(here.annotation)
        if is_section(annotation) and step in annotation.model_fields:
            here = annotation.model_fields[step]
        elif get_origin(annotation) is tuple and isinstance(step, int):
            here = FieldInfo.from_annotation(get_args(annotation)[0])
        elif get_origin(annotation) is dict and isinstance(step, str):
            here = FieldInfo.from_annotation(get_args(annotation)[1])
        else:
            return None
    return here


def names_in(field: FieldInfo | None) -> list[str]:
    """The names that may stand in a field: its own fields when it is a section, its choices when it is a choice."""
    annotation = given(field.annotation) if field else None
    if get_origin(annotation) is tuple:
        annotation = get_args(annotation)[0]
    if is_section(annotation):
        return list(annotation.model_fields)
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return [member.value for member in annotation]
    return []


def unit_of(field: FieldInfo) -> str:
    """The unit of a field; empty when there is none to mention."""
    extra = field.json_schema_extra
    unit = str(extra.get("unit", "")) if isinstance(extra, dict) else ""
    return "" if unit in ("share", "choice", "choices", "yes or no", "weight", "ratio") else unit


def _range(field: FieldInfo) -> str:
    """The range of a number: "from 0 to 1"."""
    bounds = {name: getattr(entry, name) for entry in field.metadata for name in BOUNDS if hasattr(entry, name)}
    if set(bounds) == {"ge", "le"}:
        return f" from {number(bounds['ge'])} to {number(bounds['le'])}"
    limits = [f"{words} {number(bounds[name])}" for name, words in BOUNDS.items() if name in bounds]
    return " " + " and ".join(limits) if limits else ""


def number(value: float) -> str:
    """A number as people write it: 5,000,000 and 0.25."""
    return f"{int(value):,}" if value == int(value) else f"{value:g}"


def allowed(field: FieldInfo | None) -> str:
    """The values that a field allows: "allowed: a number from 0 to 20 (hours per month)"."""
    if field is None:
        return ""
    annotation = field.annotation
    if get_origin(annotation) is tuple:
        inner = FieldInfo.from_annotation(get_args(annotation)[0])
        if is_section(inner.annotation):
            return "allowed: a list of tables"
        choices = names_in(field)
        return f"allowed: a list of {', '.join(choices)}" if choices else f"allowed: a list of {_kind(inner)}"
    choices = names_in(field)
    if choices and not is_section(annotation):
        return f"allowed: {', '.join(choices)}"
    unit = unit_of(field)
    return f"allowed: {_kind(field)}{f' ({unit})' if unit and 'number' in _kind(field) else ''}"


def _kind(field: FieldInfo) -> str:
    """The kind of value that a field holds."""
    annotation = given(field.annotation)
    if annotation is bool:
        return "true or false"
    if annotation is int:
        return f"a whole number{_range(field)}"
    if annotation is float:
        return f"a number{_range(field)}"
    if annotation is str:
        return "text in quotes"
    if get_origin(annotation) is dict or is_section(annotation):
        return "a table"
    return "nothing" if annotation is NoneType else "another kind of value"


def said(value: Any, field: FieldInfo) -> str:
    """A value with its unit, as in a sentence."""
    unit = unit_of(field).replace("money", "units of money")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float | int):
        return f"{number(value)} {singular(unit) if value == 1 else unit}" if unit and unit != "month" else number(value)
    if isinstance(value, StrEnum):
        return CHOICES.get(value.value, value.value.replace("_", " "))
    if isinstance(value, tuple):
        return ", ".join(str(item).replace("_", " ") for item in value) or "all"
    if isinstance(value, str):
        return value.replace("_", " ") or "none"
    return shown(value)
