"""Scenes against the tables of the same run; frames in which nobody moves; films that can be played."""

import json
import shutil

import numpy as np
import pytest
from PIL import Image
from scipy.spatial import KDTree
from study_folders import world_in

from simulation import Policy, World, simulate
from simulation.cli import main
from simulation.page import animate
from simulation.page.recording import recorded
from simulation.page.scenes import BEGINS, BREAKS, ENDS, NEVER, SPARKS, STRONG, Scenes, fates
from simulation.page.stage import FINE, Stage, curves
from simulation.seats import seats_in

pytestmark = pytest.mark.jit_only  # whole runs: minutes in plain Python
SIZE = {"people.mentees": 60, "people.mentors": 24, "people.months": 14, "hazards.first_year": 0.3, "hazards.mentors": 0.2}


@pytest.fixture(scope="module")
def runs():
    world = World.load("teaching_hospital").with_(SIZE)
    return [simulate(world, Policy.load(name), seed=3, trace=True) for name in ("ad_hoc", "six_tips")]


@pytest.fixture(scope="module")
def scenes(runs):
    return [Scenes(recorded(run)) for run in runs]


@pytest.fixture(scope="module")
def seats(runs):
    return seats_in(runs[0].layout, runs[0].world)


@pytest.fixture(scope="module")
def film(scenes, seats):
    worlds = [animate.World(one, title) for one, title in zip(scenes, ("Ad hoc", "All six tips"), strict=True)]
    return animate.Film(worlds, seats, "A hospital, seed 3", 240)


def test_a_scene_counts_what_the_months_count(runs, scenes):
    for run, told in zip(runs, scenes, strict=True):
        for month, row in run.months.iterrows():
            scene = told.at(month)
            assert (scene.here.sum(), scene.mentor_here.sum(), len(scene.ties)) == (row["mentees"], row["mentors"], row["live_ties"])
            assert scene.normal[scene.here].mean() == pytest.approx(row["norm_share"])
            assert not scene.holds[~scene.here].any() and not scene.mentor_holds[~scene.mentor_here].any()
            assert scene.holds[scene.warmth > 0.0].all() and scene.gone.sum() == run.months["left"][: month + 1].sum()
            for kinds, column in (((SPARKS,), "new_sparks"), ((ENDS, BREAKS), "closures")):
                happened = np.isin(scene.what, kinds).sum()
                assert happened == row[column] or len(scene.what) == STRONG or (column == "closures" and happened < row[column])


def test_what_happens_is_what_the_table_of_ties_says(runs, scenes):
    for run, told in zip(runs, scenes, strict=True):
        ties = run.ties.set_index("tie")
        for month in range(told.months):
            scene = told.at(month)
            assert len(set(scene.happens.tolist())) == len(scene.happens) <= STRONG
            for tie, what in zip(scene.happens.tolist(), scene.what.tolist(), strict=True):
                column = {BEGINS: "start_month", SPARKS: "spark_month", ENDS: "end_month", BREAKS: "end_month"}[what]
                assert ties.at[tie, column] == month
                if what == BREAKS:
                    assert not ties.at[tie, "ended_well"] and ties.at[tie, "ended_by"] != "exit"
    assert {what for told in scenes for month in range(told.months) for what in told.at(month).what.tolist()} == {BEGINS, SPARKS, ENDS, BREAKS}


def test_the_sentence_says_what_the_tables_say(runs, scenes):
    said = scenes[1].said("All six tips")
    mentees = runs[1].mentees
    assert f"{len(runs[1].ties)} ties" in said and f"{(mentees['exit'] == 'left').sum()} mentees left" in said
    assert f"{runs[1].ties['sparked'].sum()} of them caught fire" in said


def test_fates_by_hand():
    one = {"p_exit": np.array([-1, 3, 5, 9, -1]), "p_how": np.array([1, 2, 2, 3, 1])}
    other = {"p_exit": np.array([-1, -1, 4, 2, 7]), "p_how": np.array([1, 1, 2, 2, 3])}
    first, until = fates(one, other)
    assert first.tolist() == [NEVER, 3, 4, 2, NEVER]
    assert until.tolist() == [NEVER, NEVER, 5, 9, NEVER]


def test_nobody_moves_and_people_are_drawn_at_their_seats_alone(film, seats):
    """What covers the ground lies around seats, and each person there covers their own seat, month after month."""
    stage = film.stages[1]
    seen = np.concatenate([seats.mentees, seats.posts]) * stage.side
    for month in range(film.months):
        layers = stage.month_at(month)
        covered = np.argwhere(np.asarray(layers.cover) > 0)[:, ::-1] + 0.5
        assert KDTree(seen).query(covered)[0].max() < 2.3 * stage.size + 1.5
        middle = np.asarray(layers.cover)[tuple(stage.mentors[layers.scene.mentor_here & layers.scene.mentor_holds].astype(int).T[::-1])]
        assert (middle == 255).all()
    assert stage.people is not None and (stage.people == seats.mentees * stage.side).all()


