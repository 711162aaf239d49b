"""An ending is clean or not, and a bad early one harms.

Source: [B2] few closures follow a procedure; [B3] very early endings harm; Harper tip 5.
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
    return belonging if well or months >= p.early else max(belonging - p.harm, 0.0)
