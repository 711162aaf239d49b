"""A study made ready to run: worlds and policies loaded, factors tried at their ends, faults reported with their line."""

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import pandas as pd

from simulation.scenario.cross_checks import check_together
from simulation.scenario.errors import ScenarioError, nearest, shown
from simulation.scenario.files import Scenario
from simulation.scenario.loading import find, located
from simulation.scenario.policy import Policy
from simulation.scenario.privacy import REAL
from simulation.scenario.repeating import word_of
from simulation.scenario.study import Factor, Study
from simulation.scenario.world import World
from simulation.tables import outcome_names

_located = partial(located, "study")
KEY = ("world", "policy", "point", "replicate")  # of a run
TEXTS = ("error", "replay")  # of a run that failed
ABOUT_RUNS = (*KEY, "seed", *TEXTS)  # columns of the table of outcomes, before the outcomes
ROW = "row"  # of the design


class Setup:
    """A study with its worlds and policies."""

    def __init__(
        self, study: Study, worlds: Sequence[World], policies: Sequence[Policy], like: Mapping[str, dict], beside: Path
    ):
        self.study, self.worlds, self.policies = study, list(worlds), list(policies)
        self.like = dict(like)  # by factor: the value that each name stands for
        self.beside = beside  # the folder that relative file names start from

    def ends(self, factor: Factor) -> list[Any]:
        """The two ends of a factor's range, or all its values."""
        return [factor.low, factor.high] if factor.low is not None else list(factor.values or factor.like)

    @cached_property
    def outcomes(self) -> list[str]:
        """The names of the outcomes of its worlds, which are columns of the table of outcomes."""
        return list(dict.fromkeys(name for world in self.worlds for name in outcome_names(world)))

    @cached_property
    def whole(self) -> frozenset[str]:
        """The labels of the factors that range over whole numbers."""
        kinds = [(self.policies[0], factor) for factor in self.study.levers]
        kinds += [(self.worlds[0], factor) for factor in self.study.uncertainties]
        return frozenset(factor.label for kind, factor in kinds if type(_value_at(kind, factor.field)) is int)

    def word_of(self, scenario: World | Policy) -> str:
        """The word for a world or policy on the command line: a shipped name, or a file."""
        world = isinstance(scenario, World)
        known, words = (self.worlds, self.study.worlds) if world else (self.policies, self.study.policies)
        word = next(word for one, word in zip(known, words, strict=True) if one.name == scenario.name)
        return word_of(scenario.kind, word, self.beside)

    def changes(self, factors: Sequence[Factor], values: Mapping[str, Any], name: str) -> dict[str, Any]:
        """The changes that a point makes in the world or policy of that name, by dotted name; a missing value makes none."""
        mine = [factor for factor in factors if not factor.policies or name in factor.policies]
        return {
            factor.field: self.like[factor.label][values[factor.label]] if factor.like else values[factor.label]
            for factor in mine if not pd.isna(values[factor.label])
        }

    def world_at(self, world: World, values: Mapping[str, Any]) -> World:
        """The world at a point."""
        changes = self.changes(self.study.uncertainties, values, world.name)
        return world.with_(changes) if changes else world

    def policy_at(self, policy: Policy, values: Mapping[str, Any]) -> Policy:
        """The policy at a point."""
        changes = self.changes(self.study.levers, values, policy.name)
        return policy.with_(changes) if changes else policy


