"""What the commands say and write, with a made-up engine."""

import json
import subprocess
import sys
import time

import pytest

from simulation.results import load, read_manifest


def test_help_of_every_command(said):
    top = said("--help")
    assert top.code == 0
    for name in ("list", "show", "check", "run", "compare", "brief"):
        assert name in top.out
        here = said(name, "--help")
        assert here.code == 0
        assert "--json" in here.out
        assert "--quiet" in here.out


def test_list(said):
    assert "teaching_hospital" in said("list").out
    listed = json.loads(said("list", "--json").out)
    assert {entry["name"] for entry in listed["policies"]} >= {"ad_hoc", "six_tips"}
    assert len(listed["worlds"]) == 8


def test_show_one_policy_in_sentences(said):
    shown = said("show", "six_tips")
    assert "Mentor training: 8 hours per mentor and year." in shown.out
    assert "Tip 1" in shown.out
    assert "as in ad hoc mentoring" in said("show", "ad_hoc").out
    assert json.loads(said("show", "six_tips", "--json").out)["match"]["identity"] == "optional"


def test_show_the_difference_lever_by_lever(said):
    shown = said("show", "multi_discipline", "prioritized")
    assert shown.out.splitlines()[1:] == [
        "  - Visible support of the leaders when the policy starts: from 0 to 0.8.",
        "  - Protected time of a mentor in the program: from 0 to 2 hours per month.",
        "  - Mentor training: from 0 to 8 hours per mentor and year.",
        "  - Central staff whose support contacts reach ties: from 0 to 0.2 FTE per 100 mentees.",
    ]
    assert "The two policies are the same." in said("show", "six_tips", "six_tips").out
    levers = [
        entry["lever"] for entry in json.loads(said("show", "ad_hoc", "multi_discipline", "--json").out)["differences"]
    ]
    assert levers == ["diversify.pool", "empower.pairing", "evaluate.model"]


def test_check_says_what_is_fine_and_what_is_not(said, tmp_path):
    (tmp_path / "good.toml").write_text('extends = "youth_program"\n')
    (tmp_path / "bad.toml").write_text('[match]\nidentity = "of"\n[empower]\nfirst_meetings = 9\n')
    (tmp_path / "what.toml").write_text("x = 1\n")
    (tmp_path / "people.csv").write_text(
        "discipline,year,gender,minority\nmedicine,1,woman,majority\nmedicine,19,woman,majority\n"
    )
    checked = said("check", "good.toml", "six_tips", "bad.toml", "what.toml", "people.csv", "gone.toml")
    assert checked.code == 2
    assert checked.out.splitlines() == ["good.toml: fine (world: Good)", "six_tips: fine (policy: All six tips)"]
    problems = checked.err.splitlines()
    assert problems[0].startswith("mentorship: bad.toml:2: match.identity: ")
    assert problems[1].startswith("mentorship: bad.toml:4: empower.first_meetings: ")
    assert "neither a world, a policy nor a study" in problems[2]
    assert problems[3].startswith("mentorship: people.csv:3: `year`: value 19, allowed: a year in the program, from 1 to 10")
    assert "gone.toml: there is no such file" in problems[4]
    report = json.loads(said("check", "good.toml", "bad.toml", "--json").out)["files"]
    assert [entry["ok"] for entry in report] == [True, False]


@pytest.mark.usefixtures("engine")
def test_run_speaks_and_writes(said, tmp_path):
    plain = said("run", "teaching_hospital", "six_tips")
    assert plain.code == 0
    assert "Retention" in plain.out
    assert said("run", "teaching_hospital", "six_tips", "--seed", 3, "--digest").out == f"{3:064x}\nrecording of 1 row\n"
    written = said("run", "teaching_hospital", "six_tips", "--months", 4, "--trace", "--out", "here", "--json")
    result = json.loads(written.out)
    assert result["outcomes"]["retention"] == 0.8
    assert result["outcomes"]["burnout"] is None
    tables = load(tmp_path / "here")
    assert set(tables) == {
        "months", "mentees", "mentors", "ties", "tie_months", "asks", "mentee_months", "mentor_months", "views", "moves", "outcomes",
    }  # fmt: skip
    assert list(tables["months"].columns[:3]) == ["world", "policy", "replicate"]
    assert (
        read_manifest(tmp_path / "here")["command"]
        == "mentorship run teaching_hospital six_tips --seed 1 --months 4 --trace"
    )


