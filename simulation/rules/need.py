"""Needs drift with stage, jump with life events, and fall as skill grows.

Source: [D9] what mentees need differs by stage and from what they get; Harper et al. 2024, tip 2: changing needs.
"""

from simulation.jit import rule


@rule
def drifted(need, mean, p):
    """The need after a month of drifting to the mean of the stage."""
    return need + p.drift * (mean - need)


@rule
def jumps(luck, shock, chance):
    """Whether a life event, of this monthly `chance`, or a shock that reaches the share `shock` of people raises a need."""
    return luck < max(chance, shock)


@rule
def jumped(need, p):
    """The need after a life event."""
    return need + p.jump_size * (1.0 - need)


@rule
def felt(need, skill):
    """What is felt of a need: it falls as skill in its domain grows, so that a good tie can become redundant."""
    return need * (1.0 - skill)


@rule
def practised(skill, share):
    """Skill after a month on the job, which closes a `share` of the gap to mastery without a mentor."""
    return skill + share * (1.0 - skill)
