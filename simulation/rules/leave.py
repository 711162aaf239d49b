"""People leave by a hazard that belonging lowers and burnout raises, and that success may lower.

Source: [E1], [E2], [E10], [E11] base exits; [E13] burnout; [E16] belonging; [A11] no retention bonus for mentors;
[E4] success and staying go together.
"""

from simulation.exponential import exp
from simulation.jit import rule


@rule
def hazard(base, belonging, burnout, output, p):
    """The yearly hazard of a mentee; belonging and burnout are counted from the mean person's, output from a half."""
    return base * exp(p.burnout * burnout - p.belonging * belonging - p.output * (output - 0.5))


@rule
def mentor_hazard(base, burnout, p):
    """The yearly hazard of a mentor; burnout is counted from the mean mentor's."""
    return base * exp(p.mentor_burnout * burnout)


@rule
def chance(hazard):
    """The chance that something of a yearly hazard happens this month."""
    return 1.0 - exp(-hazard / 12.0)


@rule
def leaves(luck, hazard):
    """Whether something of a yearly hazard happens this month; where luck is beyond the bound, no chance is computed."""
    return luck < hazard / 12.0 and luck < chance(hazard)