def test_a_curve_runs_from_the_mentee_to_the_post(seats, scenes):
    r = scenes[1].recording
    lines = curves(seats, r["t_p"], r["k_post"][r["t_k"]])
    np.testing.assert_allclose(lines[:, 0], seats.mentees[r["t_p"]], atol=1e-6)
    np.testing.assert_allclose(lines[:, -1], seats.posts[r["k_post"][r["t_k"]]], atol=1e-6)


def test_a_frame_is_dark_with_little_that_is_bright(film):
    for month in (3, 13):
        grey = np.asarray(film.frame(month, 1.0).convert("L"))
        assert 0.01 < (grey > 150).mean() < 0.15


def test_only_what_changes_is_drawn_anew_within_a_month(film):
    early, late = film.frame(5, 0.01), film.frame(5, 1.0)
    assert np.abs(np.asarray(early, int) - np.asarray(film.frame(4, 1.0), int)).mean() < 1.0
    assert (np.asarray(early) != np.asarray(late)).any()


def test_a_gif_has_every_frame_and_says_who_made_it(film, tmp_path):
    told = []
    animate.write_film(tmp_path / "film", ".gif", film, 4, lambda done, total: told.append((done, total)))
    assert told == [(k, 42) for k in range(1, 43)]
    with Image.open(tmp_path / "film") as found:
        assert found.format == "GIF" and found.size == film.size and found.info["comment"] == animate.MARK.encode()
        lasting = []
        for k in range(found.n_frames):
            found.seek(k)
            lasting.append(found.info["duration"])
        last = np.asarray(found.convert("RGB"), int)
    assert sum(lasting) == pytest.approx(14 * 250 + 1000 * animate.END, abs=42 * 5)  # a GIF counts hundredths of seconds
    assert np.abs(last - np.asarray(film.frame(13, 1.0), int)).mean() < 6.0  # few colours
    animate.write_film(tmp_path / "again", ".gif", film, 4, lambda done, total: None)
    assert (tmp_path / "again").read_bytes() == (tmp_path / "film").read_bytes()


@pytest.mark.skipif(animate.ffmpeg() is None, reason="no ffmpeg is here: pip install imageio-ffmpeg")
def test_an_mp4_is_written(film, tmp_path):
    animate.write_film(tmp_path / "film", ".mp4", film, 4, lambda done, total: None)
    content = (tmp_path / "film").read_bytes()
    assert content[4:8] == b"ftyp" and animate.MARK.encode() in content


def given(capsys, *words):
    code = main(list(map(str, words)))
    return (code, *capsys.readouterr())


@pytest.fixture
def small(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    world_in(tmp_path, mentees=24, like="teaching_hospital")
    return tmp_path


def test_the_command_writes_says_and_writes_again(small, capsys):
    words = ("animate", "tiny.toml", "ad_hoc", "six_tips", "--out", "film.gif", "--size", 240, "--months", 4)
    code, out, err = given(capsys, *words)
    assert (code, err) == (0, "") and "All six tips: in 4 months" in out.replace("\n", " ") and "film.gif: 4 months in 3 seconds" in out
    content = (small / "film.gif").read_bytes()
    code, out, err = given(capsys, *words, "--json")
    told = json.loads(out)
    assert code == 0 and told["bytes"] == len(content) and len(told["recording_digests"]) == 2 == len(told["said"])
    assert (small / "film.gif").read_bytes() == content


@pytest.mark.parametrize(("out", "told"), [
    ("film.webm", "the ending .gif or .mp4"), ("gone/film.gif", "there is no folder"), ("other.gif", "no film of this command"),
])  # fmt: skip
def test_what_cannot_be_written_is_refused_before_a_run(out, told, small, capsys, monkeypatch):
    (small / "other.gif").write_bytes(b"GIF89a of somebody else")
    monkeypatch.setattr("simulation.commands.animate.simulate", None)
    code, _, err = given(capsys, "animate", "tiny.toml", "ad_hoc", "--out", out)
    assert code == 2 and told in err.replace("\n", " ")
    assert (small / "other.gif").read_bytes() == b"GIF89a of somebody else"


def test_an_mp4_without_ffmpeg_is_refused_in_words(small, capsys, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(animate, "imageio_ffmpeg", None)
    code, _, err = given(capsys, "animate", "tiny.toml", "ad_hoc", "--out", "film.mp4")
    assert code == 2 and "needs ffmpeg" in err and "mentorship[animate]" in err


def test_the_stage_of_one_world_has_no_rings(scenes, seats):
    film = animate.Film([animate.World(scenes[0], "Ad hoc mentoring of everybody in a very long title " * 3)], seats, "A hospital", 240)
    assert film.stages[0].ring is None and len(film.legend) == len(animate.LEGEND)
    assert film.frame(13, 1.0).size == film.size == tuple(side + side % 2 for side in film.size)
    assert isinstance(film.stages[0], Stage) and FINE > 1
