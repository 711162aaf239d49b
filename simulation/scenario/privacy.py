"""What may be told of the real people of a roster: the one place that decides it.

A group of a few is left out, and another one with it where the few could be worked out from the rest. Tables of persons are
made of stand-ins. Source: Hundepool et al. 2012, Statistical Disclosure Control, ISBN 978-1-119-97815-2: cell suppression,
primary and complementary.
"""

import hashlib
import json
from collections.abc import Iterator
from itertools import product
from typing import Any, NamedTuple

from simulation.scenario.counted import counted, listed
from simulation.scenario.enrolled import heads_of
from simulation.scenario.taken import CROSSED
from simulation.scenario.world import Identity, World

REAL = ("disciplines", "identities", "roster")  # sections of a world that say who its people are
STAND_INS = (
    "Tables and pictures of persons, and all that `mentorship run` and `mentorship pilot` tell, show drawn stand-ins, not the "
    "people of the roster; other counts and means are of the roster."
)


class Told(NamedTuple):
    """What may be told of the mentees in a column of the table of groups: an attribute, or all attributes crossed."""

    groups: frozenset[str]  # each by itself
    together: tuple[str, ...]  # told as one; with nobody to hide they are not told at all
    gap: bool  # between the first group and all others


def told_groups(world: World) -> dict[str, Told]:
    """What may be told of each identity attribute, and of their crossing, by the attribute's name in the table of groups.

    Without a roster, and of an attribute that it does not name, everything is told: such people are drawn.
    """
    told = {identity.name: _told(world, identity) for identity in world.identities}
    if len(world.identities) > 1:
        told[CROSSED.join(told)] = _crossed(world)
    return told


def told_mentors(world: World) -> frozenset[str]:
    """The attributes of which both ends, the first group and all others, have enough mentors to be told."""
    return frozenset(identity.name for identity in world.identities if _both_ends(world, identity, "mentors"))


def left_out(world: World) -> list[str]:
    """What is not told of a world's roster, and that persons are stand-ins, a sentence each; nothing without a roster."""
    return [*_left_out(world), STAND_INS] if world.roster else []


def stand_ins(world: World) -> World:
    """The same world without its roster: as many people, drawn from the world's shares, in disciplines of the true heads.

    Who are too few to be told are in no share: disciplines and groups of fewer than `small_cell` have nobody.
    """
    if not world.roster:
        return world
    heads = {side: heads_of(world, side) for side in ("mentees", "mentors")}
    few, most = world.roster.small_cell, int(heads["mentees"].argmax())
    there = [count if count >= few or place == most else 0 for place, count in enumerate(heads["mentees"])]
    mean = world.people.mentors / world.people.mentees
    disciplines = []
    for one, own, mentors in zip(world.disciplines, there, heads["mentors"], strict=True):
        ratio = min(max(mentors / own / mean, 0.1), 10.0) if own and mentors >= few else 1.0
        disciplines.append(one.model_dump() | {"mentees": own / sum(there), "mentors": ratio})
    identities = [one.model_dump() | {side: _without_few(world, one, side) for side in heads} for one in world.identities]
    return world.with_({"roster": None, "disciplines": disciplines, "identities": identities})


def disclosed(world: World) -> dict[str, Any]:
    """A world as it may be written down: in full, or of a roster its digest and size, and the sections that are no people."""
    data = world.model_dump(mode="json")
    if not world.roster:
        return {name: value for name, value in data.items() if name != "roster"}
    real = {name: data.pop(name) for name in REAL}
    digest = hashlib.sha256(json.dumps(real, sort_keys=True).encode()).hexdigest()
    sizes = {"mentees": world.people.mentees, "mentors": world.people.mentors}
    return data | {"roster": {"digest": digest, "small_cell": world.roster.small_cell, **sizes}}


def _heads(world: World, identity: Identity, side: str) -> dict[str, int]:
    """The heads of each group of an attribute in the roster; none where it does not name the attribute."""
    heads = dict.fromkeys(identity.groups, 0)
    cells = [cell for cell in getattr(world.roster, side, ()) if identity.name in cell.groups]
    for cell in cells:
        heads[cell.groups[identity.name]] += cell.heads
    return heads if cells else {}


