"""How many must show that they moved on until it is normal for half: a threshold, not a slope.

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
    normal = np.array([mean(totals, f"{share}") for share in SHARES])
    above = int(np.argmax(normal >= 0.5))
    at = np.nan
    if above > 0:
        step = (0.5 - normal[above - 1]) / (normal[above] - normal[above - 1])
        at = SHARES[above - 1] + step * (SHARES[above] - SHARES[above - 1])
    slopes = np.diff(normal) / np.diff(SHARES)
    return {"S2.tips_at": at, "S2.threshold_like": float(slopes.max() / ((normal[-1] - normal[0]) / SHARES[-1]))}


STUDY = VirtualStudy(
    "norms",
    {
        f"{share}": Arm(
            "teaching_hospital", "mentee_choice", 60, {"context.committed": 0.0}, {"move_on.role_models": share}
        )
        for share in SHARES
    },
    count,
    state,
    keys_of("S2"),
)
