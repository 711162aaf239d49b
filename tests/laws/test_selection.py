"""Selection: who has a mentor differs from who has none, also where mentors change nothing of it (A10)."""

import numpy as np
import pytest

from simulation import Policy, World, simulate

# Nothing that a mentor does reaches output; whom mentors choose does not follow what somebody has produced.
INERT = {"parameters.learn.rate": 0.0, "parameters.learn.means": 0.0, "parameters.answer.record": 0.0}


def ahead(able, seeds=12):
    """By how much those with a mentor produce more than those without, a value a seed."""
    world = World.load("teaching_hospital").with_(INERT | {"parameters.seek.able": able})
    found = []
    for seed in range(1, seeds + 1):
        mentees = simulate(world, Policy(), seed=seed).mentees
        there = mentees[mentees["exit"] == "active"]
        found.append(there.groupby("mentored")["output"].mean().diff().iloc[-1])
    return np.array(found)


@pytest.mark.slow
def test_the_able_ask_more_so_that_the_mentored_produce_more_whatever_mentors_do():
    apart = ahead(3.0)
    assert apart.mean() > 4.0 * apart.std(ddof=1) / np.sqrt(len(apart))


@pytest.mark.slow
def test_where_ability_brings_out_no_question_the_mentored_produce_as_much_as_others():
    apart = ahead(0.0)
    assert abs(apart.mean()) < 4.0 * apart.std(ddof=1) / np.sqrt(len(apart))
