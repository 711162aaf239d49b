"""The outcomes of a run, counted in compiled code: some at a moment, all others over the whole study."""

from typing import NamedTuple

import numpy as np

from simulation.jit import step
from simulation.outcomes.mentors import of_attributes, of_cost, of_diversity, of_mentors, of_present_mentors, of_program
from simulation.outcomes.people import count_exits, of_people, of_present_people
from simulation.outcomes.table import OVERALL, PERSON
from simulation.outcomes.ties import LONGEST, of_mixing, of_ties


class Sums(NamedTuple):
    """The sums of outcomes, and the weights that they are divided by: 2 x rows of people, and 2 x 1 of everything else."""

    people: np.recarray
    overall: np.recarray


def moment_of(setting, months: int) -> int:
    """The moment of a study: its last month at whose end somebody can still be a mentee of the program.

    It is the last month, unless everybody who is there then graduates in it. It follows from world and length alone, and
    so is the same under every policy.
    """
    latest = (months - 1) // 12 * 12  # arrival
    return min(months - 1, latest + 12 * int(setting.years) - 2) if setting.graduates else months - 1


@step
def take_moment(state, setting, month, people, overall):
    """Count who is there at the end of a month, and how they are, in one call: one from Python costs as much as a count."""
    of_present_people(state, setting, month, people[0], people[1])
    sums, weights = overall[0, 0], overall[1, 0]
    of_present_mentors(state, setting, np.zeros(int(setting.context.hard_cap) + 1), sums, weights)
    of_diversity(state, setting, sums, weights)
    of_program(state, month, sums, weights)


@step
def take(state, setting, months, at_risk, left, people, overall):
    """Count a study of so many months, in one call, beside what was counted at its moment."""
    count_exits(state, setting, months, at_risk, left)
    of_people(state, setting, months, at_risk, left, people[0], people[1])
    sums, weights = overall[0, 0], overall[1, 0]
    of_ties(state, setting, months, np.zeros(LONGEST), np.zeros(LONGEST), sums, weights)
    of_mixing(state, setting, sums, weights)
    of_mentors(state, months, np.zeros(months), np.zeros(months), sums, weights)
    of_attributes(state, setting, months, sums, weights)
    of_cost(state, at_risk[0], left[0], sums, weights)


def at_moment(state, setting, month: int, rows: int) -> Sums:
    """Count the outcomes of a moment, at the end of a month; `rows` is the number of groups, everyone among them."""
    found = Sums(*(np.zeros((2, count), kind).view(np.recarray) for kind, count in ((PERSON, rows), (OVERALL, 1))))
    take_moment(state, setting, month, *found)
    return found


def counted(state, setting, months: int, moment: Sums) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Count the outcomes of a run beside those of its moment.

    Returns personal outcomes (rows x PERSONAL), overall ones, and who was at risk and who left (rows x months each).
    """
    rows = moment.people.shape[1]
    at_risk, left = np.zeros((rows, months)), np.zeros((rows, months))
    people, overall = (sums.copy() for sums in moment)
    take(state, setting, months, at_risk, left, people, overall)
    return means(people), means(overall)[0], at_risk, left


def means(rows: np.recarray) -> np.ndarray:
    """Divide each sum by its weight: rows x outcomes; missing where the weight is 0."""
    sums, weights = np.asarray(rows).view("f8").reshape(2, rows.shape[1], -1)
    return np.divide(sums, weights, out=np.full(sums.shape, np.nan), where=weights > 0.0)