def set_up(study: Study | Setup | str | Path) -> Setup:
    """Load a study by name or file, with its worlds and policies, and check it; a `Setup` is returned as it is."""
    if isinstance(study, Setup):
        return study
    file = None if isinstance(study, Study) else find("study", study)
    study = study if isinstance(study, Study) else Study.load(study)
    beside = file.parent if file else Path()
    worlds = _loaded(World, "worlds", study, file, beside)
    policies = _loaded(Policy, "policies", study, file, beside)
    for place, policy in enumerate(policies):
        for world in worlds:
            with _located(file, ("policies", place), ""):
                check_together(world, policy)
    known = list(dict.fromkeys(name for world in worlds for name in outcome_names(world)))
    for place, pattern in enumerate(study.outcomes):
        if not any(fnmatchcase(name, pattern) for name in known):
            with _located(file, ("outcomes", place), "outcomes"):
                raise ScenarioError(f"no outcome is called {shown(pattern)}", hint=nearest(pattern, known))
    for what in ("levers", "uncertainties"):
        for place, factor in enumerate(getattr(study, what)):
            if factor.label in (*ABOUT_RUNS, ROW, *known):
                with _located(file, (what, place), f"{what}.{factor.label}"):
                    told = "a factor cannot be called so: the table of outcomes has a column of that name"
                    raise ScenarioError(told, hint="give it another name")
    like = {}
    for what, kind in (("levers", Policy), ("uncertainties", World)):
        for place, factor in enumerate(getattr(study, what)):
            like[factor.label] = {}
            for name in factor.like:
                with _located(file, (what, place, "like"), f"{factor.label}.like"):
                    other = kind.load(find(kind.kind, name, beside))
                    if getattr(other, "roster", None) and factor.field.split(".")[0] in REAL:
                        raise ScenarioError(f"the people of {shown(name)} are a roster, which no study may write down")
                    like[factor.label][name] = _value_at(other, factor.field)
            names = [policy.name for policy in policies]
            for name in factor.policies:
                if name not in names:
                    hint = nearest(name, names) or f"known: {', '.join(names)}"
                    with _located(file, (what, place, "policies"), f"{factor.label}.policies"):
                        raise ScenarioError(f"{shown(name)} is not one of the policies of this study", hint=hint)
    setup = Setup(study, worlds, policies, like, beside)
    _try_ends(setup, file)
    return setup


def _loaded(kind: type[Scenario], what: str, study: Study, file: Path | None, beside: Path) -> list:
    """Load the worlds or policies that a study names; two of the same name raise."""
    found: list[Scenario] = []
    for place, name in enumerate(getattr(study, what)):
        with _located(file, (what, place), what):
            one = kind.load(find(kind.kind, name, beside))
            if one.name in [other.name for other in found]:
                raise ScenarioError(f"two of the {what} have the name {shown(one.name)}")
            found.append(one)
    return found


def _try_ends(setup: Setup, file: Path | None) -> None:
    """Try every factor at its ends or values, so that a bad name or range is reported before anything runs."""
    study = setup.study
    for what, scenarios in (("levers", setup.policies), ("uncertainties", setup.worlds)):
        for place, factor in enumerate(getattr(study, what)):
            ends = setup.ends(factor)
            ranged = factor.low is not None
            for k, value in enumerate(ends):
                end = ("low", "high")[k] if ranged else "values" if factor.values else "like"
                for scenario in scenarios:
                    with _located(file, (what, place, end), f"{what}.{factor.label}.{end}"):
                        value = _whole(value) if ranged and factor.label in setup.whole else value
                        changed = scenario.with_(setup.changes([factor], {factor.label: value}, scenario.name))
                        if isinstance(changed, Policy):
                            for world in setup.worlds:
                                check_together(world, changed)


def _whole(value: float) -> int:
    """Turn an end of a range over whole numbers into one; another number raises."""
    if value != int(value):
        raise ScenarioError(f"value {shown(value)}, allowed: a whole number, as the field holds")
    return int(value)


def _value_at(scenario: Scenario, dotted: str) -> Any:
    """The value, or the whole section, at a dotted name of a scenario."""
    data = scenario.model_dump(mode="json")
    for word in dotted.split("."):
        names = [entry.get("name") for entry in data if isinstance(entry, dict)] if isinstance(data, list) else []
        step = names.index(word) if word in names else word
        known = names or (list(data) if isinstance(data, dict) else [])
        if word not in known:
            raise ScenarioError(f"{scenario.kind} {scenario.name} has no {shown(word)}", hint=nearest(word, known))
        data = data[step]
    return data
