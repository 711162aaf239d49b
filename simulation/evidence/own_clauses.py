"""Clauses of one's own, from a TOML file: the mean of an outcome over populations, or what two such means are to each other."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from simulation.evidence.own_numbers import check_unknowns, clause_of
from simulation.evidence.patterns.clauses import BY_KEY, INFINITE, Clause
from simulation.evidence.patterns.tally import Totals, mean, ratio, summed
from simulation.evidence.patterns.virtual import Arm, Seeded, VirtualStudy
from simulation.judgement import half_width
from simulation.outcomes import PERSONAL, find, groups_of
from simulation.scenario.counted import counted
from simulation.scenario.cross_checks import check_together
from simulation.scenario.errors import ScenarioError, nearest, shown
from simulation.scenario.files import Scenario
from simulation.scenario.loading import located
from simulation.scenario.policy import Policy
from simulation.scenario.privacy import disclosed, told_groups
from simulation.scenario.repeating import word_of
from simulation.scenario.targets import Measure, TargetClause, Targets
from simulation.scenario.world import World
from simulation.tables import outcome_names

BETWEEN = {Measure.LEVEL: "", Measure.DIFFERENCE: " less ", Measure.RATIO: " over ", Measure.ODDS: ", odds against "}


class Own(NamedTuple):
    """Clauses, the virtual studies that measure them, and the worlds and policies of these in full."""

    clauses: tuple[Clause, ...] = ()
    studies: tuple[VirtualStudy, ...] = ()
    inputs: Mapping[str, Any] = {}


class Side(NamedTuple):
    """One mean of a clause: of an outcome in an arm, of everyone or of a group."""

    arm: str
    outcome: str
    group: tuple[str, str] | None  # attribute and group

    def of(self, runs: Seeded) -> float:
        """The outcome with one seed."""
        run = runs[self.arm]
        if self.group is None:
            return float(run.outcomes[self.outcome])
        return float(run.personal[groups_of(run.world).index(self.group), PERSONAL.index(self.outcome)])


class Asked(NamedTuple):
    """A clause as it is measured: the level of its one side, or the first side beside the other one."""

    key: str
    measure: Measure
    sides: tuple[Side, ...]

    def count(self, runs: Seeded) -> dict[str, float]:
        """The sums of one seed; where one side is missing, none counts."""
        values = [side.of(runs) for side in self.sides]
        known = not np.isnan(values).any()
        sums = [summed(f"{self.key}.{k}", np.array([value if known else np.nan])) for k, value in enumerate(values)]
        return {name: value for one in sums for name, value in one.items()}

    def state(self, totals: Totals) -> float:
        """The number."""
        means = [mean(totals, f"{self.key}.{k}") for k in range(len(self.sides))]
        if self.measure is Measure.DIFFERENCE:
            return means[0] - means[1]
        if self.measure is Measure.ODDS:
            means = [ratio(one, 1.0 - one) for one in means]
        return means[0] if self.measure is Measure.LEVEL else ratio(*means)


def count(asked: Sequence[Asked], runs: Seeded) -> dict[str, float]:
    """Count one seed."""
    return {name: value for one in asked for name, value in one.count(runs).items()}


def state(asked: Sequence[Asked], totals: Totals) -> dict[str, float]:
    """The clauses."""
    return {one.key: one.state(totals) for one in asked}


def own_clauses(targets: Targets, file: Path | None = None) -> Own:
    """The clauses of targets that are not published ones, as one virtual study.

    Files are named from beside `file`; what is not there, or does not go together, raises `ScenarioError` with its line.
    """
    loaded: dict[tuple[type[Scenario], str], Scenario] = {}
    arms: dict[str, Arm] = {}
    check_unknowns(targets, file)
    clauses = [clause_of(targets, file, place) for place in range(len(targets.numbers))] or targets.clauses
    asked = [_asked(targets, file, place, clause, loaded, arms) for place, clause in enumerate(clauses)]
    if not asked:
        return Own()
    keys = tuple(one.key for one in asked)
    study = VirtualStudy(f"own {targets.name}", arms, partial(count, asked), partial(state, asked), keys)
    inputs = {
        f"{kind.kind} {name}": disclosed(one) if isinstance(one, World) else one.model_dump(mode="json")
        for (kind, name), one in loaded.items()
    }
    return Own(tuple(_banded(targets.name, clause) for clause in clauses), (study,), inputs)


def _asked(targets: Targets, file: Path | None, place: int, clause: TargetClause, loaded: dict, arms: dict) -> Asked:
    """Check the clause at a place; what it loads and the arms that it needs are added to those before."""
    beside = file.parent if file else Path()

    def at(field: str) -> Any:
        if targets.numbers and field in ("world", "policy"):
            return located(Targets.kind, file, (field,), field)
        section = "numbers" if targets.numbers else "clauses"
        return located(Targets.kind, file, (section, place, field), f"{section}.{clause.name}.{field}")

    def scenario(kind: type[Scenario], name: str) -> tuple[str, Any]:
        word = word_of(kind.kind, name, beside)
        if (kind, name) not in loaded:
            loaded[kind, name] = kind.load(word)
        return word, loaded[kind, name]

    key = f"{targets.name}.{clause.name}"
    with at("name"):
        if key in BY_KEY:
            raise ScenarioError(f"value {shown(clause.name)}: {key} is a published clause", hint="give it another name")
    with at("world"):
        world_word, world = scenario(World, clause.world)
    names = []
    for field in ("policy", "other_policy"):
        with at(field):
            if getattr(clause, field):
                word, policy = scenario(Policy, getattr(clause, field))
                check_together(world, policy)
                arm = Arm(world_word, word, clause.months or world.people.months)
                names.append(f"{arm.world}, {arm.policy}, {counted(arm.months, 'months')}")
                arms[names[-1]] = arm
    with at("outcome"):
        _check_outcome(clause, world)
    groups = []
    for field in ("group", "other_group"):
        with at(field):
            groups.append(_group(getattr(clause, field), world))
    sides = (Side(names[0], clause.outcome, groups[0]), Side(names[-1], clause.outcome, groups[1] or groups[0]))
    return Asked(key, clause.measure, sides[:1] if clause.measure is Measure.LEVEL else sides)


def _check_outcome(clause: TargetClause, world: World) -> None:
    """Refuse an outcome that there is not, that groups have not, or that is no share where odds are asked for."""
    known, whose = (PERSONAL, "of groups ") if clause.group else (outcome_names(world), "")
    if clause.outcome not in known:
        hint = nearest(clause.outcome, known) or f"known: {', '.join(known)}"
        raise ScenarioError(f"no outcome {whose}is called {shown(clause.outcome)}", hint=hint)
    if clause.measure is Measure.ODDS and find(clause.outcome).difference_unit != "percentage points":
        raise ScenarioError(f"{shown(clause.outcome)} is no share, and only shares have odds")


def _group(text: str, world: World) -> tuple[str, str] | None:
    """The attribute and group of a text; None for everyone."""
    known = {f"{attribute}:{group}": (attribute, group) for attribute, group in groups_of(world)[1:]}
    if text and text not in known:
        hint = nearest(text, known) or f"known: {', '.join(known) or 'none'}"
        raise ScenarioError(f"value {shown(text)}: the world {world.name} has no such group", hint=hint)
    attribute, group = known.get(text, ("", ""))
    if attribute in (told := told_groups(world)) and group not in told[attribute].groups:
        problem = f"value {shown(text)}: too few people of the roster of {world.name} to be told of"
        raise ScenarioError(problem, hint="strike it out")
    return known.get(text)


def _banded(name: str, clause: TargetClause) -> Clause:
    """The clause with its band, which is the 95 % interval of a value with its standard error."""
    if clause.value is not None:
        half = half_width(clause.error, np.inf)  # of how many people the error is taken, nobody says
        low, high = clause.value - half, clause.value + half
        target = f"{clause.value:g} ({clause.error:g})"
    else:
        low, high = -INFINITE if clause.low is None else clause.low, INFINITE if clause.high is None else clause.high
        target = f">= {low:g}" if clause.high is None else f"<= {high:g}" if clause.low is None else f"{low:g}-{high:g}"
    one, other = f"{clause.policy} {clause.group}".strip(), f"{clause.other_policy} {clause.other_group}".strip()
    text = clause.text or f"{find(clause.outcome).title}: {one}{BETWEEN[clause.measure]}{other}"
    return Clause(name, clause.name, clause.kind, low, high, target, text, clause.source)
