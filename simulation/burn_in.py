"""A study that starts after a burn-in: its months count from its own start, and what was over before is left out."""

import numpy as np

from simulation.columns import State

NEVER = np.iinfo(np.int16).max
# What a traced run keeps month by month, and what counts its rows.
KEPT = {
    "trace": "traced", "asks": "asked", "views": "viewed", "mentee_months": "mentee_months",
    "mentor_months": "mentor_months", "moves": "moved",
}  # fmt: skip


def of_study(state: State, first: int, month: int) -> tuple[State, int]:
    """Give the state and the month as a study sees them that starts in the month `first`; before it, and without one, as they are.

    Left out are mentees and mentors who had left, ties that had ended, and months lived before. An event before the start has
    a month below 0 where everybody has one (`cohort`, `joined`, `start`, `since`); where -1 stands for none, it is told as of
    month 0. Mentors and ties are numbered anew; nobody lives on in this state.
    """
    if first == 0 or month < first:
        return state, month
    mentees, ties, counts = state.mentees.copy(), state.ties.copy(), np.array([state.counts]).view(np.recarray)[0]
    mentors, mentor_at = _lasting(state.mentors[: state.counts.mentors], "exit_month", first)
    records, record_at = _lasting(state.records[: state.counts.records], "end", first)
    kept = {name: _since(getattr(state, name)[: state.counts[count]], first) for name, count in KEPT.items()}
    moves = kept["moves"]
    moves.judged[:] = np.where(moves.judged < 0, -1, moves.judged - first)
    mentees.active[(mentees.exit_month >= 0) & (mentees.exit_month < first)] = 0
    mentors.row = np.arange(len(mentors))
    live = ties.mentor >= 0
    ties.mentor[live], ties.number[live] = mentor_at[ties.mentor[live]], record_at[ties.number[live]]
    records.mentor, kept["trace"].tie = mentor_at[records.mentor], record_at[kept["trace"].tie]
    for name in ("asks", "views", "mentor_months"):
        kept[name].mentor = mentor_at[kept[name].mentor]
    begun = (mentees.cohort, mentors.joined, records.start, records.since, ties.start, ties.since)
    for column in (*begun, *(rows.month for rows in kept.values())):
        column -= first
    for column in (mentees.exit_month, mentors.exit_month, records.end, records.spark, ties.spark):
        column[:] = np.where(column < 0, -1, np.maximum(column - first, 0))
    mentees.ties, mentees.first_tie = _of_each(len(mentees), records.mentee, records.start)
    sparked = records.spark >= 0
    mentees.sparks, mentees.first_spark = _of_each(len(mentees), records.mentee[sparked], records.spark[sparked])
    counts.mentors, counts.records = len(mentors), len(records)
    for name, count in KEPT.items():
        counts[count] = len(kept[name])
    months = state.months[first:]
    return state._replace(
        mentees=mentees, ties=ties, records=records, mentors=mentors, months=months, counts=counts, **kept
    ), month - first


def _since(rows: np.recarray, first: int) -> np.recarray:
    """Give the rows of what happened in a month or later."""
    return rows[rows.month >= first].copy()


def _lasting(rows: np.recarray, end: str, first: int) -> tuple[np.recarray, np.ndarray]:
    """Give the rows that had not come to their end before a month, and the new place of each row."""
    lasting = (rows[end] < 0) | (rows[end] >= first)
    return rows[lasting].copy(), np.cumsum(lasting) - 1


def _of_each(people: int, who: np.ndarray, when: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give for each of so many people how many events there were, and the month of the first; -1 for none."""
    first = np.full(people, NEVER)
    np.minimum.at(first, who, np.maximum(when, 0))
    return np.bincount(who, minlength=people), np.where(first == NEVER, -1, first)
