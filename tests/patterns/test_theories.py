"""Rival theories: the full model's is the model as it is, and each rival is what its name says."""

import json

import pytest

from simulation.cli import main
from simulation.experiments.patterns.clauses import CLAUSES
from simulation.experiments.theories import theories_of
from simulation.run import simulate
from simulation.scenario.errors import ScenarioError
from simulation.scenario.parameters import Parameters
from simulation.scenario.policy import Policy
from simulation.scenario.study import Study
from simulation.scenario.world import World

THEORIES = theories_of("rivals")


def default(field):
    """The default of a parameter by its dotted name."""
    value = Parameters()
    for word in field.split(".")[1:]:
        value = getattr(value, word)
    return value


def test_the_first_theory_is_the_model_as_it_is():
    assert list(THEORIES) == ["full", "coin", "static", "one_sided", "no_norm"]
    assert THEORIES["full"] == {field: default(field) for field in THEORIES["full"]}


@pytest.mark.parametrize("name", ["coin", "static", "one_sided", "no_norm"])
def test_a_rival_differs_in_what_it_is_named_for(name):
    other = {field for field, value in THEORIES[name].items() if value != default(field)}
    assert other
    assert all(field.startswith(("parameters.engage", "parameters.impress", "parameters.norm")) for field in other)


@pytest.mark.jit_only
def test_under_the_coin_a_tie_never_changes():
    world = World.load("teaching_hospital").with_({**THEORIES["coin"], "people.mentees": 60, "people.mentors": 24})
    months = simulate(world, Policy(), months=24, trace=True).tie_months
    assert months.groupby("tie")["quality"].nunique().max() == 1


@pytest.mark.parametrize("changes", [
    {"design": {"kind": "factorial"}}, {"uncertainties": [{"field": "parameters.engage.rate", "values": [0.1]}]},
    {"uncertainties": [{"field": "title", "values": ["a"]}, {"field": "hazards.first_year", "values": [0.1]}]},
])  # fmt: skip
def test_what_is_no_list_of_theories_is_refused(changes):
    one = {"design": {"kind": "list"}, "uncertainties": [{"field": "title", "values": ["a"]}]} | changes
    with pytest.raises(ScenarioError, match="theories are a list"):
        theories_of(Study(name="not_theories", **one))


@pytest.mark.slow
def test_the_command_puts_them_side_by_side(capsys):
    assert main(["validate", "--theories", "rivals", "--seeds", "2", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["patterns"]
    assert len(rows) == len(THEORIES) * len(CLAUSES)
    assert {row["theory"] for row in rows} == set(THEORIES)
