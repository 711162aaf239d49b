"""What a calibration is fitted to, and over which ranges: a file that anyone can run again."""

from collections.abc import Collection
from typing import ClassVar, Self

import pydantic

from simulation.scenario.fields import Section, quantity
from simulation.scenario.files import Scenario


class Prior(Section):
    """A parameter that is not known, and the range in which it may lie."""

    field: str = quantity("", "the dotted name of a parameter, without `parameters.`", "dotted name")
    low: float = quantity(0.0, "the lowest value that is plausible", "as the parameter")
    high: float = quantity(1.0, "the highest value that is plausible", "as the parameter")
    source: str = quantity("", "why this range", "citation")

    @pydantic.model_validator(mode="after")
    def _is_a_range(self) -> Self:
        if not self.low < self.high:
            raise ValueError(f"{self.field} needs a low below its high")
        if not self.source.strip():
            raise ValueError(f"{self.field} needs its source")
        return self


class Targets(Scenario):
    """Patterns to fit, and the parameters to fit them with."""

    kind: ClassVar[str] = "targets"

    name: str
    title: str = ""
    text: str = ""
    patterns: tuple[str, ...] = quantity((), "the patterns to fit, such as P1; empty means all that may be fitted", "names of patterns")
    seed: int = quantity(1, "the luck of points and populations", "seed", low=0, high=2**63 - 1)
    seeds: int = quantity(8, "populations of each kind, at every point", "populations", low=2, high=1_000)
    again: int = quantity(0, "populations of each kind in a last wave around the accepted sets; 0: no such wave", "populations", low=0, high=1_000)
    points: int = quantity(256, "points tried in a wave", "points", low=8, high=100_000)
    waves: int = quantity(4, "waves, each where the last ones left hope", "waves", low=1, high=50)
    wanted: int = quantity(200, "accepted sets at which it stops", "sets", low=1, high=100_000)
    priors: tuple[Prior, ...] = pydantic.Field((), min_length=1, description="parameters and their ranges")

    def without(self, fields: Collection[str]) -> Self:
        """These targets with parameters, by dotted name, that are not to be fitted."""
        kept = tuple(prior for prior in self.priors if f"parameters.{prior.field}" not in fields)
        return self.model_copy(update={"priors": kept})
