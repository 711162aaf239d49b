"""Outcomes of a run: one table of what they are, and the compiled code that counts them.

A new outcome takes a row in `table.py`, the line that counts it in `people.py`, `ties.py` or `mentors.py`, and its test.
"""

from simulation.outcomes.names import attribute_parts, find, gap_parts, gaps_among, groups_of, headlines, overall_of
from simulation.outcomes.table import EQUITY, GAPPED, PERSONAL, TABLE, WIDTH, Outcome, Unit

__all__ = [
    "EQUITY",
    "GAPPED",
    "PERSONAL",
    "TABLE",
    "WIDTH",
    "Outcome",
    "Unit",
    "attribute_parts",
    "find",
    "gap_parts",
    "gaps_among",
    "groups_of",
    "headlines",
    "overall_of",
]