def _both_ends(world: World, identity: Identity, side: str) -> bool:
    heads = _heads(world, identity, side)
    first = heads.get(identity.groups[0], 0)
    return not heads or min(first, sum(heads.values()) - first) >= world.roster.small_cell


def _told(world: World, identity: Identity) -> Told:
    heads, (first, *others) = _heads(world, identity, "mentees"), identity.groups
    if not heads:
        return Told(frozenset(identity.groups), (), True)
    few = world.roster.small_cell
    hidden = [group for group in identity.groups if heads[group] < few]
    for group in sorted(others, key=lambda group: heads[group]):
        if group not in hidden and 0 < sum(heads[one] for one in hidden) < few:
            hidden.append(group)
    if 0 < sum(heads[group] for group in hidden) < few:
        hidden.append(first)
    hidden = [group for group in identity.groups if group in hidden]
    enough = first not in hidden and sum(heads[group] for group in hidden) >= few
    return Told(frozenset(heads) - set(hidden), tuple(hidden) if enough else (), _both_ends(world, identity, "mentees"))


def _crossed(world: World) -> Told:
    """Cells of a crossing can be worked out from its margins, so that one of a few hides them all."""
    named = [identity for identity in world.identities if _heads(world, identity, "mentees")]
    heads = dict.fromkeys(product(*(identity.groups for identity in named)), 0)
    for cell in getattr(world.roster, "mentees", ()):
        if all(identity.name in cell.groups for identity in named):
            heads[tuple(cell.groups[identity.name] for identity in named)] += cell.heads
    cells = set(product(*(identity.groups for identity in world.identities)))
    if not named:
        return Told(frozenset(map(" & ".join, cells)), (), True)
    few, known = world.roster.small_cell, [identity in named for identity in world.identities]
    enough = {cell for cell, count in heads.items() if count >= few}
    if any(0 < count < few for count in heads.values()) or any(len(_told(world, one).groups) < len(one.groups) for one in named):
        enough = set()
    shown = {cell for cell in cells if tuple(group for group, own in zip(cell, known, strict=True) if own) in enough}
    firsts = [identity.groups[0] for identity in named]
    none = sum(count for cell, count in heads.items() if all(group != first for group, first in zip(cell, firsts, strict=True)))
    return Told(frozenset(map(" & ".join, shown)), (), min(heads[tuple(firsts)], none) >= few)


def _without_few(world: World, identity: Identity, side: str) -> dict[str, float]:
    """The shares of an attribute's groups among stand-ins."""
    shares, heads = getattr(identity, side), _heads(world, identity, side)
    kept = {group: share if not heads or heads[group] >= world.roster.small_cell else 0.0 for group, share in shares.items()}
    total = sum(kept.values())
    return {group: share / total for group, share in kept.items()} if total > 0.0 else shares


def _left_out(world: World) -> Iterator[str]:
    few = f"fewer than {counted(world.roster.small_cell, 'people')}"
    for identity in world.identities:
        heads, told = _heads(world, identity, "mentees"), told_groups(world)[identity.name]
        hidden = [group for group in identity.groups if group not in told.groups]
        own = [group for group in hidden if heads[group] < world.roster.small_cell]
        also = [group for group in hidden if group not in own]
        if hidden:
            more = f"; so is {listed(also)} by itself, so that nobody can work the few out" if also else ""
            yield f"{identity.name}: {listed(own)} {'is' if len(own) == 1 else 'are'} left out: {few}{more}."
        if not told.gap:
            yield f"{identity.name}: gaps are left out: one side has {few}."
        if not _both_ends(world, identity, "mentors"):
            yield f"{identity.name} of mentors: load ratio, diversity and assortativity are left out: one side has {few}."
    if len(world.identities) > 1:
        told = told_groups(world)[CROSSED.join(identity.name for identity in world.identities)]
        if not told.groups or not told.gap:
            what = "groups" if told.gap else "gaps" if told.groups else "groups and gaps"
            yield f"{listed([identity.name for identity in world.identities])} crossed: {what} are left out: some have {few}."
