"""What a model is asked for, in Mesa's ways: a seed of any kind, a scenario, a world or a policy by name."""

from collections.abc import Iterable
from numbers import Integral
from typing import Any

import numpy as np

from simulation.scenario.errors import shown
from simulation.scenario.whole_numbers import BOUNDS

DRAWN = 2**53  # seeds that are drawn lie below, so that they stay whole in a spreadsheet


def seed_of(rng: Any) -> int:
    """Give the number that all luck is keyed by: the one given, or one drawn from what numpy takes; None draws a fresh one."""
    if not isinstance(rng, Integral):
        try:
            return int(np.random.default_rng(rng).integers(DRAWN))
        except (TypeError, ValueError):
            pass
    elif not isinstance(rng, bool) and BOUNDS["seed"][0] <= rng <= BOUNDS["seed"][1]:
        return int(rng)
    told = "a whole number of at least 0, or what numpy.random.default_rng takes"
    raise ValueError(f"the seed is {shown(rng)}; it must be {told}")


def asked_for(scenario: Iterable[tuple[str, Any]] | None, **given: Any) -> dict[str, Any]:
    """Give what is asked for: what is given, and where that is None, what the scenario says under that name."""
    said = {name: value for name, value in scenario or () if name != "rng"}
    for name in said:
        if name not in given:
            raise TypeError(f"the scenario has {name}={shown(said[name])}; a model takes {', '.join(given)}")
    return {name: said.get(name) if value is None else value for name, value in given.items()}


def loaded(kind: type, value: Any) -> Any:
    """Give a world or a policy; a name is that under which it is shipped, or a path."""
    if isinstance(value, str):
        return kind.load(value)
    if not isinstance(value, kind):
        # Mesa's batch_run takes apart whatever can be iterated, and a world can
        hint = "; in batch_run put it in a list" if isinstance(value, tuple) else ""
        raise TypeError(f"{kind.kind} is {shown(value)}; it must be a {kind.__name__} or the name of one{hint}")
    return value
