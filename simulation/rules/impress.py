"""A first impression is who looks, who is looked at, the two together, and the moment.

Source: [C6] traits predict part of actor and partner effects and none of the dyad's; [C1] ten-minute meetings.
"""

import math

from simulation.jit import rule


@rule
def actor(openness, liking, p):
    """The actor part, standard: how readily this person likes others; `liking` is the part no trait predicts."""
    trait = (openness - 0.5) / p.trait_spread
    return p.actor_trait * trait + math.sqrt(1.0 - p.actor_trait * p.actor_trait) * liking


@rule
def partner(warmth, skill, likable, p):
    """The partner part, standard: how readily this person is liked."""
    trait = (warmth + skill - 1.0) / (p.trait_spread * math.sqrt(2.0))
    return p.partner_trait * trait + math.sqrt(1.0 - p.partner_trait * p.partner_trait) * likable


@rule
def impression(actor, partner, dyad, error, p):
    """A first impression, in standard deviations."""
    return p.actor * actor + p.partner * partner + p.dyad * dyad + p.error * error
