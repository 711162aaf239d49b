"""A mentorship program as a Mesa model: stepped month by month, with mentees and mentors to look at and to change."""

import warnings
from functools import partial
from numbers import Integral
from typing import Any, ClassVar

import mesa
import numpy as np
import pandas as pd

from simulation.agents import Mentee, Mentor
from simulation.agents.behaviour import text_of
from simulation.agents.fields import in_own_array, in_rows
from simulation.allocate import allocate, lay_out, with_space
from simulation.columns import MONTH, State
from simulation.program import has_space
from simulation.run import advance_to, warm
from simulation.scenario.cross_checks import check_together
from simulation.scenario.policy import Policy
from simulation.scenario.world import World
from simulation.tables import tables_of
from simulation.ties import finish_records


def latest(model: "MentorshipModel", outcome: str) -> float | None:
    """An outcome of the last month, by its name in the table of months; missing before the first."""
    return model.state.months[outcome][model.month - 1].item() if model.month else None


class MentorshipModel(mesa.Model):
    """A world under a policy, a month a step; the same seed gives the same numbers as `simulate`.

    `agents` are views of those who are there, made when somebody looks. `mentee_class` and `mentor_class` may be subclasses
    that behave otherwise: what they override, and the functions that lead to it, run in Python; all others stay compiled.
    Nobody has arrived before the first step.
    """

    usual: ClassVar = {"mentee": Mentee, "mentor": Mentor}

    def __init__(
        self,
        world: World | str,
        policy: Policy | str,
        rng: int | None = 1,
        seed: int | None = None,
        months: int | None = None,
        lane: str | None = None,
        trace: bool = False,
        mentee_class: type[Mentee] = Mentee,
        mentor_class: type[Mentor] = Mentor,
    ):
        """Lay the world out.

        Args:
            world, policy: what is run, or the names under which they are shipped.
            rng, seed: a whole number of at least 0; `seed` is the older name and counts where it is given.
            months: length of the study, the world's own by default; its burn-in is lived before, month by month.
            lane: no longer used; accepted until the next version.
            trace: whether every month of every tie is kept.
            mentee_class, mentor_class: what agents are made of.
        """
        number = _seed_of(rng if seed is None else seed)
        super().__init__(rng=number)
        if lane is not None:
            told = "lane= does nothing any more: a class that behaves otherwise is heard without it"
            warnings.warn(told, FutureWarning, stacklevel=2)
        self.world = World.load(world) if isinstance(world, str) else world
        self.policy = Policy.load(policy) if isinstance(policy, str) else policy
        check_together(self.world, self.policy)
        self.months = self.world.people.months if months is None else months
        if not isinstance(self.months, Integral) or self.months < 1:
            raise ValueError(f"months is {months!r}; it must be a whole number of at least 1")
        self.seed, self.month = number, 0
        self.acting = {"mentee": mentee_class, "mentor": mentor_class}
        self.layout = lay_out(self.world, self.policy, int(self.months))
        self.months = self.layout.months
        self.state = allocate(self.layout, self.seed, trace)
        self.text = text_of(self)
        self._people: dict[str, dict[int, Any]] = {"mentee": {}, "mentor": {}}
        self._looked, self._in_rows = False, (None, None)
        reporters = {name: partial(latest, outcome=name) for name in MONTH.names}
        self.datacollector = mesa.DataCollector(model_reporters=reporters)

    def step(self) -> None:
        """One month; `month` is then the number of months lived through."""
        if self.month >= self.months:
            raise RuntimeError(f"the study is over after {self.months} months; for a longer one give months=")
        warm()
        if not has_space(self.state, self.layout.setting, self.month):
            self.state = with_space(self.state, self.layout.setting, self.month)
        try:
            if self.text.replaced:
                state, setting = self.in_rows
                self.text.of(advance_to)(state, self.layout._replace(setting=setting), self.month, self.month + 1)
            else:
                self.state = advance_to(self.state, self.layout, self.month, self.month + 1)
        except BaseException:
            self.step = self._refuse  # Mesa's own wrapper may do nothing at all after an error
            raise
        self.month += 1
        self.running = self.month < self.months
        if self._looked:
            self._look()
        self.datacollector.collect(self)

    def _refuse(self) -> None:
        """What `step` becomes after an error inside a month."""
        raise RuntimeError(f"an error interrupted month {self.month}, which is lived in part: make the model anew")

    def __getstate__(self) -> dict[str, Any]:
        """Everything but what is made anew for the copy, since it looks at this model."""
        return {name: value for name, value in vars(self).items() if name not in ("text", "_in_rows")}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state)
        self.state = State(*map(in_own_array, self.state))  # a copied record may have lost the array that it is a row of
        self.layout = self.layout._replace(setting=in_own_array(self.layout.setting))
        self.text, self._in_rows = text_of(self), (None, None)

    @property
    def now(self) -> int:
        """The month that people live in: the one under way, or the last."""
        return min(self.month, int(self.months) - 1)

    @property
    def in_rows(self) -> tuple[State, Any]:
        """The state and the setting as agents see them: the same memory, in rows that are quick to read."""
        if self._in_rows[0] is not self.state:
            self._in_rows = self.state, (State(*map(in_rows, self.state)), in_rows(self.layout.setting))
        return self._in_rows[1]

    def person(self, kind: str, row: int) -> Any:
        """The agent of a row, of kind "mentee" or "mentor"."""
        people = self._people[kind]
        if row not in people:
            people[row] = self.acting[kind](self, row)
        return people[row]

    @property
    def agents(self) -> Any:
        """Those who are there, mentees and mentors, in the order in which they were first looked at."""
        self._look()
        return super().agents

    @property
    def agents_by_type(self) -> dict[type, Any]:
        """Those who are there, by class; nobody is an empty set."""
        nobody = {kind: mesa.agent.AgentSet([], random=self.random) for kind in self.acting.values()}
        self._look()
        return nobody | super().agents_by_type

    @property
    def agent_types(self) -> list[type]:
        """The classes of agents."""
        return list(self.agents_by_type)

    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables so far: mentees, mentors, ties, months, and tie_months when traced."""
        finish_records(self.state, self.month - 1)
        return tables_of(self.state, self.layout, self.world, self.month - 1)

    def _look(self) -> None:
        """Agents are made for those who came, and those who are gone are taken out."""
        self._looked = True
        for kind, people in self._people.items():
            table = getattr(self.state, f"{kind}s")
            here = np.flatnonzero(table["active"] == 1).tolist()
            for row in set(people).difference(here):
                people.pop(row).remove()
            for row in here:
                self.person(kind, row)


def _seed_of(number: Any) -> int:
    """The seed, a whole number of at least 0."""
    if isinstance(number, bool) or not isinstance(number, Integral) or not 0 <= number < 2**63:
        raise ValueError(f"the seed is {number!r}; it must be a whole number of at least 0")
    return int(number)
