"""People differ when they come: in what they are like, in what they need and in what they can give.

Source: [A10] ability is a confounder of mentoring; [D9] needs by stage; [D7] mentors are rarely trained.
"""

from simulation.exponential import exp, power
from simulation.jit import rule


@rule
def inclined(mean, z, p):
    """A share in [0, 1] around `mean`, for a person `z` standard deviations from it."""
    return mean / (mean + (1.0 - mean) * exp(-p.spread * z))


@rule
def expert(mean, z, p):
    """A mentor's expertise in a domain in which the discipline has the mean expertise `mean`."""
    return mean / (mean + (1.0 - mean) * exp(-p.expertise_spread * z))


@rule
def hours_found(mean, z, p):
    """Hours a month that a person finds, for a person `z` standard deviations from the mean; never below none."""
    return max(1.0 + p.hours_spread * z, 0.0) * mean


@rule
def skilled(years, p):
    """Skill after so many years on the job without a mentor."""
    return 1.0 - (1.0 - p.skill) * power(1.0 - p.yearly_skill, years)


@rule
def needed(mean, z, p):
    """A newcomer's need around the stage's mean."""
    return min(max(mean + p.spread * z, 0.0), 1.0)


@rule
def wished(luck, same, different):
    """A wish about a mentor's identity: 1 the same, -1 another, 0 no matter."""
    if luck < same:
        return 1
    return -1 if luck < same + different else 0
