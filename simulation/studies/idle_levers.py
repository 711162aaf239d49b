"""The levers of a study that cannot act: one that is idle at every point is refused before anything runs."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from simulation.scenario.errors import ScenarioError
from simulation.scenario.idle import idle, value_of
from simulation.scenario.policy import SECTIONS, Policy
from simulation.scenario.study import Factor
from simulation.studies.setup import Setup

MOST = 2_000  # points that are looked at; of more, as many at equal distances


class Idle(NamedTuple):
    """A lever that cannot act at some points of a study: at how many of those where it is set, and why at the first."""

    lever: str
    idle: int
    points: int
    why: str


def idle_levers(setup: Setup, rows: pd.DataFrame) -> list[Idle]:
    """Find the levers that are idle, at some of the points of a design (`points.rows_of`) at least.

    A lever counts as idle at a point where it is set and acts under none of the policies that it changes, in no world.
    One that is idle at all points where it is set raises a `ScenarioError`.
    """
    levers = setup.study.levers
    points = rows[[factor.label for factor in levers]].drop_duplicates()
    points = points.iloc[np.unique(np.linspace(0, len(points) - 1, min(len(points), MOST)).astype(int))]
    found = {factor.label: Idle(factor.label, 0, 0, "") for factor in levers}
    for values in points.to_dict("records") if levers else ():
        said = [each for policy in setup.policies for each in _said(setup, policy, values)]
        for label in dict.fromkeys(label for label, _ in said):
            whys, before = [why for name, why in said if name == label], found[label]
            rests = all(whys)
            found[label] = Idle(label, before.idle + rests, before.points + 1, before.why or (whys[0] if rests else ""))
    resting = [each for each in found.values() if each.idle]
    never = next((each for each in resting if each.idle == each.points), None)
    if never:
        problem = f"this lever is idle at every point: {never.why}"
        field, hint = f"levers.{never.lever}", "take it out, or let it act"
        raise ScenarioError(problem, file=f"study {setup.study.name}", field=field, hint=hint)
    return resting


def _said(setup: Setup, policy: Policy, values: dict) -> Iterator[tuple[str, str]]:
    """The levers that a point sets in a policy, once a world, with the reason why one is idle there or nothing."""
    changed = setup.policy_at(policy, values)
    for world in setup.worlds:
        resting = idle(changed, world)
        for factor in setup.study.levers:
            if not factor.policies or policy.name in factor.policies:
                set_here = [name for name in _leaves(factor) if value_of(changed, name) != value_of(Policy(), name)]
                if set_here:
                    yield factor.label, resting.get(set_here[0], "") if all(name in resting for name in set_here) else ""


def _leaves(factor: Factor) -> list[str]:
    """The dotted names of the levers that a factor changes; a start or an end is none."""
    if factor.field in SECTIONS:
        return [f"{factor.field}.{name}" for name in Policy.model_fields[factor.field].annotation.model_fields]
    return [factor.field] if factor.field.partition(".")[0] in SECTIONS else []
