"""A policy as a record of numbers, one a lever: `levers.match.identity`. The program can move levers while it runs."""

from enum import StrEnum
from functools import cache
from typing import Any

import numpy as np
import pydantic

from simulation.columns import ATTRIBUTES, DISCIPLINES, DOMAINS
from simulation.scenario.policy import (
    MOST_NAMED,
    SECTIONS,
    WITH_OFFER,
    Evaluation,
    Matching,
    Measure,
    Pairing,
    Policy,
    Pool,
)
from simulation.scenario.world import World


def code(member) -> int:
    """Give the place of a choice among the choices of its kind."""
    return list(type(member)).index(member)


AD_HOC, LOT, ARRIVAL, COORDINATOR, OPTIMAL, STABLE, CHOICE, FACILITATED = (code(way) for way in Pairing)
OWN, SOME, ALL = (code(pool) for pool in Pool)
MENTORS_AT_ONCE = Policy().empower.mentors_at_once  # of those without a program
OFF, OPTIONAL, REQUIRED = (code(matching) for matching in Matching)
NO_EVALUATION, SURVEY, CIPP = (code(model) for model in Evaluation)

# How a lever that names parts of the world is kept: by its unit, a type and, where it is a row of numbers, a length.
NAMED = {
    "names of domains": ("i1", (DOMAINS,)),  # 1 for each domain named; all, where none is
    "names of attributes": ("i1", (ATTRIBUTES,)),
    "names of disciplines": ("i1", (DISCIPLINES,)),
    "ids of mentees": ("i4", (MOST_NAMED,)),  # -1 behind the last; -1 alone, where none is named
    "name of a domain": ("i8",),  # its place, or -1
    "attribute:group": ("i8", (2,)),  # the places of both, or -1
}


def _type_of(field: pydantic.fields.FieldInfo) -> tuple:
    """Give the type under which a lever is kept, and its length where it is a row of numbers."""
    unit, kind = field.json_schema_extra["unit"], field.annotation
    if unit in NAMED:
        return NAMED[unit]
    if kind == tuple[Measure, ...]:
        return "i1", (len(Measure),)
    if kind is float:
        return ("f8",)
    if kind in (int, bool) or issubclass(kind, StrEnum):
        return ("i8",)
    raise TypeError(f"a lever of kind {kind} in {unit!r} has no place among numbers: give its unit one in NAMED")


@cache
def levers_type() -> np.dtype:
    """Give the record type of all levers: a record for each section, a field for each lever."""
    return np.dtype([
        (section, [(name, *_type_of(field)) for name, field in Policy.model_fields[section].annotation.model_fields.items()])
        for section in WITH_OFFER
    ])  # fmt: skip


def _marked(names: tuple[str, ...], known: list[str], length: int) -> np.ndarray:
    """Mark each name with a 1; all of them when no name is given."""
    return np.array([name in (names or known) for name in known] + [False] * (length - len(known)), "i1")


def _number(value: Any, unit: str, world: World) -> Any:
    """Give a lever's value in numbers, in a world."""
    domains = [domain.name for domain in world.domains]
    attributes = [identity.name for identity in world.identities]
    if unit == "names of domains":
        return _marked(value, domains, DOMAINS)
    if unit == "names of attributes":
        return _marked(value, attributes, ATTRIBUTES)
    if unit == "names of disciplines":
        return _marked(value, [discipline.name for discipline in world.disciplines], DISCIPLINES)
    if unit == "ids of mentees":
        return np.array([*value, *[-1] * (MOST_NAMED - len(value))], "i4")
    if unit == "name of a domain":
        return domains.index(value) if value else -1
    if unit == "attribute:group":
        attribute, _, group = value.partition(":")
        place = attributes.index(attribute) if value else -1
        return place, list(world.identities[place].groups).index(group) if value else -1
    if isinstance(value, tuple):
        return [measure in value for measure in Measure]
    return code(value) if isinstance(value, StrEnum) else value + 0  # no minus zero, which is no other lever than zero


def levers_of(policy: Policy, world: World) -> np.record:
    """Give the levers of a policy in a world."""
    levers = np.zeros(1, levers_type())
    for section in WITH_OFFER:
        for name, field in type(getattr(policy, section)).model_fields.items():
            value = getattr(getattr(policy, section), name)
            levers[section][name][0] = _number(value, field.json_schema_extra["unit"], world)
    return levers.view(np.recarray)[0]


def acts(levers: np.record, before: np.record) -> bool:
    """Tell whether levers do more than evaluate: only then does a policy bring means with it."""
    return any(levers[section].tobytes() != before[section].tobytes() for section in SECTIONS if section != "evaluate")
