"""The figures of an office: its words, its errors, what they leave of the sets, and what is told of them."""

import json

import numpy as np
import pandas as pd
import pytest

from simulation.cli import main
from simulation.evidence.own_numbers import WORDS, clause_of
from simulation.evidence.own_patterns import patterns_in
from simulation.evidence.patterns.clauses import Clause
from simulation.evidence.weigh import points_of, weigh
from simulation.outcomes.table import TABLE
from simulation.scenario.errors import ScenarioError
from simulation.scenario.parameter_sets import ParameterSets
from simulation.scenario.targets import Targets

LUCK = np.random.default_rng(1)
SETS = pd.DataFrame(LUCK.uniform(0.0, 1.0, (200, 3)), columns=["parameters.a", "parameters.b", "parameters.c"])


def clause(value, error, name="x"):
    return Clause("own", name, "C", value - 1.959964 * error, value + 1.959964 * error, "", "", "")


def found(*clauses, given=None, luck=0.0, sets=SETS, seed=1):
    given = sets.to_numpy()[:, : len(clauses)] if given is None else np.asarray(given, float)
    return weigh(sets, given, np.full(given.shape, luck), clauses, seed)


def numbers(*of, **more):
    return Targets(**{"name": "own", "world": "teaching_hospital", "policy": "ad_hoc", "numbers": list(of)} | more)


def test_weights_are_the_likelihood_by_hand():
    table = found(clause(0.5, 0.1), luck=0.1).tried
    by_hand = np.exp(-0.5 * ((SETS["parameters.a"] - 0.5) ** 2 / 0.02))
    np.testing.assert_allclose(table["weight"], by_hand / by_hand.sum(), rtol=1e-5)


def test_the_sets_that_are_left_are_near_and_as_many_as_the_weights_are_worth():
    said = found(clause(0.2, 0.03))
    weights = said.tried["weight"]
    assert said.effective == pytest.approx(1.0 / (weights**2).sum())
    assert len(said.accepted) == round(said.effective)
    assert said.accepted["parameters.a"].mean() == pytest.approx(0.2, abs=0.02)
    assert said.accepted["parameters.b"].std() == pytest.approx(SETS["parameters.b"].std(), rel=0.3), "b has nothing to do with it"
    times = said.accepted.groupby("parameters.a").size()
    expected = said.tried.set_index("parameters.a")["weight"][times.index] * len(said.accepted)
    assert ((times >= np.floor(expected)) & (times <= np.ceil(expected))).all(), "systematic draws"


def test_equal_weights_keep_each_set_once():
    said = found(clause(0.5, 1e6))
    assert said.effective == pytest.approx(len(SETS))
    pd.testing.assert_frame_equal(said.accepted, said.tried)


def test_a_figure_out_of_reach_weighs_nothing_and_is_told():
    both, one = found(clause(0.2, 0.05, "near"), clause(3.0, 0.1, "far")), found(clause(0.2, 0.05, "near"))
    np.testing.assert_allclose(both.tried["weight"], one.tried["weight"])
    assert list(both.figures["reached"]) == [True, False]
    assert both.figures.loc[1, "high"] == SETS["parameters.b"].max()
    none = found(clause(3.0, 0.1))
    assert none.accepted.empty and not none.figures["reached"].any()


def test_figures_that_no_set_gives_together_are_told():
    given = np.column_stack([SETS["parameters.a"], 1.0 - SETS["parameters.a"]])
    assert not found(clause(0.9, 0.02, "x"), clause(0.9, 0.02, "y"), given=given).together
    assert found(clause(0.9, 0.02, "x"), clause(0.1, 0.02, "y"), given=given).together


def test_a_figure_that_a_set_cannot_give_counts_against_it():
    given = np.where(SETS[["parameters.a"]] < 0.5, np.nan, SETS[["parameters.a"]])
    said = found(clause(0.6, 0.2), given=given)
    assert (said.tried.loc[np.isnan(given[:, 0]), "weight"] == 0.0).all()
    assert said.tried["weight"].sum() == pytest.approx(1.0)
    assert np.isfinite(said.figures.loc[0, ["low", "high", "before", "after"]].to_numpy(float)).all()
    nothing = found(clause(0.6, 0.2), given=np.full((len(SETS), 1), np.nan))
    assert nothing.accepted.empty


def test_what_moves_and_what_a_figure_follows():
    said = found(clause(0.2, 0.05, "x"))
    assert list(said.moved["parameter"]) == ["parameters.a"]
    assert said.moved.loc[0, "spread_after"] < 0.3 * said.moved.loc[0, "spread_before"]
    assert said.figures.loc[0, "follows"] == "parameters.a" and said.figures.loc[0, "correlation"] > 0.99
    noise = found(clause(0.2, 0.05), given=LUCK.uniform(size=(len(SETS), 1)))
    assert noise.figures.loc[0, "follows"] == "" and noise.moved.empty


@pytest.mark.parametrize(("spoken", "name"), [*WORDS.items(), ("Retention at 12 months", "retention_12"), ("need_coverage", "need_coverage")])
def test_words_of_an_office_are_outcomes(spoken, name):
    assert name in TABLE
    value = 3.0 if name.endswith("satisfaction") else 0.25
    made = clause_of(numbers({"outcome": spoken, "value": value, "error": 0.1}), None, 0)
    assert made.outcome == name
    assert made.value == pytest.approx(0.75 if spoken == "left within a year" else value)


@pytest.mark.parametrize(("number", "error"), [
    ({"outcome": "access", "value": 0.5, "people": 96}, 0.05),  # n + 4 = 100
    ({"outcome": "access", "value": 1.0, "people": 96}, (0.98 * 0.02 / 100) ** 0.5),
    ({"outcome": "mentoring_satisfaction", "value": 4.0, "people": 100}, 0.1),
    ({"outcome": "access", "value": 0.5, "error": 0.2}, 0.2),
])  # fmt: skip
def test_the_error_follows_from_people(number, error):
    assert clause_of(numbers(number), None, 0).error == pytest.approx(error)


