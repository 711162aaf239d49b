"""A virtual study: arms that run with the same seeds, counts from each, and the clauses computed from them.

Clauses are measured as their sources measured them. Where a source compares people without random assignment (a
cross-section, a before and after), the same worlds also give a causal effect. It compares each person with a twin: the
same person with the same luck, in a world in which nobody finds a mentor.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from simulation.allocate import Layout, lay_out
from simulation.evidence.patterns.tally import Totals
from simulation.run import Run, run_of
from simulation.scenario.loading import shipped_names
from simulation.scenario.policy import Policy
from simulation.scenario.world import World

CAUSAL = "causal "  # before the key of a clause: the effect in twins, beside the survey's statistic


class Arm(NamedTuple):
    """One world under one policy for some months."""

    world: str
    policy: str
    months: int
    world_changes: Mapping[str, Any] = {}
    policy_changes: Mapping[str, Any] = {}
    trace: bool = False


NOBODY = {"context.acquaintances": 0, "context.approach": 0.0, "parameters.seek.odds": -8.0, "parameters.seek.initiative": 0.0,
          "parameters.seek.need": 0.0, "parameters.seek.worn": 0.0, "parameters.seek.able": 0.0,
          "parameters.seek.custom": 0.0}  # fmt: skip


class VirtualStudy(NamedTuple):
    """A study in a simulated population."""

    name: str
    arms: Mapping[str, Arm]
    count: Callable[["Seeded"], dict[str, float]]  # of one seed
    state: Callable[[Totals], dict[str, float]]  # clauses, and causal effects, from totals over seeds
    clauses: tuple[str, ...]  # the keys that `state` gives, without causal effects
    seeds: float = 1  # a multiple of the usual number of seeds


class Laid(NamedTuple):
    """An arm that is ready to run under a theory."""

    world: World
    policy: Policy
    layout: Layout
    trace: bool


class Seeded:
    """The arms of a study with one seed; an arm is run when it is first used."""

    def __init__(self, ready: Mapping[str, Laid], seed: int):
        self.ready, self.seed = ready, seed
        self._runs: dict[str, Run] = {}

    def __getitem__(self, name: str) -> Run:
        if name not in self._runs:
            arm = self.ready[name]
            self._runs[name] = run_of(arm.world, arm.policy, arm.layout, self.seed, arm.trace)
        return self._runs[name]


def _loaded(kind: type[World] | type[Policy], name: str) -> World | Policy:
    """Load a world or policy; a file of the user's own may change between two calls."""
    return _shipped(kind, name) if name in shipped_names(kind.kind) else kind.load(name)


@cache
def _shipped(kind: type[World] | type[Policy], name: str) -> World | Policy:
    """Load a shipped world or policy once for all seeds and theories."""
    return kind.load(name)


def laid_out(study: VirtualStudy, theory: Mapping[str, Any]) -> dict[str, Laid]:
    """Lay out every arm under a theory: changes of parameters by dotted name, the same for all worlds."""
    ready = {}
    for name, arm in study.arms.items():
        world = _loaded(World, arm.world).with_({**theory, **arm.world_changes})
        policy = _loaded(Policy, arm.policy).with_(dict(arm.policy_changes))
        ready[name] = Laid(world, policy, lay_out(world, policy, arm.months), arm.trace)
    return ready


def measured(study: VirtualStudy, theory: Mapping[str, Any], seeds: Sequence[int]) -> list[dict[str, float]]:
    """The counts of a study with each seed."""
    ready = laid_out(study, theory)
    return [study.count(Seeded(ready, seed)) for seed in seeds]


def totals(counts: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Add up the counts of several seeds."""
    return {name: float(np.sum([count[name] for count in counts])) for name in counts[0]}
