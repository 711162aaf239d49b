"""CONTRIBUTING: its walks are carried out in a copy of the repository, uncompiled, and what they promise holds."""

import os
import re
import shutil
import subprocess
import sys

import pytest
from fences import ROOT, commands, fences

PAGE = "CONTRIBUTING.md"
PARTS = ("simulation", "scenarios", "tests", "pyproject.toml", "Makefile", "README.md", PAGE)
RESTING = """
from simulation import MentorshipModel, Policy, World, simulate
small = {"people.mentees": 24, "people.mentors": 8, "people.months": 9}
world, policy = World.load("junior_faculty").with_(small), Policy.load("multi_discipline")
tired = simulate(world.with_({"parameters.rest.recovery": 0.0}), policy)
run = simulate(world, policy)
assert run.mentors["burnout"].mean() < tired.mentors["burnout"].mean() - 0.02
model = MentorshipModel(world, policy, rng=1)
while model.running:
    model.step()
assert model.tables()["mentors"]["burnout"].tolist() == run.mentors["burnout"].tolist()
"""


def carry_out(folder, fence):
    """Do to a copy what the line before a block says; whether it says anything."""
    new = re.fullmatch(r"New file `(.+)`:", fence.before)
    put = re.fullmatch(r"In `(.+?)`, (above|below|in place of) `(.+)`:", fence.before)
    if new:
        (folder / new[1]).write_text(fence.text, encoding="utf-8")
    elif put:
        path, side, anchor = folder / put[1], put[2], put[3]
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        (place,) = [n for n, line in enumerate(lines) if line.strip() == anchor]
        first, end = place + (side == "below"), place + (side != "above")
        lines[first:end] = [fence.text]
        path.write_text("".join(lines), encoding="utf-8")
    return bool(new or put)


def done(folder, *words):
    """A Python command in a copy, uncompiled, which must succeed; what it says."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "NUMBA_DISABLE_JIT": "1"}
    told = subprocess.run(
        [sys.executable, *words], cwd=folder, env=environment, capture_output=True, text=True, timeout=600
    )
    assert told.returncode == 0, told.stdout + told.stderr
    return told.stdout


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the repository in which both walks have been carried out."""
    folder = tmp_path_factory.mktemp("walk")
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / part, folder / part)
    assert sum(carry_out(folder, fence) for fence in fences(PAGE)) == 18
    for line in commands(PAGE, "python"):
        done(folder, *line.split()[1:])
    (line,) = [line for line in commands(PAGE, "mentorship") if "--schema" in line]
    done(folder, "-m", "simulation", *line.split()[1:])
    return folder


def test_behaviour_passes_its_tests_and_is_described(copy):
    done(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/rules/test_rest.py", "tests/docs/test_odd.py")
    done(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/architecture", "-k", "not imports_go")
    assert "recovery" in (copy / "scenarios/world.schema.json").read_text(encoding="utf-8")
    assert "`rest.recovery`" in (copy / "simulation/ODD.md").read_text(encoding="utf-8")


def test_behaviour_acts_alike_in_a_run_and_in_a_model(copy):
    done(copy, "-c", RESTING)


def test_policy_is_known(copy):
    checks = [line.split()[1:] for line in commands(PAGE, "mentorship") if line.split()[1] in ("check", "show")]
    assert len(checks) == 2
    for words in checks:
        said = done(copy, "-m", "simulation", *words)
    assert "training" in said
    assert "listening_mentors" in done(copy, "-m", "simulation", "list")
    done(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/scenario/test_files.py")


def test_targets_of_make_exist():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert {line.split()[1] for line in commands(PAGE, "make")} == {"test", "check", "coverage"}
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in ("test", "check", "coverage"))
