"""A January survey of a hospital without a program: who has a mentor, how good the mentor is, burnout, thoughts of leaving.

Source: D1 to D5, D9, D12 (who has one), A5, A6 (low quality), D4 (burnout and thoughts of leaving).
"""

import numpy as np

from simulation.evidence.patterns.clauses import keys_of
from simulation.evidence.patterns.tally import Totals, counted, crossed, deviation, mean, odds_ratio, share, summed
from simulation.evidence.patterns.virtual import CAUSAL, NOBODY, Arm, Seeded, VirtualStudy
from simulation.run import Run

JANUARY = 31  # months from July to the end of the third January
SENIOR = 3  # years in the program after which a resident counts as senior
HELPED = {"empower.pairing": "facilitated"}


def asked(run: Run):
    """The people who are there at the end, whom a survey would reach."""
    people = run.mentees
    return people[people["exit"] == "active"]


def count(runs: Seeded) -> dict[str, float]:
    """Count the answers of one seed."""
    there, formal = asked(runs["now"]), asked(runs["formal"])
    twins = runs["nobody"].mentees.set_index("mentee").reindex(there["mentee"])
    steady = runs["steady"].months.query("month >= 24")
    job = there["job_satisfaction"].to_numpy(float)
    own = there["mentoring_satisfaction"].to_numpy(float, na_value=np.nan)
    low, none = there["mentored"].to_numpy() & (own < 3), ~there["mentored"].to_numpy()
    high = there["mentored"].to_numpy() & ~low
    ends = there[(there["stage"] == 0) | (there["stage"] >= SENIOR)]
    minority, women = there["minority"] == "minority", there["gender"] == "woman"
    some = there["mentored"].to_numpy()
    with_one = there["meaningful"].to_numpy()
    alive = (twins["exit"] == "active").to_numpy()
    either = with_one & alive
    return {
        **summed("steady", steady["mentored_share"]),
        **crossed("seniority", ends["stage"] == 0, ends["meaningful"]),
        **counted("low", low[some]),
        **summed("job", job), **summed("job_low", job[low]), **summed("job_none", job[none]),
        **crossed("job_high", high[some], job[some] >= 4),
        **summed("twin_job_low", (job - twins["job_satisfaction"].to_numpy(float))[low & alive]),
        **summed("twin_job_high", (job - twins["job_satisfaction"].to_numpy(float))[high & alive]),
        **crossed("burnout", with_one, there["burned_out"]), **crossed("intent", with_one, there["leave_intent"]),
        **counted("burnout_with", there["burned_out"].to_numpy()[either]),
        **counted("burnout_without", twins["burned_out"].to_numpy(bool)[either]),
        **counted("intent_with", there["leave_intent"].to_numpy()[either]),
        **counted("intent_without", twins["leave_intent"].to_numpy(bool)[either]),
        **crossed("minority", minority, some), **crossed("women", women, some),
        **crossed("minority_formal", formal["minority"] == "minority", formal["mentored"]),
    }  # fmt: skip


def odds_between(totals: Totals, name: str) -> float:
    """The odds of mentored people divided by the odds of their twins."""
    with_, without = share(totals, f"{name}_with"), share(totals, f"{name}_without")
    return with_ / (1.0 - with_) / (without / (1.0 - without))


def state(totals: Totals) -> dict[str, float]:
    """The clauses."""
    spread = deviation(totals, "job")
    return {
        "P1.mentored": mean(totals, "steady"),
        "P2.seniority": odds_ratio(totals, "seniority"),
        "P11.low_quality": share(totals, "low"),
        "P11.low_against_none": (mean(totals, "job_low") - mean(totals, "job_none")) / spread,
        CAUSAL + "P11.low_against_none": mean(totals, "twin_job_low") / spread,
        "P11.high_against_low": odds_ratio(totals, "job_high"),
        "P12.burnout": odds_ratio(totals, "burnout"),
        CAUSAL + "P12.burnout": odds_between(totals, "burnout"),
        "P12.intent": odds_ratio(totals, "intent"),
        CAUSAL + "P12.intent": odds_between(totals, "intent"),
        "P13.minority": odds_ratio(totals, "minority"),
        "P13.women": odds_ratio(totals, "women"),
        "P13.shrinks": float(np.log(odds_ratio(totals, "minority_formal") / odds_ratio(totals, "minority"))),
    }


HOSPITAL = "teaching_hospital"
STUDY = VirtualStudy(
    "residents",
    {
        "now": Arm(HOSPITAL, "ad_hoc", JANUARY),
        "steady": Arm(HOSPITAL, "ad_hoc", 60),
        "formal": Arm(HOSPITAL, "multi_discipline", JANUARY, policy_changes=HELPED),
        "nobody": Arm(HOSPITAL, "ad_hoc", JANUARY, world_changes=NOBODY),
    },
    count, state, keys_of("P1", "P2", "P11", "P12.burnout", "P12.intent", "P13"),
)  # fmt: skip
