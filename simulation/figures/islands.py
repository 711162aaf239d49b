"""Places for the people of a mentoring network: an island for each discipline, mentors at its heart."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

GOLDEN = np.pi * (3 - np.sqrt(5))
SPACE = 1.15  # between rings, when neighbours on a ring stand 1 apart
PACKING = 0.75  # of mentors on the disc


def arrange(live: pd.DataFrame, mentees: pd.DataFrame, mentors: pd.DataFrame) -> tuple[dict, dict, dict]:
    """Give every mentee and mentor a place, and every island of a discipline the place of its name.

    `live` has a row a tie (`mentee`, `mentor`); `mentees` and `mentors` are indexed by id and have `discipline`.
    No two people share a place, and the same tables always give the same picture. Mentees stand on rings around the
    mentors of their island, on the side of their own mentors. Mentees without a mentor stand on the outermost rings.
    """
    names = sorted(set(mentees["discipline"]) | set(mentors["discipline"]), key=str)
    tied = set(live["mentee"])
    inner, shores, members = {}, {}, {}
    for name in names:
        ours = sorted(mentees.index[mentees["discipline"] == name])
        members[name] = [i for i in ours if i in tied], [i for i in ours if i not in tied]
        inner[name] = PACKING * np.sqrt(max((mentors["discipline"] == name).sum(), 1)) + 0.35
        shores[name] = inner[name]
        for some in members[name]:
            shores[name] += SPACE * _rings(shores[name], len(some))
    centres = dict(zip(names, _centres([shores[name] + 1.2 for name in names]), strict=True))

    at_mentor = {}
    for name in names:
        for k, mentor in enumerate(sorted(mentors.index[mentors["discipline"] == name])):
            towards = np.array([np.cos(k * GOLDEN), np.sin(k * GOLDEN)])
            at_mentor[mentor] = centres[name] + PACKING * np.sqrt(k + 0.5) * towards
    partners = live.groupby("mentee")["mentor"].agg(list).to_dict()
    at_mentee = {}
    for name in names:
        with_mentor, without = members[name]
        side = {i: np.mean([at_mentor[j] for j in partners[i]], axis=0) - centres[name] for i in with_mentor}
        ordered = sorted(with_mentor, key=lambda i, side=side: (np.arctan2(side[i][1], side[i][0]), i))
        at_mentee |= _stand(ordered, inner[name], centres[name])
        at_mentee |= _stand(without, inner[name] + SPACE * _rings(inner[name], len(ordered)), centres[name])
    tops = {name: centres[name] + np.array([0.0, shores[name] + 0.6]) for name in names}
    return at_mentee, at_mentor, tops


def _rings(inner: float, count: int) -> int:
    """Count the rings around a disc that `count` people need."""
    rings = 0
    while count > 0:
        rings += 1
        count -= int(2 * np.pi * (inner + SPACE * rings))
    return rings


def _stand(ids: Sequence, inner: float, centre: np.ndarray) -> dict:
    """Deal people, sorted by side, over the rings: each keeps the side, and the rings fill evenly."""
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
