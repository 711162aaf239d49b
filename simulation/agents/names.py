"""Attributes that have names: `mentee.discipline` is "surgery" and `mentee.gender` is "woman", as in the tables.

A world names its own identities, so they are looked up in the world and not on the class.
"""

from collections.abc import Sequence
from typing import Any


def _place(name: str, value: Any, names: Sequence[str]) -> int:
    """Give the place of a value among its names."""
    if value not in names:
        raise ValueError(f"{name} is {value!r}; it must be one of {', '.join(names)}")
    return names.index(value)


class Discipline:
    """The discipline of a person, by name."""

    def __get__(self, owner: Any, kind: type | None = None) -> Any:
        return self if owner is None else owner.model.disciplines[owner.record["discipline"]]

    def __set__(self, owner: Any, value: str) -> None:
        owner.record["discipline"] = _place("discipline", value, owner.model.disciplines)


def group_of(person: Any, name: str) -> str:
    """Give the group of a person by the name of an identity; Python asks this where an attribute is not found."""
    identities = {} if name.startswith("_") or name == "model" else person.model.identities
    if name not in identities:
        told = f"; identities here: {', '.join(identities)}" if identities else ""
        raise AttributeError(f"{type(person).__name__!r} object has no attribute {name!r}{told}", name=name, obj=person)
    place, groups = identities[name]
    return groups[person.record["group"][place]]


def set_group(person: Any, name: str, value: Any) -> None:
    """Set the group of a person by the name of an identity; any other attribute as usual."""
    model = vars(person).get("model")
    if model is None or name not in model.identities or hasattr(type(person), name):
        object.__setattr__(person, name, value)
    else:
        place, groups = model.identities[name]
        person.record["group"][place] = _place(name, value, groups)
