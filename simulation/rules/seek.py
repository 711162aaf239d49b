"""A mentee decides whether to ask, and ranks whom.

Source: [C12] proactivity; [C4] choice without facilitation intimidates; [C3] facilitated choice; [A9] most have more than one;
[G10] who is burned out is slower to seek help; [A10] ability, and [A1] small effects once it is held;
[F2] what is usual where one works is done, and [D12] access runs through whom one has around.
"""

from simulation.exponential import exp
from simulation.jit import rule


@rule
def seeks(luck, initiative, need, burnout, ability, usual, invited, facilitated, p):
    """Whether a mentee asks this month, by what the mentee is like, needs and is offered.

    `need` is the largest unmet one, `burnout` is counted from the mean person's, `usual` is the share of others in the unit who
    have a mentor, `invited` whether a program invites to choose, `facilitated` how much of that is helped in person. Mentors
    already held do not keep people from asking (A9).
    """
    log_odds = (
        p.odds
        + p.initiative * (initiative - 0.5)
        + p.need * (need - 0.5)
        - p.worn * burnout
        + p.able * (ability - 0.5)
        + p.custom * (usual - 0.5)
        + p.invited * invited
        + p.facilitated * facilitated
    )
    return luck * (1.0 + exp(-log_odds)) < 1.0


@rule
def usual(had, counted):
    """The share of those counted who had a mentor; a half where nobody was, so that it speaks neither for nor against."""
    return had / counted if counted > 0 else 0.5


@rule
def appeal(expertise, impression, wish, near, p):
    """How much a mentor in view appeals for the need in mind.

    `expertise` as the directory shows it, `impression` 0 when they never met, `wish` the sum of wishes met (+) and
    denied (-) times their strength, `near` 1 within the discipline.
    """
    return (
        p.by_expertise * expertise
        + p.by_impression * impression
        + p.by_likeness * wish
        + p.by_nearness * near
    )
