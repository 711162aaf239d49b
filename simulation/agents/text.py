"""The text of the month, in which an agent's own behaviour is heard.

The month is written once, for compiled code. Where a class of agents behaves otherwise, the functions that lead to
that behaviour run as they are written, uncompiled, with a call of the agent's method in its place; all others stay
compiled. So there is one text, and who overrides one behaviour pays for it and for what leads to it.
"""

import dis
from collections.abc import Callable
from functools import cache
from types import FunctionType
from typing import Any

from simulation.jit import takes, written


@cache
def calls(function: Callable) -> dict[str, Callable]:
    """Give the functions of this package that a function calls by name, by those names."""
    text = written(function)
    names = dict.fromkeys(line.argval for line in dis.get_instructions(text) if line.opname == "LOAD_GLOBAL")
    named = {name: text.__globals__.get(name) for name in names}
    return {
        name: value
        for name, value in named.items()
        if isinstance(written(value), FunctionType) and written(value).__module__.startswith("simulation.")
    }


def _has_no_way_in(function: Callable) -> bool:
    """Whether Python cannot call a compiled function: it is an inner one."""
    return getattr(function, "targetoptions", {}).get("no_cpython_wrapper", False)


class Text:
    """The month's functions, some of them `replaced`: a dict of what is called instead, by function."""

    def __init__(self, replaced: dict[Callable, Callable]):
        self.replaced = replaced
        self._own: dict[Callable, Callable] = {}
        self._leads: dict[Callable, bool] = {}

    def of(self, function: Callable) -> Callable:
        """Give what is called in place of a function."""
        return self.replaced[function] if function in self.replaced else self.own(function)

    def own(self, function: Callable) -> Callable:
        """Give the function itself: compiled, or as it is written where something in it is replaced."""
        if function not in self._own:
            needed = self.leads(function) or _has_no_way_in(function)
            self._own[function] = self._as_written(function) if needed else function
        return self._own[function]

    def leads(self, function: Callable) -> bool:
        """Whether a function calls, itself or through others, something that is replaced."""
        if function not in self._leads:
            self._leads[function] = any(value in self.replaced or self.leads(value) for value in calls(function).values())
        return self._leads[function]

    def _as_written(self, function: Callable) -> FunctionType:
        text = written(function)
        names: dict[str, Any] = {name: self.of(value) for name, value in calls(function).items()}
        return FunctionType(text.__code__, {**text.__globals__, **names}, text.__name__, text.__defaults__)


def steps(*months: Callable) -> dict[str, Callable]:
    """Give the steps that these parts of the month name: what people do, one by one."""
    found = {name: step for month in months for name, step in calls(month).items()}
    people = {"mentees", "mentors"}
    return {
        name: step
        for name, step in found.items()
        if people & set(takes(step)) and "site" not in takes(step) and written(step).__module__.startswith("simulation.steps.")
    }

