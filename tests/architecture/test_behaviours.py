"""A behaviour has all its places: whoever forgets one is told which.

The heading in the ODD and its place in section 3 are asked for in tests/docs/test_odd.py, the function of the second
program in tests/docking/test_description.py.
"""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

import simulation
from simulation.draws import Purpose
from simulation.scenario import parameters
from simulation.scenario.fields import Section
from simulation.scenario.parameters import Parameters

PACKAGE = Path(simulation.__file__).parent
TESTS = Path(__file__).parents[1]
PROGRAM = (PACKAGE / "program.py").read_text(encoding="utf-8")
# Files of steps/ that hold no step of their own, but what steps share.
SHARED = {"acquaint", "encounter", "engage", "survey", "who_is_there"}


class Source(NamedTuple):
    """A behaviour and the text of its rule and step; empty where the file is missing."""

    name: str
    rule: str
    step: str


def behaviours() -> list[Source]:
    """Give every behaviour that has a file of rules or of steps."""
    names = {path.stem for room in ("rules", "steps") for path in (PACKAGE / room).glob("[a-z]*.py")}
    names = sorted(names | set(re.findall(r"from simulation.steps.(\w+) import", PROGRAM)))
    files = [[PACKAGE / room / f"{name}.py" for room in ("rules", "steps")] for name in names]
    return [Source(name, *(path.read_text(encoding="utf-8") if path.exists() else "" for path in pair))
            for name, pair in zip(names, files, strict=True)]  # fmt: skip


def lacking(source: Source, program: str, tests: set[str], sections: set[str], purposes: set[str]) -> list[str]:
    """What a behaviour lacks, in words; empty when it has all its places."""
    name, rule, step = source
    lines = []
    if rule and f"test_{name}.py" not in tests:
        lines.append(f"tests/rules/test_{name}.py, the test of simulation/rules/{name}.py")
    if not rule and re.search(rf"from simulation.rules import {name}\b", step):
        lines.append(f"simulation/rules/{name}.py, its rule")
    if not step and f"from simulation.steps.{name} import " in program:
        lines.append(f"simulation/steps/{name}.py, its step")
    if step and name not in SHARED:
        if f"from simulation.steps.{name} import " not in program:
            lines.append(f"`from simulation.steps.{name} import {name}` in simulation/program.py")
        own = set(re.findall(r"^def (\w+)\(", step, re.MULTILINE))
        if not own & set(re.findall(r"^ +(\w+)\(state", program, re.MULTILINE)):
            lines.append(f"`{name}(...)`, its place in the month, in simulation/program.py")
    used = set(re.findall(r"setting\.rules\.(\w+)", step))
    lines += [f"`{section}: {section.title()} = {section.title()}()` among the Parameters of simulation/scenario/parameters.py"
              for section in sorted(used - sections)]  # fmt: skip
    drawn = set(re.findall(r"Purpose\.([A-Z_]+)", step))
    lines += [f"the purpose {purpose} in simulation/draws.py" for purpose in sorted(drawn - purposes)]
    return [f"{name} lacks {line}" for line in lines]


PLACES = {
    "program": PROGRAM,
    "tests": {path.name for path in (TESTS / "rules").glob("test_*.py")},
    "sections": set(Parameters.model_fields),
    "purposes": set(Purpose.__members__),
}


@pytest.mark.parametrize("source", behaviours(), ids=lambda source: source.name)
def test_a_behaviour_has_all_its_places(source):
    missing = lacking(source, **PLACES)
    assert not missing, "\n".join(missing)


def test_every_section_of_parameters_is_one_of_the_parameters():
    kinds = {kind for kind in vars(parameters).values() if isinstance(kind, type) and issubclass(kind, Section)}
    used = {field.annotation for field in Parameters.model_fields.values()}
    missing = sorted(kind.__name__ for kind in kinds - used - {Section, Parameters})
    assert not missing, f"Parameters of simulation/scenario/parameters.py lacks {missing}"


def test_what_is_forgotten_is_named():
    whole = Source("sing", "def sung(p): ...", "def sing(state):\n    setting.rules.sing, Purpose.SING\n")
    places = {"program": "from simulation.steps.sing import sing\n    sing(state)\n", "tests": {"test_sing.py"},
              "sections": {"sing"}, "purposes": {"SING"}}  # fmt: skip
    assert lacking(whole, **places) == []
    assert lacking(whole, **places | {"tests": set()})[0].startswith("sing lacks tests/rules/test_sing.py")
    assert "its place in the month" in lacking(whole, **places | {"program": "from simulation.steps.sing import sing"})[0]
    assert lacking(whole, **places | {"sections": set()})[0].startswith("sing lacks `sing: Sing = Sing()`")
    assert lacking(whole, **places | {"purposes": set()}) == ["sing lacks the purpose SING in simulation/draws.py"]
    assert lacking(whole._replace(step=""), **places) == ["sing lacks simulation/steps/sing.py, its step"]
    without = whole._replace(rule="", step=f"from simulation.rules import sing\n{whole.step}")
    assert lacking(without, **places) == ["sing lacks simulation/rules/sing.py, its rule"]
