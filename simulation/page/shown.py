"""The world that a page shows: as it is, or of a world with a roster its stand-ins, without the names of who are too few."""

from simulation.scenario.parts import rename
from simulation.scenario.privacy import stand_ins
from simulation.scenario.world import World

TOO_FEW = "too few to tell"


def shown(world: World) -> World:
    """Give the world of a page: groups and disciplines that have nobody among the stand-ins lose their names."""
    if not world.roster:
        return world
    data = stand_ins(world).model_dump(mode="json")
    for place, identity in enumerate(data["identities"]):
        for k, group in enumerate(identity["groups"]):
            if not any(identity[side].get(group) for side in ("mentees", "mentors")):
                rename(data, ("identities", place, "groups", k), f"{TOO_FEW} ({k + 1})")
    for place, discipline in enumerate(data["disciplines"]):
        if not discipline["mentees"]:
            rename(data, ("disciplines", place), f"{TOO_FEW} ({place + 1})")
    return World.model_validate(data)
