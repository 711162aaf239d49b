"""One mentor with room for c: the load follows the stationary vector of its (c + 1)-state chain.

Every mentee without a mentor asks with the same chance a month, and the mentor takes whom there is room for; then each
tie ends with the same chance. So load L becomes min(L + Binomial(N - L, ask), c), thinned by Binomial(., stay): a chain
with c + 1 states. That asks are taken in turn changes nothing, since all askers are alike.
"""

import math

import numpy as np
import pytest
from running import ran
from scipy import stats

from simulation.scenario.policy import Policy

ALPHA = 1e-6
HEADS, CAP, ODDS, ENDS, MONTHS = 6, 3, 0.0, 4.0, 12
ASK = 1.0 / (1.0 + math.exp(-ODDS))
STAY = math.exp(-ENDS / 12.0)


def chain() -> np.ndarray:
    """The chances of next month's load, by this month's."""
    matrix = np.zeros((CAP + 1, CAP + 1))
    for load in range(CAP + 1):
        for asking in range(HEADS - load + 1):
            full = min(load + asking, CAP)
            chance = stats.binom.pmf(asking, HEADS - load, ASK)
            matrix[load] += chance * stats.binom.pmf(np.arange(CAP + 1), full, STAY)
    return matrix


def stationary(matrix) -> np.ndarray:
    """The vector that the chain leaves as it is."""
    value, vectors = np.linalg.eig(matrix.T)
    vector = np.real(vectors[:, np.argmin(np.abs(value - 1.0))])
    return vector / vector.sum()


@pytest.fixture
def one_mentor(quiet_world):
    """A mentor who always says yes while there is room, and mentees who all see the mentor and ask alike."""
    return quiet_world.with_({
        "people.mentees": HEADS, "people.mentors": 1, "people.months": MONTHS, "people.unit_mentees": HEADS,
        "context.hard_cap": CAP, "context.mentor_ends": ENDS, "parameters.seek.odds": ODDS,
        "parameters.answer": {"odds": 8.0, "time": 0.0, "fit": 0.0, "willingness": 0.0, "impression": 0.0},
        "parameters.encounter": {"notice": 5.0, "newcomer": 0.0},
        "parameters.hear.chance": 0.0, "parameters.spark": {"level": 1.0, "months": 24},
        "parameters.evaluate.separation": 0,
        "domains": [{"name": "career", "need": [0.8]}], "parameters.need.spread": 0.0,
    })  # fmt: skip


@pytest.mark.jit_only
def test_load_is_stationary(one_mentor):
    # With 2,400 months a year's newcomer would come; so many short runs stand for one long one.
    matrix = chain()
    law = np.linalg.matrix_power(matrix, MONTHS)[0]
    assert np.abs(law - stationary(matrix)).max() < 1e-4
    alone = Policy(name="one", title="").with_({"empower.mentors_at_once": 1})
    loads = [int(ran(one_mentor, alone, seed, MONTHS)[0].mentors[0].load) for seed in range(4000)]
    counts = np.bincount(loads, minlength=CAP + 1)
    assert stats.chisquare(counts, stationary(matrix) * len(loads)).pvalue > ALPHA
