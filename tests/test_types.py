"""The package is typed: public functions say what they take and give, and the wheel says that they do."""

import typing
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

import simulation
from simulation import MentorshipModel, Policy, World, compare, simulate, sweep
from simulation.comparison.compared import Comparison
from simulation.run import Run
from simulation.studies.sweep import Sweep

ROOT = Path(simulation.__file__).parent.parent
PUBLIC = {
    "simulate": simulate, "compare": compare, "sweep": sweep, "World.load": World.load, "Policy.load": Policy.load,
    "World.with_": World.with_, "Policy.with_": Policy.with_, "World.to_toml": World.to_toml,
    "MentorshipModel": MentorshipModel.__init__, "MentorshipModel.step": MentorshipModel.step,
    "MentorshipModel.tables": MentorshipModel.tables,
}  # fmt: skip


@pytest.mark.parametrize("name", PUBLIC)
def test_every_argument_and_result_has_its_type(name):
    function = getattr(PUBLIC[name], "__func__", PUBLIC[name])
    taken = function.__code__.co_varnames[: function.__code__.co_argcount + function.__code__.co_kwonlyargcount]
    hints = typing.get_type_hints(function)
    assert set(taken) - {"self", "cls"} <= set(hints)
    assert "return" in hints or name == "MentorshipModel"


def test_types_are_those_that_are_said():
    assert typing.get_type_hints(simulate)["return"] is Run
    assert typing.get_type_hints(compare)["return"] is Comparison
    assert typing.get_type_hints(compare)["policies"] == Sequence[Policy]
    assert typing.get_type_hints(sweep)["return"] is Sweep
    assert typing.get_type_hints(Run.ties.fget)["return"] is pd.DataFrame


def test_the_wheel_says_that_it_is_typed():
    wheel = pytest.importorskip("hatchling.builders.wheel")
    held = {found.distribution_path for found in wheel.WheelBuilder(str(ROOT)).recurse_included_files()}
    assert "simulation/py.typed" in held
