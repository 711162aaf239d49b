"""The outcomes of a run, counted in compiled code at its end."""

import numpy as np

from simulation.jit import step
from simulation.outcomes.mentors import of_attributes, of_mentors, of_program
from simulation.outcomes.people import count_exits, of_people
from simulation.outcomes.table import OVERALL, PERSON
from simulation.outcomes.ties import LONGEST, of_mixing, of_ties


@step
def take(state, setting, months, at_risk, left, people, overall):
    """Count a run in one call, since each call from Python costs as much as a small count.

    `people` is 2 x rows and `overall` 2 x 1: first the sums, then the weights that they are divided by.
    """
    count_exits(state, setting, months, at_risk, left)
    of_people(state, setting, months, at_risk, left, people[0], people[1])
    sums, weights = overall[0, 0], overall[1, 0]
    of_ties(state, setting, months, np.zeros(LONGEST), np.zeros(LONGEST), sums, weights)
    of_mixing(state, setting, sums, weights)
    loads = np.zeros(int(setting.context.hard_cap) + 1)
    of_mentors(state, setting, months, np.zeros(months), np.zeros(months), loads, sums, weights)
    of_attributes(state, setting, months, sums, weights)
    of_program(state, months, at_risk[0], left[0], sums, weights)


def counted(state, setting, months: int, rows: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Count the outcomes of a run: personal (rows x PERSONAL), overall, at risk and left (rows x months each)."""
    at_risk, left = np.zeros((rows, months)), np.zeros((rows, months))
    people, overall = (np.zeros((2, count), kind).view(np.recarray) for kind, count in ((PERSON, rows), (OVERALL, 1)))
    take(state, setting, months, at_risk, left, people, overall)
    return means(people), means(overall)[0], at_risk, left


def means(rows: np.recarray) -> np.ndarray:
    """Divide each sum by its weight: rows x outcomes; missing where the weight is 0."""
    sums, weights = np.asarray(rows).view("f8").reshape(2, rows.shape[1], -1)
    return np.divide(sums, weights, out=np.full(sums.shape, np.nan), where=weights > 0.0)
