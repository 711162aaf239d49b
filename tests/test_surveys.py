"""Waves of a survey: what people would answer after so many months, and nothing changes by asking."""

import numpy as np
import pandas as pd
import pytest
from running import same, used

from simulation import MentorshipModel, Policy, World, simulate
from simulation.__main__ import main
from simulation.agents import Mentee
from simulation.draws import Purpose, normal
from simulation.results import load
from simulation.scenario.errors import ScenarioError
from simulation.tables import ASKED

WAVES = [4, 13, 15]


@pytest.fixture(scope="module")
def world():
    return World.load("teaching_hospital").with_({"people.mentees": 40, "people.mentors": 16, "people.months": 15})


@pytest.fixture(scope="module")
def policy():
    return Policy.load("six_tips")


@pytest.fixture(scope="module")
def run(world, policy):
    return simulate(world, policy, seed=5, surveys=WAVES)


def asked(mentees):
    """What the table of mentees says of those who are there."""
    there = mentees[mentees["exit"] == "active"]
    return there[["mentee", *ASKED]].reset_index(drop=True)


def of_wave(run, after):
    """One wave as a table of its own."""
    found = run.surveys[run.surveys["after_months"] == after].reset_index(drop=True)
    return found.drop(columns="after_months")


def test_asking_changes_no_bit(world, policy, run):
    alone = simulate(world, policy, seed=5)
    assert same(used(alone.state), used(run.state)) == []
    assert np.asarray(alone.state.streams).tobytes() == np.asarray(run.state.streams).tobytes()
    pd.testing.assert_series_equal(alone.outcomes, run.outcomes)
    assert alone.digest == run.digest
    assert alone.surveys.empty and list(alone.surveys) == list(run.surveys)


def test_the_last_wave_is_what_the_mentees_say_at_the_end(run):
    assert run.surveys["after_months"].unique().tolist() == WAVES
    pd.testing.assert_frame_equal(of_wave(run, 15), asked(run.mentees))


@pytest.mark.parametrize("after", WAVES)
def test_a_wave_is_what_a_study_of_that_length_ends_with(world, policy, run, after):
    pd.testing.assert_frame_equal(of_wave(run, after), asked(simulate(world, policy, seed=5, months=after).mentees))


def test_a_model_says_the_same_month_by_month(world, policy, run):
    model = MentorshipModel(world, policy, rng=5)
    while model.running:
        model.step()
        if model.month in WAVES:
            pd.testing.assert_frame_equal(of_wave(run, model.month), asked(model.tables()["mentees"]))


class Usual(Mentee):
    """A mentee who overrides, with what everybody does."""

    def seek(self):
        return super().seek()


def test_people_who_behave_otherwise_are_asked_too(world, policy, run):
    asked_too = simulate(world, policy, seed=5, mentee_class=Usual, surveys=WAVES)
    pd.testing.assert_frame_equal(asked_too.surveys, run.surveys)
    assert asked_too.digest == run.digest


def test_waves_tell_of_who_was_there_then(run):
    mentees = run.mentees.set_index("mentee")
    for after in WAVES:
        there = mentees[(mentees["cohort"] < after) & ~(mentees["exit_month"] < after).fillna(False)]
        assert of_wave(run, after)["mentee"].tolist() == there.index.tolist()
    first, last = of_wave(run, 4).set_index("mentee"), of_wave(run, 15).set_index("mentee")
    assert (last["burnout"] - first["burnout"]).abs().max() > 0.0
    assert first["mentoring_satisfaction"].isna().eq(~first["mentored"]).all()


def test_an_answer_by_hand(world, run):
    """The question on the job: what is felt, leniency, and an error of one's own for life, cut into five."""
    p, luck = world.parameters.survey, run.state.streams[0, Purpose.SURVEY]
    error = p.spread * ((1.0 - p.reliability) / p.reliability) ** 0.5
    cuts = np.array([p.cut_2, p.cut_3, p.cut_4, p.cut_5])
    for wave in of_wave(run, 15).itertuples():
        felt = np.asarray(run.state.mentees)["job_satisfaction"][wave.mentee]
        said = felt + p.leniency + error * normal(luck, wave.mentee, 1)
        assert wave.job_satisfaction == 1 + (said >= cuts).sum()


@pytest.mark.parametrize("waves", [[0], [16], [4, 4], [13, 4], [2.5], ["12"], [True]])
def test_what_cannot_be_a_wave_is_refused(world, policy, waves):
    with pytest.raises(ScenarioError, match=r"surveys: value .* from 1 to 15"):
        simulate(world, policy, surveys=waves)


def test_the_command_writes_the_table(world, run, tmp_path, capsys):
    file, out = tmp_path / "small.toml", tmp_path / "out"
    file.write_text(world.to_toml(), encoding="utf-8")
    given = ["run", str(file), "six_tips", "--seed", "5", "--quiet", "--out", str(out)]
    assert main([*given, "--surveys", "4,13,15"]) == 0
    table = load(out)["surveys"]
    assert table["mentee"].tolist() == run.surveys["mentee"].tolist()
    assert {"world", "policy", "replicate", "after_months", *ASKED} <= set(table)
    assert main([*given, "--surveys", "4,16"]) == 2
    assert main([*given, "--surveys", "4;13"]) == 2
    assert "whole number" in capsys.readouterr().err
