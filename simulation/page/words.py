"""What the player must be told of a world beside seats and recordings: the groups of people, and who is no mentee any more."""

from typing import Any

from simulation.scenario.world import World


def words_of(world: World) -> dict[str, Any]:
    """The names of groups for the legend, and after how many months somebody who stays on is counted as a mentee no longer."""
    return {
        "identities": [{"name": one.name, "groups": list(one.groups)} for one in world.identities],
        "outgrown": None if world.people.graduates else 12 * world.people.years,
    }
