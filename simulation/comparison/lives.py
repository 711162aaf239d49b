"""What each person lived through in a trial, taken from a running world at the ends of its periods."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from simulation.allocate import Layout, allocate
from simulation.burn_in import of_study
from simulation.run import advance_to
from simulation.tables import ask_mentees

OUTCOMES = ("access", "mentored_share", "need_coverage", "mentoring_satisfaction", "burnout", "retention")


class Lives(NamedTuple):
    """All people of a world so far, a number a person; months and sums count from the start of the study."""

    unit: np.ndarray
    turn: np.ndarray  # of the unit, in the order by lot
    offered: np.ndarray  # whether the lot falls to them
    left: np.ndarray
    present: np.ndarray  # there now as mentees
    tied: np.ndarray  # ever had a mentor in the study
    current: np.ndarray  # have one now
    months: np.ndarray  # as a mentee
    mentored: np.ndarray  # months with a current mentor
    covered: np.ndarray  # need covered, summed over months
    answer: np.ndarray  # to the question how satisfied they are with mentoring
    burnout: np.ndarray


def lives(layout: Layout, levers: np.record, seed: int, ends: Sequence[int]) -> Iterator[Lives]:
    """Run a layout and look at everybody after so many months each; `levers` say to whom the lot of a trial falls."""
    state, month = allocate(layout, seed, False), 0
    for end in ends:
        reached = layout.plan.first_month + end
        state, month = advance_to(state, layout, month, reached), reached
        yield _looked_at(*of_study(state, layout.plan.first_month, reached - 1), layout.setting, levers)


def _looked_at(state, month: int, setting: np.record, levers: np.record) -> Lives:
    rows, said = np.asarray(state.mentees), np.zeros((len(state.mentees), 7))
    ask_mentees(state, setting, levers, month, said)
    last = np.where(rows["exit_month"] >= 0, rows["exit_month"], month)
    end = np.where(bool(setting.graduates), last, rows["cohort"] + 12 * int(setting.years) - 1)  # of those who are promoted
    months = np.minimum(last, end) - np.maximum(rows["cohort"], 0) + 1
    return Lives(
        rows["unit"].copy(), rows["turn"].copy(), said[:, 6] > 0, rows["active"] == 2, (rows["active"] == 1) & (end >= last),
        rows["ties"] > 0, said[:, 0] > 0, np.where(rows["active"] > 0, np.maximum(months, 0), 0),
        rows["months_mentored"].copy(), rows["coverage_sum"].copy(), said[:, 3], rows["burnout"].copy(),
    )  # fmt: skip


def lived(now: Lives, before: Lives | None = None, periods: int = 1) -> np.ndarray:
    """Each person's outcomes of a period: people x `OUTCOMES`; missing for who was not there, or was not asked.

    Retention is 1 for who has not left, else 1 - `periods`, so that a difference is that of the whole trial and not of a period.
    """
    months, mentored, covered = now.months, now.mentored, now.covered
    gone = np.zeros(len(months), bool)
    if before is not None:
        months, mentored, covered = months - before.months, mentored - before.mentored, covered - before.covered
        gone = before.left
    there = months > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = [np.where(there, mentored / months, np.nan), np.where(there, covered / months, np.nan)]
    answer = np.where(now.present & now.current, now.answer, np.nan)
    burnout = np.where(now.present, now.burnout, np.nan)
    stayed = np.where(there & ~gone, 1.0 - periods * now.left, np.nan)
    return np.stack([np.where(there, now.tied, np.nan), *shares, answer, burnout, stayed], axis=1)
