"""A structured program for junior faculty: who stays, against none, and before and after.

Source: E4 (adjusted hazard over eight years), E5 (retention of minority faculty before and after, uncontrolled).
"""

from simulation.experiments.patterns.clauses import keys_of
from simulation.experiments.patterns.exits import FACULTY, hazard, left, rate
from simulation.experiments.patterns.tally import Totals, counted, ratio, share
from simulation.experiments.patterns.virtual import CAUSAL, Arm, Seeded, VirtualStudy
from simulation.run import Run

STUDIED, FOLLOWED = 96, 48  # months of the comparison; months for which people are followed
STRUCTURED = {"empower.pairing": "facilitated"}


def kept(name: str, run: Run, first: int, field: bool) -> dict[str, float]:
    """Of the minority and the majority hired in the two years hired from `first` on: who is there four years later."""
    people = run.mentees
    hired = people[people["cohort"].between(first, first + 23)]
    gone = left(hired, field) & ((hired["exit_month"].fillna(10_000) - hired["cohort"]) < FOLLOWED).to_numpy(bool)
    minority = (hired["minority"] == "minority").to_numpy()
    return counted(f"{name}_minority", ~gone[minority]) | counted(f"{name}_majority", ~gone[~minority])


def count(runs: Seeded) -> dict[str, float]:
    """Count one seed."""
    found = {**hazard("none", runs["none"]), **hazard("structured", runs["structured"])}
    for field in (False, True):
        name = "field" if field else "school"
        found |= kept(f"before_{name}", runs["changed"], 0, field)
        found |= kept(f"after_{name}", runs["changed"], FOLLOWED, field)
        found |= kept(f"twin_{name}", runs["unchanged"], FOLLOWED, field)
    return found


def state(totals: Totals) -> dict[str, float]:
    """The clauses."""

    def gap(when: str) -> float:
        return share(totals, f"{when}_school_majority") - share(totals, f"{when}_school_minority")

    minority = {
        (when, name): share(totals, f"{when}_{name}_minority")
        for when in ("before", "after", "twin")
        for name in ("school", "field")
    }
    said = {
        "P15.hazard_ratio": ratio(rate(totals, "structured"), rate(totals, "none")),
        "P15.gap": gap("after") - gap("before"),
        CAUSAL + "P15.gap": gap("after") - gap("twin"),
    }
    for name in ("school", "field"):
        said[f"P15.minority_{name}"] = minority["after", name] - minority["before", name]
        said[CAUSAL + f"P15.minority_{name}"] = minority["after", name] - minority["twin", name]
    return said


STUDY = VirtualStudy(
    "structured",
    {
        "none": Arm(FACULTY, "ad_hoc", STUDIED),
        "structured": Arm(FACULTY, "prioritized", STUDIED, policy_changes=STRUCTURED),
        "changed": Arm(
            FACULTY, "prioritized", STUDIED + FOLLOWED, policy_changes={**STRUCTURED, "start_month": FOLLOWED}
        ),
        "unchanged": Arm(FACULTY, "ad_hoc", STUDIED + FOLLOWED),
    },
    count,
    state,
    keys_of("P15"),
    seeds=2,
)
