"""`mentorship sensitivity` from the command line, on a small world: the analysis follows the design."""

import json

import pandas as pd
import pytest
from study_folders import write_small_study

from simulation.cli import main

pytest.importorskip("SALib")
pytest.importorskip("sklearn")
pytestmark = pytest.mark.jit_only

FACTORS = """
[[uncertainties]]
field = "hazards.first_year"
low = 0.0
high = 0.5
[[uncertainties]]
name = "time of mentors"
field = "context.mentor_hours"
low = 1
high = 6
"""
HEAD = 'worlds = ["small.toml"]\npolicies = ["ad_hoc", "mentee_choice"]\noutcomes = ["retention", "mentored_share"]\n'
DESIGNS = {
    "morris": ("sensitivity", '[design]\nkind = "morris"\npoints = 3\n'),
    "saltelli": ("sensitivity", '[design]\nkind = "saltelli"\npoints = 4\n'),
    "sobol": ("backfire", '[design]\nkind = "sobol"\npoints = 64\n'),
    "factorial": ("tipping", 'replicates = 5\n[design]\nlevels = 3\n'),
}  # fmt: skip


@pytest.fixture
def studied(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    def run(text, *more):
        write_small_study(tmp_path, text)
        code = main(["sensitivity", "study.toml", "--out", "out", *more])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.mark.parametrize("kind", DESIGNS)
def test_each_design_has_its_analysis_its_table_and_its_figures(kind, studied, tmp_path):
    name, design = DESIGNS[kind]
    code, out, _ = studied(HEAD + design + FACTORS)
    assert code == 0
    table = pd.read_parquet(tmp_path / "out" / "analysis" / f"{name}.parquet")
    assert set(table["outcome"]) == {"retention", "mentored_share"}
    assert "mentee choice compared with ad hoc" in out
    assert list((tmp_path / "out" / "analysis").glob("*.png")) or (name == "backfire" and (table["box"] == 0).all())


def test_a_second_call_runs_nothing_and_says_the_same(studied):
    text = HEAD + DESIGNS["morris"][1] + FACTORS
    first = studied(text, "--json")
    second = studied(text, "--json")
    assert first[1] == second[1]
    assert json.loads(first[1])["analysis"] == "sensitivity"


def test_a_design_that_says_nothing_about_factors_is_refused_before_anything_runs(studied, tmp_path):
    more = "".join(f'[[uncertainties]]\nfield = "hazards.{name}"\nlow = 0.0\nhigh = 0.5\n' for name in ("later_years", "mentors"))
    code, _, err = studied(HEAD + "[design]\nlevels = 3\n" + FACTORS + more)
    assert code == 2
    assert "morris and saltelli rank factors" in err
    assert not (tmp_path / "out").exists()


def test_an_outcome_that_is_not_there_is_told_with_its_line(studied, tmp_path):
    code, _, err = studied(HEAD.replace('"retention"', '"retentoin"') + DESIGNS["morris"][1] + FACTORS)
    assert code == 2
    assert 'study.toml:3: outcomes: no outcome is called "retentoin"; did you mean retention?' in err
    assert not (tmp_path / "out").exists()


def test_quiet_says_only_the_folder(studied):
    code, out, err = studied(HEAD + DESIGNS["morris"][1] + FACTORS, "--quiet")
    assert code == 0
    assert [line.replace("\\", "/") for line in out.splitlines()] == ["out/analysis"]
    assert err == ""


def test_numbers_have_units_and_one_replicate_is_told(studied):
    _, out, _ = studied(HEAD + DESIGNS["morris"][1] + FACTORS)
    assert "effect of the whole range (percentage points)" in out
    assert "one replicate: this holds for its luck alone, and noise counts as interaction" in out
    assert "spread over the others" in out
    assert "Hazard of mentees in their first year" in out


def test_a_dry_run_runs_nothing(studied, tmp_path):
    code, out, _ = studied(HEAD + DESIGNS["morris"][1] + FACTORS, "--dry-run")
    assert code == 0
    assert out.startswith("4 points, 8 runs; still to do: 8\n")
    assert not (tmp_path / "out").exists()
