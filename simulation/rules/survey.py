"""A survey is simulated, not read off: a 1-5 answer with error, leniency and missing respondents.

Source: [A9] few are dissatisfied; [D20] mentors rate higher; reliability 0.8 and leniency are fitted once, for all surveys.
"""

import math

from simulation.exponential import exp
from simulation.jit import rule


@rule
def answer(latent, z, offset, p):
    """The 1-5 answer to a question whose true answer is `latent` in [0, 1]."""
    error = p.spread * math.sqrt((1.0 - p.reliability) / p.reliability)
    said = latent + offset + error * z
    return 1 + (said >= p.cut_2) + (said >= p.cut_3) + (said >= p.cut_4) + (said >= p.cut_5)


@rule
def thinks_of_leaving(luck, belonging, burnout, p_strain, p_leave):
    """Whether a person says to think of leaving; both states are counted from the mean person's."""
    log_odds = p_strain.intent_base + p_strain.intent * (p_leave.burnout * burnout - p_leave.belonging * belonging)
    return luck * (1.0 + exp(-log_odds)) < 1.0
