"""What two people make of each other at first sight, and what they wish for."""

from simulation.columns import TRAITS
from simulation.draws import Purpose, normal
from simulation.jit import inner, rule
from simulation.rules import impress as rules
from simulation.rules import perceive
from simulation.ties import MENTOR_KEY


@inner
def alike(state, setting, i, mentor):
    """The number of identity attributes that two people share, less half of all."""
    shared = 0.0
    for a in range(setting.attributes):
        shared += 0.5 if state.mentees[i].group[a] == state.mentors[mentor].group[a] else -0.5
    return shared


@inner
def wishes(state, setting, i, mentor):
    """A mentee's wishes about identity that this mentor meets, less those denied, by their strength."""
    mentees, total = state.mentees, 0.0
    for a in range(setting.attributes):
        if mentees[i].wish[a] != 0:
            same = mentees[i].group[a] == state.mentors[mentor].group[a]
            met = same == (mentees[i].wish[a] > 0)
            total += mentees[i].wish_strength[a] if met else -mentees[i].wish_strength[a]
    return total


@rule
def similarity(state, i, mentor):
    """Actual deep similarity of a pair, in standard deviations."""
    squared = 0.0
    for k in range(TRAITS):
        squared += (state.mentees[i].trait[k] - state.mentors[mentor].trait[k]) ** 2
    return perceive.similar(squared, TRAITS)


@inner
def mentee_impression(state, setting, month, i, mentor):
    """A mentee's first impression of a mentor, in standard deviations."""
    mentors, p, who = state.mentors, setting.rules.impress, state.mentors[mentor].mentor + MENTOR_KEY
    actor = rules.actor(state.mentees[i].openness, normal(state.streams[0, Purpose.LIKING], i, 0), p)
    likable = normal(state.streams[0, Purpose.LIKABLE], who, 0)
    partner = rules.partner(mentors[mentor].approachability, mentors[mentor].skill, likable, p)
    dyad = normal(state.streams[0, Purpose.DYAD], i, who)
    return rules.impression(actor, partner, dyad, normal(state.streams[month, Purpose.FIRST_GLANCE], i, who), p)


@inner
def mentor_impression(state, setting, month, i, mentor):
    """A mentor's first impression of a mentee, in standard deviations."""
    mentees, p, who = state.mentees, setting.rules.impress, state.mentors[mentor].mentor + MENTOR_KEY
    liking = normal(state.streams[0, Purpose.LIKING], who, 0)
    actor = rules.actor(state.mentors[mentor].approachability, liking, p)
    likable = normal(state.streams[0, Purpose.LIKABLE], i, 0)
    partner = rules.partner(mentees[i].openness, mentees[i].clarity, likable, p)
    dyad = normal(state.streams[0, Purpose.DYAD], who, i)
    return rules.impression(actor, partner, dyad, normal(state.streams[month, Purpose.FIRST_GLANCE], who, i), p)
