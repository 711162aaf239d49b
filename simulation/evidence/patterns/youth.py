"""A youth program with assigned volunteers: how soon pairs end, who ends them, and the effect of a match by its length.

Source: B1, B2 (closure), B3 (benefit by length, against a randomised wait-list).
"""

import numpy as np

from simulation.evidence.patterns.clauses import keys_of
from simulation.evidence.patterns.tally import Totals, counted, mean, share, summed
from simulation.evidence.patterns.virtual import Arm, Seeded, VirtualStudy
from simulation.run import Run

MONTHS, FIRST_YEAR, COMMITMENT, LONG = 43, 12, 12, 30
SURVEY = 19  # months from the start to the end of month 18
LENGTHS = {"under_6": (0, 6), "6_to_12": (6, 12), "12_and_more": (12, 1000)}
ONE = {"empower.mentors_at_once": 1}


def calendar(run: Run, ties) -> np.ndarray:
    """The months from the start of each pair to the graduation of its mentee: later ends are no part of a calendar."""
    arrived = run.mentees.set_index("mentee")["cohort"]
    return (ties["mentee"].map(arrived) + 12 * run.world.people.years - ties["start_month"]).to_numpy(float)


def by_program(run: Run):
    """The pairs that the program made in its first year, and their lengths in months."""
    ties = run.ties
    ties = ties[ties["via"].isin(["coordinator", "lot"]) & (ties["start_month"] <= FIRST_YEAR)]
    return ties, (ties["end_month"] - ties["start_month"]).fillna(1000).to_numpy(float)


def well_being(run: Run) -> np.ndarray:
    """Belonging minus burnout of everyone who was there at the start, by id; missing for people who left."""
    people = run.mentees[run.mentees["cohort"] <= 0].set_index("mentee")
    value = (people["belonging"] - people["burnout"]).where(people["exit"] == "active")
    return value.reindex(range(int(people.index.max()) + 1)).to_numpy(float)


def count(runs: Seeded) -> dict[str, float]:
    """Count one seed."""
    ties, age = by_program(runs["program"])
    ended = ties["end_month"].notna() & ~ties["end_reason"].isin(["mentee_left", "graduated"])
    by_mentor = (ties["ended_by"] == "mentor") | (ties["end_reason"] == "mentor_left")
    could_last = calendar(runs["program"], ties)
    found = {
        **counted("closed_12", age[could_last >= COMMITMENT] < COMMITMENT),
        **counted("closed_30", age[could_last >= LONG] < LONG),
        **counted("by_mentor", by_mentor[ended]),
    }
    treated, waiting = well_being(runs["treated"]), well_being(runs["waiting"])
    first, lasted = by_program(runs["treated"])
    order = first["start_month"].to_numpy().argsort(kind="stable")
    mentees = first["mentee"].to_numpy()[order]
    lengths = np.minimum(lasted, SURVEY - first["start_month"].to_numpy())[order]
    mentees, place = np.unique(mentees, return_index=True)
    here = mentees < len(treated)
    mentees, lengths = mentees[here], lengths[place][here]
    never = np.setdiff1d(np.arange(len(treated)), runs["treated"].ties["mentee"].unique())
    found |= summed("never", treated[never])
    for name, (low, high) in LENGTHS.items():
        arm = mentees[(lengths >= low) & (lengths < high)]
        found |= summed(f"twin_{name}", treated[arm] - waiting[arm])
        found |= summed(f"naive_{name}", treated[arm])
    return found


def state(totals: Totals) -> dict[str, float]:
    """The clauses, and naive comparisons with people who never had a mentor beside those with twins."""
    effect = {name: mean(totals, f"twin_{name}") for name in LENGTHS}
    naive = {f"naive {name}": mean(totals, f"naive_{name}") - mean(totals, "never") for name in LENGTHS}
    steps = np.diff(list(effect.values()))
    return {
        "P9.closed_12": share(totals, "closed_12"),
        "P9.closed_30": share(totals, "closed_30"),
        "P9.by_mentor": share(totals, "by_mentor"),
        "P10.shortest": effect["under_6"],
        "P10.longest": effect["12_and_more"],
        "P10.rising": float(steps.min()),
        **naive,
    }


YOUTH = "youth_program"
STUDY = VirtualStudy(
    "youth",
    {
        "program": Arm(YOUTH, "single_discipline", MONTHS, policy_changes=ONE),
        "treated": Arm(YOUTH, "single_discipline", SURVEY, policy_changes=ONE),
        "waiting": Arm(YOUTH, "single_discipline", SURVEY, policy_changes={**ONE, "start_month": SURVEY}),
    },
    count, state, keys_of("P9", "P10"), seeds=3,
)  # fmt: skip
