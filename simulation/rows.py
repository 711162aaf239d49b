"""Making empty rows, and larger tables in place of full ones.

What a row of mentors or of records needs at its birth is written then: a row that is never used takes no memory.
"""

import numpy as np

from simulation.columns import INSTITUTION, MENTEE, POST, TIE

MISSING = {
    MENTEE: ("exit_month", "exit_to", "last_contact", "first_tie", "first_spark", "known", "group"),
    TIE: ("mentor", "number", "spark"),
    POST: ("occupant", "group", "expertise"),
    INSTITUTION: ("trial", "pending_month"),
}


def empty(kind: np.dtype, *shape: int) -> np.recarray:
    """Make rows of a kind: all zero, or -1 for what has not happened or is not drawn; mentees know their own row."""
    rows = np.zeros(shape, kind)
    for name in MISSING.get(kind, ()):
        rows[name] = -1
    if kind == MENTEE:
        rows["row"] = np.arange(len(rows))
    return rows.view(np.recarray)


def grown(rows: np.recarray, used: int, kind: np.dtype, count: int) -> np.recarray:
    """Copy the rows in use into a table with room for `count`."""
    larger = empty(kind, count)
    larger[:used] = rows[:used]
    return larger
