"""What ties give belonging, and what is left of it, in months in which nothing else moves belonging."""

import numpy as np
import pytest
from pytest import approx
from running import ran

from simulation.scenario.policy import Policy

ASKING = {"parameters.seek.odds": 2.0, "parameters.answer.odds": 8.0, "people.months": 30}
# belonging is at once what ties make of it
AT_ONCE = {"parameters.strain": {"rate": 1.0, "belonging": 0.4, "belonging_spread": 0.0, "good_tie": 0.5, "bad_tie": 0.0,
                                 "coverage": 0.0, "threat": 0.0, "wish": 0.0}}  # fmt: skip


@pytest.fixture
def warm(quiet_world):
    """A world in which people ask and ties last, and belonging is 0.4 and half of what the best tie gives."""
    return quiet_world.with_({**ASKING, **AT_ONCE})


def qualities(state):
    """The quality of each live tie, in its place; 0 in an empty slot."""
    ties = np.asarray(state.ties)
    return np.where(ties["mentor"] >= 0, np.sqrt(ties["mentee_engagement"] * ties["mentor_engagement"]), 0.0)


def test_a_tie_in_initiation_gives_less(warm):
    for months in (2, 30):
        usual, less = (ran(warm.with_({"parameters.strain.young": young}), Policy(), 1, months)[0] for young in (0.0, 0.25))
        ties, quality = np.asarray(less.ties), qualities(less)
        young = (ties["spark"] < 0) & (months - 1 - ties["start"] < 9)
        assert usual.mentees["belonging"] == approx(0.4 + 0.5 * quality.max(axis=1))
        assert less.mentees["belonging"] == approx(0.4 + 0.5 * np.where(young, 0.75 * quality, quality).max(axis=1))
        assert (young & (quality > 0.0)).any() == (months == 2)
