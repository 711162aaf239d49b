"""A roster: a program office's own people, as a count of make-ups. Without ids, names and order nobody stands in it alone."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Annotated, Any

import pydantic

from simulation.columns import YEARS
from simulation.scenario.errors import nearest, shown
from simulation.scenario.fields import Section, quantity

SMALL_CELL = 5  # fewest real people whom anything that is written may describe
OWN = "the office's own"
DRAWN = "group of each identity attribute; where an attribute is not named, it is drawn from the world's shares"


class RosterMentees(Section):
    """Mentees of one make-up."""

    discipline: str
    year: int | None = quantity(None, "year in the program; where it is not given, as the world's years are mixed", "year", low=1, high=YEARS, source=OWN)
    groups: dict[str, str] = quantity({}, DRAWN, "group by attribute", source=OWN)
    heads: int = quantity(1, "how many they are", "people", low=1, high=5_000_000, source=OWN)


class RosterMentors(Section):
    """Mentors of one make-up."""

    discipline: str
    groups: dict[str, str] = quantity({}, DRAWN, "group by attribute", source=OWN)
    heads: int = quantity(1, "how many they are", "people", low=1, high=2_000_000, source=OWN)
    expertise: dict[str, Annotated[float, pydantic.Field(ge=0.0, le=1.0)]] = quantity({}, "expertise in each domain; where a domain is not named, it is drawn", "share by domain", source=OWN)


class Roster(Section):
    """The people with whom a study starts: how many mentees and mentors there are of each make-up."""

    small_cell: int = quantity(SMALL_CELL, "fewest real people whom anything that is written may describe; may only be raised", "people", low=SMALL_CELL, high=1000)
    mentees: tuple[RosterMentees, ...] = pydantic.Field(min_length=1, description="the mentees, by make-up")
    mentors: tuple[RosterMentors, ...] = pydantic.Field(min_length=1, description="the mentors, by make-up")

    @pydantic.field_validator("mentees", "mentors")
    @classmethod
    def _without_order(cls, cells: tuple[Section, ...]) -> tuple[Section, ...]:
        """People of one make-up are counted together, and make-ups sorted: the order of a sheet tells nothing, and changes nothing."""
        heads, alike = Counter(), {}
        for cell in cells:
            told = cell.model_dump()
            key = str([sorted(one.items()) if isinstance(one, dict) else one for name, one in told.items() if name != "heads"])
            alike[key], heads[key] = cell, heads[key] + cell.heads
        return tuple(alike[key].model_copy(update={"heads": heads[key]}) for key in sorted(alike))


def faults(world: Any) -> Iterator[str]:
    """What of a world's roster does not fit the world, a sentence each."""
    people, groups = world.people, {identity.name: identity.groups for identity in world.identities}
    disciplines, domains = ([one.name for one in entries] for entries in (world.disciplines, world.domains))
    if people.burn_in:
        yield f"people.burn_in is {people.burn_in}, and a roster holds those who are there in month 0: only 0 goes with it"
    for side in ("mentees", "mentors"):
        cells = getattr(world.roster, side)
        for cell in cells:
            named = [("discipline", cell.discipline, disciplines), *(("attribute", name, groups) for name in cell.groups)]
            named += [(f"group of {name}", group, groups.get(name, ())) for name, group in cell.groups.items() if name in groups]
            named += [("domain", name, domains) for name in getattr(cell, "expertise", ())]
            for what, name, known in named:
                if name not in known:
                    yield f"roster.{side} names the {what} {shown(name)}, which the world has not; {_nearest(name, known)}"
            year = getattr(cell, "year", None)
            if year and year > people.years:
                yield f"roster.{side} has people in year {year}, and people.years, how long the program lasts, is {people.years}"
        heads, asked = sum(cell.heads for cell in cells), getattr(people, side)
        if heads != asked:
            yield f"roster.{side} has {heads:,} heads, and people.{side} is {asked:,}: they must be the same"
        if heads < world.roster.small_cell:
            yield f"roster.{side} has {heads:,} heads, fewer than the roster.small_cell = {world.roster.small_cell} who may be told"


def _nearest(name: str, known: Iterable[str]) -> str:
    return nearest(name, known) or f"known: {', '.join(known) or 'none'}"


def renamed(roster: dict[str, Any], path: tuple, old: str, new: str, attribute: str) -> None:
    """Give a part of the world its new name in the data of a roster; `attribute` is that of a group."""
    for cell in (*roster["mentees"], *roster["mentors"]):
        if path[0] == "disciplines" and cell["discipline"] == old:
            cell["discipline"] = new
        elif path[-2] == "groups" and cell["groups"].get(attribute) == old:
            cell["groups"][attribute] = new
