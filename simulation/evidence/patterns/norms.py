"""The share of people who must openly move on before half hold moving on for normal: a threshold, not a slope.

Source: F2 (a committed minority tips a convention).
"""

import numpy as np

from simulation.evidence.patterns.clauses import keys_of
from simulation.evidence.patterns.tally import Totals, mean, summed
from simulation.evidence.patterns.virtual import Arm, Seeded, VirtualStudy

SHARES = tuple(round(0.04 * k, 2) for k in range(13))  # of people who are committed


def count(runs: Seeded) -> dict[str, float]:
    """Count one seed."""
    found: dict[str, float] = {}
    for share in SHARES:
        found |= summed(f"{share}", [runs[f"{share}"].months["norm_share"].iloc[-1]])
    return found


def state(totals: Totals) -> dict[str, float]:
    """The clauses."""
    held = np.array([mean(totals, f"{share}") for share in SHARES])
    above = int(np.argmax(held >= 0.5))
    at = np.nan
    if above > 0:
        step = (0.5 - held[above - 1]) / (held[above] - held[above - 1])
        at = SHARES[above - 1] + step * (SHARES[above] - SHARES[above - 1])
    slopes = np.diff(held) / np.diff(SHARES)
    return {"S2.tips_at": at, "S2.threshold_like": float(slopes.max() / ((held[-1] - held[0]) / SHARES[-1]))}


NOBODY_COMMITTED = {"context.committed": 0.0}
ARMS = {
    f"{share}": Arm("teaching_hospital", "mentee_choice", 60, NOBODY_COMMITTED, {"move_on.role_models": share})
    for share in SHARES
}
STUDY = VirtualStudy("norms", ARMS, count, state, keys_of("S2"))
