"""What can be said of a difference: intervals, families, margins and four verdicts. Everybody asks here."""

from simulation.judgement.effects import effect_verdict, gap_verdict, pair_verdict, smallest_effect
from simulation.judgement.families import holm, together
from simulation.judgement.intervals import (
    CONFIDENCE,
    TAILS,
    Estimate,
    by_set,
    estimate,
    estimates,
    half_width,
    jackknife,
    mean_rate,
    ratio,
)
from simulation.judgement.signs import FEWEST_ENDED, Telling, telling
from simulation.judgement.survival import carried, kept, mean_share
from simulation.judgement.trials import clustered, two_samples
from simulation.judgement.verdicts import (
    CANNOT_TELL,
    ENOUGH,
    SAME,
    careful,
    direction,
    family_of,
    first_gap,
    headline_intervals,
    judge,
    share_better,
    turn_gaps,
    two_digits,
    verdict,
)

__all__ = [
    "CANNOT_TELL",
    "CONFIDENCE",
    "ENOUGH",
    "FEWEST_ENDED",
    "SAME",
    "TAILS",
    "Estimate",
    "Telling",
    "by_set",
    "careful",
    "carried",
    "clustered",
    "direction",
    "effect_verdict",
    "estimate",
    "estimates",
    "family_of",
    "first_gap",
    "gap_verdict",
    "half_width",
    "headline_intervals",
    "holm",
    "jackknife",
    "judge",
    "kept",
    "mean_rate",
    "mean_share",
    "pair_verdict",
    "ratio",
    "share_better",
    "smallest_effect",
    "telling",
    "together",
    "turn_gaps",
    "two_digits",
    "two_samples",
    "verdict",
]
