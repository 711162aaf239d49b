"""A structured program for junior faculty: retention with and without it, and before and after it.

The clause compares whole schools with and without the program. The causal effect compares participants with their own
twins. "Crude" compares participants with other people, which is all that the source could do.

Source: E4 (hazard over eight years, adjusted), E5 (retention of minority faculty before and after, uncontrolled).
"""

import pandas as pd

from simulation.evidence.patterns.clauses import keys_of
from simulation.evidence.patterns.exits import FACULTY, hazard, left, rate
from simulation.evidence.patterns.tally import Totals, counted, ratio, share
from simulation.evidence.patterns.virtual import CAUSAL, Arm, Seeded, VirtualStudy
from simulation.run import Run

STUDIED, FOLLOWED = 96, 48  # months of the comparison; months for which people are followed
LARGE = {"people.mentees": 600, "people.mentors": 300}  # since the minority is one in ten
STRUCTURED = {"empower.pairing": "facilitated"}


def followed(name: str, people: pd.DataFrame, since: pd.Series, until: pd.Series) -> dict[str, float]:
    """Count exits and person-years from `since` to `until`, which are months of each person."""
    last = people["exit_month"].fillna(STUDIED).astype(float).clip(upper=until)
    left_then = (people["exit"] == "left") & (people["exit_month"] < until)
    return {f"{name}.left": float(left_then.sum()), f"{name}.years": float((last - since).clip(lower=0).sum()) / 12.0}


def taking_part(runs: Seeded) -> dict[str, float]:
    """Count exits after people first took part, and before or without it; and exits of twins after the same months."""
    people, ties = runs["structured"].mentees.set_index("mentee"), runs["structured"].ties
    first = ties[ties["via"].isin(["choice", "facilitated"])].groupby("mentee")["start_month"].min()
    first = first.reindex(people.index).fillna(STUDIED).astype(float)
    hired, end = people["cohort"].clip(lower=0).astype(float), first * 0.0 + STUDIED
    twins = runs["none"].mentees.set_index("mentee").reindex(people.index)
    both = ~(twins["exit_month"] < first)
    return {
        **followed("others", people, hired, first),
        **followed("took_part", people, first, end),
        **followed("treated", people[both], first[both], end[both]),
        **followed("twins", twins[both], first[both], end[both]),
        **hazard("structured", runs["structured"]),
        **hazard("none", runs["none"]),
    }


def kept(name: str, run: Run, first: int, field: bool) -> dict[str, float]:
    """Count who is there four years after hiring, of minority and majority hired in the two years from `first` on."""
    people = run.mentees
    hired = people[people["cohort"].between(first, first + 23)]
    gone = left(hired, field) & ((hired["exit_month"].fillna(10_000) - hired["cohort"]) < FOLLOWED).to_numpy(bool)
    minority = (hired["minority"] == "minority").to_numpy()
    return counted(f"{name}_minority", ~gone[minority]) | counted(f"{name}_majority", ~gone[~minority])


def count(runs: Seeded) -> dict[str, float]:
    """Count one seed."""
    found = taking_part(runs)
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

    said = {
        "P15.hazard_ratio": ratio(rate(totals, "structured"), rate(totals, "none")),
        "crude P15.hazard_ratio": ratio(rate(totals, "took_part"), rate(totals, "others")),
        CAUSAL + "P15.hazard_ratio": ratio(rate(totals, "treated"), rate(totals, "twins")),
        "P15.gap": gap("after") - gap("before"),
        CAUSAL + "P15.gap": gap("after") - gap("twin"),
    }
    for name in ("school", "field"):
        before, after, twin = (share(totals, f"{when}_{name}_minority") for when in ("before", "after", "twin"))
        said |= {f"P15.minority_{name}": after - before, CAUSAL + f"P15.minority_{name}": after - twin}
    return said


STUDY = VirtualStudy(
    "structured",
    {
        "none": Arm(FACULTY, "ad_hoc", STUDIED),
        "structured": Arm(FACULTY, "prioritized", STUDIED, policy_changes=STRUCTURED),
        "changed": Arm(FACULTY, "prioritized", STUDIED + FOLLOWED, LARGE, {**STRUCTURED, "start_month": FOLLOWED}),
        "unchanged": Arm(FACULTY, "ad_hoc", STUDIED + FOLLOWED, LARGE),
    },
    count, state, keys_of("P15"), seeds=2,
)  # fmt: skip
