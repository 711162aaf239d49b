"""Small programs with levers drawn at random, in twins: what support does to early closure, and what all levers explain.

Every draw of levers is run in two programs that share nothing else: what they have in common is what levers explain, in
whatever form they act. And the first of the two is run again, with and without central staff, on the same luck.

Source: B5 (a survey of 1,451 programs: support contacts are the only predictor, and most of the variance stays unexplained).
"""

import numpy as np

from simulation.allocate import lay_out
from simulation.evidence.patterns.clauses import keys_of
from simulation.evidence.patterns.tally import Totals, correlation, mean, paired, summed
from simulation.evidence.patterns.virtual import Arm, Seeded, VirtualStudy
from simulation.run import run_of

DRAWS = 6  # of levers, with each seed
MONTHS = 30
STAFF = "prioritize.staff_fte"
NONE, SOME = 0.0, 0.5
SMALL = {"people.mentees": 40, "people.mentors": 20, "people.site_mentees": 40}
RANGES = {
    "prioritize.staff_fte": (0.0, 1.0), "prioritize.protected_hours": (0.0, 4.0), "prioritize.training_hours": (0.0, 16.0),
    "prioritize.leadership_support": (0.0, 1.0), "empower.workshop_hours": (0.0, 8.0), "move_on.stigma": (0.3, 1.0),
    "match.identity": ("off", "optional"), "diversify.pool": ("own", "all"), "move_on.no_fault": (False, True),
}  # fmt: skip


def count(runs: Seeded) -> dict[str, float]:
    """Some draws of levers with one seed: early closure in pairs of programs, and in twins with and without staff."""
    base, luck = runs.ready["program"], np.random.default_rng(runs.seed)
    pairs, twins = [], []

    def closure(levers: dict, number: int) -> float:
        policy = base.policy.with_(levers)
        layout = lay_out(base.world, policy, MONTHS)
        return run_of(base.world, policy, layout, runs.seed * 2 * DRAWS + number).outcomes["closure_12"]

    for number in range(0, 2 * DRAWS, 2):
        levers = dict(zip(RANGES, map(_chosen, RANGES.values(), luck.random(len(RANGES))), strict=True))
        pairs.append((closure(levers, number), closure(levers, number + 1)))
        twins.append(closure({**levers, STAFF: SOME}, number) - closure({**levers, STAFF: NONE}, number))
    one, other = np.array(pairs).T
    return paired("pairs", np.append(one, other), np.append(other, one)) | summed("twins", twins)


def _chosen(ends: tuple, u: float):
    """The value of a lever at `u` between its ends."""
    low, high = ends
    return low + u * (high - low) if isinstance(low, float) else (high if u >= 0.5 else low)


def state(totals: Totals) -> dict[str, float]:
    """The clauses."""
    return {"S5.support": mean(totals, "twins"), "S5.explained": correlation(totals, "pairs")}


STUDY = VirtualStudy(
    "programs", {"program": Arm("teaching_hospital", "multi_discipline", MONTHS, SMALL)}, count, state, keys_of("S5"), seeds=2
)
