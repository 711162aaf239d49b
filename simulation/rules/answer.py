"""A mentor reads a message, never the need, and says yes or no.

Source: [C13] both sides value time; [A14], [C3] volunteers who agreed beforehand; [A10] able mentees are chosen, and
would do well without; Harper et al. 2024, tip 4: mentors decide whether they can help.
"""

from simulation.exponential import exp
from simulation.jit import rule


@rule
def read(expertise, clarity, noise):
    """How well the mentor believes to fit: expertise in what was asked for, blurred by 1 - clarity; `noise` in [0, 1)."""
    return clarity * expertise + (1.0 - clarity) * noise


@rule
def time_left(load, meeting_hours, available):
    """The share of a mentor's time that is left for one more mentee; negative, to -1, beyond what can be served well."""
    return max(1.0 - (load + 1.0) * meeting_hours / available, -1.0) if available > 0.0 else -1.0


@rule
def says_yes(luck, free, fit, willingness, impression, record, likeness, agreed, p):
    """Whether a mentor takes the mentee who asks.

    The mentee's output so far is the `record`; `likeness` is homophily times shared identity; `agreed` tells whether the
    mentor agreed beforehand to be asked.
    """
    log_odds = (
        p.odds
        + p.time * free
        + p.fit * (fit - 0.5)
        + p.willingness * (willingness - 0.5)
        + p.impression * impression
        + p.record * (record - 0.5)
        + likeness
        + (p.agreed if agreed else 0.0)
    )
    return luck * (1.0 + exp(-log_odds)) < 1.0
