"""The starter folder: from nothing to a comparison, and nothing of the user's is touched."""

import csv
import json

import pandas as pd
import pytest

from simulation.commands.words.new import WHAT
from simulation.results import load
from simulation.scenario.loading import shipped_folder

COMPARE = ("compare", "desk/my_program.toml", "desk/today.toml", "desk/plan.toml", "--replicates", 2)


def test_new_writes_what_it_says_and_no_more(said, tmp_path):
    done = said("new", "desk")
    assert done.code == 0
    assert {path.name for path in (tmp_path / "desk").iterdir()} == set(WHAT)
    assert {path.name for path in shipped_folder("starter").iterdir()} == set(WHAT), "every shipped file is written"
    assert all(name in done.out for name in WHAT)
    assert "Start with desk/README.md" in done.err
    assert {path.name for path in tmp_path.iterdir()} == {"desk"}


def test_new_tells_machines(said):
    assert len(json.loads(said("new", "desk", "--json").out)["files"]) == len(WHAT)
    assert said("new", "other", "--quiet").out == ""


@pytest.mark.parametrize("name", WHAT)
def test_a_file_of_the_users_stays_and_nothing_is_written(name, said, tmp_path):
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / name).write_text("mine")
    done = said("new", "desk")
    assert (done.code, done.out, len(done.err.splitlines())) == (2, "", 1)
    assert name in done.err and "nothing was written" in done.err
    assert [path.read_text() for path in (tmp_path / "desk").iterdir()] == ["mine"]


def test_a_dangling_link_a_file_and_a_bad_name_are_refused(said, tmp_path):
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "plan.toml").symlink_to(tmp_path / "nowhere")
    assert said("new", "desk").code == 2
    assert not (tmp_path / "nowhere").exists()
    assert [path.name for path in (tmp_path / "desk").iterdir()] == ["plan.toml"]
    (tmp_path / "file").write_text("mine")
    for folder in ("file", "file/below", "a\0b", "x" * 5000):
        done = said("new", folder)
        assert (done.code, len(done.err.splitlines())) == (2, 1), folder
    assert (tmp_path / "file").read_text() == "mine"


def test_other_files_in_the_folder_do_not_matter(said, tmp_path):
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "notes.txt").write_text("mine")
    assert said("new", "desk").code == 0
    assert (tmp_path / "desk" / "notes.txt").read_text() == "mine"


def test_what_is_written_is_fine(said):
    said("new", "desk")
    done = said("check", *(f"desk/{name}" for name in WHAT if name.endswith(".toml")))
    assert (done.code, done.err) == (0, "")
    for name in ("mentors.csv", "mentees.csv"):
        with (shipped_folder("starter") / name).open(encoding="utf-8") as stream:
            rows = list(csv.reader(stream))
        assert len(rows) == 11
        assert {len(row) for row in rows} == {len(rows[0])}


def test_the_page_names_the_commands_and_only_files_that_are_there(said):
    text = (shipped_folder("starter") / "README.md").read_text(encoding="utf-8")
    for name in set(WHAT) - {"README.md"}:
        assert name in text
    assert "mentorship roster mentors.csv mentees.csv --out my_world.toml --like my_program.toml" in text
    assert "mentorship compare my_world.toml today.toml plan.toml" in text


@pytest.mark.jit_only
def test_from_an_empty_folder_to_a_brief_and_on(said, tmp_path):
    """One number is changed and the command given again: both studies stay, and a line says what changed."""
    said("new", "desk")
    assert said(*COMPARE).code == 0
    first = tmp_path / "results" / "my_program-comparison"
    assert (first / "brief.html").stat().st_size > 1000
    kept = {path: path.read_bytes() for path in first.rglob("*") if path.is_file()}
    world = tmp_path / "desk" / "my_program.toml"
    world.write_text(world.read_text().replace("mentor_hour = 110", "mentor_hour = 120"))
    again = said(*COMPARE)
    assert again.code == 0
    assert "prices.mentor_hour 110 → 120" in again.err
    assert {path: path.read_bytes() for path in first.rglob("*") if path.is_file()} == kept
    one, two = load(first), load(tmp_path / "results" / "my_program-comparison-2")
    cost = [table["outcomes"].query("policy == 'plan'")["cost"].mean() for table in (one, two)]
    assert cost[1] > cost[0]
    pd.testing.assert_series_equal(one["outcomes"]["retention"], two["outcomes"]["retention"])
