"""ODD: the description names what the model has, all of it, and nothing that is gone."""

import ast
import re

import pytest
from fences import ROOT

from simulation import columns, program, renew
from simulation.agents.text import calls
from simulation.draws import Purpose
from simulation.evidence.patterns.clauses import CLAUSES
from simulation.scenario.parameters import Parameters
from simulation.scenario.policy import WITH_OFFER, Policy

PACKAGE = ROOT / "simulation"
TEXT = (PACKAGE / "ODD.md").read_text(encoding="utf-8")
WRITTEN = TEXT.partition(renew.BEGIN)[0]
NAMES = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`]+)`", WRITTEN))))
KINDS = ("MENTEE", "MENTOR", "TIE", "RECORD", "POST", "UNIT", "SITE", "INSTITUTION")
# Steps that only prepare the next one: what is seen before anybody acts. The description tells of them with that step.
PREPARING = {"count_groups": "strain", "look_around": "norm"}

HEADED = {"mentor_strain": "strain", "institution": "reflect"}  # sections that share a heading with another


def unnamed(names) -> list[str]:
    """Those names that the description does not have between backticks, as it must."""
    return sorted(name for name in names if name not in NAMES)


@pytest.mark.parametrize("page", renew.renewed(), ids=lambda page: page.name)
def test_what_is_generated_is_that_of_the_model(page):
    same = renew.renewed()[page] == page.read_text(encoding="utf-8")
    assert same, f"the tables of simulation/{page.name} are old; renew them: python -m simulation.renew"


def test_a_page_without_its_marks_is_refused():
    with pytest.raises(ValueError, match="marks"):
        renew.between("no marks here", "a part")


@pytest.mark.parametrize("rule", sorted(path.stem for path in (PACKAGE / "rules").glob("[a-z]*.py")))
def test_every_rule_has_a_heading_and_its_source(rule):
    heading = f"\n### {rule}\n"
    assert heading in WRITTEN, f"simulation/ODD.md lacks the heading `### {rule}` in section 7"
    told = WRITTEN.partition(heading)[2].partition("\n### ")[0]
    assert "Source: " in told, f"simulation/ODD.md lacks `Source: ` under `### {rule}`"


@pytest.mark.parametrize("section", Parameters.model_fields)
def test_every_parameter_is_named_in_the_submodels(section):
    """A parameter stands by its own name under the heading of its section, elsewhere with its section before it."""
    heading = HEADED.get(section, section)
    under = WRITTEN.partition(f"\n### {heading}\n")[2].partition("\n### ")[0]
    named = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`]+)`", under))))
    fields = [name for name in Parameters.model_fields[section].annotation.model_fields if not name.startswith("cut_")]
    missing = [name for name in fields if name not in named and f"`{section}.{name}`" not in WRITTEN]
    assert not missing, f"simulation/ODD.md does not say under `### {heading}` what the parameters {missing} do"


@pytest.mark.parametrize("section", WITH_OFFER)
def test_every_lever_is_named_in_the_submodels(section):
    missing = unnamed(Policy.model_fields[section].annotation.model_fields)
    assert not missing, f"section 7 of simulation/ODD.md does not say what the levers {missing} of `{section}` do"


@pytest.mark.parametrize("kind", KINDS)
def test_every_state_variable_is_named(kind):
    loose = set(re.findall(r"\w+", WRITTEN))
    missing = {name for name in getattr(columns, kind).names if name not in NAMES and name not in loose}
    assert not missing, f"section 2 of simulation/ODD.md does not name the fields {missing}"


def test_every_purpose_in_use_is_named_and_no_other():
    sources = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    used = set(re.findall(r"Purpose\.([A-Z_]+)", sources))
    said = {name for name in NAMES if name in Purpose.__members__}
    assert not used - said, f"simulation/ODD.md does not tell of the draws for {used - said}"
    assert not said - used, f"simulation/ODD.md tells of draws that nobody makes: {said - used}"


def keyed(function: ast.FunctionDef) -> set[tuple[str, str]]:
    """The purposes that a function draws for, each with the text of what stands in the place of the month.

    A stream that the function was given is left out.
    """
    months, found = dict.fromkeys((argument.arg for argument in function.args.args), ""), set()
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            target, value = node.targets[0], node.value
            several = isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple)
            pairs = zip(target.elts, value.elts, strict=True) if several else [(target, value)]
            for name, given in pairs:
                if isinstance(given, ast.Subscript) and ast.unparse(given.value).endswith("streams"):
                    months[ast.unparse(name)] = ast.unparse(given.slice)
    for node in ast.walk(function):
        if isinstance(node, ast.Subscript) and "Purpose." in ast.unparse(node.slice):
            stream, index = ast.unparse(node.value), ast.unparse(node.slice).strip("()")
            month, _, purpose = index.rpartition("Purpose.")
            found.add((purpose, month.rstrip(", ") if stream.endswith("streams") else months[stream]))
    return {(purpose, month) for purpose, month in found if month}


def test_draws_are_keyed_by_month_age_or_once_for_life_as_described():
    texts = [ast.parse(path.read_text(encoding="utf-8")) for path in (PACKAGE / "steps").glob("*.py")]
    functions = [node for text in texts for node in ast.walk(text) if isinstance(node, ast.FunctionDef)]
    drawn = set().union(*map(keyed, functions))
    assert len(drawn) > 55
    signs = {"0": "₀", "month": "", "month - tie.start": "ₐ"}
    used = {(purpose, signs[month]) for purpose, month in drawn}
    said = {(name, sign) for sign, name in re.findall(r"`[UZ]([₀ₐ]?)\(([A-Z_]+)", WRITTEN)}
    assert not {(name, sign) for name, sign in used if name in dict(said) and (name, sign) not in said}


def steps_of_the_month() -> list[str]:
    """The steps of the month by name, in the order of `simulation/program.py`."""
    parts = ("begin_month", "open_site", "assign", "close_site", "end_month")
    inside = [calls(getattr(program, part)) if part != "assign" else {part: program.assign} for part in parts]
    return [name for part in inside for name in part if name not in ("mentees_of", "mentors_of")]


def test_the_schedule_is_that_of_the_program():
    schedule = WRITTEN.partition("\n## 3. ")[2].partition("\nSteps ")[0]
    said, done = re.findall(r"\*\*(\w+)\*\*", schedule), steps_of_the_month()
    for step, following in PREPARING.items():
        assert done.pop(done.index(step)) and following in done
    assert "seek" in said
    for name in dict.fromkeys([*done, *said]):
        assert name in said, f"section 3 of simulation/ODD.md lacks **{name}**, which simulation/program.py does"
        assert name in done, f"simulation/program.py does not do **{name}**, which is in section 3 of simulation/ODD.md"
    assert said == done, "the order of section 3 of simulation/ODD.md is not that of simulation/program.py"


def test_every_finding_that_is_cited_is_listed():
    listed = set(re.findall(r"^\| ([A-G]\d+) \|", (PACKAGE / "SOURCES.md").read_text(encoding="utf-8"), re.MULTILINE))
    cited = {row for clause in CLAUSES for row in clause.rows.split()}
    for section in Parameters.model_fields.values():
        for field in section.annotation.model_fields.values():
            cited |= set(re.findall(r"\b[A-G]\d+\b", (field.json_schema_extra or {}).get("source", "")))
    assert not cited - listed