FILE = """world = "teaching_hospital"
policy = "ad_hoc"
[[numbers]]
outcome = "retention_12"
value = 0.9
error = 0.03
"""


@pytest.mark.parametrize(("old", "new", "told"), [
    ('"retention_12"', '"share with mentor"', "own.toml:4: numbers.share with mentor.outcome: no outcome is called \"share with mentor\"; did you mean share with a mentor?"),
    ('"retention_12"', '"nonsense"', "in plain words: share with a mentor"),
    ("0.9", "91", "own.toml:5: numbers.retention_12.value: value 91.0, allowed: a share from 0 to 1"),
    ('"retention_12"', '"mentoring_satisfaction"', "allowed: a mean of answers from 1 to 5"),
    ("error = 0.03", "people = 84\nerror = 0.03", "needs its error, or the number of people, and not both"),
    ("error = 0.03", "", "needs its error, or the number of people"),
    ("error = 0.03", "error = 0", "needs an error above 0"),
    ('"retention_12"\nvalue = 0.9\nerror = 0.03', '"cost"\nvalue = 500\npeople = 5', "own.toml:5: numbers.cost.value: of people an error follows only for shares"),
    ('"ad_hoc"', '"none_such"', "own.toml:2: policy: no policy is called"),
    ('"teaching_hospital"', '"nowhere.toml"', "own.toml:1: world: there is no such file"),
    ('policy = "ad_hoc"', "", "numbers need a world and a policy"),
    ('policy = "ad_hoc"', 'policy = "ad_hoc"\npatterns = ["P1"]', "and not both"),
    ("error = 0.03", 'error = 0.03\n[[unknowns]]\nfield = "people.mentees"\nlow = 5\nhigh = 9\nsource = "x"', "own.toml:8: unknowns.people.mentees: value \"people.mentees\", allowed: a field of context or hazards"),
    ("error = 0.03", 'error = 0.03\n[[unknowns]]\nfield = "context.volunteers"\nlow = 0.5\nhigh = 9\nsource = "x"', "own.toml:8: unknowns.context.volunteers"),
    ("error = 0.03", 'error = 0.03\n[[unknowns]]\nfield = "context.volunters"\nlow = 0.5\nhigh = 0.9\nsource = "x"', "did you mean volunteers?"),
    ("error = 0.03", 'error = 0.03\n[[numbers]]\noutcome = "retention_12"\nvalue = 0.8\nerror = 0.1', "two of the numbers are of the same outcome"),
])  # fmt: skip
def test_slips_are_told_in_one_line(old, new, told, tmp_path):
    path = tmp_path / "own.toml"
    assert old in FILE
    path.write_text(FILE.replace(old, new))
    with pytest.raises(ScenarioError) as error:
        patterns_in(path)
    assert told in str(error.value) and "\n" not in str(error.value)


def test_unknowns_lie_all_over_their_ranges_with_every_set():
    sets = ParameterSets.load("posterior")
    unknown = {"field": "context.volunteers", "low": 0.2, "high": 0.8, "source": "x"}
    number = {"outcome": "access", "value": 0.5, "error": 0.1}
    assert points_of(numbers(number), sets) == list(sets.changes)
    points = points_of(numbers(number, unknowns=[unknown], points=256), sets)
    values = np.array([point["context.volunteers"] for point in points])
    assert len(points) == 256
    assert np.histogram(values, 8, (0.2, 0.8))[0].tolist() == [32] * 8
    used = {point["parameters.seek.odds"] for point in points}
    assert used == {one["parameters.seek.odds"] for one in sets.changes}
    assert points == points_of(numbers(number, unknowns=[unknown], points=256), sets)


@pytest.mark.jit_only
def test_from_figures_to_a_comparison(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "small.toml").write_text('extends = "youth_program"\n[people]\nmentees = 30\nmentors = 12\nmonths = 12\n')
    (tmp_path / "own.toml").write_text(
        'world = "small.toml"\npolicy = "one_mentor"\nseeds = 2\npoints = 16\n'
        '[[numbers]]\noutcome = "ever had a mentor"\nvalue = 0.6\nerror = 0.2\n'
        '[[numbers]]\noutcome = "left within a year"\nvalue = 0.9\nerror = 0.01\n'
        '[[unknowns]]\nfield = "hazards.first_year"\nlow = 0.01\nhigh = 0.2\nsource = "made up"\n'
    )
    assert main(["check", "own.toml"]) == 0
    assert main(["calibrate", "own.toml"]) == 0
    out = capsys.readouterr().out
    assert "Could not be fitted: left within a year. You say 0.9" in out
    assert "ever had a mentor: alone it leaves" in out
    file = "results/own-calibration/accepted.parquet"
    assert f"--parameters {file}" in out
    table = pd.read_parquet(file)
    assert {"hazards.first_year", "parameters.seek.odds", "weight"} <= set(table)
    kept = (tmp_path / file).read_bytes()
    assert main(["calibrate", "own.toml", "--json"]) == 0, "the same again, into its own folder"
    told = json.loads(capsys.readouterr().out)
    assert told["accepted"] == len(table) and told["folder"] == "results/own-calibration"
    assert (tmp_path / file).read_bytes() == kept
    words = ["compare", "small.toml", "ad_hoc", "one_mentor", "--replicates", "10", "--parameters", file, "--quiet"]
    assert main(words) == 0
    assert main(["run", "small.toml", "ad_hoc", "--parameters", file, "--parameter-set", "0", "--quiet"]) == 0
