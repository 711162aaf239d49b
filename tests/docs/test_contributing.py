"""CONTRIBUTING: its walks are carried out in copies of the repository, uncompiled, and what they promise holds."""

import re

import pytest
from fences import ROOT, commands, fences
from walks import PAGE, copied, done, judged, places, told

from simulation.cli import arguments

pytestmark = pytest.mark.jit_only  # the copies are uncompiled in any case

BEHAVIOUR, LEVER, OUTCOME, PATTERN, POLICY = WALKS = (
    "Add a behaviour", "Add a lever", "Add an outcome", "Add a pattern", "Add a policy",
)  # fmt: skip
BOTH = ("tests/docs/test_odd.py", "tests/docking/test_description.py")
CHECKS = {
    BEHAVIOUR: (*BOTH, "tests/architecture", "tests/rules/test_consult.py"),
    LEVER: (*BOTH, "tests/scenario/test_levers.py"),
    OUTCOME: ("tests/docs/test_odd.py", "tests/test_recounts.py", "-k", "not a_second_count and not every_month"),
    PATTERN: ("tests/docs/test_odd.py", "tests/evidence/test_validate.py", "-k", "cited or all_there or may_be_fitted or has_a_study"),
    POLICY: ("tests/scenario/test_files.py",),
}
SMALL = """
from simulation import MentorshipModel, Policy, World, simulate
from simulation.agents import Mentor
small = {"people.mentees": 24, "people.mentors": 8, "people.months": 9}
world, policy = World.load("junior_faculty").with_(small), Policy.load("multi_discipline")
"""
CONSULTING = """
alone, often = (simulate(world.with_({"parameters.consult": {"chance": chance}}), policy) for chance in (0.0, 1.0))
assert often.state.mentors["skill"].mean() > alone.state.mentors["skill"].mean() + 0.01
asked = []
class Counted(Mentor):
    def consult(self):
        asked.append(self.row)
        super().consult()
for kinds in {}, {"mentor_class": Counted}:
    model = MentorshipModel(world, policy, rng=1, **kinds)
    model.run_model()
    assert model.state.mentors["skill"].tolist() == simulate(world, policy, seed=1).state.mentors["skill"].tolist()
assert len(asked) == sum(months["mentors"] + months["mentors_left"] for months in model.state.months)
"""
RELIEVING = """
busy = world.with_({"context.busy": 0.9})
run, relieved = (simulate(busy, policy.with_({"prioritize.relief": share})) for share in (0.0, 1.0))
assert relieved.outcomes["cost"] > run.outcomes["cost"]
assert relieved.state.mentors["available"].sum() > run.state.mentors["available"].sum()
print(simulate(world, policy).digest)
"""
CLEAR = """
import sys
sys.path.append("tests")
from test_recounts import RECOUNTED
run = simulate(world, policy)
assert 0.0 < run.outcomes["clarity"] < 1.0
assert abs(run.outcomes["clarity"] - RECOUNTED["clarity"](run)) < 1e-9
"""
WAITING = """
from simulation.evidence.validate import STUDIES, validate
(study,) = [study for study in STUDIES if study.name == "waiting"]
(arm,) = study.arms.values()
small = {"people.mentees": 24, "people.mentors": 8}
found = validate(seeds=2, studies=(study._replace(arms={"now": arm._replace(months=9, world_changes=small)}),))
assert found["id"].tolist() == ["P17"] and 0.0 < found["value"][0] < 1.0
"""


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    """Give the copy in which a walk was carried out; each walk goes into its own copy, once."""
    folders = {}

    def copy_of(walk):
        if walk not in folders:
            folders[walk] = copied(tmp_path_factory.mktemp("walk"))
            for place in places(walk):
                place.carry_out(folders[walk])
            done(folders[walk], "-m", "simulation.renew")
        return folders[walk]

    return copy_of


@pytest.mark.parametrize(("walk", "files", "most"), [(BEHAVIOUR, 8, 11), (LEVER, 4, 4), (OUTCOME, 3, 3), (PATTERN, 4, 5), (POLICY, 2, 2)])
def test_a_walk_is_as_short_as_it_says(walk, files, most):
    found = places(walk)
    text = (ROOT / PAGE).read_text(encoding="utf-8").partition(f"## {walk}\n")[2].partition("\n## ")[0]
    said = re.search(r"It takes (\d+) places", text)
    assert len({place.file for place in found}) == files
    assert len(found) == most == (int(said[1]) if said else most)


