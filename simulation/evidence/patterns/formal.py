"""Central staff begin to help where many have a mentor already: how many more get one, how long that lasts, how good it is.

Source: D5 and D6 (a funded adviser in residency programs), C3.
"""

from simulation.evidence.patterns.clauses import keys_of
from simulation.evidence.patterns.tally import Totals, mean, summed
from simulation.evidence.patterns.virtual import CAUSAL, Arm, Seeded, VirtualStudy

START, YEAR = 36, 12
LATER = START + 18  # the middle of the year in which the source asked again
STAFF = {"prioritize.staff_fte": 0.2, "start_month": START}
CHOICE = {"empower.pairing": "facilitated", "start_month": START}
# In these programs two in three had a mentor before (D6: 66 %): people ask more readily and have a little more time.
MIXED = {"context.acquaintances": 3, "context.approach": 0.4, "context.mentor_hours": 4.0}


def over(name: str, run, column: str, middle: int) -> dict[str, float]:
    """Sum a monthly value over the year around a month."""
    months = run.months
    return summed(name, months.loc[months["month"].between(middle - YEAR // 2, middle + YEAR // 2 - 1), column])


def count(runs: Seeded) -> dict[str, float]:
    """Count one seed."""
    found: dict[str, float] = {}
    for name, middle in (("before", START - YEAR // 2), ("after", LATER), ("later", LATER + 2 * YEAR)):
        found |= over(name, runs["staff"], "mentored_share", middle)
        found |= over(f"twin_{name}", runs["alone"], "mentored_share", middle)
    for arm in ("choice", "both"):
        found |= over(f"{arm}_after", runs[arm], "mentored_share", LATER)
    found |= over("rated_before", runs["staff"], "mentoring_satisfaction", START - YEAR // 2)
    return found | over("rated_after", runs["staff"], "mentoring_satisfaction", LATER)


def state(totals: Totals) -> dict[str, float]:
    """The clauses; latent satisfaction (0 to 1) is converted to points on a scale of 1 to 5."""
    return {
        "P3.after_18_months": mean(totals, "after") - mean(totals, "before"),
        CAUSAL + "P3.after_18_months": mean(totals, "after") - mean(totals, "twin_after"),
        "P3.facilitated": mean(totals, "choice_after") - mean(totals, "before"),
        "P3.both": mean(totals, "both_after") - mean(totals, "before"),
        "P3.24_months_later": mean(totals, "later") - mean(totals, "after"),
        "P3.rating": 4.0 * (mean(totals, "rated_after") - mean(totals, "rated_before")),
        "base P3": mean(totals, "before"),
    }


STUDY = VirtualStudy(
    "formal",
    {
        "staff": Arm("teaching_hospital", "ad_hoc", LATER + 3 * YEAR, MIXED, STAFF),
        "choice": Arm("teaching_hospital", "ad_hoc", LATER + YEAR, MIXED, CHOICE),
        "both": Arm("teaching_hospital", "ad_hoc", LATER + YEAR, MIXED, {**STAFF, **CHOICE}),
        "alone": Arm("teaching_hospital", "ad_hoc", LATER + 3 * YEAR, MIXED),
    },
    count, state, keys_of("P3"),
)  # fmt: skip