@pytest.mark.usefixtures("engine")
def test_compare_speaks_and_writes(said, tmp_path):
    words = ("compare", "teaching_hospital", "ad_hoc", "six_tips", "--replicates", 3)
    done = said(*words)
    assert done.code == 0
    assert "Retention: 80.0 % under ad hoc mentoring" in done.out
    assert "  All six tips  +1.0 points  +0.3 to +2.2      better" in done.out
    assert "differences within ±1.0 points do not matter" in done.out
    assert "With only 3 replicates this is too short for advice; take 30 or more." in done.out
    assert "Access to a mentor: 60.0 % under ad hoc mentoring" in done.out
    assert "  All six tips                      2.0                       1.0" in done.out
    folder = tmp_path / "results" / "teaching_hospital-comparison"
    assert set(load(folder)) >= {"outcomes", "contrasts", "mentees", "mentors", "ties", "months"}
    assert read_manifest(folder)["policy"] == ["ad_hoc", "six_tips"]
    assert said(*words).code == 0, "the same study may be written again"
    assert "holds another study" in said(*words, "--seed", 2).err
    result = json.loads(said(*words, "--json").out)
    assert result["contrasts"][0]["outcome"] == "retention"
    assert said("brief", folder).out == f"{folder / 'brief.html'}\n"


@pytest.mark.usefixtures("engine")
def test_compare_chooses_for_those_who_do_not(said):
    assert len(json.loads(said("compare", "--replicates", 1, "--json").out)["policies"]) == 5
    one = json.loads(said("compare", "youth_program", "six_tips", "--replicates", "auto", "--sets", 0, "--json").out)
    assert one["policies"] == ["ad_hoc", "six_tips"]
    assert said("compare", "youth_program", "ad_hoc").code == 2
    assert said("compare", "youth_program", "six_tips", "six_tips").code == 2


@pytest.mark.usefixtures("engine")
def test_failed_runs_end_with_one_and_a_way_to_replay(said, tmp_path):
    (tmp_path / "short.toml").write_text('extends = "teaching_hospital"\n[people]\nmonths = 7\n')
    failed = said("compare", "short.toml", "six_tips", "--replicates", 3)
    assert failed.code == 1
    assert "six_tips, replicate 2: it broke" in failed.err
    assert f"mentorship run {tmp_path / 'short.toml'} six_tips --seed 3" in failed.err, "a command that works from any folder"


@pytest.mark.usefixtures("engine")
def test_an_interruption_ends_with_130_and_one_line(said, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("simulation.commands.run.simulate", interrupted)
    ended = said("run", "teaching_hospital", "six_tips", "--quiet")
    assert ended.code == 130
    assert len(ended.err.splitlines()) == 1


@pytest.mark.usefixtures("engine")
def test_progress_is_shown_on_a_terminal_only(said, monkeypatch):
    words = ("compare", "youth_program", "six_tips", "--replicates", 2)
    assert "a second" not in said(*words).err
    monkeypatch.setattr("simulation.commands.console.sys.stdout.isatty", lambda: True, raising=False)
    assert "4 of 4 runs" in said(*words).err
    assert said(*words, "--quiet").err == ""


def test_help_answers_at_once():
    def seconds(*words):
        took = []
        for _ in range(3):
            start = time.perf_counter()
            subprocess.run([sys.executable, *words], check=True, capture_output=True)
            took.append(time.perf_counter() - start)
        return min(took)

    assert seconds("-m", "simulation", "--help") < 2 * seconds("-c", "import numpy")


def test_the_package_and_its_help_import_nothing_heavy():
    code = "import sys, simulation.cli as c; c.main(['--help']); print([m for m in ('numpy', 'pydantic', 'pandas', 'mesa') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_reader_who_has_had_enough_is_no_error():
    done = subprocess.run(
        f"{sys.executable} -m simulation list --json | head -c 1",
        shell=True,
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stderr == ""
