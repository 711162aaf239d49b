"""How well the mentee's own perceptions predict the quality of a tie, now and a year later.

Source: C7 (quality from own perceptions, now and later).
"""

import numpy as np

from simulation.evidence.patterns.clauses import keys_of
from simulation.evidence.patterns.impressions import explained
from simulation.evidence.patterns.tally import Totals, mean, summed
from simulation.evidence.patterns.virtual import Arm, Seeded, VirtualStudy

NOW, YEAR = 23, 12  # the month of the survey, and how much later it is repeated


def count(runs: Seeded) -> dict[str, float]:
    """Count one seed."""
    run = runs["ties"]
    seen = run.tie_months[run.tie_months["month"] == NOW].merge(run.ties, on="tie")
    later = run.tie_months[run.tie_months["month"] == NOW + YEAR].set_index("tie")["quality"]
    answers = runs["now"].mentees.set_index("mentee")["mentoring_satisfaction"]
    rated = seen["mentee"].map(answers).to_numpy(float, na_value=0.0)
    own = np.column_stack([seen["perceived_similarity_x"], seen["contact_hours"], rated])
    who, then = seen["mentee"].to_numpy(), seen["tie"].map(later).to_numpy(float)
    known = ~np.isnan(then)
    now = seen["quality_x"].to_numpy(float)
    return {
        **summed("quality_now", [explained(own, now, who)]),
        **summed("quality_later", [explained(own[known], then[known], who[known])]),
    }


def state(totals: Totals) -> dict[str, float]:
    """The clauses."""
    return {f"P7.{name}": mean(totals, name) for name in ("quality_now", "quality_later")}


HOSPITAL = "teaching_hospital"
STUDY = VirtualStudy(
    "perceptions",
    {"ties": Arm(HOSPITAL, "ad_hoc", NOW + YEAR + 1, trace=True), "now": Arm(HOSPITAL, "ad_hoc", NOW + 1)},
    count, state, keys_of("P7.quality_now", "P7.quality_later"),
)  # fmt: skip
