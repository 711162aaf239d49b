"""The one table of outcomes: name, title, unit, which way is better, what margin matters, and what each one means.

Counting, gaps, comparisons, studies, figures, the screen and the brief all read it.
The order of the rows is the order of the columns in every table of results.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from simulation.billing import ITEMS
from simulation.columns import ATTRIBUTES

HIGHER, NEITHER, LOWER = 1, 0, -1  # which way is better


class Unit(NamedTuple):
    """How a value is shown."""

    unit: str = ""
    difference_unit: str = ""
    scale: float = 1.0  # a value is multiplied by it when it is shown
    decimals: int = 1


@dataclass(frozen=True)
class Outcome:
    """An outcome, as it is counted and as a person reads it."""

    name: str
    title: str
    unit: str  # this and the next three as in `Unit`
    difference_unit: str
    scale: float
    decimals: int
    better: int  # HIGHER, LOWER or NEITHER
    margin: float  # smallest difference that matters, before `scale`; assumed
    when: Literal["moment", "mean"]  # of what it is counted; `WHEN` says it in words
    text: str  # what it is, in one line
    gap: int = 0  # place among the gaps between groups; 0 where none is taken
    headline: tuple[str, ...] = ()  # where it is among the first to be shown: "screen", "brief", "figure"


SHARE = Unit("%", "percentage points", 100.0)
ANSWER = Unit("on a scale of 1 to 5", "points on a scale of 1 to 5", decimals=2)
INDEX = Unit("on a scale of 0 to 100", "points of 100", 100.0)
MONTHS = Unit("months", "months")
EVENNESS = Unit("0 even, 1 uneven", "0 even, 1 uneven", decimals=3)
MIXING = Unit("1 only alike, 0 as by chance", "1 only alike, 0 as by chance", decimals=2)
MONEY = Unit("money per mentee and year", "per mentee and year", decimals=0)
EVERYWHERE = ("screen", "brief", "figure")
WHEN = {
    "moment": "of those there at the end of the study's last month in which somebody can still be a mentee: the last month, or the month before it where all who are left graduate in the last",
    "mean": "over the whole study",
}  # fmt: skip

# of mentees, for everyone and for every group
OF_PEOPLE = (
    Outcome("retention", "Retention", *SHARE, HIGHER, 0.01, "mean", "mentees who have not left", 1, EVERYWHERE),
    Outcome("retention_12", "Retention at 12 months", *SHARE, HIGHER, 0.01, "mean", "mentees who have not left 12 months after they came"),
    Outcome("retention_36", "Retention at 36 months", *SHARE, HIGHER, 0.01, "mean", "mentees who have not left 36 months after they came"),
    Outcome("retention_60", "Retention at 60 months", *SHARE, HIGHER, 0.01, "mean", "mentees who have not left 60 months after they came"),
    Outcome("access", "Access to a mentor", *SHARE, HIGHER, 0.02, "mean", "mentees who had a mentor at any time", 2, EVERYWHERE),
    Outcome("mentored_share", "Months with a mentor", *SHARE, HIGHER, 0.02, "mean", "months of mentees in which they had a current mentor", 3),
    Outcome("need_coverage", "Need covered", *SHARE, HIGHER, 0.02, "mean", "part of what mentees need that the expertise of their current mentors met; 100 % takes a perfect expert for every need", 5, EVERYWHERE),
    Outcome("spark_rate", "Ties that spark", *SHARE, HIGHER, 0.02, "mean", "ties in which both sides caught fire for three months running", 8),
    Outcome("spark_months", "Months a year with a spark", *Unit("months a year", "months a year", decimals=2), HIGHER, 0.25, "mean", "months in a year in which a mentee held a live tie that had sparked", 4, EVERYWHERE),
    Outcome("mentoring_satisfaction", "Satisfaction with mentoring", *ANSWER, HIGHER, 0.1, "moment", "what mentees with a mentor answer in a survey", 6),
    Outcome("job_satisfaction", "Satisfaction with the job", *ANSWER, HIGHER, 0.1, "moment", "what mentees answer in a survey"),
    Outcome("burnout", "Mentee burnout", *INDEX, LOWER, 0.02, "moment", "mean burnout of mentees"),
    Outcome("belonging", "Belonging", *INDEX, HIGHER, 0.02, "moment", "mean belonging of mentees"),
    Outcome("output", "Research output", *Unit("per mentee", "per mentee", decimals=2), HIGHER, 0.1, "moment", "what a mentee has produced so far", 7),
    Outcome("skill", "Skill", *INDEX, HIGHER, 0.02, "moment", "mean skill of mentees over domains"),
    Outcome("sparked_share", "Mentees with a tie that sparked", *SHARE, HIGHER, 0.02, "mean", "mentees of whom a tie sparked at any time"),
    Outcome("meaningful_share", "Mentees with a meaningful mentor", *SHARE, HIGHER, 0.02, "moment", "mentees who rate a current mentor 4 or 5 of 5"),
    Outcome("primary_share", "Mentees with a primary mentor", *SHARE, HIGHER, 0.02, "moment", "mentees with a tie of a year or more that is running well"),
    Outcome("months_to_first_tie", "Months to the first tie, of those who had one", *MONTHS, LOWER, 1.0, "mean", "how long mentees waited for their first tie"),
    Outcome("months_to_first_spark", "Months to the first spark, of those who had one", *MONTHS, LOWER, 1.0, "mean", "how long mentees waited for their first spark"),
)  # fmt: skip

# of ties, mentors and the whole program
OF_ALL = (
    Outcome("closure_12", "Ties closed within 12 months", *SHARE, NEITHER, 0.02, "mean", "ties that end in their first 12 months (Kaplan-Meier: graduation and the end of the study are no ending)"),
    Outcome("closure_30", "Ties closed within 30 months", *SHARE, NEITHER, 0.02, "mean", "the same within their first 30 months"),
    Outcome("mentor_ended_share", "Endings that mentors began", *SHARE, NEITHER, 0.02, "mean", "endings that the mentor began, of all but those by a mentee's exit"),
    Outcome("ended_well_share", "Endings that were good", *SHARE, HIGHER, 0.02, "mean", "endings without hard feelings, of those that nobody's exit made"),
    Outcome("tie_months", "Length of ties so far", *MONTHS, HIGHER, 1.0, "mean", "months that a tie has lasted"),
    Outcome("tie_quality", "Quality of ties", *INDEX, HIGHER, 0.02, "mean", "mean quality of ties over their months"),
    Outcome("mentor_retention", "Mentor retention", *SHARE, HIGHER, 0.01, "mean", "mentors who have not left"),
    Outcome("mentor_satisfaction", "Mentor satisfaction", *ANSWER, HIGHER, 0.1, "moment", "what mentors answer in a survey"),
    Outcome("mentor_burnout", "Mentor burnout", *INDEX, LOWER, 0.02, "moment", "mean burnout of mentors", headline=EVERYWHERE),
    Outcome("mentor_load", "Mentees per mentor", *Unit("mentees", "mentees", decimals=2), NEITHER, 0.25, "moment", "live ties a mentor carries"),
    Outcome("mentor_load_gini", "Mentor load Gini", *EVENNESS, LOWER, 0.02, "moment", "0 when every mentor carries alike, 1 when one carries all", headline=EVERYWHERE),
    Outcome("cross_discipline_share", "Ties across disciplines", *SHARE, NEITHER, 0.02, "mean", "ties between people of two disciplines"),
    Outcome("same_identity_share", "Ties of the same group, by the first attribute", *SHARE, NEITHER, 0.02, "mean", "ties between people of the same group"),
    Outcome("discipline_assortativity", "Assortativity by discipline", *MIXING, NEITHER, 0.05, "mean", "how far ties join people of the same discipline, beyond chance"),
    Outcome("cost", "Cost", *MONEY, LOWER, 100.0, "mean", "what the institution pays at the prices of the world file: hours of staff, and the time that it protects for mentors", headline=EVERYWHERE),
    Outcome("cost_cash", "Cost in cash", *MONEY, LOWER, 100.0, "mean", "part of the cost: hours of staff, whom the office pays"),
    Outcome("cost_protected", "Cost in protected time", *MONEY, LOWER, 100.0, "mean", "part of the cost: time of mentors and leaders that the institution protects, and mentors' training"),
    Outcome("unpaid_mentor_time", "Mentors' time that nobody pays", *MONEY, NEITHER, 100.0, "mean", "worth of the hours that mentors give beyond protected time: meetings, first meetings and answers to surveys"),
    Outcome("unpaid_mentee_time", "Mentees' time that nobody pays", *MONEY, NEITHER, 100.0, "mean", "worth of the hours that mentees give: meetings, first meetings, workshops, check-ins and answers to surveys"),
    Outcome("cost_per_retained", "Cost per retained mentee", *Unit("money", "money", decimals=0), LOWER, 500.0, "mean", "cost of the study for each mentee who has not left"),
    Outcome("degree", "Mentors per mentee", *Unit("mentors", "mentors", decimals=2), NEITHER, 0.1, "moment", "live ties a mentee has"),
    Outcome("reach", "Mentors with at least one mentee", *SHARE, HIGHER, 0.02, "moment", "mentors who carry a live tie"),
    Outcome("norm_share", "Mentees to whom moving on is normal", *SHARE, NEITHER, 0.02, "moment", "mentees to whom ending a tie is nothing to be ashamed of"),
)  # fmt: skip

# once for each identity attribute of a world; the column is `<name>_<attribute>`
OF_ATTRIBUTES = (
    Outcome("load_ratio", "Load ratio of mentors", *Unit(decimals=2), NEITHER, 0.1, "mean", "mean load of mentors outside the reference group over that of those in it"),
    Outcome("mentor_diversity", "Mentors outside the reference group", *SHARE, NEITHER, 0.02, "moment", "mentors who are not in the reference group"),
    Outcome("assortativity", "Assortativity of ties", *MIXING, NEITHER, 0.05, "mean", "how far ties join people of the same group, beyond chance"),
)  # fmt: skip

TABLE = {outcome.name: outcome for outcome in (*OF_PEOPLE, *OF_ALL, *OF_ATTRIBUTES)}
PERSONAL = tuple(outcome.name for outcome in OF_PEOPLE)
GAPPED = tuple(outcome.name for outcome in sorted(OF_PEOPLE, key=lambda outcome: outcome.gap) if outcome.gap)

# What equity is judged by, always in this order; the gap in retention comes last, since luck blurs it most.
EQUITY = ("access", "need_coverage", "spark_months", "retention")

# The sums of a run, and the weights that they are divided by: a field an outcome. The kind is `np.record`; otherwise
# every view as records makes a new dtype, and numba looks at it again in each call.
PERSON = np.dtype((np.record, [(name, "f8") for name in PERSONAL]))
OVERALL = np.dtype((
    np.record,
    [(outcome.name, "f8") for outcome in OF_ALL] + [(outcome.name, "f8", (ATTRIBUTES,)) for outcome in OF_ATTRIBUTES]
    + [("spent", "f8", (ITEMS,)), ("heads", "f8")],  # money per mentee and year by the items of `billing`, and how many mentees
))  # fmt: skip
WIDTH = OVERALL.itemsize // 8  # numbers in it
