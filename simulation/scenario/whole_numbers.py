"""One rule for numbers that come from Python or the command line: seeds, replicates, months, workers, and sums of money."""

import math
import re
from numbers import Integral, Real
from typing import Any

from simulation.scenario.errors import ScenarioError, shown

BOUNDS = {
    "seed": (0, 2**63 - 1), "seeds": (2, 10_000), "replicates": (1, 1_000_000), "months": (1, 2400), "workers": (1, 4096),
    "parameter_set": (0, 1_000_000), "after_months": (0, 2400), "sets": (0, 1_000), "designs": (2, 100_000),
    "port": (1, 65_535),
    "speed": (1, 12), "size": (240, 1_200),
}  # fmt: skip
MOST_MONEY = 1e12  # a year


def whole_number(value: Any, name: str) -> int:
    """Give a whole number of Python's, from one of Python's or numpy's within the bounds of its name.

    Anything else raises a `ScenarioError`, which is a `ValueError`: true, 1.0 and "1" are no whole numbers.
    """
    low, high = BOUNDS[name]
    if isinstance(value, bool) or not isinstance(value, Integral) or not low <= value <= high:
        said = shown(value) if isinstance(value, str | int | float) else repr(value)
        raise ScenarioError(f"{name} is {said}; it must be a whole number from {low} to {high}")
    return int(value)


def budget(value: Any) -> float:
    """Give a budget, money a year, from a number or a text such as `250,000`; anything else raises a `ScenarioError`."""
    plain = value.replace(",", "") if isinstance(value, str) and re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", value) else value
    try:
        money = math.nan if isinstance(value, bool) or not isinstance(value, str | Real) else float(plain)
    except (ValueError, OverflowError):
        money = math.nan
    if not 0.0 < money <= MOST_MONEY:
        said = shown(value) if isinstance(value, str | int | float) else repr(value)
        hint = "it is for the whole program, in the money of the world's prices"
        raise ScenarioError(f"the budget is {said}; it must be money a year, more than 0 and at most 1,000,000,000,000", hint=hint)
    return money
