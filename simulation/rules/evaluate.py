"""Both sides weigh satisfaction, investment and alternatives against what an ending would cost.

Source: [B11] the investment model; [B10] few alternatives and fear hold people in bad ties; [B2] mentors end ties for
reasons outside them; [B5] support contacts lower closure; [B8] phases.
"""

from simulation.exponential import exp
from simulation.jit import rule


@rule
def committed(satisfaction, investment, alternatives, p):
    """Commitment of the investment model."""
    return p.satisfaction * satisfaction + p.investment * investment - p.alternatives * alternatives


@rule
def ends(luck, commitment, cost, attention, p):
    """Whether one side decides to end a tie this month; `attention` is the chance that it is weighed at all."""
    log_odds = p.odds - p.commitment * commitment - p.cost * cost
    return luck * (1.0 + exp(-log_odds)) < attention


@rule
def attention(asked, p):
    """The chance that a tie is weighed this month; `asked` in [0, 1] is how far a check-in reaches it."""
    return p.attention + asked * (p.check_in - p.attention)


@rule
def mended(engagement, asked, p):
    """Engagement after a check-in, in which a third party asks both sides what they would need; `asked` as above."""
    return engagement + p.mend * asked * (1.0 - engagement)


@rule
def invested(investment, quality, p):
    """Investment after a month of cultivation."""
    return investment + p.accrual * (quality - investment)


@rule
def redundant(felt, p):
    """Whether a tie has done its work in its domain."""
    return felt < p.redundant
