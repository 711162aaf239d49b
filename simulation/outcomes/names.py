"""What the columns of outcomes are called in a world, and what a column's name stands for."""

import itertools
from collections.abc import Iterable
from dataclasses import replace

from simulation.columns import ATTRIBUTES
from simulation.outcomes.table import LOWER, NEITHER, OF_ALL, OF_ATTRIBUTES, TABLE, Outcome, Unit
from simulation.scenario.world import World


def groups_of(world: World) -> list[tuple[str, str]]:
    """The attribute and group of each row: `("all", "everyone")` first, crossings last."""
    rows = [("all", "everyone")]
    rows += [(identity.name, group) for identity in world.identities for group in identity.groups]
    if len(world.identities) > 1:
        crossed = "_x_".join(identity.name for identity in world.identities)
        cells = itertools.product(*(identity.groups for identity in world.identities))
        rows += [(crossed, " & ".join(cell)) for cell in cells]
    return rows


def overall_of(world: World) -> dict[str, int]:
    """The names of the overall outcomes and their places; those of attributes once for each that the world has."""
    places = {outcome.name: place for place, outcome in enumerate(OF_ALL)}
    for a, identity in enumerate(world.identities):
        for k, outcome in enumerate(OF_ATTRIBUTES):
            places[f"{outcome.name}_{identity.name}"] = len(OF_ALL) + k * ATTRIBUTES + a
    return places


def gap_parts(name: str) -> tuple[str, str] | None:
    """Split the name of a gap, `gap_<outcome>_<attribute>`, into the two; None when it is not a gap."""
    if not name.startswith("gap_"):
        return None
    rest = name.removeprefix("gap_")
    known = [outcome for outcome in TABLE if rest.startswith(outcome + "_")]
    if known:
        longest = max(known, key=len)
        return longest, rest.removeprefix(longest + "_")
    outcome, _, attribute = rest.rpartition("_")
    return (outcome, attribute) if outcome else None


def attribute_parts(name: str) -> tuple[str, str] | None:
    """Split the name of an outcome of an attribute, `<outcome>_<attribute>`, into the two; None when it is none."""
    found = [outcome.name for outcome in OF_ATTRIBUTES if name.startswith(outcome.name + "_")]
    return (found[0], name.removeprefix(found[0] + "_")) if found else None


def gaps_among(names: Iterable[str], of: str) -> list[str]:
    """The names that stand for gaps in an outcome, each once."""
    return [name for name in dict.fromkeys(map(str, names)) if (parts := gap_parts(name)) and parts[0] == of]


def headlines(where: str) -> list[str]:
    """The outcomes that are told first on the `screen`, in the `brief` or in the `figure` of differences."""
    return [outcome.name for outcome in TABLE.values() if where in outcome.headline]


def find(name: str) -> Outcome:
    """The row of the table for a column's name; of a gap, lower is better, and its levels have the unit of a difference.

    A name that the table does not have gets a row that says nothing but the name.
    """
    if name in TABLE:
        return TABLE[name]
    if parts := attribute_parts(name):
        return replace(TABLE[parts[0]], name=name)
    if parts := gap_parts(name):
        row = find(parts[0])
        shown = replace(row.shown, unit=row.difference_unit)
        return replace(row, name=name, title=f"{row.title} gap", shown=shown, better=LOWER, gap=0, headline=())
    return Outcome(name, name, Unit(decimals=2), NEITHER, 0.0, "mean", "")
