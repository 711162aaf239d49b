"""What two people make of each other at first sight, and what they wish for."""

from simulation.columns import TRAITS
from simulation.draws import Purpose, normal
from simulation.jit import inner, rule
from simulation.rules import impress as rules
from simulation.rules import perceive
from simulation.ties import key_of


@inner
def alike(setting, mentee, mentor):
    """The identity attributes that two people share, each weighed by how much it draws people together, less half of all."""
    shared = 0.0
    for a in range(setting.attributes):
        shared += 0.5 * setting.draws_together[a] * (1.0 if mentee.group[a] == mentor.group[a] else -1.0)
    return shared


@inner
def wish_met(mentee, mentor, a):
    """The strength of a mentee's wish about an attribute: positive where this mentor meets it, negative where not."""
    if mentee.wish[a] == 0:
        return 0.0
    met = (mentee.group[a] == mentor.group[a]) == (mentee.wish[a] > 0)
    return mentee.wish_strength[a] if met else -mentee.wish_strength[a]


@inner
def wishes(setting, mentee, mentor):
    """A mentee's wishes about identity that this mentor meets, less those denied, by their strength."""
    total = 0.0
    for a in range(setting.attributes):
        total += wish_met(mentee, mentor, a)
    return total


@rule
def similarity(mentee, mentor):
    """Actual deep similarity of a pair, in standard deviations."""
    squared = 0.0
    for k in range(TRAITS):
        apart = mentee.trait[k] - mentor.trait[k]
        squared += apart * apart
    return perceive.similar(squared, TRAITS)


@inner
def impression(streams, setting, month, who, whom, openness, warmth, skill):
    """What `who` makes of `whom` at first sight, both given by their keys of luck.

    `openness` is of the one who looks, `warmth` and `skill` are of the one looked at.
    """
    p = setting.rules.impress
    actor = rules.actor(openness, normal(streams[0, Purpose.LIKING], who, 0), p)
    partner = rules.partner(warmth, skill, normal(streams[0, Purpose.LIKABLE], whom, 0), p)
    dyad = normal(streams[0, Purpose.DYAD], who, whom)
    return rules.impression(actor, partner, dyad, normal(streams[month, Purpose.FIRST_GLANCE], who, whom), p)


@rule
def impression_of_mentor(streams, setting, month, mentee, mentor):
    """A mentee's first impression of a mentor, in standard deviations."""
    who, whom, eyes = mentee.row, key_of(mentor), mentee.openness
    return impression(streams, setting, month, who, whom, eyes, mentor.approachability, mentor.skill)


@rule
def impression_of_mentee(streams, setting, month, mentor, mentee):
    """A mentor's first impression of a mentee, in standard deviations."""
    who, whom, eyes = key_of(mentor), mentee.row, mentor.approachability
    return impression(streams, setting, month, who, whom, eyes, mentee.openness, mentee.clarity)
