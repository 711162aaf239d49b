"""The published numbers, clause by clause: the target, the band for the simulated mean, and whether it may be fitted.

Source: rows A1 to G10 and patterns P1 to P16, S1 to S5 of the evidence; `simulation/SOURCES.md` names the studies.
Calibration may use kind C; kind V is only for validation, and no parameter is ever tuned to it.
"""

from typing import NamedTuple


class Clause(NamedTuple):
    """One number, or one sign, that a published study gives."""

    pattern: str
    clause: str
    kind: str  # "C" or "V"
    low: float
    high: float
    target: str
    text: str
    rows: str

    @property
    def key(self) -> str:
        """The pattern and the clause in one word."""
        return f"{self.pattern}.{self.clause}"


INFINITE = float("inf")
CLAUSES = tuple(Clause(*row) for row in (
    ("P1", "mentored", "C", 0.42, 0.62, "0.50", "share of mentees with a current mentor, no program, steady state", "D1 D2 D3 C3"),
    ("P2", "seniority", "C", 0.20, 0.45, "0.30", "odds of a meaningful mentor, first year against fourth and later", "D2 D4 D5"),
    ("P3", "after_18_months", "V", 0.10, 0.30, "+22 pp", "mentored share after central staff begin to help people find a mentor, less before", "D5 D6"),
    ("P3", "facilitated", "V", 0.10, 0.30, "+22 pp", "the same when choice is facilitated, without central staff", "C3"),
    ("P3", "both", "V", 0.10, 0.30, "+22 pp", "the same with both", "D5 D6 C3"),
    ("P3", "24_months_later", "V", -0.05, 0.10, "+6 pp", "its change over the next 24 months", "D6"),
    ("P3", "rating", "V", -0.15, INFINITE, "not worse", "how mentors are rated then, less before (of 5)", "D5"),
    ("P4", "assigned", "C", 0.20, 0.55, "0.36", "assigned pairs that are a primary mentorship at 12 months", "C2"),
    ("P4", "facilitated", "C", 0.58, 0.88, "0.70-0.79", "pairs of facilitated choice that are", "C2 C3"),
    ("P4", "gap", "C", 0.20, 1.0, ">= 0.20", "the difference of the two", "C2 C3"),
    ("P4", "satisfaction", "C", 0.2, 1.2, "0.7", "satisfaction with mentoring, chosen less assigned (of 5)", "C2"),
    ("P5", "continue", "C", 0.22, 0.42, "0.33", "pairs who met once by design and expect to continue after four months", "C1"),
    ("P5", "contact", "C", 0.45, 0.75, "0.60", "pairs who had any contact within these months", "C1"),
    ("P6", "unfacilitated", "V", 0.20, 0.55, "0.39", "would-be mentees without a tie when nobody helps them to choose", "C4"),
    ("P6", "facilitated", "V", 0.0, 0.20, "0.04-0.15", "and when somebody does", "C3 C4"),
    ("P6", "ratio", "V", 2.0, INFINITE, ">= 2", "the ratio of the two", "C3 C4"),
    ("P7", "actor_share", "V", 0.10, 1.0, ">= 0.10", "share of the variance of first impressions that the one who looks holds", "C6"),
    ("P7", "partner_share", "V", 0.10, 1.0, ">= 0.10", "that the one looked at holds", "C6"),
    ("P7", "actor_explained", "V", 0.02, 0.25, "0.04-0.18", "share of the first that a forest explains from attributes", "C6"),
    ("P7", "partner_explained", "V", 0.04, 0.35, "0.07-0.27", "share of the second", "C6"),
    ("P7", "dyad_explained", "C", -INFINITE, 0.05, "0", "share of what belongs to the pair alone", "C6"),
    ("P7", "quality_now", "V", 0.30, 0.55, "0.45", "quality explained by the mentee's own perceptions, now", "C7"),
    ("P7", "quality_later", "V", 0.08, 0.35, "0.18", "quality 12 months on, of ties still live", "C7"),
    ("P8", "perceived", "C", 0.35, 0.62, "0.38-0.59", "correlation of perceived similarity with quality", "C8 C9 C10"),
    ("P8", "surface", "C", -0.12, 0.12, "0-0.1", "correlation of sharing an identity with quality", "C8 C10"),
    ("P8", "gap", "C", 0.25, 2.0, ">= 0.25", "the difference of the two", "C8 C9 C10"),
    ("P9", "closed_12", "C", 0.26, 0.44, "0.30-0.38", "formal pairs of a youth program that end before 12 months, of those that could last so long", "B1 B2"),
    ("P9", "closed_30", "C", 0.55, 0.78, "0.67", "that end before 30 months, of those that could last so long", "B2"),
    ("P9", "by_mentor", "C", 0.55, 0.78, "0.64", "endings that mentors began", "B2"),
    ("P10", "shortest", "V", -INFINITE, 0.0, "negative", "effect of a first match of under 6 months, against the same person's twin", "B3"),
    ("P10", "longest", "V", 0.0, INFINITE, "largest", "effect of one of 12 months or more", "B3"),
    ("P10", "rising", "V", 0.0, INFINITE, "rising", "the least step from one length to the next", "B3"),
    ("P11", "low_quality", "C", 0.14, 0.32, "0.21", "mentored who rate their mentor below 3 of 5", "A6 A13"),
    ("P11", "low_against_none", "C", -0.20, 0.20, "about 0", "job satisfaction, low quality less no mentor, in standard deviations", "A5 A6"),
    ("P11", "high_against_low", "C", 1.8, 8.6, "3.9", "odds of high job satisfaction, high against low quality", "A6"),
    ("P12", "burnout", "C", 0.40, 0.68, "0.52", "odds of burnout in a survey, meaningful mentor against none", "D4"),
    ("P12", "intent", "C", 0.28, 0.58, "0.42", "odds of thinking of leaving, in a survey", "D4"),
    ("P12", "exit", "C", 1.4, 3.2, "2.1", "risk of leaving within 2 years, burned out against not (faculty)", "E13"),
    ("P13", "minority", "V", 0.30, 0.95, "0.3-0.95", "odds of having a mentor, minority against majority, no program", "D2 D3 D4 D9"),
    ("P13", "women", "V", 0.50, 1.0, "0.5-1", "women against men", "D9 D12"),
    ("P13", "shrinks", "V", 0.0, INFINITE, "> 0", "log odds for the minority, facilitated program less none", "D4"),
    ("P14", "faculty", "C", 0.33, 0.43, "0.38 in 10 y", "faculty who leave academic medicine within 10 years", "E2"),
    ("P14", "faculty_women", "C", 1.10, 1.45, "1.25", "odds of leaving, women against men (faculty)", "E1"),
    ("P14", "surgery", "C", 0.13, 0.23, "0.18", "residents of surgery who leave", "E10"),
    ("P14", "hospital", "C", 0.008, 0.045, "0.008-0.04 a year", "residents and faculty of a hospital who leave in a year", "E10 E11"),
    ("P14", "front", "C", 1.0, INFINITE, "front-loaded", "yearly hazard in surgery, first two years over the rest", "E10"),
    ("P15", "hazard_ratio", "V", 0.45, 0.85, "about 0.6", "hazard of leaving, structured program against none (junior faculty)", "E4"),
    ("P15", "minority_school", "V", 0.06, 0.25, "+22 pp", "minority who stay at the school, after less before", "E5"),
    ("P15", "minority_field", "V", 0.06, 0.25, "+15 pp", "minority who stay in the field", "E5"),
    ("P15", "gap", "V", -INFINITE, 0.0, "narrows", "change of the minority gap in retention", "E5"),
    ("P16", "number", "V", -0.10, 0.10, "0", "standardised coefficient of the number of mentors on job satisfaction", "A7 A9"),
    ("P16", "concordance", "V", -0.10, 0.10, "0", "job satisfaction, same gender less another, in standard deviations", "A9 D11"),
    ("P16", "role_conflict", "V", 0.0, INFINITE, "rises", "burnout, two mentors or more less one, quality held", "A8"),
    ("P16", "same_other", "V", 0.05, 1.0, "+18 pp", "women in engineering, first-year retention: woman as mentor less man", "D16"),
    ("P16", "same_none", "V", 0.03, 1.0, "+11 pp", "woman as mentor less no mentor", "D16"),
    ("P16", "none_other", "V", -0.10, 0.10, "+7 pp", "no mentor less man as mentor", "D16"),
    ("S1", "load_ratio", "V", 1.3, INFINITE, "> 1.3", "load of minority over majority mentors, with matching for all", "D15 D18"),
    ("S1", "gini", "V", 0.0, INFINITE, "rises", "Gini coefficient of load, with matching less without", "D18"),
    ("S2", "tips_at", "V", 0.10, 0.40, "0.10-0.40", "committed share at which moving on becomes normal for half", "F2"),
    ("S2", "threshold_like", "V", 1.5, INFINITE, "not linear", "steepest rise over the mean rise", "F2"),
    ("S3", "satisfaction_over_output", "V", 0.0, INFINITE, "> 0", "gain in satisfaction less gain in output, in standard deviations", "A2"),
    ("S4", "informal_over_assigned", "V", 0.0, INFINITE, "> 0", "quality of informal less assigned ties", "A3 A4"),
    ("S4", "facilitated_closes", "V", 0.0, INFINITE, "> 0", "quality of facilitated less assigned ties", "C3"),
    ("S5", "support", "V", -INFINITE, 0.0, "falls", "early closure in small programs, with central staff less without, in twins", "B5"),
    ("S5", "explained", "V", 0.10, 0.35, "0.21", "share of the variance of early closure that programs with the same levers have in common", "B5"),
))  # fmt: skip
BY_KEY = {clause.key: clause for clause in CLAUSES}


def keys_of(*patterns: str) -> tuple[str, ...]:
    """The keys of all clauses of these patterns; a single clause can be given by its key."""
    return tuple(clause.key for clause in CLAUSES if clause.pattern in patterns or clause.key in patterns)
