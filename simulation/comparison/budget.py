"""Policies at one budget: what a policy pays for, more or less of it, so that it costs so much a year.

The rule, made before any result was seen. The amounts that a policy buys (`SCALED`) are multiplied by one factor, so that its
own mix stays as it is; the factor goes from 0 to where the first of them reaches its limit. It is chosen by the mean yearly
cost (cash and protected time, the whole program) of the comparison's own replicates, so on common luck: searched for on the
first 20 of them, then set right by all. A policy that buys none of them, costs more with none of them, or less at the limit,
is left at the nearest, and that is said.

Source: Brent 1973, Algorithms for minimization without derivatives, chapter 4, the search.
"""

from collections.abc import Sequence
from concurrent.futures import Executor
from functools import cache
from typing import NamedTuple

import numpy as np
from scipy.optimize import brentq

from simulation.comparison.compare import chunks_of
from simulation.comparison.costs import paid
from simulation.executor import threads_or
from simulation.scenario.cross_checks import check_together
from simulation.scenario.field_words import field_at
from simulation.scenario.idle import value_of
from simulation.scenario.parameter_sets import ParameterSets
from simulation.scenario.policy import Policy
from simulation.scenario.whole_numbers import budget as checked
from simulation.scenario.whole_numbers import whole_number
from simulation.scenario.world import World

SCALED = (
    "prioritize.protected_hours", "prioritize.training_hours", "prioritize.staff_fte", "empower.workshop_hours", "evaluate.budget",
)  # fmt: skip
CLOSE = 0.01  # how near the yearly cost comes to the budget, as a share of it
RUNS = 20  # replicates on which the factor is searched for
ROUNDS = 4  # of setting it right by all replicates
MET, NOTHING, LIMIT, DEAR, JUMPS = "met", "buys_nothing", "at_its_limit", "too_dear", "jumps"


class AtBudget(NamedTuple):
    """A policy at a budget: its factor, what it then costs a year, and how it came out."""

    policy: Policy
    factor: float
    yearly: float
    said: str  # MET, or why it is not


def bought(policy: Policy) -> dict[str, float]:
    """What a policy buys more or less of, by dotted name."""
    return {name: value_of(policy, name) for name in SCALED if value_of(policy, name) > 0.0}


def limit(name: str) -> float:
    """The largest value of a lever."""
    return next(mark.le for mark in field_at(Policy, tuple(name.split("."))).metadata if hasattr(mark, "le"))


def scaled(policy: Policy, factor: float) -> Policy:
    """The policy with so many times what it buys, in four digits and within the limits of the levers."""
    if factor == 1.0:
        return policy
    return policy.with_({name: min(float(f"{factor * value:.4g}"), limit(name)) for name, value in bought(policy).items()})


def at_budget(
    world: World,
    policies: Sequence[Policy],
    budget: float,
    replicates: int = 200,
    seed: int = 1,
    workers: int | None = None,
    parameters: ParameterSets | None = None,
) -> list[AtBudget]:
    """Bring each policy to a budget, by the rule above.

    Args:
        world, policies: a policy that does not fit the world raises `ScenarioError`.
        budget: money a year for the whole program, at the prices of the world; nonsense raises `ScenarioError`.
        replicates, seed, workers, parameters: as in `compare`.
    """
    budget, seed = checked(budget), whole_number(seed, "seed")
    for policy in policies:
        check_together(world, policy)
    with threads_or(None, workers) as working:
        given = seed, working, parameters
        return [_brought(world, policy, budget, whole_number(replicates, "replicates"), given) for policy in policies]


def yearly_cost(
    world: World, policy: Policy, runs: int, seed: int, executor: Executor, parameters: ParameterSets | None = None
) -> float:
    """The mean yearly cost of the whole program over so many replicates, from the first; missing where all fail."""
    chunks = chunks_of(world, [policy], [{}], seed, 0, runs, executor, None, runs, parameters)
    chunks.sort(key=lambda chunk: chunk.replicates[0])
    return float(np.nanmean(np.concatenate([paid(*chunk.counted.money()) for chunk in chunks])))


def _brought(world: World, policy: Policy, budget: float, replicates: int, given: tuple) -> AtBudget:
    """One policy at the budget; `given` is what every run takes beside."""

    @cache
    def cost(factor: float, runs: int = min(RUNS, replicates)) -> float:
        return yearly_cost(world, scaled(policy, factor), runs, *given)

    def left(factor: float, said: str) -> AtBudget:
        yearly = cost(factor, replicates)
        return AtBudget(scaled(policy, factor), factor, yearly, MET if abs(yearly - budget) <= CLOSE * budget else said)

    if not (amounts := bought(policy)):
        return left(1.0, NOTHING)
    top = min(limit(name) / value for name, value in amounts.items())
    if cost(0.0) >= budget:
        return left(0.0, DEAR)
    if cost(top) <= budget:
        return left(top, LIMIT)
    aim, tried = budget, []  # on the first replicates, such that all of them meet the budget
    for _ in range(ROUNDS):
        aim = min(max(aim, cost(0.0)), cost(top))
        tried.append(float(brentq(lambda factor, aim=aim: cost(factor) - aim, 0.0, top, xtol=1e-9, rtol=CLOSE / 10.0)))
        if abs((yearly := cost(tried[-1], replicates)) - budget) <= CLOSE / 2.0 * budget:
            break
        aim *= budget / yearly
    return left(min(tried, key=lambda factor: abs(cost(factor, replicates) - budget)), JUMPS)
