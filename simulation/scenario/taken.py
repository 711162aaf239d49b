"""Columns of the tables of people: an identity attribute is a column beside them, and must not take their names.

A test holds them against the tables of a run.
"""

KEYS = ("world", "policy", "point", "replicate", "seed")  # of every table on disk
OF_MENTEES = (
    "mentee", "cohort", "stage", "discipline", "unit", "site", "exit_month", "exit", "exit_to", "first_tie_month",
    "first_spark_month", "ties", "sparks", "months_mentored", "offered", "mentored", "meaningful", "primary", "need_coverage",
    "mentoring_satisfaction", "job_satisfaction", "skill", "output", "belonging", "burnout", "burned_out", "leave_intent",
)  # fmt: skip
OF_MENTORS = (
    "mentor", "post", "discipline", "seniority", "joined_month", "exit_month", "capacity", "load_mean", "load_max",
    "mentees_ever", "skill", "satisfaction", "burnout", "burned_out",
)  # fmt: skip
OF_GROUPS = ("attribute", "group", "month", "all")  # `all` stands for everyone in the table of groups
OF_ROSTERS = ("id", "year")
OF_SIDES = ("engagement",)  # behind `mentee_` and `mentor_` in the table of ties month by month
TAKEN = frozenset((*KEYS, *OF_MENTEES, *OF_MENTORS, *OF_GROUPS, *OF_ROSTERS, *OF_SIDES))
CROSSED = "_x_"  # joins attributes to a crossing of them
