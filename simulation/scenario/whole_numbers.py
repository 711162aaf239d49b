"""One rule for whole numbers that come from Python or the command line: seeds, replicates, months and workers."""

from numbers import Integral
from typing import Any

from simulation.scenario.errors import ScenarioError, shown

BOUNDS = {
    "seed": (0, 2**63 - 1), "seeds": (2, 10_000), "replicates": (1, 1_000_000), "months": (1, 2400), "workers": (1, 4096),
    "parameter_set": (0, 1_000_000), "after_months": (0, 2400), "designs": (2, 100_000),
}  # fmt: skip


def whole_number(value: Any, name: str) -> int:
    """Give a whole number of Python's, from one of Python's or numpy's within the bounds of its name.

    Anything else raises a `ScenarioError`, which is a `ValueError`: true, 1.0 and "1" are no whole numbers.
    """
    low, high = BOUNDS[name]
    if isinstance(value, bool) or not isinstance(value, Integral) or not low <= value <= high:
        said = shown(value) if isinstance(value, str | int | float) else repr(value)
        raise ScenarioError(f"{name} is {said}; it must be a whole number from {low} to {high}")
    return int(value)
