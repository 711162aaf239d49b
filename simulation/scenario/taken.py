"""Columns of the tables of people: an identity attribute is a column beside them, and must not take their names.

The data dictionary says what columns there are; a test holds both against the tables of a run.
"""

from simulation.dictionary import TABLES

KEYS = ("world", "policy", "point", "replicate", "seed")  # of every table on disk
OF_MENTEES, OF_MENTORS = (TABLES[name].names() for name in ("mentees", "mentors"))
OF_GROUPS = ("attribute", "group", "month", "all")  # `all` stands for everyone in the table of groups
OF_ROSTERS = ("id", "year")
OF_SIDES = ("engagement",)  # behind `mentee_` and `mentor_` in the table of ties month by month
TAKEN = frozenset((*KEYS, *OF_MENTEES, *OF_MENTORS, *OF_GROUPS, *OF_ROSTERS, *OF_SIDES))
CROSSED = "_x_"  # joins attributes to a crossing of them
