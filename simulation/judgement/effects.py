"""Effects in a study of many factors: whether one helps, harms, moves a gap, or is negligible.

Source: Yates 1937, pairs of factors; the smallest effect of interest is assumed, and finer than the margins of policies.
"""

import numpy as np

from simulation.judgement.intervals import CONFIDENCE, Estimate
from simulation.judgement.verdicts import CANNOT_TELL, verdict
from simulation.outcomes import find

SMALL_SHARE = 0.005  # smallest effect of interest on shares and on gaps in them: half a percentage point
SMALL_PART = 0.01  # smallest effect of interest on all other outcomes, as a part of the mean level
SAID = {"better": "helps", "worse": "harms", "higher": "raises", "lower": "lowers", CANNOT_TELL: "cannot tell"}


def smallest_effect(name: str, level: float) -> float:
    """The smallest effect of interest: half a percentage point, or a hundredth of the mean level where that is no share."""
    return SMALL_SHARE if find(name).difference_unit == "percentage points" else SMALL_PART * abs(level)


def effect_verdict(found: Estimate, smallest: float, better: int) -> str:
    """Say that an effect `helps`, `harms` or is `negligible`, or that one `cannot tell`.

    Where neither way is better, the effect `raises` or `lowers` the outcome.
    """
    if found.low >= -smallest and found.high <= smallest:
        return "negligible"
    return SAID[verdict(found.low, found.high, better)]


def gap_verdict(found: Estimate, before: Estimate) -> str:
    """Say whether a clear effect on a gap `helps`, `harms`, or `reversed` the gap by moving it past zero.

    `before` estimates the gap without the effect. If that gap was not clear, the effect only `shifted` it.
    """
    if verdict(before.low, before.high, 0) == CANNOT_TELL:
        return "shifted"
    if np.sign(before.value) * found.value > 0.0:
        return "harms"
    nearest = min(abs(found.low), abs(found.high))  # the smallest effect within the interval
    return "reversed" if nearest > abs(before.value) else "helps"


def pair_verdict(found: Estimate, p: float, smallest: float) -> str:
    """Say whether two factors together give `more` or `less` than their sum; `p` is corrected for all pairs."""
    if found.low >= -smallest and found.high <= smallest:
        return "negligible"
    return ("more" if found.value > 0.0 else "less") if p < 1.0 - CONFIDENCE else "cannot tell"
