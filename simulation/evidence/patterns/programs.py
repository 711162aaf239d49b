"""Hundreds of small programs with random levers: the share of the variance of closure rates that levers explain.

Source: B5 (a survey of 1,451 programs: support contacts are the only predictor, and most of the variance stays unexplained).
"""

import numpy as np

from simulation.allocate import lay_out
from simulation.evidence.patterns.clauses import keys_of
from simulation.evidence.patterns.tally import Regression, Totals, regressed
from simulation.evidence.patterns.virtual import Arm, Seeded, VirtualStudy
from simulation.run import run_of

PROGRAMS = 10  # a seed
MONTHS = 30
SMALL = {"people.mentees": 40, "people.mentors": 20, "people.site_mentees": 40}
RANGES = {
    "prioritize.staff_fte": (0.0, 1.0), "prioritize.protected_hours": (0.0, 4.0), "prioritize.training_hours": (0.0, 16.0),
    "prioritize.leadership_support": (0.0, 1.0), "empower.workshop_hours": (0.0, 8.0), "move_on.stigma": (0.3, 1.0),
    "match.identity": ("off", "optional"), "diversify.pool": ("own", "all"), "move_on.no_fault": (False, True),
}  # fmt: skip


def count(runs: Seeded) -> dict[str, float]:
    """Run ten programs with one seed, and regress the share of ties that closed within a year on their levers."""
    base, luck = runs.ready["program"], np.random.default_rng(runs.seed)
    rows, closed = [], []
    for number in range(PROGRAMS):
        row = luck.random(len(RANGES))
        policy = base.policy.with_(dict(zip(RANGES, map(_chosen, RANGES.values(), row), strict=True)))
        layout = lay_out(base.world, policy, MONTHS)
        rate = run_of(base.world, policy, layout, runs.seed * PROGRAMS + number).outcomes["closure_12"]
        if not np.isnan(rate):
            rows.append(
                [u if isinstance(low, float) else u >= 0.5 for u, (low, _) in zip(row, RANGES.values(), strict=True)]
            )
            closed.append(rate)
    return regressed("closure", np.array(rows, float), np.array(closed))


def _chosen(ends: tuple, u: float):
    """The value of a lever at `u` between its ends."""
    low, high = ends
    return low + u * (high - low) if isinstance(low, float) else (high if u >= 0.5 else low)


def state(totals: Totals) -> dict[str, float]:
    """The clauses."""
    found = Regression(totals, "closure")
    return {"S5.support": found.standardised(1), "S5.explained": found.explained}


STUDY = VirtualStudy(
    "programs", {"program": Arm("teaching_hospital", "multi_discipline", MONTHS, SMALL)}, count, state, keys_of("S5")
)
