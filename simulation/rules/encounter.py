"""Who comes into view: the near, the well spoken of, and those like oneself.

Source: [D1], [D2] few find a mentor; [D12] women have less informal access; [D17] trainees and mentors share gender.
"""

from simulation.exponential import exp, power
from simulation.jit import rule


@rule
def notices(luck, alike, homophily, newness, p):
    """Whether a mentee notices a mentor this month.

    `alike` is the number of shared attributes less half of all; `newness` falls from 1 to 0.
    """
    log_odds = p.notice + homophily * alike
    return luck * (1.0 + exp(-(log_odds - p.newcomer * newness))) < 1.0


@rule
def newness(months, p):
    """How new a mentee is after so many months: one half at `newcomer_months`."""
    return power(0.5, months / p.newcomer_months)


@rule
def approaches(luck, chance, alike, homophily):
    """Whether a mentor in view approaches a seeking mentee, likelier when they are alike."""
    likely = chance * exp(homophily * alike)
    return luck * (1.0 - chance + likely) < likely
