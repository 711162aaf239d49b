"""Patterns and targets of one's own: measured as the file says, fitted when asked, refused in a sentence."""

import json
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import pytest

import simulation.commands.calibrate
from simulation.cli import main
from simulation.evidence.calibrate import calibrate
from simulation.evidence.own_clauses import own_clauses
from simulation.evidence.own_patterns import patterns_in
from simulation.evidence.theories import try_theories
from simulation.evidence.validate import validate
from simulation.run import simulate
from simulation.scenario.errors import ScenarioError
from simulation.scenario.parameter_sets import ParameterSets
from simulation.scenario.policy import Policy
from simulation.scenario.targets import Targets
from simulation.scenario.world import World

MINI = 'extends = "junior_faculty"\n[people]\nmentees = 24\nmentors = 12\nsite_mentees = 24\nmonths = 9\n'
MINE = """\
name = "mine"
title = "What our office counted"
[[clauses]]
name = "stay"
world = "mini.toml"
policy = "ad_hoc"
outcome = "retention"
low = 0.5
high = 1.0
source = "our files"
[[clauses]]
name = "program"
world = "mini.toml"
policy = "multi_discipline"
other_policy = "ad_hoc"
measure = "difference"
outcome = "access"
low = 0.0
kind = "V"
source = "our files"
[[clauses]]
name = "women"
world = "mini.toml"
policy = "ad_hoc"
group = "gender:woman"
other_group = "gender:man"
measure = "odds"
outcome = "access"
value = 0.9
error = 0.2
source = "a survey"
text = "women with a mentor against men"
[[clauses]]
name = "longer"
world = "mini.toml"
policy = "ad_hoc"
other_policy = "multi_discipline"
measure = "ratio"
outcome = "cost"
months = 6
high = 0.9
source = "our books"
"""


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A user's folder with a world and patterns of their own."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mini.toml").write_text(MINI)
    (tmp_path / "mine.toml").write_text(MINE)
    return tmp_path


def level(policy, outcome, months=9, group=None):
    """The mean of an outcome in two populations, from their tables."""
    found = []
    for seed in (1, 2):
        run = simulate(World.load("mini.toml"), Policy.load(policy), seed=seed, months=months)
        rows = run.groups[run.groups["group"] == group]
        found.append(run.outcomes[outcome] if group is None else rows.set_index("outcome")["value"][outcome])
    return np.mean(found)


def test_a_clause_is_what_the_file_says(desk):
    own = patterns_in("mine.toml")
    table = validate(seeds=2, workers=1, studies=own.studies, clauses=own.clauses).set_index("clause")
    assert table.index.tolist() == ["stay", "program", "women", "longer"]
    assert table["id"].unique().tolist() == ["mine"]
    women, men = (level("ad_hoc", "access", group=group) for group in ("woman", "man"))
    expected = {
        "stay": level("ad_hoc", "retention"), "program": level("multi_discipline", "access") - level("ad_hoc", "access"),
        "women": women / (1 - women) / (men / (1 - men)) if 0 < men < 1 and women < 1 else np.nan,
        "longer": level("ad_hoc", "cost", 6) / level("multi_discipline", "cost", 6),
    }  # fmt: skip
    assert table["value"].to_dict() == pytest.approx(expected, nan_ok=True)
    assert table["kind"].tolist() == ["C", "V", "C", "C"]
    bands = list(zip(table["band_low"].round(3), table["band_high"].round(3), strict=True))
    assert bands == [(0.5, 1.0), (0.0, np.inf), (0.508, 1.292), (-np.inf, 0.9)]
    assert table["text"].tolist()[1:3] == ["Access to a mentor: multi_discipline less ad_hoc", "women with a mentor against men"]


def test_a_world_that_was_changed_is_read_again(desk):
    first, second = (
        (desk / "mini.toml").write_text(MINI.replace("mentors = 12", f"mentors = {mentors}"))
        and validate(seeds=2, workers=1, studies=(own := patterns_in("mine.toml")).studies, clauses=own.clauses)["value"]
        for mentors in (12, 2)
    )
    assert first[1] != second[1]