@pytest.mark.parametrize("walk", WALKS)
def test_a_walk_passes_the_tests(walked, walk):
    passed = judged(walked(walk), *CHECKS[walk])
    assert passed.returncode == 0, passed.stdout + passed.stderr


def test_the_behaviour_acts_alike_in_a_run_and_in_a_model(walked):
    done(walked(BEHAVIOUR), "-c", SMALL + CONSULTING)


def test_the_lever_acts_and_at_its_default_changes_nothing(walked, tmp_path):
    without = "print(simulate(world, policy).digest)"
    digest = done(copied(tmp_path), "-c", SMALL + without)
    assert done(walked(LEVER), "-c", SMALL + RELIEVING) == digest
    (tmp_path / "relief.toml").write_text('name = "relief"\n[prioritize]\nrelief = 0.5\n', encoding="utf-8")
    said = done(walked(LEVER), "-m", "simulation", "show", str(tmp_path / "relief.toml"))
    assert "Share of service blocks of which the program relieves a mentor: 0.5." in said


def test_the_outcome_is_counted(walked):
    done(walked(OUTCOME), "-c", SMALL + CLEAR)
    assert "| `clarity` |" in (walked(OUTCOME) / "simulation/ODD.md").read_text(encoding="utf-8")


def test_the_pattern_is_measured(walked):
    done(walked(PATTERN), "-c", WAITING)


def test_patterns_of_ones_own_need_no_change(tmp_path):
    (own,) = [fence for fence in fences(PAGE) if fence.heading == PATTERN and fence.language == "toml"]
    path = tmp_path / re.fullmatch(r"Save this as `(.+)`:", own.before)[1]
    path.write_text(own.text, encoding="utf-8")
    assert "fine (targets: Our hospital)" in done(ROOT, "-m", "simulation", "check", str(path))
    given = [line.split() for line in commands(PAGE, "mentorship") if path.name in line]
    assert [words[1:3] for words in given] == [["validate", path.name], ["calibrate", path.name]]
    assert all(arguments(words[1:]) for words in given)


def test_the_policy_is_known(walked):
    checks = [line.split()[1:] for line in commands(PAGE, "mentorship") if line.split()[1] in ("check", "show")]
    assert len(checks) == 2
    for words in checks:
        said = done(walked(POLICY), "-m", "simulation", *words)
    assert "training" in said
    assert "listening_mentors" in done(walked(POLICY), "-m", "simulation", "list")


# Each place of the three walks that add something to the model, with the name under which it must be missed.
FORGOTTEN = [
    pytest.param(walk, number, id=f"{walk.split()[-1]}-{number + 1}-{place.file}")
    for walk in (BEHAVIOUR, LEVER, OUTCOME)
    for number, place in enumerate(places(walk))
]


# What a failing test says of a place, on the line that names the file; or Python, in the lines below it.
SAID = r"(lacks|never reads|does not say|has no)"


def is_named(file: str, said: str) -> bool:
    """Whether a failure names a file as the place where something is lacking."""
    ways = (rf"{SAID}[^\n]*{file}", rf"{file}[^\n]*{SAID}", rf"{file}:\d+: in [^\n]*\n(E? [^\n]*\n)+?E? +\w+Error")
    return any(re.search(way, said) for way in ways)


@pytest.mark.slow
@pytest.mark.parametrize(("walk", "number"), FORGOTTEN)
def test_a_forgotten_place_is_named(tmp_path, walk, number):
    folder, found = copied(tmp_path), places(walk)
    for place in found[:number] + found[number + 1 :]:
        place.carry_out(folder)
    told(folder, "-m", "simulation.renew")
    checks = [words for words in CHECKS[walk] if "/" not in words or (folder / words).exists()]
    failed = judged(folder, "--continue-on-collection-errors", "--tb=short", *checks)
    assert failed.returncode != 0
    # a lever may act in any step, and the second program may do anything in any of its files
    file = re.sub(r"(tests/docking|simulation/steps/meet).*", lambda match: match[1].removesuffix("/meet"), found[number].file)
    assert is_named(file, failed.stdout + failed.stderr), failed.stdout + failed.stderr


def test_commands_exist():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert {line.split()[1] for line in commands(PAGE, "make")} == {"test", "check", "coverage", "docs"}
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in ("test", "check", "coverage", "docs"))
    (line,) = [line for line in commands(PAGE, "make") if "tests/architecture" in line]
    named = re.search(r'ARGS="(.+)"', line)[1].split()
    assert all((ROOT / path).exists() for path in named)
    assert commands(PAGE, "python") == ["python -m simulation.renew"]
