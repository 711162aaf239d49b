"""Which policies can be had for a budget: one that costs more, even with nothing of what it may buy less of, is not advised."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from simulation.comparison.budget import CLOSE
from simulation.figures import wording


def too_dear(budget: Mapping[str, Any] | None, baseline: str) -> dict[str, float]:
    """The yearly cost of each policy beyond the budget, as a manifest tells of it; what there is today always stays."""
    if not budget:
        return {}
    costs = {name: one["yearly"] for name, one in budget["policies"].items() if name != baseline}
    return {name: cost for name, cost in costs.items() if cost > (1.0 + CLOSE) * budget["yearly"]}


def without(tables: Mapping[str, pd.DataFrame], policies: Mapping[str, float]) -> dict[str, pd.DataFrame]:
    """The tables by which the rule judges, without these policies."""
    judged = {name: tables[name][~tables[name]["policy"].isin(policies)] for name in ("outcomes", "contrasts")}
    return {**tables, **judged}


def dear_said(policies: Mapping[str, float], budget: Mapping[str, Any] | None, titles: Mapping[str, str]) -> list[str]:
    """Say which policies are not judged, and what they cost, in a sentence; none where all can be had."""
    if not policies:
        return []
    called = {name: wording.inside(titles.get(name) or wording.words(name)) for name in policies}
    costs = [f"{called[name]} (costs {wording.level(cost, wording.MONEY)})" for name, cost in policies.items()]
    within = wording.level(budget["yearly"], wording.MONEY)
    return [f"Not to be had for {within} a year, and so not judged here: {wording.listed(costs)}."]
