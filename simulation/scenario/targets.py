"""What the model should give: published patterns, or clauses of one's own, and the parameters that may be fitted to them.

One file serves two commands: `mentorship validate FILE` measures the clauses, `mentorship calibrate FILE` fits to them.
Or it has the few numbers that an office knows of its own program, by which sets that are plausible already are weighed.
"""

from collections.abc import Collection
from enum import StrEnum
from pathlib import Path
from typing import ClassVar, Literal, Self

import pydantic

from simulation.scenario.fields import Section, quantity
from simulation.scenario.files import Scenario


class Prior(Section):
    """A parameter that is not known, and the range in which it may lie."""

    field: str = quantity("", "the dotted name of a parameter, without `parameters.`; of an unknown, with `context.` or `hazards.`", "dotted name")
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


class Measure(StrEnum):
    """What a clause says of the first policy or group, beside the other one."""

    LEVEL = "level"
    DIFFERENCE = "difference"
    RATIO = "ratio"
    ODDS = "odds"


class TargetClause(Section):
    """A number that the model should give: an outcome, or a comparison of two policies or groups, with its band."""

    name: str = pydantic.Field(min_length=1, description="what the clause is called; each once in a file")
    world: str = pydantic.Field(min_length=1, description="the world: a shipped name, or a file beside this one")
    policy: str = pydantic.Field(min_length=1, description="the policy: a shipped name, or a file beside this one")
    outcome: str = pydantic.Field(min_length=1, description="the outcome, as in the table of outcomes")
    group: str = quantity("", "whose outcome, as attribute:group; empty means everyone's", "attribute:group")
    measure: Measure = quantity(Measure.LEVEL, "the level of the outcome, or what is compared with the other policy or group: the difference, the ratio, or the ratio of odds", "choice")
    other_policy: str = quantity("", "the policy that is subtracted, or divided by", "policy")
    other_group: str = quantity("", "the group that is subtracted, or divided by", "attribute:group")
    months: int = quantity(0, "length of the runs; 0 means as the world says", "months", low=0, high=2400)
    low: float | None = pydantic.Field(None, description="lower end of the band; none: open below")
    high: float | None = pydantic.Field(None, description="upper end of the band; none: open above")
    value: float | None = pydantic.Field(None, description="the number that was found, instead of a band; it needs its error")
    error: float | None = pydantic.Field(None, gt=0.0, description="its standard error; the band is the 95 % interval")
    kind: Literal["C", "V"] = pydantic.Field("C", description="C: may be fitted; V: only validates")
    source: str = pydantic.Field(min_length=1, description="where the number comes from")
    text: str = quantity("", "what the number is, for people", "text")

    @pydantic.model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        banded, found = (self.low, self.high) != (None, None), (self.value, self.error) != (None, None)
        if banded == found or (found and None in (self.value, self.error)):
            raise ValueError(f"{self.name} needs a band (low, high, or one of them), or a value with its error")
        if None not in (self.low, self.high) and not self.low < self.high:
            raise ValueError(f"{self.name} needs a low below its high")
        other = bool(self.other_policy or self.other_group)
        if other != (self.measure is not Measure.LEVEL):
            needs = "a measure: difference, ratio or odds" if other else "an other_policy or an other_group"
            raise ValueError(f"{self.name} needs {needs}")
        if self.other_group and not self.group:
            raise ValueError(f"{self.name} compares with a group and needs its own group")
        return self


class Number(Section):
    """A figure of one's own program, with its error or the people it was taken from."""

    outcome: str = pydantic.Field(min_length=1, description="the outcome: as in the table of outcomes, or in plain words such as `left within a year`")
    value: float = pydantic.Field(description="the figure; a share from 0 to 1")
    error: float | None = pydantic.Field(None, description="its standard error, above 0")
    people: int | None = pydantic.Field(None, description="how many people or relationships it was taken from, instead of an error")
    group: str = quantity("", "whose figure, as attribute:group; empty means everyone's", "attribute:group")
    source: str = quantity("", "where the figure is from", "citation")

    @pydantic.model_validator(mode="after")
    def _says_how_sure(self) -> Self:
        if (self.error is None) == (self.people is None):
            raise ValueError(f"{self.outcome} needs its error, or the number of people, and not both")
        if (self.error is not None and self.error <= 0.0) or (self.people is not None and self.people < 2):
            raise ValueError(f"{self.outcome} needs an error above 0, or two people or more")
        return self


class Targets(Scenario):
    """Patterns to fit, and the parameters to fit them with."""

    kind: ClassVar[str] = "targets"

    name: str
    title: str = ""
    text: str = ""
    patterns: tuple[str, ...] = quantity((), "published patterns, such as P1; empty means all that may be fitted, or none where the file has clauses", "names of patterns")
    clauses: tuple[TargetClause, ...] = pydantic.Field((), description="numbers of one's own")
    world: str = quantity("", "the world of the numbers: a shipped name, or a file beside this one", "world")
    policy: str = quantity("", "the policy under which the numbers were taken: a shipped name, or a file beside this one", "policy")
    numbers: tuple[Number, ...] = pydantic.Field((), description="figures of one's own program, by which the sets of `sets` are weighed; nothing is searched")
    unknowns: tuple[Prior, ...] = pydantic.Field((), description="entries of the world that you do not know either, and their ranges; they are fitted to the numbers with the sets")
    sets: str = quantity("posterior", "the plausible sets that the numbers weigh: a shipped name, or a Parquet file", "parameters")
    seed: int = quantity(1, "the luck of points and populations", "seed", low=0, high=2**63 - 1)
    seeds: int = quantity(8, "populations of each kind, at every point", "populations", low=2, high=1_000)
    again: int = quantity(0, "populations of each kind in a last wave around the accepted sets; 0: no such wave", "populations", low=0, high=1_000)
    points: int = quantity(256, "points tried in a wave", "points", low=8, high=100_000)
    waves: int = quantity(4, "waves, each where the last ones left hope", "waves", low=1, high=50)
    wanted: int = quantity(200, "accepted sets at which it stops", "sets", low=1, high=100_000)
    priors: tuple[Prior, ...] = pydantic.Field((), description="parameters and their ranges; empty means those of `published`")

    @pydantic.model_validator(mode="after")
    def _has_each_clause_once(self) -> Self:
        names = [clause.name for clause in self.clauses]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice:
            raise ValueError(f"two of the clauses are called {twice!r}; give one of them another name")
        return self

    @pydantic.model_validator(mode="after")
    def _has_numbers_or_patterns(self) -> Self:
        asked = [(number.outcome, number.group) for number in self.numbers]
        if self.numbers and (self.patterns or self.clauses):
            raise ValueError("a file has numbers, or patterns and clauses, and not both")
        if self.numbers and not (self.world and self.policy):
            raise ValueError("numbers need a world and a policy: those of your program when they were taken")
        if self.unknowns and not self.numbers:
            raise ValueError("unknowns of a world are fitted to numbers, and there are none")
        if len(set(asked)) < len(asked):
            raise ValueError("two of the numbers are of the same outcome; strike one out")
        return self

    @classmethod
    def load(cls, name_or_path: str | Path) -> Self:
        """The shipped targets of that name, or those in a file; what names no parameters may fit those of `published`."""
        found = super().load(name_or_path)
        return found if found.priors else found.model_copy(update={"priors": super().load("published").priors})

    def without(self, fields: Collection[str]) -> Self:
        """These targets with parameters, by dotted name, that are not to be fitted."""
        kept = tuple(prior for prior in self.priors if f"parameters.{prior.field}" not in fields)
        return self.model_copy(update={"priors": kept})
