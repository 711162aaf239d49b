"""Places for the people of a mentoring network: an island for each discipline, mentors at its heart, mentees around them."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from simulation.allocate import lay_out
from simulation.scenario.policy import Policy
from simulation.scenario.world import World
from simulation.seats import seats_in

GOLDEN = np.pi * (3 - np.sqrt(5))
SPACE = 1.15  # between rings, when neighbours on a ring stand 1 apart
PACKING = 0.75  # of mentors on the disc
WATER = 1.6  # around an island, so that its name has room


class Places(NamedTuple):
    """Where everybody stands: by id of mentee and of mentor; and the centre and radius of each island, by discipline."""

    mentees: dict[int, np.ndarray]
    mentors: dict[int, np.ndarray]
    centres: dict[str, np.ndarray]
    radii: dict[str, float]


def arrange(mentees: pd.DataFrame, mentors: pd.DataFrame) -> Places:
    """Give every mentee and mentor a place that does not depend on ties, so that nobody moves from one policy to another.

    `mentees` and `mentors` are indexed by id and have `discipline`; a mentor who follows another in the same `post` takes that
    place. No two people who are there together share one, and no two islands touch.
    """
    names = sorted(set(mentees["discipline"]) | set(mentors["discipline"]), key=str)
    posts = mentors["post"] if "post" in mentors else pd.Series(mentors.index, mentors.index)
    inner, radii, ours = {}, {}, {}
    for name in names:
        ours[name] = sorted(mentees.index[mentees["discipline"] == name])
        heads = posts[mentors["discipline"] == name].nunique()
        inner[name] = PACKING * np.sqrt(max(heads, 1)) + 0.35
        radii[name] = inner[name] + SPACE * _rings(inner[name], len(ours[name])) + 0.5
    centres = dict(zip(names, _centres([radii[name] + WATER for name in names]), strict=True))
    at_mentee, at_mentor = {}, {}
    for name in names:
        here = posts[mentors["discipline"] == name]
        order = {post: k for k, post in enumerate(sorted(set(here)))}
        for mentor, post in here.items():
            k = order[post]
            towards = np.array([np.cos(k * GOLDEN), np.sin(k * GOLDEN)])
            at_mentor[mentor] = centres[name] + PACKING * np.sqrt(k + 0.5) * towards
        at_mentee |= _stand(ours[name], inner[name], centres[name])
    return Places(at_mentee, at_mentor, centres, radii)


def seated(mentees: pd.DataFrame, mentors: pd.DataFrame, world: World, months: int) -> Places:
    """Give everybody the seat that they have in the page and in a film of this world: as `arrange`, of a study of some months."""
    layout = lay_out(world, Policy(), months)
    found = seats_in(layout, world)
    upward, scale = np.array([1.0, -1.0]), SPACE / found.apart
    spots = {"mentees": scale * upward * found.mentees, "posts": scale * upward * found.posts}
    islands = {
        world.disciplines[k].name if len(found.islands) == len(world.disciplines) else island.label: island
        for k, island in enumerate(found.islands)
    }
    return Places(
        {i: spots["mentees"][i] for i in mentees.index},
        {j: spots["posts"][post] for j, post in mentors["post"].items()},
        {name: scale * upward * np.array([island.x, island.y]) for name, island in islands.items()},
        {name: scale * island.radius for name, island in islands.items()},
    )


def _rings(inner: float, count: int) -> int:
    """Count the rings around a disc that `count` people need."""
    rings = 0
    while count > 0:
        rings += 1
        count -= int(2 * np.pi * (inner + SPACE * rings))
    return rings


def _stand(ids: Sequence, inner: float, centre: np.ndarray) -> dict:
    """Deal people over the rings in turn, so that the rings fill evenly."""
    rings = _rings(inner, len(ids))
    room = inner + SPACE * np.arange(1, rings + 1)
    credit, members = np.zeros(rings), [[] for _ in range(rings)]
    for i in ids:
        credit += room / room.sum()
        ring = int(np.argmax(credit))
        credit[ring] -= 1
        members[ring].append(i)
    places = {}
    for far, ring in zip(room, members, strict=True):
        for i, angle in zip(ring, np.linspace(-np.pi, np.pi, len(ring), endpoint=False), strict=True):
            places[i] = centre + far * np.array([np.cos(angle), np.sin(angle)])
    return places


def _centres(radii: Sequence[float]) -> list[np.ndarray]:
    """Place islands on the smallest circle on which no two neighbours touch."""
    if len(radii) == 1:
        return [np.zeros(2)]
    wide = np.asarray(radii, dtype=float)
    angles = np.pi / 2 - 2 * np.pi * (np.cumsum(wide) - wide / 2) / wide.sum()
    chord = 2 * np.abs(np.sin((angles - np.roll(angles, 1)) / 2))
    around = max((wide + np.roll(wide, 1)) / chord)
    return [around * np.array([np.cos(angle), np.sin(angle)]) for angle in angles]
