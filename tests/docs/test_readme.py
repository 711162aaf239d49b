"""README: its commands and its Python do what it says."""

import os
import re
import shlex
import subprocess
import sys

import pytest
from fences import ROOT, commands, fences

README = "README.md"


def told(folder, words):
    """What a command of the README says when it is given in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "simulation", *words],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=600,
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    """A reader's folder, with the policy that the README lets them write."""
    (policy,) = [fence.text for fence in fences(README) if fence.language == "toml"]
    (tmp_path / "my_policy.toml").write_text(policy, encoding="utf-8")
    return tmp_path


def test_targets_of_make_exist():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = [line.split()[1] for line in commands(README, "make")]
    assert targets == ["demo", "test"]
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets)


def test_pip_form_installs_the_lists_that_exist():
    lines = commands(README, "python3") + commands(README, ".venv/bin/pip")
    lists = [name for line in lines for name in re.findall(r"-r (\S+)", line)]
    assert lists == ["requirements.txt", "requirements-dev.txt"]
    assert all((ROOT / name).is_file() for name in lists)


def test_own_policy_is_checked_and_shown(folder):
    lines = [line for line in commands(README, "mentorship") if line.split()[1] in ("check", "show")]
    assert len(lines) == 2
    for line in lines:
        done = told(folder, shlex.split(line)[1:])
        assert done.returncode == 0, done.stderr
    assert "mentor" in done.stdout


@pytest.mark.jit_only
def test_own_comparison_writes_a_brief(folder):
    (line,) = [line for line in commands(README, "mentorship") if line.split()[1] == "compare" and "my_policy" in line]
    done = told(folder, shlex.split(line.replace("--replicates 50", "--replicates 3"))[1:])
    assert done.returncode == 0, done.stderr
    assert (folder / "results/mine/brief.html").stat().st_size > 1000
    assert "my_policy" in (folder / "results/mine/manifest.json").read_text(encoding="utf-8")


@pytest.mark.jit_only
def test_python_runs(capsys):
    (code,) = [fence.text for fence in fences(README) if fence.language == "python"]
    (shown,) = [fence.text for fence in fences(README) if fence.language == "text"]
    names: dict = {}
    exec(compile(code, README, "exec"), names)
    said = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert said[-len(shown.splitlines()) :] == shown.splitlines(), "the page shows what is printed, whole"
    told = names["told"]
    assert ((told["low"] > 0.0) | (told["high"] < 0.0)).all(), "twenty runs can tell each of these differences"


def test_readme_is_short():
    assert len((ROOT / README).read_text(encoding="utf-8").splitlines()) < 100


@pytest.mark.parametrize(
    "page",
    [README, "CONTRIBUTING.md", "CODE_OF_CONDUCT.md", "results/README.md", "simulation/ODD.md", "simulation/EVIDENCE.md"],
)
def test_links_lead_somewhere(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#\s]+)\)", text):
        assert target.startswith("https://") or ((ROOT / page).parent / target).exists(), target
    if page == "CONTRIBUTING.md":
        for folder in re.findall(r"^\| (`[^|]+) \|", text, re.MULTILINE):
            assert all((ROOT / name).exists() for name in re.findall(r"`([^`]+)`", folder)), folder
