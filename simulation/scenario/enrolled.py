"""The people of a roster, one by one: in which year and unit each is at the start, and which post each mentor has.

It follows from the roster alone, so that every run of a world starts from the same people in the same places. Whom the
roster does not tell apart stand in a mixed order, and are dealt out in turn.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from simulation.columns import ATTRIBUTES, DOMAINS
from simulation.draws import bits
from simulation.scenario.world import World

GOLDEN = 0.6180339887498949  # multiples of it fall evenly on [0, 1), however many they are


class Enrolled(NamedTuple):
    """Some of the roster's people: a row a person."""

    discipline: np.ndarray
    year: np.ndarray  # of mentees, from 1
    groups: np.ndarray  # people x ATTRIBUTES; -1 where it is drawn
    expertise: np.ndarray  # of mentors: people x DOMAINS; -1 where it is drawn


def years_here(world: World) -> np.ndarray:
    """The share of those at the start who are in each year, where nothing says otherwise."""
    people = world.people
    if people.graduates:
        return np.full(people.years, 1.0 / people.years)
    # heads stay as they are when as many come as are promoted and leave
    hazards = np.append(0.0, np.where(np.arange(people.years - 1) == 0, world.hazards.first_year, world.hazards.later_years))
    here = np.exp(-np.cumsum(hazards))
    return here / here.sum()


def heads_of(world: World, side: str) -> np.ndarray:
    """The heads of each discipline in the roster: of its `mentees`, or of its `mentors`."""
    names = [discipline.name for discipline in world.disciplines]
    heads = np.zeros(len(names), int)
    for cell in getattr(world.roster, side):
        heads[names.index(cell.discipline)] += cell.heads
    return heads


def mentees_of(world: World) -> Enrolled:
    """The mentees by discipline and year; those without a year are mixed over the years as the world's people are."""
    people = _people(world, world.roster.mentees)
    unknown = np.flatnonzero(people.year == 0)
    even = (np.arange(len(unknown)) + 0.5) * GOLDEN % 1.0
    people.year[unknown] = 1 + np.searchsorted(years_here(world).cumsum()[:-1], even, side="right")
    return _taken(people, np.lexsort((_mixed(people), people.year, people.discipline)))


def mentors_of(world: World) -> Enrolled:
    """The mentors by discipline."""
    people = _people(world, world.roster.mentors)
    return _taken(people, np.lexsort((_mixed(people), people.discipline)))


def dealt(world: World, sites: int, site: np.ndarray, discipline: np.ndarray) -> tuple[Enrolled, np.ndarray]:
    """The mentees in the order of their rows (oldest cohort first, then unit by unit), and the unit of each.

    `site` and `discipline` are those of each unit, site by site and, in a site, discipline by discipline.
    """
    people = mentees_of(world)
    line = np.arange(len(people.year)) % sites  # dealt out to the sites in turn
    place = line * len(world.disciplines) + people.discipline
    block = site * len(world.disciplines) + discipline
    first, units = np.searchsorted(block, place), np.bincount(block, minlength=place.max() + 1)[place]
    order = np.argsort(place, kind="stable")
    nth = np.empty(len(place), int)
    nth[order] = np.arange(len(place)) - np.searchsorted(place[order], place[order])
    unit = first + nth % units
    rows = np.lexsort((unit, -people.year))
    return _taken(people, rows), unit[rows]


def _taken(people: Enrolled, order: np.ndarray) -> Enrolled:
    return Enrolled(*(column[order] for column in people))


def _mixed(people: Enrolled) -> np.ndarray:
    """A number for each person by which those of one kind are mixed; it is no luck of a seed."""
    return np.array([int(bits(0, k, 0)) >> 1 for k in range(len(people.discipline))])


def _people(world: World, cells: Sequence[Any]) -> Enrolled:
    """A row a person, cell by cell."""
    disciplines, domains = ([one.name for one in entries] for entries in (world.disciplines, world.domains))
    groups, expertise = np.full((len(cells), ATTRIBUTES), -1, np.int8), np.full((len(cells), DOMAINS), -1.0)
    for row, cell in enumerate(cells):
        for a, identity in enumerate(world.identities):
            groups[row, a] = identity.groups.index(cell.groups[identity.name]) if identity.name in cell.groups else -1
        for domain, share in getattr(cell, "expertise", {}).items():
            expertise[row, domains.index(domain)] = share
    who = np.repeat(np.arange(len(cells)), [cell.heads for cell in cells])
    discipline = np.array([disciplines.index(cell.discipline) for cell in cells])
    year = np.array([getattr(cell, "year", None) or 0 for cell in cells])
    return Enrolled(discipline[who], year[who], groups[who], expertise[who])
