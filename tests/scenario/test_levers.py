"""A lever has all its places: a step reads it, `mentorship show` says it, and a record keeps it.

That the ODD describes it is asked in tests/docs/test_odd.py, and that the second program reads it in
tests/docking/test_description.py.
"""

import ast
from pathlib import Path

import pytest

import simulation
from simulation.scenario.levers import levers_of, levers_type
from simulation.scenario.policy import WITH_OFFER, Policy
from simulation.scenario.sentences import differences
from simulation.scenario.world import World

PACKAGE = Path(simulation.__file__).parent
LEVERS = [(section, name) for section in WITH_OFFER for name in Policy.model_fields[section].annotation.model_fields]
CHANGED = {  # levers that name parts of the world
    "names of domains": ["career"], "names of attributes": ["gender"], "name of a domain": "career",
    "attribute:group": "gender:woman", "choices": ["context"], "names of disciplines": ["surgery"], "ids of mentees": [3],
}  # fmt: skip
each_lever = pytest.mark.parametrize(("section", "name"), LEVERS, ids=[".".join(lever) for lever in LEVERS])


def paths(function: ast.FunctionDef) -> set[str]:
    """The dotted names that a function reads, with the names that it gives to parts of them spelled out."""
    named: dict[str, str] = {}

    def spelled(node: ast.AST) -> str:
        if isinstance(node, ast.Attribute):
            return f"{spelled(node.value)}.{node.attr}"
        return named.get(node.id, node.id) if isinstance(node, ast.Name) else ""

    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            several = isinstance(node.targets[0], ast.Tuple) and isinstance(node.value, ast.Tuple)
            pairs = zip(node.targets[0].elts, node.value.elts, strict=True) if several else [(node.targets[0], node.value)]
            named |= {target.id: spelled(value) for target, value in pairs
                      if isinstance(target, ast.Name) and isinstance(value, ast.Attribute)}  # fmt: skip
    return {spelled(node) for node in ast.walk(function) if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)}


def read_by_steps() -> set[str]:
    """The levers that steps read, by section and name: two names after `levers`."""
    texts = [ast.parse(path.read_text(encoding="utf-8")) for path in (PACKAGE / "steps").glob("*.py")]
    functions = [node for text in texts for node in ast.walk(text) if isinstance(node, ast.FunctionDef)]
    found = [path.split(".") for function in functions for path in paths(function)]
    levers = [path[path.index("levers") + 1 :] for path in found if "levers" in path]
    passed = [path for path in found if "levers" not in path and path[0] in WITH_OFFER]  # a section as an argument
    return {".".join(path[:2]) for path in levers + passed if len(path) > 1}


def lacking(policy: set[str], read: set[str]) -> list[str]:
    """What levers lack, in words: nothing where every lever is read by a step, and every one that is read exists."""
    unread, unknown = sorted(policy - read), sorted(read - policy)
    return [
        *(f"no step reads the lever {name}: simulation/steps lacks `state.levers.{name}`" for name in unread),
        *(f"a step reads `levers.{name}`, which simulation/scenario/policy.py lacks" for name in unknown),
    ]


def test_every_lever_is_read_by_a_step():
    missing = lacking({".".join(lever) for lever in LEVERS}, read_by_steps())
    assert not missing, "\n".join(missing)


def test_what_is_forgotten_is_named():
    assert lacking({"match.identity"}, {"match.identity"}) == []
    assert "no step reads the lever match.charm" in lacking({"match.charm"}, set())[0]
    assert "`levers.match.charm`, which simulation/scenario/policy.py lacks" in lacking(set(), {"match.charm"})[0]


def another(section: str, name: str):
    """A value that a lever has not by default."""
    field = Policy.model_fields[section].annotation.model_fields[name]
    unit = field.json_schema_extra["unit"]
    if unit in CHANGED:
        return CHANGED[unit]
    if isinstance(field.default, bool):
        return not field.default
    if isinstance(field.default, str):
        return next(choice for choice in type(field.default) if choice != field.default)
    return next(bound for mark in field.metadata for bound in vars_of(mark) if bound != field.default)


def vars_of(mark) -> list:
    """The bounds that a mark of a field gives."""
    return [getattr(mark, side) for side in ("ge", "le") if hasattr(mark, side)]


@each_lever
def test_show_says_the_lever(section, name):
    field = Policy.model_fields[section].annotation.model_fields[name]
    assert field.description, f"`mentorship show` cannot say {section}.{name}: simulation/scenario/policy.py has no words for it"
    changed = Policy().with_({f"{section}.{name}": another(section, name)})
    ((lever, before, after, sentence),) = differences(Policy(), changed)
    words = field.description.partition(":")[0].partition(";")[0]
    assert (lever, before != after) == (f"{section}.{name}", True)
    assert sentence.startswith(words[:1].upper() + words[1:]), f"`mentorship show` cannot say {section}.{name}"


@each_lever
def test_the_record_keeps_the_lever(section, name):
    world, policy = World.load("teaching_hospital"), Policy()
    before, after = (levers_of(one, world) for one in (policy, policy.with_({f"{section}.{name}": another(section, name)})))
    assert name in levers_type()[section].names
    kept = before[section][name].tobytes() != after[section][name].tobytes()
    assert kept, f"simulation/scenario/levers.py has no way to keep {section}.{name} as numbers"
