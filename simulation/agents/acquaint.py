"""What two agents make of each other at first sight, and what they have in common."""

from typing import Any

from simulation.agents.science import impress
from simulation.draws import Purpose, normal


def alike(mentee: Any, mentor: Any) -> float:
    """The number of identity attributes that two people share, less half of all."""
    shared, own, other = 0.0, mentee.group, mentor.group
    for a in mentee.scene.attributes:
        shared += 0.5 if own[a] == other[a] else -0.5
    return shared


def kinship(mentee: Any, mentor: Any) -> float:
    """The share of identity attributes that two people have in common."""
    attributes, own, other, same = mentee.scene.attributes, mentee.group, mentor.group, 0.0
    for a in attributes:
        if own[a] == other[a]:
            same += 1.0
    return same / max(len(attributes), 1)


def wishes(mentee: Any, mentor: Any) -> float:
    """A mentee's wishes about identity that this mentor meets, less those denied, by their strength."""
    wish, strength, own, other, total = mentee.wish, mentee.wish_strength, mentee.group, mentor.group, 0.0
    for a in mentee.scene.attributes:
        if wish[a] != 0:
            met = (own[a] == other[a]) == (wish[a] > 0)
            total += strength[a] if met else -strength[a]
    return total


def impression(scene: Any, who: int, whom: int, openness: float, warmth: float, skill: float) -> float:
    """What `who` makes of `whom` at first sight, in standard deviations; both are keys of luck.

    `openness` is of who looks, `warmth` and `skill` are of who is looked at.
    """
    p, nature = scene.records.impress, scene.nature
    actor = impress.actor(openness, normal(nature[Purpose.LIKING], who, 0), p)
    partner = impress.partner(warmth, skill, normal(nature[Purpose.LIKABLE], whom, 0), p)
    dyad = normal(nature[Purpose.DYAD], who, whom)
    error = normal(scene.luck[Purpose.FIRST_GLANCE], who, whom)
    return impress.impression(actor, partner, dyad, error, scene.rules.impress)
