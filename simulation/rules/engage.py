"""Two people's engagement answers each other, month after month; some pairs catch fire, most do not.

Source: [C6], [C7] spark cannot be known in advance; [C8], [C9] similarity weighs little before and is perceived after;
[C2], [C5] having chosen; [B13] what makes relationships fail.
"""

import math

from simulation.exponential import exp
from simulation.jit import rule


@rule
def begun(impression, chose, apart, p):
    """Starting engagement of one side: first impression, having chosen, another discipline."""
    level = p.start + p.impression * impression
    if chose:
        level = level + p.chosen
    if apart:
        level = level - p.distance
    return min(max(level, 0.0), 1.0)


@rule
def answered_need(expertise, felt, p):
    """How well expertise answers what is felt of a need: of no use when nothing is needed any more."""
    return expertise * felt / (felt + p.half_need)


@rule
def gain(fit, skill, contact, similarity, overload, p):
    """How strongly one side responds to the other; 1 for a mean pair. `contact` is in [0, 1]."""
    return (
        p.gain
        + p.fit * (fit - 0.5)
        + p.skill * (skill - 0.5)
        + p.contact * (contact - 0.5)
        + p.similarity * similarity
        - p.overload * overload
    )


@rule
def engaged(own, other, gain, z, coupling, p):
    """Own engagement after a month of answering the other's; with a `coupling` of 0 a mean partner's."""
    heard = coupling * other + (1.0 - coupling) * p.threshold
    response = 1.0 / (1.0 + exp(-p.steepness * (heard * gain - p.threshold)))
    return min(max(own + p.rate * (response - own) + p.noise * z, 0.0), 1.0)


@rule
def quality(own, other):
    """The quality of a tie: the geometric mean of both engagements."""
    return math.sqrt(own * other)


@rule
def running(streak, quality, p):
    """Months running at or above the level of spark; a tie has sparked when they reach `months`."""
    return min(streak + 1, p.months) if quality >= p.level else 0
