"""The data dictionary describes every column of every table that is written, and nothing else."""

import json
import re
from importlib import import_module

import pandas as pd
import pytest
from study_folders import study_in, world_in

from simulation.analysis import boundary, curves, discovery, effects, knock_outs, responses, sensitivity
from simulation.cli import main
from simulation.commands import phenomenon
from simulation.dictionary import OF_ANALYSES, OF_COMPARISONS, OF_RUNS, OF_STUDIES, TABLES
from simulation.dictionary.comparisons import IN_STUDIES, STAMP
from simulation.evidence import validate
from simulation.evidence.patterns.clauses import CLAUSES
from simulation.outcomes import GAPPED
from simulation.outcomes.table import OF_ALL, OF_ATTRIBUTES, PERSONAL
from simulation.phenomena.demonstration import PHENOMENA
from simulation.scenario.world import World
from simulation.studies.sweep import sweep

ONLY_SOMETIMES = re.compile("^only with ")
NAMED = {
    "outcome": [*PERSONAL, *(outcome.name for outcome in OF_ALL)],
    "of_attribute": [outcome.name for outcome in OF_ATTRIBUTES],
    "gapped": GAPPED,
    "domain": [domain.name for domain in World.load("junior_faculty").domains],
    "attribute": [identity.name for identity in World.load("junior_faculty").identities],
    "contrast": [*(identity.name for identity in World.load("junior_faculty").identities), "gender_x_minority"],
    "factor": ["people.mentees", "hazards.first_year"],
}
ANALYSES = {
    "sensitivity": sensitivity.COLUMNS, "backfire": discovery.COLUMNS, "tipping": boundary.COLUMNS,
    "effects": effects.COLUMNS, "curves": curves.COLUMNS, "knock_outs": knock_outs.COLUMNS,
}  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A folder with a small world that has two identity attributes."""
    folder = tmp_path_factory.mktemp("desk")
    world_in(folder, mentees=24, like="junior_faculty", more="site_mentees = 24\n")
    return folder


def written(folder):
    """The tables of a folder of results, by name."""
    paths = [path for path in folder.iterdir() if path.suffix == ".parquet" or list(path.glob("*.parquet"))]
    return {path.stem: pd.read_parquet(path) for path in paths}


@pytest.fixture(scope="module")
def traced_run(desk):
    """The tables of a traced run."""
    assert main(["run", str(desk / "tiny.toml"), "six_tips", "--trace", "--surveys", "6,12", "--quiet", "--out", str(desk / "run")]) == 0
    return written(desk / "run")


@pytest.fixture(scope="module")
def comparison(desk):
    """The tables of a comparison over sets of parameters."""
    words = ["compare", str(desk / "tiny.toml"), "ad_hoc", "six_tips", "--replicates", "6", "--parameters", "posterior"]
    assert main([*words, "--quiet", "--out", str(desk / "comparison")]) == 0
    return written(desk / "comparison")


@pytest.fixture(scope="module")
def advised(desk):
    """The tables of a comparison with sets of parameters beside it, and a look at what turns the advice."""
    with pytest.MonkeyPatch.context() as patch:
        module = import_module("simulation.advice.turning")
        for name, few in {"SCREENED": 2, "FOLLOWED": 2, "CLOSER": 1, "VALUES": 2}.items():
            patch.setattr(module, name, few)
        words = ["compare", str(desk / "tiny.toml"), "ad_hoc", "six_tips", "--replicates", "30", "--sets", "1", "--turning"]
        assert main([*words, "--quiet", "--out", str(desk / "advised")]) == 0
    assert json.loads((desk / "advised" / "advice.json").read_text(encoding="utf-8"))["turns"]
    return written(desk / "advised")


@pytest.fixture(scope="module")
def study(desk):
    """The tables of a study that keeps all that it can."""
    kept = ["outcomes", *(table for table in IN_STUDIES if table != "outcomes")]
    return sweep(study_in(desk, design={"kind": "sobol", "points": 2}, tables=kept), desk / "study", workers=1).tables


def differing(tables, expected):
    """Columns that only one side has, by table; empty when the dictionary is right."""
    found = {}
    for name, table in tables.items():
        known = expected(name)
        sometimes = {one.name for one in TABLES[name].columns if ONLY_SOMETIMES.match(one.text)}
        if odd := (set(table) ^ known) - (sometimes - set(table)):
            found[name] = sorted(odd)
    return found


def on_disk(name):
    """What a table of a run or comparison has on disk."""
    stamp = {column.name for column in STAMP} if TABLES[name] in OF_RUNS else set()
    return stamp | TABLES[name].names(**NAMED)


def in_a_study(name):
    """What a table of a study has: its key as well, and no sets of parameters."""
    return on_disk(name) | {column.name for column in IN_STUDIES.get(name, ())}


@pytest.mark.jit_only
def test_a_run_a_comparison_and_a_study_are_described_to_the_column(traced_run, comparison, advised, study):
    assert differing(traced_run, on_disk) == {}
    assert differing(comparison, on_disk) == {}
    assert differing(advised, on_disk) == {}
    assert differing(study, in_a_study) == {}
    seen = {*traced_run, *comparison, *advised, *study}
    assert seen == {table.name for table in (*OF_RUNS, *OF_COMPARISONS, *OF_STUDIES)}


def test_what_is_never_missing_is_never_missing(traced_run, comparison, study):
    gone = set()
    for tables in (traced_run, comparison, study):
        for name, table in tables.items():
            never = {filled for column in TABLES[name].columns if not column.missing for filled in column.names(**NAMED)}
            gone |= {(name, column) for column in never & set(table) if table[column].isna().any()}
    assert gone == set()


def test_what_may_be_missing_sometimes_is(traced_run):
    """A note on missing values of a run must not be a mere guess."""
    absent = {(name, column) for name, table in traced_run.items() for column in table if table[column].isna().any()}
    said = {(table.name, column.name) for table in OF_RUNS for column in table.columns if column.missing}
    rare = {"months", "moves"}  # a month without ties or mentors, and a run that ends while a move is judged (tests/test_watched.py)
    assert {name for table, name in said - absent if table not in rare} == set()


def test_analyses_patterns_and_phenomena_are_described_to_the_column():
    for name, columns in ANALYSES.items():
        assert TABLES[name].names() == {*responses.ABOUT, *columns}
    clause = validate._row(CLAUSES[0], {CLAUSES[0].key: {"value": 0.5, "low": 0.4, "high": 0.6}})
    assert TABLES["patterns"].names() == {*clause, "theory", "error"}
    assert {table.name for table in OF_ANALYSES} == {*ANALYSES, "patterns", "findings", "further"}


def test_the_tables_of_a_phenomenon_are_described_to_the_column():
    what = next(iter(PHENOMENA.values()))
    finding = phenomenon.Finding(0.5, 0.4, 0.6, 0.0, 0.01)
    shown = phenomenon.Shown(what, finding, finding, [], [], {"a number": 1.0}, {"a number": 0.0})
    assert {name: set(table) for name, table in phenomenon._tables(shown).items()} == {
        name: TABLES[name].names() for name in ("findings", "further")
    }


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_an_entry_is_a_line_for_people(table):
    names = [column.name for column in table.columns]
    assert len(set(names)) == len(names)
    for column in table.columns:
        assert column.unit and column.text and not column.text.endswith("."), column.name
