"""The lines on screen about money: what each policy takes a year, what one person more kept costs, and policies at a budget."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
from rich.console import RenderableType

from simulation.commands.console import table
from simulation.commands.words import compare as words
from simulation.comparison.budget import AtBudget
from simulation.comparison.costs import NOBODYS, shown_by_payer
from simulation.figures import wording
from simulation.figures.wording import money
from simulation.outcomes import Unit
from simulation.scenario.policy import Policy

LARGE = 1_000_000  # from here on money is told in thousands


def told(one: AtBudget) -> dict[str, Any]:
    """What a manifest says of a policy at a budget."""
    return {"factor": one.factor, "yearly": one.yearly, "said": one.said}


def money_lines(
    tables: Mapping[str, pd.DataFrame], policies: list[Policy], manifest: Mapping[str, Any]
) -> Iterator[RenderableType]:
    """All blocks about money; none where the comparison has no costs."""
    titles = wording.titles({policy.name: policy.title for policy in policies})
    if "budget" in manifest:
        yield from _at_budget(manifest["budget"], titles)
    if "costs" not in tables:
        return
    sums = shown_by_payer(tables["costs"])
    thousands = sums.drop(columns="per_mentee").to_numpy().max() >= LARGE
    unit = 1000.0 if thousands else 1.0
    lines = [
        (titles.get(policy, policy), *(wording.level(value / unit, wording.MONEY) for value in row[:-1]), money(row[-1]))
        for policy, row in zip(sums.index, sums.to_numpy(), strict=True)
    ]
    heading = words.COSTS_A_YEAR.format(unit=words.THOUSANDS if thousands else "")
    yield from ("", heading, table(lines, words.COST_HEADS, right=range(1, 7)), "")
    yield from _keeping(tables["keeping"], titles)
    if not manifest["own_prices"]:
        yield NOBODYS


def _keeping(keeping: pd.DataFrame, titles: Mapping[str, str]) -> Iterator[RenderableType]:
    """What one person more kept costs under each policy."""
    lines = []
    for row in keeping.itertuples():
        sure = np.isfinite(row.price)
        each = (money(row.price), f"{money(row.low)} to {money(row.high)}") if sure else ("–", words.NO_PRICE)
        lines.append((titles.get(row.policy, row.policy), money(row.extra_cost), people(row.extra_kept), *each))
    yield from (words.KEEPING, table(lines, words.KEEPING_HEADS, right=(1, 2, 3)), "")


def people(count: float) -> str:
    """How many people: a tenth of one, or two digits where there are fewer."""
    return wording.level(count, Unit()) if abs(count) >= 1.0 else wording.level(float(f"{count:.2g}"), Unit(decimals=2))


def _at_budget(budget: Mapping[str, Any], titles: Mapping[str, str]) -> Iterator[RenderableType]:
    """How many times what it buys each policy may buy, what it then costs, and whether that meets the budget."""
    lines = [
        (titles[name], f"{one['factor']:.2f}", f"{one['yearly']:,.0f}", words.AT_BUDGET_SAID[one["said"]])
        for name, one in budget["policies"].items()
    ]
    heading = words.AT_BUDGET.format(budget=f"{budget['yearly']:,.0f}")
    yield from ("", heading, table(lines, words.BUDGET_HEADS, right=(1, 2)))
