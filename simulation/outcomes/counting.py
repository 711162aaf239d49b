"""The outcomes of a run, counted in compiled code at its end."""

import numpy as np

from simulation.jit import step
from simulation.outcomes.mentors import of_attributes, of_mentors, of_program
from simulation.outcomes.people import count_exits, of_people
from simulation.outcomes.table import OVERALL, PERSON
from simulation.outcomes.ties import of_ties


@step
def take(state, setting, months, at_risk, left, people, of, overall, over):
    """Add up everything of a run; one call, since each call from Python costs as much as a small count."""
    count_exits(state, setting, months, at_risk, left)
    of_people(state, setting, months, at_risk, left, people, of)
    of_ties(state, setting, months, overall, over)
    loads = np.zeros(int(setting.context.hard_cap) + 1)
    of_mentors(state, setting, months, np.zeros(months), np.zeros(months), loads, overall, over)
    of_attributes(state, setting, months, overall, over)
    of_program(state, months, at_risk[0], left[0], overall, over)


def counted(state, setting, months: int, rows: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Take the outcomes of a run: personal (rows x PERSONAL), overall, at risk and left (rows x months each)."""
    at_risk, left = np.zeros((rows, months)), np.zeros((rows, months))
    people, of = np.zeros(rows, PERSON).view(np.recarray), np.zeros(rows, PERSON).view(np.recarray)
    overall, over = np.zeros(1, OVERALL).view(np.recarray), np.zeros(1, OVERALL).view(np.recarray)
    take(state, setting, months, at_risk, left, people, of, overall[0], over[0])
    return means(people, of), means(overall, over)[0], at_risk, left


def means(sums: np.recarray, weights: np.recarray) -> np.ndarray:
    """Each sum over its weight, rows x outcomes; missing where nobody counts."""
    above, below = (np.asarray(rows).view("f8").reshape(len(rows), -1) for rows in (sums, weights))
    return np.divide(above, below, out=np.full(above.shape, np.nan), where=below > 0.0)
