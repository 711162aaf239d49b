"""Making empty rows, and larger tables in place of full ones."""

import numpy as np

from simulation.columns import INSTITUTION, MENTEE, MENTOR, POST, RECORD, TIE

MISSING = {
    MENTEE: ("exit_month", "exit_to", "last_contact", "first_tie", "first_spark", "known"),
    TIE: ("mentor", "number", "spark"),
    RECORD: ("end", "ended_by", "reason", "ended_well", "spark"),
    MENTOR: ("exit_month",),
    POST: ("occupant",),
    INSTITUTION: ("trial", "pending_month"),
}


def empty(kind: np.dtype, *shape: int) -> np.recarray:
    """Make rows of a kind: all zero, or -1 for events that have not happened; people know their own row."""
    rows = np.zeros(shape, kind)
    for name in MISSING.get(kind, ()):
        rows[name] = -1
    if "row" in kind.names:
        rows["row"] = np.arange(len(rows))
    return rows.view(np.recarray)


def grown(rows: np.recarray, kind: np.dtype, count: int) -> np.recarray:
    """Copy rows into a table with room for `count` of them."""
    larger = empty(kind, count)
    larger[: len(rows)] = rows
    return larger
