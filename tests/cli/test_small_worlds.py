"""Worlds with next to nobody in them, and policies of which every run fails, go through every command and figure."""

import json
import warnings

import pytest

from simulation.cli import main
from simulation.comparison import replicates
from simulation.comparison.compare import compare
from simulation.scenario.policy import Policy
from simulation.scenario.world import World

SMALL = {
    "nobody of a group": {"identities.gender.mentees": {"man": 0.0, "woman": 1.0}, "people.months": 3},
    "everybody of a group": {"identities.gender.mentees": {"man": 1.0, "woman": 0.0}, "people.months": 2},
    "two mentees": {"people.mentees": 2, "people.months": 3},
    "one month": {"people.months": 1},
    "one mentor": {"people.mentors": 1, "people.months": 2},
    "a year, after which nobody is there": {"people.mentees": 4, "people.months": 12},
}
POLICIES = ["ad_hoc", "six_tips"]


@pytest.fixture
def small(tmp_path):
    def written(changes):
        heads = {"name": "small", "people.mentees": 10, "people.mentors": 4, "people.unit_mentees": 4}
        world = World.load("women_in_engineering").with_(heads | changes)
        path = tmp_path / "small.toml"
        path.write_text(world.to_toml(), encoding="utf-8")
        return str(path)

    return written


@pytest.fixture(autouse=True)
def _no_warning_is_shown():
    with warnings.catch_warnings():
        warnings.simplefilter("error", RuntimeWarning)
        warnings.simplefilter("error", UserWarning)
        yield


@pytest.mark.parametrize("kind", SMALL)
def test_small_worlds_go_through(kind, small, tmp_path, capsys):
    world, out = small(SMALL[kind]), str(tmp_path / "out")
    assert main(["check", world]) == 0
    assert main(["run", world, "six_tips", "--out", str(tmp_path / "run")]) == 0
    assert main(["compare", world, *POLICIES, "--replicates", "2", "--workers", "1", "--out", out]) == 0
    assert main(["brief", out]) == 0
    said = capsys.readouterr()
    assert "nan" not in said.out.split() and "Warning" not in said.err
    capsys.readouterr()


@pytest.mark.parametrize("failing", [["six_tips"], ["ad_hoc"], POLICIES], ids=" and ".join)
def test_policies_of_which_all_runs_fail(failing, small, tmp_path, capsys, monkeypatch):
    real = replicates.run_of

    def breaking(world, policy, *more, **acting):
        if policy.name in failing:
            raise RuntimeError("broken")
        return real(world, policy, *more, **acting)

    monkeypatch.setattr(replicates, "run_of", breaking)
    command = ["compare", small({"people.months": 2}), *POLICIES, "--replicates", "2", "--workers", "1"]
    assert main([*command, "--out", str(tmp_path / "out")]) == 1
    said = capsys.readouterr()
    assert "nan" not in said.out.split() and f"{2 * len(failing)} runs failed" in said.err
    assert main([*command, "--out", str(tmp_path / "json"), "--json"]) == 1
    assert {row["people_gained"] for row in json.loads(capsys.readouterr().out)["contrasts"]} == {None}


def test_the_reference_of_a_gap_is_the_first_group_even_where_nobody_is_in_it(small):
    world = World.load(small(SMALL["nobody of a group"]))
    found = compare(world, [Policy.load(name) for name in POLICIES], replicates=2)
    assert set(found.survival["group"]) == {"everyone", "woman"}
    groups = found.groups
    assert groups.loc[groups["group"] == "man", "value"].isna().all()


def test_the_shortest_world_has_its_study(small, tmp_path):
    study = tmp_path / "study.toml"
    study.write_text(f'name = "s"\nworlds = [{small(SMALL["two mentees"])!r}]\npolicies = ["ad_hoc", "six_tips"]\nreplicates = 2\n'
                     'tables = ["outcomes", "groups", "months"]\noutcomes = ["*"]\n'
                     '[design]\nkind = "factorial"\n[[uncertainties]]\nfield = "context.busy"\nvalues = [0.1, 0.2]\n')  # fmt: skip
    assert main(["check", str(study)]) == 0
    assert main(["sensitivity", str(study), "--out", str(tmp_path / "out"), "--workers", "1"]) == 0
