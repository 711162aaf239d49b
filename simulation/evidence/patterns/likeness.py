"""Quality against likeness: similarity as the mentee sees it, and a shared identity.

Source: C8 to C10 (perceived, actual and surface similarity).
"""

import numpy as np

from simulation.evidence.patterns.clauses import keys_of
from simulation.evidence.patterns.tally import Totals, correlation, paired
from simulation.evidence.patterns.virtual import Arm, Seeded, VirtualStudy

NOW = 23  # the month of the survey


def count(runs: Seeded) -> dict[str, float]:
    """Count one seed."""
    run = runs["ties"]
    seen = run.tie_months[run.tie_months["month"] == NOW].merge(run.ties, on="tie")
    now = seen["quality_x"].to_numpy(float)
    surface = seen.filter(regex="^same_").to_numpy(float).ravel()
    return {
        **paired("perceived", seen["perceived_similarity_x"], now),
        **paired("surface", surface, np.repeat(now, len(surface) // max(len(now), 1))),
    }


def state(totals: Totals) -> dict[str, float]:
    """The clauses."""
    perceived, surface = correlation(totals, "perceived"), correlation(totals, "surface")
    return {"P8.perceived": perceived, "P8.surface": surface, "P8.gap": perceived - surface}


STUDY = VirtualStudy(
    "likeness",
    {"ties": Arm("teaching_hospital", "ad_hoc", NOW + 1, trace=True)},
    count, state, keys_of("P8"),
)  # fmt: skip
