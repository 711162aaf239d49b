"""The arms of a comparison: every policy, and where people of several classes are given, every policy with each of them."""

from collections.abc import Sequence
from itertools import product
from typing import Any

from simulation.scenario.policy import Policy

Kinds = type | Sequence[type | None] | None
Acting = dict[str, Any]  # mentee_class and mentor_class, as a run takes them


def arms_of(policies: Sequence[Policy], mentee_class: Kinds, mentor_class: Kinds) -> tuple[list[Policy], list[Acting]]:
    """Give the arms: policies under the names that they have in tables, and the classes of people of each.

    A class is named where there are several to tell apart: `six_tips` for the usual people, `six_tips+Bold` for others.
    """
    several = [_several(kinds) for kinds in (mentee_class, mentor_class)]
    named, acting = [], []
    for policy, *kinds in product(policies, *several):
        words = [kind.__name__ for kind, among in zip(kinds, several, strict=True) if kind and len(among) > 1]
        told = {"name": "+".join([policy.name, *words]), "title": ", ".join([policy.title, *words])}
        named.append(policy.with_(told) if words else policy)
        acting.append(dict(zip(("mentee_class", "mentor_class"), kinds, strict=True)))
    names = [policy.name for policy in named]
    for name in names:
        if names.count(name) > 1 and any(len(among) > 1 for among in several):
            raise ValueError(f"two arms are called {name}: give policies and classes names of their own")
    return named, acting


def _several(kinds: Kinds) -> list[type | None]:
    """Give a list of classes, with None for the usual people."""
    kinds = [kinds] if kinds is None or isinstance(kinds, type) else list(kinds)
    for kind in kinds:
        if kind is not None and not isinstance(kind, type):
            raise ValueError(f"{kind!r} is no class of people; give a subclass of Mentee or Mentor, or None for the usual people")
    return kinds
