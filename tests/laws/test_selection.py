"""Selection: who has a mentor differs from who has none, also where mentors change nothing of it (A10, A1)."""

import numpy as np
import pytest

from simulation import Policy, World, simulate

# Mentors change nobody's output and nobody's burnout; the able neither ask more, nor are taken more, nor burn out less.
NOTHING = {
    "parameters.learn.rate": 0.0, "parameters.learn.means": 0.0, "parameters.seek.able": 0.0, "parameters.answer.record": 0.0,
    "parameters.seek.worn": 0.0, "parameters.strain.good_tie": 0.0, "parameters.strain.bad_tie": 0.0,
    "parameters.strain.coverage": 0.0, "parameters.strain.role_conflict": 0.0, "parameters.strain.role_model": 0.0,
    "parameters.part.harm": 0.0, "parameters.strain.ability": 0.0, "parameters.leave.output": 0.0,
}  # fmt: skip
ASK, TAKEN = {"parameters.seek.able": 3.0}, {"parameters.answer.record": 4.0}
SPARED = {"parameters.strain.ability": 0.3}


def apart(state, changes, seeds=24):
    """By how much those with a mentor are ahead in a state, of those there at the end; a value a seed."""
    world = World.load("teaching_hospital").with_(NOTHING | changes)
    found = []
    for seed in range(1, seeds + 1):
        mentees = simulate(world, Policy(), seed=seed).mentees
        there = mentees[mentees["exit"] == "active"]
        found.append(there.groupby("mentored")[state].mean().diff().iloc[-1])
    return np.array(found)


def errors(values):
    """The mean in standard errors."""
    return values.mean() / (values.std(ddof=1) / np.sqrt(len(values)))


@pytest.mark.slow
@pytest.mark.parametrize("road", [ASK, TAKEN], ids=["the able ask", "the able are taken"])
def test_the_mentored_produce_more_whatever_mentors_do(road):
    assert errors(apart("output", road)) > 4.0


@pytest.mark.slow
def test_where_the_able_are_spared_the_mentored_are_less_worn_out_whatever_mentors_do():
    assert errors(apart("burnout", ASK | SPARED)) < -4.0


@pytest.mark.slow
@pytest.mark.parametrize(("state", "changes"), [("output", {}), ("burnout", SPARED), ("burnout", ASK)])
def test_without_either_half_of_a_road_the_mentored_are_as_others(state, changes):
    assert abs(errors(apart(state, changes))) < 4.0
