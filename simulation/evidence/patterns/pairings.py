"""Assigned pairs against pairs of facilitated choice, after a year.

Source: C2 (assigned and self-selected), C3 (facilitated choice), A3 and A4 (informal against formal).
"""

import numpy as np

from simulation.evidence.patterns.clauses import keys_of
from simulation.evidence.patterns.tally import Totals, counted, mean, share, summed
from simulation.evidence.patterns.virtual import Arm, Seeded, VirtualStudy
from simulation.run import Run

MONTHS, LAST_START, AGE = 37, 24, 12
ASSIGNED, CHOSEN = ("lot", "arrival", "coordinator"), ("choice", "facilitated")
INFORMAL = ("ad_hoc", "approached")


def primary(run: Run, vias: tuple[str, ...], least: float) -> np.ndarray:
    """Which pairs are a primary mentorship after twelve months, of those that came about by `vias`.

    Of each mentee the first pair counts, as in the source, where everyone had one mentor of the program. Pairs are left
    out when the mentee left or graduated within the year. Primary means live at month 12, with a quality of at least
    `least` in months 10 to 12.
    """
    ties = run.ties
    ties = ties[ties["via"].isin(vias) & (ties["start_month"] <= LAST_START)]
    ties = ties.sort_values(["start_month", "tie"]).drop_duplicates("mentee")
    age = (ties["end_month"] - ties["start_month"]).fillna(AGE).to_numpy(float)
    gone = ties["end_reason"].isin(["graduated", "mentee_left"]).to_numpy() & (age < AGE)
    traced = run.tie_months.merge(ties[["tie", "start_month"]], on="tie")
    late = traced[(traced["month"] - traced["start_month"]).between(AGE - 3, AGE - 1)]
    lasting = late[late["quality"] >= least].groupby("tie")["month"].count()
    return ties["tie"].map(lasting).fillna(0).to_numpy()[~gone] == 3


def satisfaction(run: Run) -> np.ndarray:
    """The answers (1 to 5) of mentees who are there and have a mentor."""
    people = run.mentees
    return people.loc[people["exit"] == "active", "mentoring_satisfaction"].to_numpy(float, na_value=np.nan)


def count(runs: Seeded) -> dict[str, float]:
    """Count one seed."""
    least = runs["assigned"].world.parameters.spark.level
    ties = {name: runs[name].ties for name in ("assigned", "facilitated", "informal")}
    both = ties["assigned"], ties["facilitated"]
    return {
        **counted("assigned", primary(runs["assigned"], ASSIGNED, least)),
        **counted("facilitated", primary(runs["facilitated"], CHOSEN, least)),
        **summed("happy_assigned", satisfaction(runs["assigned"])),
        **summed("happy_facilitated", satisfaction(runs["facilitated"])),
        **summed("quality_assigned", both[0].loc[both[0]["via"].isin(ASSIGNED), "quality"]),
        **summed("quality_facilitated", both[1].loc[both[1]["via"].isin(CHOSEN), "quality"]),
        **summed("quality_informal", ties["informal"].loc[ties["informal"]["via"].isin(INFORMAL), "quality"]),
    }


def state(totals: Totals) -> dict[str, float]:
    """The clauses."""
    assigned, facilitated = share(totals, "assigned"), share(totals, "facilitated")
    quality = mean(totals, "quality_assigned")
    return {
        "P4.assigned": assigned,
        "P4.facilitated": facilitated,
        "P4.gap": facilitated - assigned,
        "P4.satisfaction": mean(totals, "happy_facilitated") - mean(totals, "happy_assigned"),
        "S4.informal_over_assigned": mean(totals, "quality_informal") - quality,
        "S4.facilitated_closes": mean(totals, "quality_facilitated") - quality,
    }


HOSPITAL = "teaching_hospital"
STUDY = VirtualStudy(
    "pairings",
    {
        "assigned": Arm(HOSPITAL, "single_discipline", MONTHS, trace=True),
        "facilitated": Arm(
            HOSPITAL, "mentee_choice", MONTHS, trace=True,
            policy_changes={"empower.pairing": "facilitated", "empower.first_meetings": 4},
        ),
        "informal": Arm(HOSPITAL, "ad_hoc", MONTHS),
    },
    count, state, keys_of("P4", "S4"),
)  # fmt: skip
