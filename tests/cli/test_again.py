"""The loop of work: a changed study gets a fresh folder, the same study its own, and a line says what changed."""

import json
from pathlib import Path

import pytest

from simulation.cli import main
from simulation.commands.again import TOLD, changes
from simulation.results import load, manifest_of, read_manifest
from simulation.scenario.policy import Policy
from simulation.scenario.world import World

COMPARE = ("compare", "youth_program", "ad_hoc", "six_tips", "--replicates", 3)
USUAL = Path("results") / "youth_program-comparison"


def manifest(world=(), policies=("ad_hoc", "six_tips"), changed=(), seed=1, **more):
    listed = [Policy.load(name) for name in policies]
    listed[-1] = listed[-1].with_(dict(changed))
    return manifest_of("mentorship compare", World.load("teaching_hospital").with_(dict(world)), listed, seed, **more)


@pytest.mark.parametrize(("before", "after", "told"), [
    ({}, {}, []),
    ({}, {"world": {"title": "Another", "text": "words"}}, []),
    ({}, {"world": {"prices.mentor_hour": 120}}, ["prices.mentor_hour 100 → 120"]),
    ({}, {"world": {"disciplines.surgery.mentors": 1.5}}, ["disciplines.surgery.mentors 0.9 → 1.5"]),
    ({"seed": 1}, {"seed": 2}, ["seed 1 → 2"]),
    ({"replicates": 50}, {"replicates": "auto"}, ['replicates 50 → "auto"']),
    ({}, {"changed": {"prioritize.protected_hours": 4}}, ["policy six_tips: prioritize.protected_hours 2 → 4"]),
    ({}, {"policies": ("ad_hoc", "mosaic")}, ["without policy six_tips", "policy mosaic is new"]),
    ({}, {"parameters": {"name": "posterior"}}, ['parameters.name nothing → "posterior"']),
    ({}, {"world": {"name": "other", "prices.mentor_hour": 5}}, ['world "teaching_hospital" → "other"']),
])  # fmt: skip
def test_what_changed_is_told(before, after, told):
    assert list(changes(manifest(**before), manifest(**after))) == told


@pytest.mark.parametrize("held", [{}, {"inputs": None}, {"inputs": {"policies": [3], "world": {}}}, {"inputs": [1]}])
def test_a_strange_manifest_is_no_traceback(held):
    assert list(changes(held, manifest()))


@pytest.mark.usefixtures("engine")
def test_without_out_a_changed_study_goes_beside_the_last_one(said, tmp_path):
    assert said(*COMPARE).code == 0
    other = said(*COMPARE, "--seed", 2)
    assert other.code == 0
    assert f"{USUAL} holds another study and is left as it is; this one goes into {USUAL}-2" in other.err
    assert f"Changed against {USUAL}: seed 1 → 2" in other.err
    third = said(*COMPARE, "--seed", 3)
    assert f"Changed against {USUAL}-2: seed 2 → 3" in third.err
    for number, folder in enumerate(["", "-2", "-3"], start=1):
        path = tmp_path / f"{USUAL}{folder}"
        assert read_manifest(path)["seed"] == number
        assert len(load(path)["outcomes"]) == 6
    before = sorted((tmp_path / "results").iterdir())
    same = said(*COMPARE, "--seed", 2, "--json")
    assert json.loads(same.out)["folder"] == f"{USUAL}-2", "the same study has its own folder"
    assert sorted((tmp_path / "results").iterdir()) == before
    assert json.loads(said(*COMPARE, "--seed", 4, "--json").out)["changed"] == ["seed 2 → 4"], "the last one that was written"


@pytest.mark.usefixtures("engine")
def test_with_out_it_is_refused_and_again_goes_inside(said, tmp_path):
    assert said(*COMPARE, "--out", "mine").code == 0
    kept = {path: path.read_bytes() for path in (tmp_path / "mine").rglob("*") if path.is_file()}
    refused = said(*COMPARE, "--seed", 2, "--out", "mine")
    assert (refused.code, refused.out, len(refused.err.splitlines())) == (2, "", 1)
    assert "another study" in refused.err and "--again" in refused.err
    for _ in range(2):
        assert said(*COMPARE, "--seed", 2, "--out", "mine", "--again").code == 0
    assert said(*COMPARE, "--seed", 3, "--out", "mine", "--again").code == 0
    assert [read_manifest(tmp_path / name)["seed"] for name in ("mine", "mine/2", "mine/3")] == [1, 2, 3]
    assert {path: path.read_bytes() for path in kept} == kept
    assert not (tmp_path / "mine/4").exists()


@pytest.mark.usefixtures("engine")
def test_a_file_of_the_users_in_the_way_is_refused_not_passed_by(said, tmp_path):
    said(*COMPARE)
    (tmp_path / f"{USUAL}-2").write_text("mine")
    done = said(*COMPARE, "--seed", 2)
    assert (done.code, len(done.err.splitlines())) == (2, 1)
    assert (tmp_path / f"{USUAL}-2").read_text() == "mine"


@pytest.mark.usefixtures("engine")
def test_many_changes_are_cut_short(said, tmp_path):
    fields = ["mentor_hours", "meeting_hours", "mentee_hours", "busy", "approach", "volunteers", "awareness", "homophily"]
    (tmp_path / "own.toml").write_text('extends = "youth_program"\n')
    words = ("compare", "own.toml", "ad_hoc", "six_tips", "--replicates", 3)
    said(*words)
    (tmp_path / "own.toml").write_text('extends = "youth_program"\n[context]\n' + "".join(f"{one} = 0.11\n" for one in fields))
    told = said(*words).err.splitlines()[1]
    assert told.count("→") == TOLD and told.endswith("and 2 more")


@pytest.mark.usefixtures("engine")
def test_quiet_is_quiet(said):
    said(*COMPARE)
    assert said(*COMPARE, "--seed", 2, "--quiet").err == ""


@pytest.mark.jit_only
@pytest.mark.parametrize("command", [
    ("pilot", "own.toml", "six_tips", "--replicates", 1, "--months", 3),
    ("design", "own.toml", "--budget", 90000, "--levers", "levers.toml", "--designs", 2, "--replicates", 6),
])  # fmt: skip
def test_pilots_and_designs_have_folders_of_their_own_too(capsys, tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own.toml").write_text('extends = "teaching_hospital"\nname = "own"\n[people]\nmentees = 40\nmentors = 20\nmonths = 12\n')
    (tmp_path / "levers.toml").write_text('name = "few"\npolicies = ["ad_hoc"]\n[[levers]]\nfield = "empower.pairing"\nvalues = ["choice", "coordinator"]\n')
    usual = Path("results") / {"pilot": "own-six_tips-pilot", "design": "own-design"}[command[0]]

    def done(*more):
        return main([*map(str, (*command, *more))]), capsys.readouterr().err

    assert done()[0] == 0
    code, err = done("--seed", 2)
    assert (code, f"this one goes into {usual}-2" in err) == (0, True)
    assert f"Changed against {usual}: seed 1 → 2" in err
    assert "--again" in done("--seed", 3, "--out", usual)[1]
    assert done("--seed", 3, "--out", usual, "--again")[0] == 0
    assert [read_manifest(tmp_path / name)["seed"] for name in (usual, f"{usual}-2", usual / "2")] == [1, 2, 3]
