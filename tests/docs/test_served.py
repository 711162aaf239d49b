"""Every mechanism earns its place: the table of what each weight serves is whole, and what is named by hand exists."""

import pandas as pd
import pytest
from bars.bar_knock_outs import BY_NAME, in_short, kept, named, with_named
from fences import ROOT

from simulation import served
from simulation.figures.wording import short
from simulation.phenomena.demonstration import PHENOMENA
from simulation.scenario.loading import shipped_names
from simulation.scenario.study import Study

WEIGHTS = [short(factor.label) for factor in Study.load("knock_outs").uncertainties]
AGAIN = 'make bars ARGS="-k {part}", then python -m simulation.renew'


def test_every_weight_is_measured():
    assert list(kept().index) == WEIGHTS, f"the weights are not those of the study; measure them: {AGAIN.format(part='knock_outs')}"


def test_every_weight_serves_something():
    """A weight that serves nothing is removed, or named in `tests/bars/served.toml` with what needs it."""
    table = kept()
    assert list(table.index[table["serves"] == ""]) == []


def test_what_is_named_is_that_of_the_rows():
    table = kept()
    assert with_named(table, named()).equals(table), f"tests/bars/served.toml has changed: {AGAIN.format(part='served')}"


@pytest.mark.parametrize("weight", named())
def test_a_row_names_a_weight_of_the_study_and_what_exists(weight):
    row = named()[weight]
    what, colon, said = row["what"].partition(":")
    assert weight in WEIGHTS
    assert row["serves"] in BY_NAME
    assert colon and said.strip()
    if row["serves"] == "law":
        assert what.startswith("tests/") and (ROOT / what).is_file()
    elif row["serves"] == "measured":
        assert what[0].isdigit()  # the runs
    else:
        assert what in (PHENOMENA if row["serves"] == "phenomenon" else shipped_names("study"))


@pytest.fixture
def seen():
    """Five weights: one that moves all, one a clause, one another outcome, and two that move nothing."""
    def told(**most):
        rows = [(f"parameters.a.{name}", "0", *most.get(name, ("", "", ""))) for name in "vwxyz"]
        return pd.DataFrame(rows, columns=["factor", "off", "moves", "effect", "where"]).set_index("factor")

    most = ("Retention (points)", "+1 (+0 to +2)", "ad hoc, ward")
    clauses = pd.Series({"parameters.a.w": "P1 mentored", "parameters.a.x": "", "parameters.a.y": "", "parameters.a.z": ""})
    return in_short(told(v=most), told(v=most, w=most, x=most), clauses)


def test_a_weight_serves_the_first_that_applies(seen):
    assert seen["reported"].tolist() == ["retention (points) +1 (+0 to +2), under ad hoc, ward"] * 3 + [""] * 2
    rows = {weight: {"serves": "law", "what": "tests/laws/a.py: nobody"} for weight in ("a.w", "a.y")}
    found = with_named(seen, rows)
    assert found["serves"].tolist() == ["headline", "pattern", "reported", "law", ""]
    assert found["named"].tolist() == ["", "law: tests/laws/a.py: nobody", "", "law: tests/laws/a.py: nobody", ""]


def test_the_table_says_what_each_weight_serves(seen, tmp_path, monkeypatch):
    file = tmp_path / "knock_outs.csv"
    monkeypatch.setattr(served, "MEASURED", file)
    assert served.table() == ""
    with_named(seen, {"a.y": {"serves": "phenomenon", "what": "tipping: none without it"}}).to_csv(file)
    assert served.table().splitlines()[-5:] == [
        "| `a.v` | 0 | headline: retention (points) +1 (+0 to +2), under ad hoc, ward |",
        "| `a.w` | 0 | pattern: P1 mentored |",
        "| `a.x` | 0 | reported: retention (points) +1 (+0 to +2), under ad hoc, ward |",
        "| `a.y` | 0 | phenomenon: tipping: none without it |",
        "| `a.z` | 0 | nothing |",
    ]
