"""A study: worlds, policies, and what is varied between its runs, as levers and uncertainties over a design.

Source: Lempert, Popper and Bankes 2003, levers and uncertainties; Kleijnen 2015, designs of simulation experiments.
"""

from enum import StrEnum
from typing import Annotated, ClassVar, Self

import pydantic

from simulation.scenario.fields import Section, quantity
from simulation.scenario.files import Scenario

Value = pydantic.StrictBool | pydantic.StrictInt | pydantic.StrictFloat | pydantic.StrictStr


class DesignKind(StrEnum):
    """How the points of a study are laid out."""

    FACTORIAL = "factorial"
    LIST = "list"
    ONE_BY_ONE = "one_by_one"
    LATIN_HYPERCUBE = "latin_hypercube"
    SOBOL = "sobol"
    MORRIS = "morris"
    SALTELLI = "saltelli"


class Table(StrEnum):
    """The tables that a study can keep of every run."""

    OUTCOMES = "outcomes"
    GROUPS = "groups"
    MONTHS = "months"
    MENTEES = "mentees"
    MENTORS = "mentors"
    TIES = "ties"


class Factor(Section):
    """Something that a study varies: over a range, over values, or as named policies or worlds have it."""

    field: str = quantity("", "the dotted name of a field of a policy (lever) or of a world (uncertainty)", "dotted name")
    name: str = quantity("", "what tables and figures call it; by default the field's dotted name", "name")
    low: float | None = pydantic.Field(None, description="the lowest value of a range")
    high: float | None = pydantic.Field(None, description="the highest value of a range")
    values: tuple[Value, ...] = pydantic.Field((), description="the values, in order, instead of a range")
    like: tuple[str, ...] = pydantic.Field((), description="names of policies or worlds whose value, or whole section, is taken over")
    policies: tuple[str, ...] = pydantic.Field((), description="of a lever: the policies that it changes; empty means all")

    @pydantic.model_validator(mode="after")
    def _is_one_kind(self) -> Self:
        ways = [self.low is not None or self.high is not None, bool(self.values), bool(self.like)]
        if not self.field.strip():
            raise ValueError("this needs its field, a dotted name")
        if sum(ways) != 1:
            raise ValueError(f"{self.field} needs one of: low and high, values, like")
        if ways[0] and (self.low is None or self.high is None or not self.low < self.high):
            raise ValueError(f"{self.field} needs a low and a high, the low below the high")
        if len({"number" if type(value) in (int, float) else type(value).__name__ for value in self.values}) > 1:
            raise ValueError(f"{self.field} mixes kinds of values: give numbers, or texts, or true and false")
        return self

    @property
    def label(self) -> str:
        """What tables and figures call it."""
        return self.name or self.field


class Design(Section):
    """Where in the space of its factors a study looks."""

    kind: DesignKind = quantity(DesignKind.FACTORIAL, "how the points are laid out", "choice", source="Kleijnen 2015")
    points: int = quantity(64, "points of a hypercube or sequence; trajectories of Morris; base points of Saltelli", "points", low=1, high=1_000_000)
    blocks: int = quantity(1, "hypercubes, one beside the other; a Latin hypercube grows by more of them", "hypercubes", low=1, high=10_000)
    levels: int = quantity(4, "steps of a range in a factorial, and of Morris's grid", "levels", low=2, high=1_000)

    @pydantic.model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        if self.kind in (DesignKind.SOBOL, DesignKind.SALTELLI) and self.points & (self.points - 1):
            near = 1 << self.points.bit_length() - 1
            raise ValueError(f"a {self.kind} design needs a power of two of points: {near} or {2 * near}")
        if self.kind is DesignKind.MORRIS and self.levels % 2:
            raise ValueError("a morris design needs an even number of levels")
        return self


Names = tuple[Annotated[str, pydantic.Field(min_length=1)], ...]


class Study(Scenario):
    """A study: every policy in every world at every point of the design, on the same people and luck."""

    kind: ClassVar[str] = "study"

    name: str
    title: str = ""
    text: str = ""
    worlds: Names = pydantic.Field(("teaching_hospital",), min_length=1, description="names or files of worlds")
    policies: Names = pydantic.Field(("ad_hoc",), min_length=1, description="names or files of policies; the first is the baseline")
    seed: int = quantity(1, "the luck of the runs and of the design", "seed", low=0, high=2**63 - 1)
    replicates: int = quantity(1, "runs of each policy at each point; replicate k has the same people and luck everywhere", "runs", low=1, high=1_000_000)
    months: int = quantity(0, "length of the runs; 0 means as each world says", "months", low=0, high=2400)
    tables: tuple[Table, ...] = quantity((Table.OUTCOMES,), "the tables that are kept of every run; outcomes always are", "choices")
    outcomes: tuple[str, ...] = quantity(("retention", "mentored_share", "spark_rate", "need_coverage", "mentor_burnout"), "the outcomes that an analysis looks at", "names of outcomes")
    design: Design = Design()
    levers: tuple[Factor, ...] = pydantic.Field((), description="fields of policies that are varied")
    uncertainties: tuple[Factor, ...] = pydantic.Field((), description="fields of worlds that are varied")

    @pydantic.model_validator(mode="after")
    def _factors_fit_the_design(self) -> Self:
        if not self.outcomes:
            raise ValueError("outcomes names no outcome, and an analysis needs one")
        factors, kind = self.factors, self.design.kind
        labels = [factor.label for factor in factors]
        twice = next((label for label in labels if labels.count(label) > 1), None)
        if twice:
            raise ValueError(f"two of the factors are called {twice!r}; give one of them another name")
        repeats = next((factor.label for factor in factors if len(set(map(repr, factor.values))) < len(factor.values)), None)
        if repeats and kind is not DesignKind.LIST:
            raise ValueError(f"{repeats} has a value twice, which only a list design can use")
        if any(factor.policies for factor in self.uncertainties):
            raise ValueError("policies belongs to levers; an uncertainty changes the world for all of them")
        if not factors and kind not in (DesignKind.FACTORIAL, DesignKind.LIST):
            raise ValueError(f"a {kind} design needs a lever or an uncertainty to vary")
        if kind is DesignKind.LIST and any(factor.low is not None for factor in factors):
            raise ValueError("a list design needs values, point by point, and has a range")
        if kind is DesignKind.LIST and len({len(factor.values or factor.like) for factor in factors}) > 1:
            raise ValueError("a list design needs as many values of each factor, point by point")
        if kind is DesignKind.ONE_BY_ONE:
            other = next((factor.label for factor in factors if len(factor.values or factor.like) != 1), None)
            if other:
                raise ValueError(f"a one_by_one design needs exactly one value of {other}, its neutral one")
        if kind is DesignKind.SALTELLI and len(factors) < 2:
            raise ValueError("a saltelli design needs two factors or more")
        return self

    @property
    def factors(self) -> tuple[Factor, ...]:
        """Levers, then uncertainties."""
        return self.levers + self.uncertainties
