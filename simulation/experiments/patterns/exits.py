"""Who leaves: faculty, residents of surgery, a hospital; burnout before exits; and what a structured program changes.

Source: E1, E2, E10, E11 (base exits), E13 (burnout and exit), E4 and E5 (a program for junior faculty).
"""

import numpy as np

from simulation.experiments.patterns.tally import Totals, counted, crossed, odds_ratio, ratio, risk_ratio, share
from simulation.experiments.patterns.virtual import CAUSAL, Arm, Seeded, VirtualStudy
from simulation.run import Run

TEN_YEARS, STUDIED, ASKED = 120, 96, 24
FOLLOWED = 48
STRUCTURED = {"empower.pairing": "facilitated"}


def left(people, field: bool = False) -> np.ndarray:
    """Who left; with `field`, only those who left the field and not for another school."""
    return ((people["exit"] == "left") & ((people["exit_to"] == "outside") | (not field))).to_numpy(bool)


def hazard(name: str, run: Run) -> dict[str, float]:
    """Exits, and person-years."""
    months = run.months
    return {f"{name}.left": float(months["left"].sum()), f"{name}.years": float(months["mentees"].sum()) / 12.0}


def kept(name: str, run: Run, first: int, field: bool) -> dict[str, float]:
    """Of the minority and the majority hired in the two years from `first`: who is there four years later."""
    people = run.mentees
    hired = people[people["cohort"].between(first, first + 23)]
    gone = left(hired, field) & ((hired["exit_month"].fillna(10_000) - hired["cohort"]) < FOLLOWED).to_numpy(bool)
    minority = (hired["minority"] == "minority").to_numpy()
    return counted(f"{name}_minority", ~gone[minority]) | counted(f"{name}_majority", ~gone[~minority])


def count(runs: Seeded) -> dict[str, float]:
    """Count one seed."""
    faculty = runs["faculty"].mentees
    here = faculty[faculty["cohort"] <= 0]
    surgery = runs["surgery"].mentees
    first = surgery[surgery["cohort"] == 0]
    early = (first["exit"] == "left") & (first["exit_month"] < 24)
    asked = runs["asked"].mentees
    asked = asked[asked["exit"] == "active"].set_index("mentee")
    later = runs["later"].mentees.set_index("mentee").reindex(asked.index)
    found = {
        **counted("faculty", left(here, field=True)),
        **crossed("faculty_women", (here["gender"] == "woman").to_numpy(), left(here)),
        **counted("surgery", left(first)),
        **hazard("hospital", runs["hospital"]),
        **crossed("exit", asked["burned_out"].to_numpy(), left(later)),
        **hazard("none", runs["none"]), **hazard("structured", runs["structured"]),
        "front.early": float(early.sum()), "front.late": float(left(first).sum() - early.sum()),
        "front.early_years": 2.0 * len(first), "front.late_years": 3.0 * (len(first) - early.sum()),
    }  # fmt: skip
    for field in (False, True):
        name = "field" if field else "school"
        found |= kept(f"before_{name}", runs["changed"], 0, field)
        found |= kept(f"after_{name}", runs["changed"], FOLLOWED, field)
        found |= kept(f"twin_{name}", runs["unchanged"], FOLLOWED, field)
    return found


def state(totals: Totals) -> dict[str, float]:
    """The clauses."""

    def stay(name: str) -> float:
        return share(totals, name)

    def gap(when: str) -> float:
        return stay(f"{when}_school_majority") - stay(f"{when}_school_minority")

    rates = {
        name: ratio(totals[f"{name}.left"], totals[f"{name}.years"]) for name in ("hospital", "none", "structured")
    }
    early = ratio(totals["front.early"], totals["front.early_years"])
    return {
        "P12.exit": risk_ratio(totals, "exit"),
        "P14.faculty": stay("faculty"),
        "P14.faculty_women": odds_ratio(totals, "faculty_women"),
        "P14.surgery": stay("surgery"),
        "P14.hospital": rates["hospital"],
        "P14.front": ratio(early, ratio(totals["front.late"], totals["front.late_years"])),
        "P15.hazard_ratio": ratio(rates["structured"], rates["none"]),
        "P15.minority_school": stay("after_school_minority") - stay("before_school_minority"),
        CAUSAL + "P15.minority_school": stay("after_school_minority") - stay("twin_school_minority"),
        "P15.minority_field": stay("after_field_minority") - stay("before_field_minority"),
        CAUSAL + "P15.minority_field": stay("after_field_minority") - stay("twin_field_minority"),
        "P15.gap": gap("after") - gap("before"),
        CAUSAL + "P15.gap": gap("after") - gap("twin"),
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
        "none": Arm(FACULTY, "ad_hoc", STUDIED),
        "structured": Arm(FACULTY, "prioritized", STUDIED, policy_changes=STRUCTURED),
        "changed": Arm(
            FACULTY, "prioritized", STUDIED + FOLLOWED, policy_changes={**STRUCTURED, "start_month": FOLLOWED}
        ),
        "unchanged": Arm(FACULTY, "ad_hoc", STUDIED + FOLLOWED),
    },
    count,
    state,
    seeds=2,
)
