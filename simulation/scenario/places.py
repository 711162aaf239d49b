"""Where people work: how heads fall to sites, disciplines and units, so that the shares of a world are kept.

Source: Hamilton's method of largest remainders, as in Balinski and Young 1982, Fair Representation, ISBN 0-300-02724-9.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from simulation.scenario.enrolled import Enrolled, dealt, heads_of
from simulation.scenario.world import World


class Places(NamedTuple):
    """The units of a world, site by site and, in a site, discipline by discipline; a number a unit."""

    sites: int
    site: np.ndarray
    discipline: np.ndarray
    heads: np.ndarray  # mentees at the start
    nth: np.ndarray  # place among the units of its discipline in its site
    among: np.ndarray  # how many those are
    by_site: np.ndarray  # sites x disciplines: mentees at the start


def apportioned(shares: Sequence[float], heads: int) -> np.ndarray:
    """Whole heads by shares: each gets the whole part of its due, and those with the largest remainders one more."""
    due = np.asarray(shares, float) * heads / sum(shares)
    whole = np.floor(due).astype(int)
    first = np.argsort(whole - due, kind="stable")[: heads - whole.sum()]
    whole[first] += 1
    return whole


def cut(heads: np.ndarray, parts: np.ndarray, turn: np.ndarray, turns: int) -> np.ndarray:
    """Bounds that cut heads in the ratio of `parts` (on the last axis): floor(heads x parts so far / all parts + turn / turns).

    Over all turns from 0 to `turns` - 1, equal heads are cut as exactly as all of them at once (Hermite's identity).
    """
    reached = np.concatenate([np.zeros((*parts.shape[:-1], 1), int), parts.cumsum(axis=-1)], axis=-1)
    whole = reached[..., -1:]
    return (heads[..., None] * reached * turns + turn[..., None] * whole) // (np.maximum(whole, 1) * turns)


def places_of(world: World) -> Places:
    """Lay out the units of a world: each belongs to one discipline, and has about `unit_mentees` people."""
    people = world.people
    sites = max(1, min(round(people.mentees / people.site_mentees), round(people.mentees / people.unit_mentees)))
    number = np.arange(sites)
    if world.roster:
        heads = heads_of(world, "mentees")
    else:
        heads = apportioned([discipline.mentees for discipline in world.disciplines], people.mentees)
    reached = (np.append(0, heads.cumsum()) + sites - 1 - number[:, None]) // sites  # all in a line, dealt out to the sites in turn
    by_site = np.diff(reached, axis=1)
    units = np.where(by_site > 0, np.maximum(np.round(by_site / people.unit_mentees).astype(int), 1), 0)
    if world.roster:  # mentors of a discipline without mentees work somewhere too
        alone = np.flatnonzero((heads == 0) & (heads_of(world, "mentors") > 0))
        units[alone % sites, alone] = 1
    units = units.ravel()
    among = units.repeat(units)
    nth = np.arange(len(among)) - np.repeat(units.cumsum() - units, units)
    own = by_site.ravel().repeat(units)
    site, discipline = (place.ravel().repeat(units) for place in np.indices(by_site.shape))
    return Places(sites, site, discipline, own * (nth + 1) // among - own * nth // among, nth, among, by_site)


def posts_of(world: World, places: Places) -> np.ndarray:
    """Where the posts of each unit end: in proportion to heads, and to the mentors a mentee of its discipline."""
    if world.roster:
        return _posts_of_roster(world, places)
    mean = world.people.mentees / len(places.heads)
    weight = np.array([discipline.mentors for discipline in world.disciplines])[places.discipline] * (places.heads / mean)
    reached = np.cumsum(weight)
    return np.round(world.people.mentors * reached / reached[-1]).astype(int)


def _posts_of_roster(world: World, places: Places) -> np.ndarray:
    """The same where each discipline has the mentors of the roster: in it, in proportion to heads."""
    posts = np.zeros(len(places.heads), int)
    for discipline, count in enumerate(heads_of(world, "mentors")):
        mine = np.flatnonzero(places.discipline == discipline)
        if count:
            posts[mine] = apportioned(np.maximum(places.heads[mine], 1), count)
    return posts.cumsum()


def seats_of(world: World, places: Places) -> tuple[Enrolled, np.ndarray]:
    """The mentees of a roster in the order of their rows, and the unit of each."""
    return dealt(world, places.sites, places.site, places.discipline)


def first_rows(places: Places, cohort_row: np.ndarray, years: int, seats: tuple[Enrolled, np.ndarray] | None = None) -> np.ndarray:
    """The first row of each cohort in each unit, and where the cohort ends: cohorts x (units + 1).

    Cohorts take turns in who gets the odd head, so that those of the start, and any as many in a row, keep the shares.
    The people of a roster have the `seats` that it gives them (`seats_of`).
    """
    turn, size = np.arange(len(cohort_row) - 1) % years, np.diff(cohort_row)
    bounds = cut(size, places.by_site.reshape(1, -1), turn, years)  # of one line of all heads, by site and discipline
    block = places.site * places.by_site.shape[1] + places.discipline
    begin, heads = cohort_row[:-1, None] + bounds[:, block], np.diff(bounds, axis=-1)[:, block]
    rows = begin + heads * places.nth // places.among
    for cohort in range(years if seats else 0):
        there = np.bincount(seats[1][cohort_row[cohort] : cohort_row[cohort + 1]], minlength=len(block))
        rows[cohort] = cohort_row[cohort] + there.cumsum() - there
    return np.ascontiguousarray(np.concatenate([rows, cohort_row[1:, None]], axis=1), np.int64)  # as compiled code takes it


def missing_people(world: World) -> list[str]:
    """What a world names and has nobody in, in words: disciplines that get no mentee, or no mentor's post."""
    places = places_of(world)
    posts = np.diff(posts_of(world, places), prepend=0)
    said = []
    for number, discipline in enumerate(world.disciplines):
        here = places.discipline == number
        if not here.any():
            share = f"a share of {discipline.mentees:g} of {world.people.mentees:,}"
            said.append(f"discipline {discipline.name} has no mentees ({share})")
        elif not posts[here].any():
            said.append(f"discipline {discipline.name} has no mentors (people.mentors is {world.people.mentors:,})")
    return said
