"""One rule for whole numbers at every door: Python's and numpy's are taken, all else is refused in a sentence."""

import numpy as np
import pytest

from simulation.cli import arguments
from simulation.comparison.compare import compare
from simulation.executor import threads_or
from simulation.model import MentorshipModel
from simulation.phenomena.demonstration import phenomenon
from simulation.run import simulate
from simulation.scenario.errors import ScenarioError
from simulation.scenario.policy import Policy
from simulation.scenario.whole_numbers import BOUNDS, whole_number
from simulation.scenario.world import World

WRONG = [1.7, 1.0, True, np.True_, None, 2**63, -1, "1", "auto ", float("nan"), [1], np.float64(1.0)]
WORLD = World(name="small").with_({"people.mentees": 4, "people.mentors": 2, "people.unit_mentees": 2})


def working(workers):
    with threads_or(None, workers) as executor:
        return executor


DOORS = {
    "simulate seed": ("seed", lambda number: simulate(WORLD, Policy(), seed=number, months=1)),
    "simulate months": ("months", lambda number: simulate(WORLD, Policy(), months=number)),
    "model months": ("months", lambda number: MentorshipModel(WORLD, Policy(), 1, months=number)),
    "compare seed": ("seed", lambda number: compare(WORLD, [Policy(), Policy(name="b")], replicates=1, seed=number)),
    "compare replicates": ("replicates", lambda number: compare(WORLD, [Policy(), Policy(name="b")], replicates=number)),
    "workers": ("workers", working),
    "phenomenon seeds": ("seeds", lambda number: phenomenon("tipping", seeds=number)),
    "phenomenon seed": ("seed", lambda number: phenomenon("tipping", seed=number)),
}
BY_DEFAULT = {"simulate months", "model months", "workers", "phenomenon seeds"}  # None is the default there


@pytest.mark.parametrize("wrong", WRONG, ids=repr)
@pytest.mark.parametrize("door", DOORS)
def test_what_is_no_whole_number_is_refused(door, wrong):
    name, enter = DOORS[door]
    if wrong is None and door in BY_DEFAULT:
        pytest.skip("None is the default")
    with pytest.raises(ValueError, match=rf"{name} is .*; it must be a whole number from \d+ to \d+"):
        enter(wrong)


@pytest.mark.parametrize("name", BOUNDS)
def test_numbers_at_the_bounds_are_taken(name):
    low, high = BOUNDS[name]
    for kind in (int, np.int64, np.uint64):
        assert [whole_number(kind(number), name) for number in (low, high)] == [low, high]
        assert type(whole_number(kind(low), name)) is int
    for past in (low - 1, high + 1):
        with pytest.raises(ScenarioError):
            whole_number(past, name)


def test_seeds_of_numpy_give_the_same_run():
    assert simulate(WORLD, Policy(), seed=np.int32(7), months=np.int8(2)).digest == simulate(WORLD, Policy(), seed=7, months=2).digest


@pytest.mark.parametrize("option", ["--seed", "--months", "--workers", "--replicates"])
def test_the_command_line_has_the_same_bounds(option):
    low, high = BOUNDS[option.removeprefix("--")]
    command = ["run", "w", "p"] if option == "--months" else ["compare", "w"]
    for number in (low, high):
        assert getattr(arguments([*command, option, str(number)]), option.removeprefix("--")) == number
    for number in (low - 1, high + 1, "1.7", "true", "none"):
        with pytest.raises(ScenarioError, match="whole number from"):
            arguments([*command, f"{option}={number}"])
