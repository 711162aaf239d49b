"""Quality, number and identity of mentors; a group under threat; and load when everybody is matched.

Source: A7 to A9 and D11 (number, concordance), D16 (women in engineering), D15 and D18 (load), A2 (which outcome gains more).
"""

from simulation.evidence.patterns.clauses import keys_of
from simulation.evidence.patterns.tally import Regression, Totals, counted, deviation, mean, regressed, share, summed
from simulation.evidence.patterns.virtual import CAUSAL, NOBODY, Arm, Seeded, VirtualStudy

HELD = ["number", "quality", "hours"]
HOSPITAL, ENGINEERING, FACULTY = "teaching_hospital", "women_in_engineering", "junior_faculty"


def held_now(run):
    """The mentored people with number and best quality of their live ties and contact hours; and these ties."""
    ties, people = run.ties, run.mentees
    live = ties[ties["end_month"].isna()]
    number, best = live.groupby("mentee").size(), live.groupby("mentee")["quality"].max()
    there = people[(people["exit"] == "active") & people["mentored"]].copy()
    there["number"] = there["mentee"].map(number).fillna(0)
    there["quality"] = there["mentee"].map(best).fillna(0.0)
    contact = run.tie_months[run.tie_months["month"] == run.length - 1].merge(ties[["tie", "mentee"]], on="tie")
    there["hours"] = there["mentee"].map(contact.groupby("mentee")["contact_hours"].sum()).fillna(0.0)
    return there, live


def engineering(runs: Seeded) -> dict[str, float]:
    """Count the women of the first year who stay, by the gender of the mentor whom the lot gave them."""
    run, found = runs["engineering"], {}
    people, ties = run.mentees, run.ties
    women = people[(people["gender"] == "woman") & (people["cohort"] == 0)].set_index("mentee")
    first = ties.sort_values("start_month").drop_duplicates("mentee").set_index("mentee")
    early = first[(first["start_month"] <= 1)]
    same = women.index.intersection(early.index[early["same_gender"]])
    other = women.index.intersection(early.index[~early["same_gender"]])
    kept = women["exit"] != "left"
    alone = runs["engineering_none"].mentees.set_index("mentee").reindex(women.index)["exit"] != "left"
    found |= counted("same", kept[same]) | counted("other", kept[other]) | counted("none", alone)
    found |= counted("twin_same", alone[same]) | counted("twin_other", alone[other])
    return found


def loads(name: str, run) -> dict[str, float]:
    """Sum the load of women, who are the minority of mentors, and of men; and the Gini coefficient of load."""
    mentors = run.mentors
    minority = mentors["gender"] == "woman"
    gini = run.outcomes["mentor_load_gini"]
    return {**summed(f"{name}_minority", mentors.loc[minority, "load_mean"]),
            **summed(f"{name}_majority", mentors.loc[~minority, "load_mean"]), **summed(f"{name}_gini", [gini])}  # fmt: skip


def count(runs: Seeded) -> dict[str, float]:
    """Count one seed."""
    there, live = held_now(runs["mixed"])
    first = live.sort_values("start_month").drop_duplicates("mentee").set_index("mentee")["same_gender"]
    same = there["mentee"].map(first).fillna(False).to_numpy(bool)
    job = there["job_satisfaction"].to_numpy(float)
    with_, without = runs["helped"].mentees, runs["nothing"].mentees
    both = (with_["exit"] == "active") & (without["exit"] == "active").to_numpy()
    found = {
        **regressed("job", there[HELD].to_numpy(), job), **regressed("burnout", there[HELD].to_numpy(), there["burnout"]),
        **summed("job_all", job), **summed("job_same", job[same]), **summed("job_other", job[~same]),
        **loads("matched", runs["matched"]), **loads("unmatched", runs["unmatched"]),
        **summed("job_with", with_.loc[both, "job_satisfaction"]), **summed("job_without", without.loc[both, "job_satisfaction"]),
        **summed("output_with", with_.loc[both, "output"]), **summed("output_without", without.loc[both, "output"]),
    }  # fmt: skip
    return found | engineering(runs)


def state(totals: Totals) -> dict[str, float]:
    """The clauses."""
    same, other, none = share(totals, "same"), share(totals, "other"), share(totals, "none")
    ratio = mean(totals, "matched_minority") / mean(totals, "matched_majority")
    gains = {
        name: (mean(totals, f"{name}_with") - mean(totals, f"{name}_without")) / deviation(totals, f"{name}_without")
        for name in ("job", "output")
    }
    return {
        "P16.number": Regression(totals, "job").standardised(1),
        "P16.concordance": (mean(totals, "job_same") - mean(totals, "job_other")) / deviation(totals, "job_all"),
        "P16.role_conflict": float(Regression(totals, "burnout").slopes[1]),
        "P16.same_other": same - other,
        CAUSAL + "P16.same_other": same - share(totals, "twin_same") - (other - share(totals, "twin_other")),
        "P16.same_none": same - none,
        CAUSAL + "P16.same_none": same - share(totals, "twin_same"),
        "P16.none_other": none - other,
        CAUSAL + "P16.none_other": share(totals, "twin_other") - other,
        "S1.load_ratio": ratio,
        "S1.gini": mean(totals, "matched_gini") - mean(totals, "unmatched_gini"),
        "S3.satisfaction_over_output": gains["job"] - gains["output"],
    }


KNOWN = {"context.awareness": 1.0, "context.volunteers": 1.0}  # so that everybody takes part
BY_GENDER = {"match.attributes": ["gender"]}
LOT = {"empower.pairing": "lot", "empower.mentors_at_once": 1}
STUDY = VirtualStudy(
    "quality",
    {
        "mixed": Arm(HOSPITAL, "mentee_choice", 31, policy_changes={"empower.pairing": "facilitated"}, trace=True),
        "matched": Arm(FACULTY, "identity_required", 60, KNOWN, BY_GENDER),
        "unmatched": Arm(FACULTY, "multi_discipline", 60, KNOWN),
        "helped": Arm(HOSPITAL, "mentee_choice", 36, policy_changes={"empower.pairing": "facilitated"}),
        "nothing": Arm(HOSPITAL, "ad_hoc", 36),
        "engineering": Arm(ENGINEERING, "multi_discipline", 12, KNOWN, LOT),
        "engineering_none": Arm(ENGINEERING, "ad_hoc", 12, NOBODY),
    },
    count, state, keys_of("P16", "S1", "S3"), seeds=2,
)  # fmt: skip
