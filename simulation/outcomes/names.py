"""The names of outcome columns in a world, and the outcome that a column's name stands for."""

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
    """The places of the overall outcomes, by name; outcomes of attributes have a place for each attribute of the world."""
    places = {outcome.name: place for place, outcome in enumerate(OF_ALL)}
    for a, identity in enumerate(world.identities):
        for k, outcome in enumerate(OF_ATTRIBUTES):
            places[f"{outcome.name}_{identity.name}"] = len(OF_ALL) + k * ATTRIBUTES + a
    return places


def gap_parts(name: str) -> tuple[str, str] | None:
    """Split the name of a gap, `gap_<outcome>_<attribute>`, into outcome and attribute; None when it is no gap."""
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
    """Split `<outcome>_<attribute>` into the two when the outcome is one of `OF_ATTRIBUTES`; else None."""
    found = [outcome.name for outcome in OF_ATTRIBUTES if name.startswith(outcome.name + "_")]
    return (found[0], name.removeprefix(found[0] + "_")) if found else None


def gaps_among(names: Iterable[str], of: str) -> list[str]:
    """Pick the names of gaps in the outcome `of`, each once."""
    return [name for name in dict.fromkeys(map(str, names)) if (parts := gap_parts(name)) and parts[0] == of]


def headlines(where: str) -> list[str]:
    """The outcomes that are shown first on the `screen`, in the `brief` or in the `figure` of differences."""
    return [outcome.name for outcome in TABLE.values() if where in outcome.headline]


def find(name: str) -> Outcome:
    """Find the row of the table for a column's name; an unknown name gets a row that holds only the name.

    For a gap, lower is better, and its levels have the unit of a difference.
    """
    if name in TABLE:
        return TABLE[name]
    if parts := attribute_parts(name):
        return replace(TABLE[parts[0]], name=name)
    if parts := gap_parts(name):
        row = find(parts[0])
        title = f"{row.title} gap"
        return replace(row, name=name, title=title, unit=row.difference_unit, better=LOWER, gap=0, headline=())
    return Outcome(name, name, *Unit(decimals=2), NEITHER, 0.0, "mean", "")
