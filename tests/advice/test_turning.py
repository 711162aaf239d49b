"""Where the advice turns: by hand, and in a world in which one parameter is known to do everything."""

from importlib import import_module

import numpy as np
import pandas as pd
import pytest

from simulation.advice.turning import COLUMNS, Question, _row, crossings, turning
from simulation.advice.turns import PLAIN, turns_said
from simulation.scenario.parameter_sets import ParameterSets
from simulation.scenario.policy import Policy
from simulation.scenario.world import World


def line(ahead, width=0.002):
    rows = [
        {"parameter": "parameters.strain.good_tie", "value": value, "taken": 0.5, "policy": "six_tips", "rival": "ad_hoc",
         "outcome": "retention", "margin": 0.01, "ahead": one, "low": one - width, "high": one + width, "programs": 40, "followed": True}
        for value, one in zip(np.linspace(0.0, 1.0, len(ahead)), ahead, strict=True)
    ]  # fmt: skip
    return pd.DataFrame(rows)[list(COLUMNS)]


def test_crossings_by_hand():
    assert crossings([0, 1, 2], [0.0, 0.02, 0.0], 0.01) == [0.5, 1.5]
    assert crossings([0, 1], [0.02, 0.03], 0.01) == []


@pytest.mark.parametrize(("ahead", "width", "says"), [
    ((0.0, 0.02, 0.03), 0.002, "It turns the advice at about 0.25."),
    ((0.009, 0.012, 0.012), 0.01, "It may turn the advice at about 0.17."),
    ((0.02, 0.03, 0.04), 0.002, "stays above what matters: it does not turn the advice."),
    ((0.012, 0.03, 0.04), 0.01, "stays above what matters, though not clearly everywhere"),
])  # fmt: skip
def test_what_is_said_by_hand(ahead, width, says):
    opening, sentence = turns_said(line(ahead, width), {"six_tips": "all six", "ad_hoc": "ad hoc"})
    assert "all six is ahead of ad hoc in retention; what matters begins at 1.0 points" in opening
    assert says in sentence and "(strain.good_tie, here 0.5)" in sentence


def test_every_fitted_parameter_has_plain_words():
    assert {f"parameters.{name}" for name in PLAIN} == set(ParameterSets.load("posterior").changes[0])


def test_no_clear_change_is_told():
    assert "no clear change" in turns_said(line((0.02, 0.021), 0.01), {"six_tips": "a", "ad_hoc": "b"})[1]
    assert "no clear change" not in turns_said(line((0.02, 0.08), 0.01), {"six_tips": "a", "ad_hoc": "b"})[1]


def test_without_a_table_nothing_is_said():
    assert turns_said(None, {}) == []


@pytest.mark.slow
@pytest.mark.jit_only
def test_the_parameter_that_does_everything_is_found(monkeypatch):
    module = import_module("simulation.advice.turning")
    for name, few in {"SCREENED": 2, "FOLLOWED": 3, "CLOSER": 1, "VALUES": 3}.items():
        monkeypatch.setattr(module, name, few)
    world = World.load("youth_program").with_({"people.mentees": 30, "people.mentors": 12, "people.months": 12})
    idle, strong = "parameters.leave.output", "parameters.seek.odds"
    sets = ParameterSets("two", ({idle: 0.1, strong: -6.0}, {idle: 0.1001, strong: 2.0}), "")
    asked = Question(Policy.load("six_tips"), Policy(), "access", 0.02)
    found = turning(world, asked, sets, workers=2)
    assert len(found) == 2 * 2 + 3
    assert list(found) == list(COLUMNS)
    moved = found[~found["followed"]].groupby("parameter")["ahead"].agg(np.ptp)
    assert moved[strong] > moved[idle]
    assert found.loc[found["followed"], "parameter"].iloc[0] == strong
    assert (found.loc[found["parameter"] == strong, "taken"] == world.parameters.seek.odds).all()


def test_a_gap_that_is_turned_round_is_no_wider_lead():
    """The lead in a gap is that of the rule: the distance of each mean from zero."""
    gaps = {"six_tips": [-0.06, -0.04], "ad_hoc": [0.09, 0.11]}
    outcomes = pd.DataFrame([
        {"policy": policy, "replicate": replicate, "gap_access_gender": value}
        for policy, values in gaps.items() for replicate, value in enumerate(values)
    ])  # fmt: skip
    asked = Question(Policy.load("six_tips"), Policy(), "gap_access_gender", 0.02)
    assert _row(outcomes, asked, "any", 0.0, 2, True)["ahead"] == pytest.approx(0.05)
