"""The house: one direction of imports, short files, no draw without a purpose, worlds without private parameters."""

import ast
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import pytest

import simulation
from simulation.draws import Purpose
from simulation.jit import COMPILED_SOURCES

PACKAGE = Path(simulation.__file__).parent
ROOT = PACKAGE.parent
SOURCES = sorted(PACKAGE.rglob("*.py"))
# Purposes drawn from in more than one place, which stand for one meaning: two sides of a first impression, a person's
# resting level at the start and later, an answer given each month, the entries of the directory that are looked at,
# a person's place among equals in a round of pairing, the place of a person or of a unit among those offered a program by lot.
SAME_MEANING = {
    "LIKING", "LIKABLE", "DYAD", "FIRST_GLANCE", "STRAIN", "MENTOR_STRAIN", "SURVEY", "CANDIDATE", "LOT",
    "OFFER",
    "LEAVE",  # decided by, and told afterwards
}  # fmt: skip


def test_imports_go_one_way():
    command = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_file_is_long(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_the_median_file_is_short():
    lengths = sorted(len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES)
    assert lengths[len(lengths) // 2] <= 120


def test_the_month_is_a_sentence():
    tree = ast.parse((PACKAGE / "program.py").read_text(encoding="utf-8"))
    for name in ("begin_month", "open_site", "close_site"):
        function = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == name)
        assert sum(isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) for node in ast.walk(function)) <= 15


def parts_needed() -> dict[str, set[str]]:
    """By function of the month that takes `state`, the parts of it that the function names: itself, or those it hands it to."""
    named, handed = {}, {}
    for path in [*(PACKAGE / "steps").glob("*.py"), PACKAGE / "ties.py"]:
        for function in ast.parse(path.read_text(encoding="utf-8")).body:
            if not isinstance(function, ast.FunctionDef) or function.args.args[0].arg != "state":
                continue
            inside = list(ast.walk(function))
            named[function.name] = {
                node.attr for node in inside if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "state"
            }
            handed[function.name] = {
                node.func.id for node in inside
                if isinstance(node, ast.Call) and any(getattr(given, "id", "") == "state" for given in node.args)
            }  # fmt: skip
    for _ in named:  # far enough for any chain
        named = {name: parts.union(*(named.get(other, set()) for other in handed[name])) for name, parts in named.items()}
    return named


def test_a_step_that_needs_one_or_two_parts_of_the_state_takes_those():
    assert {name: parts for name, parts in parts_needed().items() if len(parts) < 3} == {}


def drawn_for(sources) -> Counter:
    """How often each purpose is drawn from."""
    found = Counter()
    for path in sources:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Purpose":
                found[node.attr] += 1
    return found


def test_every_purpose_is_drawn_for():
    assert {purpose.name for purpose in Purpose} - set(drawn_for(SOURCES)) == set()


def test_a_purpose_has_one_meaning():
    month = [*(PACKAGE / "steps").glob("*.py"), PACKAGE / "record.py"]
    assert {name for name, count in drawn_for(month).items() if count > 1} <= SAME_MEANING


@pytest.mark.parametrize("path", sorted((ROOT / "scenarios" / "worlds").glob("*.toml")), ids=lambda path: path.stem)
def test_shipped_worlds_set_no_parameters(path):
    assert "parameters" not in tomllib.loads(path.read_text(encoding="utf-8"))


def test_inner_functions_are_called_by_compiled_code_alone():
    """Called from Python, an inner function would end the process: it has no way in."""
    inner, called = set(), {}
    for path in SOURCES:
        module = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
        tree = ast.parse(path.read_text(encoding="utf-8"))
        # what is imported under a name, by where it comes from: others may bear the name of an inner function
        imported = {alias.asname or alias.name: (found.module, alias.name) for found in ast.walk(tree)
                    if isinstance(found, ast.ImportFrom) for alias in found.names}  # fmt: skip
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                kinds = {name.id for name in node.decorator_list if isinstance(name, ast.Name)}
                inner |= {(module, node.name)} if "inner" in kinds else set()
                if not kinds & {"inner", "rule", "step", "passage"}:
                    calls = {getattr(call.func, "id", None) for call in ast.walk(node) if isinstance(call, ast.Call)}
                    here = {imported.get(name, (module, name)) for name in calls}
                    called.setdefault(path.name, set()).update(here)
    assert inner
    assert {file: names & inner for file, names in called.items() if names & inner} == {}


def test_every_compiled_source_counts_in_the_name_of_the_cache():
    """A compiled file that the fingerprint leaves out would leave old code in use after an edit, silently."""
    counted = {path for pattern in COMPILED_SOURCES for path in PACKAGE.glob(pattern)}
    compiled = {
        path
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
        for name in node.decorator_list
        if isinstance(name, ast.Name) and name.id in {"inner", "rule", "step", "passage"}
    }
    assert compiled
    assert compiled <= counted
