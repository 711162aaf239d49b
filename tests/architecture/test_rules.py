"""Every rule cites its source, has its test, is in the month, and holds no number of its own."""

import ast
import re
from pathlib import Path

import numpy as np
import pytest

import simulation
from simulation import columns
from simulation.scenario import compiled_setting as flat

PACKAGE = Path(simulation.__file__).parent
RULES = sorted(path for path in (PACKAGE / "rules").glob("*.py") if path.stem != "__init__")
STEPS = sorted((PACKAGE / "steps").glob("*.py"))
# rows of the table of evidence; F5 is the last of its section, and of section G those that SOURCES.md lists
EVIDENCE = re.compile(
    r"\[(A(1[0-4]|[1-9])|B(1[0-3]|[1-9])|C(1[0-3]|[1-9])|D(2[01]|1\d|[1-9])|E(2[0-2]|1\d|[1-9])|F[1-5]|G(10|[12478]))\]"
)
NAMED = re.compile(r"Harper et al\. 2024|model\.md \d")
each_rule = pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)


def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


@each_rule
def test_a_rule_cites_a_known_source(path):
    text = ast.get_docstring(tree(path)) or ""
    assert "Source:" in text, f"simulation/rules/{path.name} lacks its `Source:` in the first lines"
    cited = text.partition("Source:")[2]
    keys = re.findall(r"\[[^\]]+\]", cited)
    assert keys or NAMED.search(cited)
    assert all(EVIDENCE.fullmatch(key) for key in keys), keys


@each_rule
def test_every_rule_is_in_the_month(path):
    functions = [node.name for node in tree(path).body if isinstance(node, ast.FunctionDef)]
    used = "\n".join(other.read_text(encoding="utf-8") for other in [*STEPS, *PACKAGE.glob("*.py")])
    own = path.read_text(encoding="utf-8")
    for name in functions:
        calls = len(re.findall(rf"\b{name}\(", own)) - 1
        assert calls or re.search(rf"\.{name}\(|\b{name}\(", used), f"simulation/steps/{path.stem}.py lacks a use of the rule `{name}`"
    imported = re.search(rf"rules import .*\b{path.stem}\b|rules\.{path.stem} import", used)
    assert imported, f"simulation/steps/{path.stem}.py lacks: no step imports simulation/rules/{path.name}"


@each_rule
def test_a_rule_holds_no_number_of_its_own(path):
    numbers = {
        node.value
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float)
    }
    assert numbers <= {0, 1, 2, 12, 0.5}, "a missing parameter"


@each_rule
def test_a_rule_knows_no_lever_no_world_and_no_draw(path):
    imported = {node.module for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom)}
    assert imported <= {"simulation.jit", "simulation.exponential"}
    names = {node.id for node in ast.walk(tree(path)) if isinstance(node, ast.Name)}
    assert not names & {"Lever", "levers", "policy", "world", "setting", "state"}


@pytest.mark.parametrize("path", [*RULES, *STEPS], ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_neither_rule_nor_step_asks_for_the_name_of_a_world_or_policy(path):
    shipped = {other.stem for other in (PACKAGE.parent / "scenarios").glob("*/*.toml")}
    nodes = list(ast.walk(tree(path)))
    texts = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    assert not texts & shipped
    asked = {
        f"{node.value.id}.{node.attr}"
        for node in nodes
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
    assert not asked & {"world.name", "policy.name", "world.title", "policy.title", "setting.name"}


def test_no_field_of_a_record_hides_behind_a_name_of_numpy():
    """`record.base` is numpy's own in plain Python and ours in compiled code: such names are not for fields."""
    kinds = [
        kind
        for module in (columns, flat)
        for kind in vars(module).values()
        if isinstance(kind, np.dtype) and kind.names
    ]
    kinds += [flat.RULES[name] for name in flat.RULES.names]
    kinds += [flat.SETTING[name] for name in ("context", "hazards", "prices")]
    for kind in kinds:
        assert not set(kind.names) & {*dir(np.record), *dir(np.recarray)}


def test_no_rule_or_step_reads_the_name_of_a_world_or_policy():
    """A pattern may not be met by special-casing its world: compiled code gets numbers, and names are not among them."""
    shipped = {path.stem for folder in ("worlds", "policies") for path in (PACKAGE.parent / "scenarios" / folder).glob("*.toml")}
    for path in [*RULES, *STEPS, *(PACKAGE / "matching").glob("*.py"), PACKAGE / "program.py", PACKAGE / "record.py"]:
        nodes = list(ast.walk(tree(path)))
        read = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
        assert not read & {"name", "title", "text", "world", "policy"}, path.name
        assert not shipped & {node.value for node in nodes if isinstance(node, ast.Constant)}, path.name
