"""What a program office counts, in which order, and how much of it matters: by this advice is given.

The names of outcomes are checked by `simulation.advice`, which knows the table of outcomes.
"""

from typing import Annotated, ClassVar, Self

import pydantic

from simulation.scenario.fields import quantity
from simulation.scenario.files import Scenario

USUAL = ("retention", "access", "gap_access", "mentor_burnout", "cost")


class Priorities(Scenario):
    """Outcomes in the order in which they count, with the margins that matter."""

    kind: ClassVar[str] = "priorities"

    name: str = "usual"
    title: str = ""
    text: str = ""
    order: tuple[str, ...] = quantity(USUAL, "outcomes, the most important first; gap_access is the gap between groups in access, and so with others", "names of outcomes")
    attributes: tuple[str, ...] = quantity((), "the identity attributes whose gaps count; empty means the first of the world", "names of attributes")
    margins: dict[str, Annotated[float, pydantic.Field(gt=0.0)]] = quantity({}, "the smallest difference that matters, by outcome; shares from 0 to 1; others as in the table of outcomes", "as the outcome")

    @pydantic.model_validator(mode="after")
    def _counts_each_once(self) -> Self:
        if not self.order:
            raise ValueError("the order needs an outcome or more")
        for names in (self.order, self.attributes):
            if twice := next((name for name in names if names.count(name) > 1), None):
                raise ValueError(f"{twice!r} stands there twice")
        if stray := next((name for name in self.margins if name not in self.order), None):
            raise ValueError(f"the margin of {stray!r} has no outcome in the order")
        return self
