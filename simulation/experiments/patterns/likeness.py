"""Ties as their mentees see them: how alike, how good now, and how good a year later.

Source: C7 (quality from own perceptions, now and later), C8 to C10 (perceived, actual and surface similarity).
"""

import numpy as np

from simulation.experiments.patterns.clauses import keys_of
from simulation.experiments.patterns.impressions import explained
from simulation.experiments.patterns.tally import Totals, correlation, mean, paired, summed
from simulation.experiments.patterns.virtual import Arm, Seeded, VirtualStudy

NOW, YEAR = 23, 12  # the month of the survey, and how much later it is repeated


def count(runs: Seeded) -> dict[str, float]:
    """Count one seed."""
    run = runs["ties"]
    seen = run.tie_months[run.tie_months["month"] == NOW].merge(run.ties, on="tie")
    later = run.tie_months[run.tie_months["month"] == NOW + YEAR].set_index("tie")["quality"]
    rated = (
        seen["mentee"]
        .map(runs["now"].mentees.set_index("mentee")["mentoring_satisfaction"])
        .to_numpy(float, na_value=0.0)
    )
    own = np.column_stack([seen["perceived_similarity_x"], seen["contact_hours"], rated])
    who, then = seen["mentee"].to_numpy(), seen["tie"].map(later).to_numpy(float)
    known = ~np.isnan(then)
    now = seen["quality_x"].to_numpy(float)
    surface = seen.filter(regex="^same_").to_numpy(float).ravel()
    return {
        **summed("quality_now", [explained(own, now, who)]),
        **summed("quality_later", [explained(own[known], then[known], who[known])]),
        **paired("perceived", seen["perceived_similarity_x"], now),
        **paired("surface", surface, np.repeat(now, len(surface) // max(len(now), 1))),
    }


def state(totals: Totals) -> dict[str, float]:
    """The clauses."""
    perceived, surface = correlation(totals, "perceived"), correlation(totals, "surface")
    return {
        "P7.quality_now": mean(totals, "quality_now"),
        "P7.quality_later": mean(totals, "quality_later"),
        "P8.perceived": perceived,
        "P8.surface": surface,
        "P8.gap": perceived - surface,
    }


HOSPITAL = "teaching_hospital"
STUDY = VirtualStudy(
    "likeness",
    {"ties": Arm(HOSPITAL, "ad_hoc", NOW + YEAR + 1, trace=True), "now": Arm(HOSPITAL, "ad_hoc", NOW + 1)},
    count,
    state,
    keys_of("P8", "P7.quality_now", "P7.quality_later"),
)
