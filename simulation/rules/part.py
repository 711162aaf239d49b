"""An ending is clean or not; a bad early one harms, a good one leaves goodwill and may carry a referral.

Source: [B2] few closures follow a procedure; [B3] very early endings harm; [A13] bad outweighs good; Harper tip 5.
"""

from simulation.exponential import exp
from simulation.jit import rule


@rule
def ends_well(luck, path, normal, quality, p):
    """Whether gratitude is said and the door stays open."""
    log_odds = p.clean + p.path * path + p.norm * normal + p.quality * quality
    return luck * (1.0 + exp(-log_odds)) < 1.0


@rule
def hurt(belonging, well, months, p):
    """Belonging after an ending at the age of `months`."""
    if well:
        return min(belonging + p.goodwill, 1.0)
    return max(belonging - (p.harm if months < p.early else p.late_harm), 0.0)


@rule
def discouraged(initiative, well, p):
    """Initiative after an ending."""
    return initiative if well else initiative * (1.0 - p.discourage)
