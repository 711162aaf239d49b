"""Rival theories: the full model's is the model as it is, and each rival is what its name says."""

import numpy as np
import pandas as pd
import pytest

from simulation.cli import main
from simulation.commands import validate as command
from simulation.evidence import theories
from simulation.evidence.theories import one_parameter, theories_of
from simulation.evidence.validate import Measured
from simulation.run import simulate
from simulation.scenario.errors import ScenarioError
from simulation.scenario.parameters import Parameters
from simulation.scenario.policy import Policy
from simulation.scenario.study import Study
from simulation.scenario.world import World

THEORIES = theories_of("rivals")


def measured(rows):
    """Clauses that are the same in every sample of populations."""
    return Measured(pd.DataFrame(rows), {f"{row['id']}.{row['clause']}": np.full(3, row["value"]) for row in rows})


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


def test_of_one_factor_at_a_time_each_theory_has_one_change():
    found = theories_of("knock_outs")
    assert found["full"] == {}
    assert len(found) > 100
    assert found["parameters.engage.coupling"] == {"parameters.engage.coupling": 0}
    assert all(len(changes) == 1 for name, changes in found.items() if name != "full")


def test_of_many_theories_the_command_says_what_leaves_its_band(monkeypatch, capsys):
    def made_up(theory, *how):
        near = theory.get("parameters.engage.coupling", 1) == 0
        shift = 0.3 if near else 0.0  # of two clauses: of the second in every sample of populations, of the third in some
        rows = [("P1", "mentored", "C", not near, 0.5), ("P4", "long_gap", "V", True, 0.1 + shift), ("P5", "contact", "C", near, shift)]
        samples = np.random.default_rng(1).normal(0.0, 1.0, 100)
        drawn = {"P1.mentored": samples, "P4.long_gap": samples + shift, "P5.contact": samples * (1.0 + shift)}
        table = pd.DataFrame(rows, columns=["id", "clause", "kind", "in_band", "value"])
        return Measured(table.assign(band_low=0.0, band_high=[1.0, 1.0, np.inf]), drawn)

    monkeypatch.setattr(theories, "measure_clauses", made_up)
    monkeypatch.setattr(command, "compile_first", lambda silent: None)
    assert main(["validate", "--theories", "knock_outs", "--quiet"]) == 0
    said = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert said[0] == ["C", "in", "V", "in", "leaves", "its", "band", "comes", "in", "moves", "clearly"]
    assert ["parameters.engage.coupling", "1", "1", "P1", "mentored", "P5", "contact", "P4", "long", "gap"] in said
    assert ["parameters.engage.chosen", "1", "1"] in said


def test_the_command_puts_them_side_by_side(monkeypatch, capsys):
    row = {"id": "P1", "clause": "mentored", "kind": "C", "value": 0.5, "low": 0.4, "high": 0.6, "band_low": 0.42,
           "band_high": 0.62, "in_band": True, "causal": float("nan")}  # fmt: skip
    tried = []
    monkeypatch.setattr(theories, "measure_clauses", lambda theory, *how: tried.append(theory) or measured([row]))
    monkeypatch.setattr(command, "compile_first", lambda silent: None)
    assert main(["validate", "--theories", "rivals", "--quiet"]) == 0
    said = capsys.readouterr().out
    assert tried == list(THEORIES.values())
    assert all(name in said for name in THEORIES)
    assert "1 of 1" in said


def test_the_theories_of_selection_differ_in_one_number_alone():
    theories = theories_of("selection")
    called, at = one_parameter("selection")
    assert called == "how much less the worn out ask"
    assert list(theories) == list(at)
    assert [set(changes) for changes in theories.values()] == [{"parameters.seek.worn"}] * len(theories)
    (bounds,) = [[entry for entry in Parameters().seek.__class__.model_fields["worn"].metadata if hasattr(entry, "le")]]
    assert list(at.values()) == sorted(at.values()) and (min(at.values()), max(at.values())) == (0.0, bounds[0].le)


@pytest.mark.parametrize("more", [
    [], [{"field": "parameters.seek.worn", "values": [1.0, 1.0]}],
    [{"field": "parameters.seek.worn", "values": [0.0, 1.0]}, {"field": "parameters.seek.able", "values": [0.0, 1.0]}],
])  # fmt: skip
def test_where_no_number_or_more_than_one_differs_there_is_no_one_parameter(more):
    names = {"field": "title", "values": ["a", "b"]}
    assert one_parameter(Study(name="two", design={"kind": "list"}, uncertainties=[names, *more])) is None
    assert one_parameter("rivals") is None
    assert one_parameter("knock_outs") is None


@pytest.mark.parametrize(("study", "drawn"), [("selection", True), ("rivals", False)])
def test_the_command_draws_twins_where_one_number_differs(study, drawn, monkeypatch, capsys, tmp_path):
    row = {"id": "P12", "clause": "burnout", "kind": "V", "value": 0.5, "low": 0.4, "high": 0.6, "band_low": 0.4, "band_high": 0.68,
           "in_band": True, "causal": 0.7, "causal_low": 0.6, "causal_high": 0.8, "text": "odds of burnout"}  # fmt: skip
    monkeypatch.setattr(theories, "measure_clauses", lambda theory, *how: measured([row]))
    monkeypatch.setattr(command, "compile_first", lambda silent: None)
    out = tmp_path / "out"
    assert main(["validate", "--theories", study, "--out", str(out)]) == 0
    assert ("twins.png" in capsys.readouterr().err) == drawn
    assert (out / "twins.png").is_file() == (out / "twins.svg").is_file() == drawn
    assert (out / "patterns.parquet").is_file()