def test_rows_come_out_like_the_shipped_ones(desk, capsys):
    assert main(["validate", "mine.toml", "--seeds", "2", "--workers", "1", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["patterns"]
    assert {"id", "clause", "kind", "value", "low", "high", "band", "in_band"} <= set(rows[0])
    assert [row["band"] for row in rows[:2]] == [[0.5, 1.0], [0.0, None]]
    assert main(["validate", "mine.toml", "--seeds", "2", "--workers", "1", "--out", "out"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[1].split()[:3] == ["mine", "C", "in"] and said[-1].endswith("of 1 clause that may not be used for it.")
    manifest = json.loads((desk / "out" / "manifest.json").read_text())
    assert manifest["command"] == "mentorship validate mine.toml --seeds 2 --seed 1"
    assert manifest["inputs"]["world mini.toml"]["people"]["mentees"] == 24
    (desk / "mini.toml").write_text(MINI.replace("24", "26"))
    assert main(["validate", "mine.toml", "--seeds", "2", "--out", "out"]) == 2
    assert "another study" in capsys.readouterr().err


def test_published_patterns_may_stand_beside_ones_own(desk):
    (desk / "both.toml").write_text('patterns = ["P9", "P6"]\n' + MINE)
    own = patterns_in("both.toml")
    assert {clause.pattern for clause in own.clauses} == {"mine", "P9", "P6"}
    assert [study.name for study in own.studies] == ["own mine", "youth", "meetings"]
    assert {clause.pattern for clause in patterns_in("mine.toml").clauses} == {"mine"}


def test_rival_theories_are_measured_by_ones_own_patterns_too(desk):
    own = patterns_in("mine.toml")
    table = try_theories("rivals", 2, workers=1, studies=own.studies, clauses=own.clauses)
    assert set(table["id"]) == {"mine"} and len(table) == 4 * table["theory"].nunique() >= 12


BAD = {
    'world = "minni.toml"': ("mine.toml:5", "clauses.stay.world", "there is no such file"),
    'world = "mini"': ("mine.toml:5", 'no world is called "mini"'),
    'policy = "ad_hok"': ("mine.toml:6", "clauses.stay.policy", "did you mean ad_hoc?"),
    'outcome = "retentoin"': ("mine.toml:7", "clauses.stay.outcome", "did you mean retention?"),
    'outcome = "cost"\ngroup = "gender:woman"': ("mine.toml:7", 'no outcome of groups is called "cost"'),
    'group = "gender:women"': ("mine.toml:8", "clauses.stay.group", "did you mean gender:woman?"),
    "low = 2.0": ("mine.toml", "clauses.stay", "stay needs a low below its high"),
    "value = 0.8": ("mine.toml", "stay needs a band (low, high, or one of them), or a value with its error"),
    'measure = "ratio"': ("mine.toml", "stay needs an other_policy or an other_group"),
    'other_policy = "six_tips"': ("mine.toml", "stay needs a measure: difference, ratio or odds"),
    'measure = "rate"': ("mine.toml:8", "clauses.stay.measure", "did you mean ratio?"),
    'kind = "K"': ("mine.toml", "clauses.stay.kind", '"K"'),
    'source = ""': ("mine.toml:10", "clauses.stay.source"),
    'name = "women"': ("mine.toml", "two of the clauses are called 'women'"),
    "months = -1": ("mine.toml", "clauses.stay.months"),
    'outcome = "cost"\nmeasure = "odds"\nother_policy = "six_tips"': ("mine.toml:7", '"cost" is no share, and only shares have odds'),
}  # fmt: skip


@pytest.mark.parametrize("change", BAD)
@pytest.mark.parametrize("command", ["validate", "calibrate", "check"])
def test_a_bad_clause_is_refused_in_a_sentence(command, change, desk, capsys):
    first = change.partition(" =")[0]
    lines = MINE.splitlines()
    place = next((n for n, line in enumerate(lines[:10]) if line.startswith(f"{first} =") and n > 2), None)
    text = [*lines[:7], change, *lines[7:]] if place is None else [*lines[:place], change, *lines[place + 1 :]]
    (desk / "mine.toml").write_text("\n".join(text) + "\n")
    words = ["calibrate", "mine.toml", "--out", "out"] if command == "calibrate" else [command, "mine.toml"]
    assert main(words) == 2
    said = capsys.readouterr().err.splitlines()
    for part in BAD[change]:
        assert part in said[0]
    assert not (desk / "out").exists()


def test_a_name_of_the_published_is_taken(desk):
    (desk / "mine.toml").write_text(MINE.replace('"mine"', '"P1"').replace('"stay"', '"mentored"'))
    with pytest.raises(ScenarioError, match=r"P1\.mentored is a published clause"):
        patterns_in("mine.toml")


PYTHON = '''"""How many mentees of our faculty hold two ties at once."""

from simulation.evidence.patterns.clauses import Clause
from simulation.evidence.patterns.tally import counted, share
from simulation.evidence.patterns.virtual import Arm, VirtualStudy

CLAUSES = [Clause("H1", "two", "V", 0.0, 0.9, "few", "mentees with two live ties or more", "our files")]


def count(runs):
    """Count one seed."""
    ties = runs["now"].ties
    live = ties[ties["end_month"].isna()].groupby("mentee").size()
    return counted("two", live.reindex(runs["now"].mentees["mentee"], fill_value=0) > 1)


def state(totals):
    """The clause."""
    return {"H1.two": share(totals, "two")}


STUDY = VirtualStudy("two", {"now": Arm("mini.toml", "multi_discipline", 9)}, count, state, ("H1.two",))
'''


def test_python_says_what_toml_cannot(desk):
    (desk / "there").mkdir()
    (desk / "there" / "mini.toml").write_text(MINI)
    (desk / "there" / "mine.py").write_text(PYTHON)
    own = patterns_in("there/mine.py")
    (row,) = validate(seeds=2, workers=1, studies=own.studies, clauses=own.clauses).itertuples()
    told = []
    for seed in (1, 2):
        run = simulate(World.load("mini.toml"), Policy.load("multi_discipline"), seed=seed)
        live = run.ties[run.ties["end_month"].isna()]
        told += [(live["mentee"] == mentee).sum() > 1 for mentee in run.mentees["mentee"]]
    assert (row.id, row.clause, row.value) == ("H1", "two", pytest.approx(np.mean(told)))


WRONG = {
    "syntax": (("def count(runs):", "def count(runs"), "mine.py:10: this is not Python"),
    "import": (("counted, share", "counted, shares"), "mine.py:4: this file cannot be run: ImportError"),
    "no clauses": (("CLAUSES =", "CLAUSE ="), "has CLAUSES, a list of Clause, and a VirtualStudy"),
    "no study": (("STUDY = VirtualStudy(", "STUDY = print("), "has CLAUSES, a list of Clause, and a VirtualStudy"),
    "no band": (("0.0, 0.9", "0.9, 0.0"), "H1.two: a clause needs the kind C or V, and a low below its high"),
    "published": (('"H1", "two"', '"P1", "mentored"'), "P1.mentored: there is another clause of this name"),
    "unmeasured": (('("H1.two",)', "()"), "H1.two: none of the studies of this file measures it"),
    "unnamed": (('("H1.two",)', '("H1.two", "H1.three")'), "H1.three: a study measures this, and CLAUSES does not name it"),
    "world": (('"mini.toml"', '"minni"'), 'study two: no world is called "minni"'),
    "count": (('runs["now"].ties', "runs.ties"), "mine.py:12: study two: AttributeError"),
    "state": (('"H1.two": share', '"H1.too": share'), 'study two: state does not give "H1.two"'),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_bad_python_is_refused_in_a_sentence(case, desk, capsys):
    (old, new), said = WRONG[case]
    assert old in PYTHON
    (desk / "mine.py").write_text(PYTHON.replace(old, new))
    assert main(["validate", "mine.py", "--seeds", "2", "--workers", "1"]) == 2
    told = capsys.readouterr().err
    assert said in told and told.count("\n") == 1


TARGET = """\
name = "found"
seeds = 4
points = 16
waves = 2
wanted = 4
[[clauses]]
name = "access"
world = "mini.toml"
policy = "ad_hoc"
outcome = "access"
value = {value}
error = 0.015
source = "made up"
[[priors]]
field = "seek.odds"
low = -4.0
high = 0.0
source = "made up"
"""


@pytest.fixture
def here(monkeypatch):
    """Threads in the place of processes, which would compile anew."""
    monkeypatch.setattr(simulation.commands.calibrate, "ProcessPoolExecutor", lambda workers, context: ThreadPoolExecutor(workers))
    monkeypatch.setattr(simulation.commands.calibrate, "compile_first", lambda silent: None)


def truth(odds):
    """The access that asking so readily gives, in many populations."""
    world = World.load("mini.toml").with_({"parameters.seek.odds": odds})
    return np.mean([simulate(world, Policy(), seed=seed).outcomes["access"] for seed in range(900, 912)])


@pytest.mark.jit_only
def test_a_fit_to_ones_own_target_finds_the_parameter_and_compare_takes_it(desk, here, capsys):
    pytest.importorskip("sklearn")
    (desk / "mine.toml").write_text(TARGET.format(value=truth(-2.0)))
    assert main(["calibrate", "mine.toml", "--out", "fit", "--workers", "1", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["accepted"] >= 2 and told["unfitted"] == []
    found = pd.read_parquet(desk / "fit" / "accepted.parquet")["parameters.seek.odds"]
    assert found.between(-2.8, -1.2).all() and abs(found.mean() + 2.0) < 0.4
    assert len(ParameterSets.load("fit/accepted.parquet").changes) == told["accepted"]
    words = ["compare", "mini.toml", "ad_hoc", "six_tips", "--replicates", "4", "--parameters", "fit/accepted.parquet", "--quiet"]
    assert main([*words, "--out", "compared"]) == 0


@pytest.mark.jit_only
def test_what_cannot_be_fitted_is_said(desk, here, capsys):
    pytest.importorskip("sklearn")
    (desk / "mine.toml").write_text(TARGET.format(value=1.5))
    assert main(["calibrate", "mine.toml", "--out", "fit", "--workers", "1"]) == 0
    said = capsys.readouterr().out
    assert "Could not be fitted: found.access (band 1.47" in said and "is met by none of 32 sets; the nearest gives " in said
    assert main(["calibrate", "mine.toml", "--out", "fit", "--workers", "1", "--json"]) == 0
    assert [entry["clause"] for entry in json.loads(capsys.readouterr().out)["unfitted"]] == ["found.access"]


def test_what_names_no_parameters_frees_those_of_published(desk):
    assert Targets.load("mine.toml").priors == Targets.load("published").priors


def test_clauses_that_only_validate_are_never_fitted(desk):
    (desk / "mine.toml").write_text(MINE.replace('outcome = "retention"', 'outcome = "retention"\nkind = "V"').split("[[clauses]]\nname = \"women")[0])
    targets = Targets.load("mine.toml")
    with pytest.raises(ScenarioError, match="no clause may be fitted: all are of kind V"):
        calibrate(targets, workers=1, own=own_clauses(targets, desk / "mine.toml"))
