"""Exits without a program: faculty, residents of surgery and a hospital; and exits after burnout.

Source: E1, E2, E10, E11 (base exits), E13 (burnout and exit).
"""

import numpy as np

from simulation.evidence.patterns.clauses import keys_of
from simulation.evidence.patterns.tally import Totals, counted, crossed, odds_ratio, ratio, risk_ratio, share
from simulation.evidence.patterns.virtual import Arm, Seeded, VirtualStudy
from simulation.run import Run

TEN_YEARS, ASKED = 120, 24


def left(people, field: bool = False) -> np.ndarray:
    """Which people left; with `field`, only those who left the field, not those who went to another school."""
    return ((people["exit"] == "left") & ((people["exit_to"] == "outside") | (not field))).to_numpy(bool)


def hazard(name: str, run: Run) -> dict[str, float]:
    """Exits, and person-years, of everyone who is followed: the promoted too."""
    people = run.mentees
    months = people["exit_month"].fillna(run.length - 1).astype(float) - people["cohort"].clip(lower=0) + 1.0
    return {f"{name}.left": float(left(people).sum()), f"{name}.years": float(months.sum()) / 12.0}


def rate(totals: Totals, name: str) -> float:
    """The number of exits per person-year."""
    return ratio(totals[f"{name}.left"], totals[f"{name}.years"])


def count(runs: Seeded) -> dict[str, float]:
    """Count one seed."""
    faculty = runs["faculty"].mentees
    here = faculty[faculty["cohort"] <= 0]
    surgery = runs["surgery"].mentees
    first = surgery[surgery["cohort"] == 0]
    early = float(((first["exit"] == "left") & (first["exit_month"] < 24)).sum())
    asked = runs["asked"].mentees
    junior = asked["stage"] < runs["asked"].world.people.years
    asked = asked[(asked["exit"] == "active") & junior].set_index("mentee")
    later = runs["later"].mentees.set_index("mentee").reindex(asked.index)
    return {
        **counted("faculty", left(here, field=True)),
        **crossed("faculty_women", (here["gender"] == "woman").to_numpy(), left(here)),
        **counted("surgery", left(first)),
        **hazard("hospital", runs["hospital"]),
        **crossed("exit", asked["burned_out"].to_numpy(), left(later)),
        "front.left": early, "front.years": 2.0 * len(first),
        "rest.left": float(left(first).sum()) - early, "rest.years": 3.0 * (len(first) - early),
    }  # fmt: skip


def state(totals: Totals) -> dict[str, float]:
    """The clauses."""
    return {
        "P12.exit": risk_ratio(totals, "exit"),
        "P14.faculty": share(totals, "faculty"),
        "P14.faculty_women": odds_ratio(totals, "faculty_women"),
        "P14.surgery": share(totals, "surgery"),
        "P14.hospital": rate(totals, "hospital"),
        "P14.front": ratio(rate(totals, "front"), rate(totals, "rest")),
    }


FACULTY = "junior_faculty"
STUDY = VirtualStudy(
    "exits",
    {
        "faculty": Arm(FACULTY, "ad_hoc", TEN_YEARS),
        "surgery": Arm("surgery_residency", "ad_hoc", 60),
        "hospital": Arm("teaching_hospital", "ad_hoc", 60),
        "asked": Arm(FACULTY, "ad_hoc", ASKED),
        "later": Arm(FACULTY, "ad_hoc", ASKED + 24),
    },
    count, state, keys_of("P14", "P12.exit"), seeds=2,
)  # fmt: skip
