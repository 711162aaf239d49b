"""ODD: the description names what the model has, all of it, and nothing that is gone."""

import re

import pytest
from fences import ROOT

from simulation import columns
from simulation.draws import Purpose
from simulation.evidence.patterns.clauses import CLAUSES
from simulation.scenario import provenance
from simulation.scenario.parameter_tables import BEGIN, DESCRIPTION, renewed
from simulation.scenario.parameters import Parameters

TEXT = DESCRIPTION.read_text(encoding="utf-8")
WRITTEN = TEXT.partition(BEGIN)[0]
NAMES = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`]+)`", WRITTEN))))
KINDS = ("MENTEE", "MENTOR", "TIE", "RECORD", "POST", "UNIT", "SITE", "INSTITUTION")
PACKAGE = ROOT / "simulation"


def test_tables_are_those_of_the_model():
    assert renewed(TEXT) == TEXT, "renew them: python -m simulation.scenario.parameter_tables"


def test_a_description_without_its_marks_is_refused():
    with pytest.raises(ValueError, match="marks"):
        renewed("no marks here")


@pytest.mark.parametrize("rule", sorted(path.stem for path in (PACKAGE / "rules").glob("[a-z]*.py")))
def test_every_rule_has_a_heading_and_its_source(rule):
    heading = f"\n### {rule}\n"
    assert heading in WRITTEN
    assert "Source: " in WRITTEN.partition(heading)[2].partition("\n### ")[0]


def test_every_parameter_is_named_in_the_submodels():
    fields = {name for section in Parameters.model_fields.values() for name in section.annotation.model_fields}
    assert not {name for name in fields if name not in NAMES and not name.startswith("cut_")}


@pytest.mark.parametrize("kind", KINDS)
def test_every_state_variable_is_named(kind):
    loose = set(re.findall(r"\w+", WRITTEN))
    assert not {name for name in getattr(columns, kind).names if name not in NAMES and name not in loose}


def test_every_purpose_in_use_is_named_and_no_other():
    sources = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    used = set(re.findall(r"Purpose\.([A-Z_]+)", sources))
    said = {name for name in NAMES if name in Purpose.__members__}
    assert used - said == set()
    assert said - used == set()


def test_draws_are_keyed_by_month_age_or_once_for_life_as_described():
    sources = "".join(path.read_text(encoding="utf-8") for path in (PACKAGE / "steps").glob("*.py"))
    keyed = re.findall(r"state\.streams\[(.+?), Purpose\.([A-Z_]+)\]", sources)
    assert len(keyed) == sources.count("state.streams[") > 50
    signs = {"0": "₀", "unborn": "₀", "month": "", "age": "ₐ", "month - ties[i, s].start": "ₐ"}
    used = {(name, signs[when]) for when, name in keyed}
    said = {(name, sign) for sign, name in re.findall(r"`[UZ]([₀ₐ]?)\(([A-Z_]+)", WRITTEN)}
    assert not {(name, sign) for name, sign in used if name in dict(said) and (name, sign) not in said}


def test_every_step_of_the_month_is_in_the_schedule():
    schedule = WRITTEN.partition("## 3. ")[2].partition("## 4. ")[0]
    program = (PACKAGE / "program.py").read_text(encoding="utf-8")
    steps = set(re.findall(r"^ +(\w+)\(state, ", program, re.MULTILINE))
    parts = set(re.findall(r"^def (\w+)", program, re.MULTILINE))
    assert {"need", "leave", "reflect"} <= steps
    assert not {step for step in steps - parts if f"**{step}**" not in schedule}


def test_the_provenance_of_every_parameter_is_told():
    evidence = provenance.EVIDENCE.read_text(encoding="utf-8")
    assert provenance.renewed(evidence) == evidence, "renew it: python -m simulation.scenario.provenance"


def test_every_finding_that_is_cited_is_listed():
    listed = set(re.findall(r"^\| ([A-F]\d+) \|", (PACKAGE / "SOURCES.md").read_text(encoding="utf-8"), re.MULTILINE))
    cited = {row for clause in CLAUSES for row in clause.rows.split()}
    for section in Parameters.model_fields.values():
        for field in section.annotation.model_fields.values():
            cited |= set(re.findall(r"\b[A-F]\d+\b", (field.json_schema_extra or {}).get("source", "")))
    assert not cited - listed
