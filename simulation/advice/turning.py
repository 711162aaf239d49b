"""On which parameters the advice turns, and at which value: each alone over its plausible range, on common people and luck.

Every parameter of the sets that fit is put at both ends of its range; those that move the deciding difference most are then
followed along it. One at a time shows no interactions, and leaves the region that fits: it is a question of what matters, and
no second fit.

Source: Morris 1991, 10.1080/00401706.1991.10484804, screening before a closer look.
"""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from simulation.comparison.compare import compare
from simulation.executor import threads_or
from simulation.judgement import TAILS, estimate
from simulation.outcomes import find
from simulation.scenario.field_words import field_at
from simulation.scenario.parameter_sets import ParameterSets
from simulation.scenario.policy import Policy
from simulation.scenario.world import World

SCREENED, FOLLOWED = 10, 40  # programs at a value, first and then of those that move most
CLOSER, VALUES = 3, 5  # parameters that are followed, and values along the range
COLUMNS = (
    "parameter", "value", "taken", "policy", "rival", "outcome", "margin", "ahead", "low", "high", "programs", "followed",
)  # fmt: skip


class Question(NamedTuple):
    """What may turn: by how much a policy is ahead of a rival in an outcome."""

    policy: Policy
    rival: Policy
    outcome: str
    margin: float


def turning(
    world: World, asked: Question, sets: ParameterSets, seed: int = 1, workers: int | None = None,
    progress: Callable[[int, int], Any] | None = None,
) -> pd.DataFrame:
    """Follow how far a policy is ahead along each parameter; a row a parameter and value, `COLUMNS`.

    `ahead` is the mean paired difference, larger is better for the policy; `low` and `high` its 95 % interval.
    """  # fmt: skip
    names = [name for name in sets.changes[0] if len({one[name] for one in sets.changes}) > 1]
    ranges = {name: np.quantile([one[name] for one in sets.changes], TAILS) for name in names}
    total = 2 * len(names) + CLOSER * VALUES
    rows: list[dict[str, Any]] = []
    with threads_or(None, workers) as working:

        def at(name: str, value: float, programs: int, followed: bool) -> None:
            found = compare(world.with_({name: float(value)}), [asked.rival, asked.policy], programs, seed, executor=working)
            rows.append(_row(found.outcomes, asked, name, float(value), programs, followed))
            rows[-1]["taken"] = float(attrgetter(name)(world))
            if progress:
                progress(len(rows), total)

        for name in names:
            for end in ranges[name]:
                at(name, end, SCREENED, False)
        table = pd.DataFrame(rows)
        moved = table.groupby("parameter", sort=False)["ahead"].agg(lambda ends: abs(ends.iloc[1] - ends.iloc[0]))
        for name in moved.sort_values(ascending=False, kind="stable").index[:CLOSER]:
            for value in np.linspace(*ranges[name], VALUES):
                at(name, value, FOLLOWED, True)
    return pd.DataFrame(rows)[list(COLUMNS)]


def _row(outcomes: pd.DataFrame, asked: Question, name: str, value: float, programs: int, followed: bool) -> dict[str, Any]:
    """How far the policy is ahead at a value."""
    wide = outcomes.pivot(index="replicate", columns="policy", values=asked.outcome)
    mine, other = wide[asked.policy.name], wide[asked.rival.name]
    if asked.outcome.startswith("gap_"):  # by the distance of each mean from zero, as the rule has it
        apart = np.sign(other.mean()) * other - np.sign(mine.mean()) * mine
    else:
        apart = find(asked.outcome).better * (mine - other)
    found = estimate(apart.to_numpy(float))
    return {
        "parameter": name, "value": value, "policy": asked.policy.name, "rival": asked.rival.name,
        "outcome": asked.outcome, "margin": asked.margin, "ahead": found.value, "low": found.low, "high": found.high,
        "programs": programs, "followed": followed,
    }  # fmt: skip


def meaning(name: str) -> str:
    """What a parameter is, in words."""
    field = field_at(World, tuple(name.split(".")))
    return (field.description if field else "") or name


def crossings(values: Sequence[float], ahead: Sequence[float], margin: float) -> list[float]:
    """The values at which the lead crosses the margin, on straight lines between the values followed."""
    above = np.asarray(ahead) - margin
    return [
        float(x + (y - x) * a / (a - b))
        for x, y, a, b in zip(values[:-1], values[1:], above[:-1], above[1:], strict=True)
        if (a > 0.0) != (b > 0.0)
    ]
