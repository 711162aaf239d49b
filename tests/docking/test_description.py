"""The second program has all that the ODD describes: a function for every name, a use for every number.

Whoever adds a submodel, a parameter, a field of a world or a lever to the ODD is told here what the second program lacks.
"""

import ast
from pathlib import Path
from types import SimpleNamespace

from docking import model, reading

ROOT = Path(__file__).parents[2]
DESCRIPTION = reading.read_description(model.DESCRIPTION)
SMALL = {"mentees": 60, "mentors": 30, "months": 30}
# Every kind of policy that the second program knows, so that each number is read by somebody.
TRIED = {
    "empower": {"pairing": ("facilitated", "coordinator", "choice"), "mentors_at_once": (3, 2, 2)},
    "diversify": {"pool": ("all", "own", "all")},
    "match": {"identity": ("optional", "required", "off")},
    "move_on": {"no_fault": (True, False, True), "check_in_months": (3, 0, 6)},
    "evaluate": {"model": ("cipp", "survey", "cipp"), "every_months": (6, 6, 6), "adapt": (True, True, False)},
}


def watched(where: str, section: SimpleNamespace, seen: set[str]) -> SimpleNamespace:
    """Give the same section, which notes every field that is read."""
    fields = set(vars(section))

    def read(self, name):
        if name in fields:
            seen.add(f"{where}.{name}")
        return SimpleNamespace.__getattribute__(self, name)

    return type("Watched", (SimpleNamespace,), {"__getattribute__": read})(**vars(section))


def watched_world(name: str, seen: set[str]) -> reading.World:
    """Give a small world that notes what is read of it."""
    world = reading.read_world(ROOT / "scenarios" / "worlds" / f"{name}.toml", DESCRIPTION)
    vars(world.people).update(SMALL)
    world.shocks.append(SimpleNamespace(**DESCRIPTION.world["shocks"]))
    for section, rules in vars(world.rules).items():
        setattr(world.rules, section, watched(f"parameters.{section}", rules, seen))
    for section in DESCRIPTION.world:
        held, where = getattr(world, section), f"world.{section}"
        several = isinstance(held, list)
        setattr(world, section, [watched(where, entry, seen) for entry in held] if several else watched(where, held, seen))
    return world


def watched_policy(turn: int, seen: set[str]) -> reading.Policy:
    """Give one of the policies to be tried, which notes what is read of it."""
    policy = reading.read_policy(ROOT / "scenarios" / "policies" / "six_tips.toml", DESCRIPTION)
    for section, levers in vars(policy.levers).items():
        vars(levers).update({name: values[turn] for name, values in TRIED.get(section, {}).items()})
        setattr(policy.levers, section, watched(f"policy.{section}", levers, seen))
    return policy


def numbers_read() -> set[str]:
    """Run the second program under every policy to be tried, and give the names of all numbers that it read."""
    seen = {"policy.start_month", "policy.end_month"}
    for turn, name in enumerate(("teaching_hospital", "junior_faculty", "youth_program")):
        world, policy = watched_world(name, seen), watched_policy(turn, seen)
        model.simulate(world, policy, seed=1, months=world.people.months)
    return seen


def numbers_described() -> set[str]:
    """Give the names of all parameters, fields of worlds and levers in the tables of the ODD."""
    parts = {part: getattr(DESCRIPTION, part) for part in ("parameters", "world", "policy")}
    return {
        f"{part}.{section}.{name}".replace("..", ".")
        for part, sections in parts.items()
        for section, fields in sections.items()
        for name in fields
    }


def lacking(names: list[str], described: set[str], read: set[str], left_out: frozenset[str]) -> list[str]:
    """Say what the second program lacks, line by line: nothing where it has all that the ODD describes."""
    lines = []
    for name in dict.fromkeys(names):
        try:
            model.submodel(name)
        except LookupError as error:
            lines.append(str(error))
    unread, untrue = described - read - left_out, left_out & read | left_out - described
    lines += [f"tests/docking never reads `{name}`, which the ODD describes" for name in sorted(unread)]
    return lines + [f"LEFT_OUT of tests/docking/model.py names `{name}`, which is read or gone" for name in sorted(untrue)]


def test_the_second_program_has_what_the_odd_describes():
    names = reading.read_processes(model.DESCRIPTION) + reading.read_headings(model.DESCRIPTION)
    assert {"commence", "seek", "reflect", "impress", "survey"} <= set(names)
    missing = lacking(names, numbers_described(), numbers_read(), model.LEFT_OUT)
    assert not missing, "\n".join(missing)


def test_what_is_forgotten_is_named():
    both = {"parameters.hear.chance", "policy.match.identity"}
    assert lacking(["hear"], both, both, frozenset()) == []
    assert "no functions `sing`" in lacking(["sing"], both, both, frozenset())[0]
    assert "never reads `policy.match.identity`" in lacking([], both, both - {"policy.match.identity"}, frozenset())[0]
    assert "read or gone" in lacking([], both, both, frozenset({"parameters.hear.chance"}))[0]


def test_the_second_program_knows_nothing_of_the_first():
    for path in Path(__file__).parent.glob("*.py"):
        if not path.name.startswith("test_"):
            text = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            modules = {node.module or "" for node in text if isinstance(node, ast.ImportFrom)}
            assert not {module for module in modules if module.startswith("simulation")}, path.name
