"""A mentorship program as a Mesa model: stepped month by month, with mentees and mentors to look at and to change."""

import copy
import warnings
from collections.abc import Sequence
from functools import partial
from numbers import Integral
from typing import Any, ClassVar

import mesa
import numpy as np
import pandas as pd

from simulation.agents import Mentee, Mentor
from simulation.agents.asked import asked_for, loaded, seed_of
from simulation.agents.behaviour import text_of
from simulation.agents.departure import depart
from simulation.agents.fields import in_own_array, in_rows
from simulation.agents.policy_change import change_policy
from simulation.allocate import allocate, lay_out, with_space
from simulation.columns import MONTH, State
from simulation.outcomes import groups_of
from simulation.outcomes.counting import Sums, at_moment, moment_of
from simulation.program import has_space
from simulation.run import Run, advance_to, warm
from simulation.scenario.counted import counted
from simulation.scenario.cross_checks import check_together
from simulation.scenario.policy import Policy
from simulation.scenario.whole_numbers import whole_number
from simulation.scenario.world import World
from simulation.steps.arrive import arrive
from simulation.tables import measured, tables_of
from simulation.ties import finish_records

HAS_SCENARIOS = hasattr(mesa.Model, "scenario")  # from Mesa 3.5 on


def latest(model: "MentorshipModel", outcome: str) -> float | None:
    """An outcome of the last month, by its name in the table of months; missing before the first."""
    row = np.asarray(model.state.months)[model.month - 1 : model.month]  # one column: Mesa asks for each in every step
    return measured(row, outcome)[outcome][0].item() if model.month else None


class ByType(dict):
    """People by class; a class of which others are made, as `Mentee`, finds those too."""

    def __missing__(self, kind: type) -> Any:
        found = [agents for made_of, agents in self.items() if issubclass(made_of, kind)]
        if not found:
            raise KeyError(kind)
        return mesa.agent.AgentSet([agent for agents in found for agent in agents], random=found[0].random)


class MentorshipModel(mesa.Model):
    """A world under a policy, a month a step; the same seed gives the same numbers as `simulate`.

    `agents` are views of those who are there, made when somebody looks; those of the start are there before the first step.
    `mentee_class` and `mentor_class` may be subclasses that behave otherwise: what they override, and the functions that lead
    to it, run in Python; all others stay compiled. A copy or a pickle of a model goes on by itself, from any month.
    """

    usual: ClassVar = {"mentee": Mentee, "mentor": Mentor}

    def __init__(
        self,
        world: World | str | None = None,
        policy: Policy | str | None = None,
        rng: Any = None,
        seed: Any = None,
        months: int | None = None,
        lane: str | None = None,
        trace: bool | None = None,
        mentee_class: type[Mentee] | None = None,
        mentor_class: type[Mentor] | None = None,
        scenario: Any = None,
    ):
        """Lay the world out, and let those in who are there at the start.

        Args:
            world, policy: what is run, or the names under which they are shipped.
            rng: a whole number of at least 0, or anything else that `numpy.random.default_rng` takes, from which such a number
                is drawn; None draws a fresh one. It is kept as `seed`: `simulate(seed=model.seed)` gives the same run.
            seed: the older name of `rng`.
            months: length of the study, the world's own by default; its burn-in is lived before, month by month.
            lane: no longer used; accepted until the next version.
            trace: whether everybody's months are kept, and what else `simulate(trace=True)` keeps; by default not.
            mentee_class, mentor_class: what agents are made of.
            scenario: Mesa's `Scenario`, with any of these as its parameters; what is given beside it counts first.
        """
        if rng is not None and seed is not None:
            raise ValueError("rng and seed are two names of one thing: give one of them")
        rng = seed if rng is None else rng
        scenario = scenario(rng=rng) if isinstance(scenario, type) else scenario
        if rng is None and scenario is not None:
            rng = copy.deepcopy(scenario.rng)  # so that one scenario gives one run, however often
        asked = asked_for(scenario, world=world, policy=policy, months=months, trace=trace,
                          mentee_class=mentee_class, mentor_class=mentor_class)  # fmt: skip
        number = seed_of(rng)
        super().__init__(**({"scenario": scenario} if scenario is not None and HAS_SCENARIOS else {"rng": number}))
        if lane is not None:
            told = "lane= does nothing any more: a class that behaves otherwise is heard without it"
            warnings.warn(told, FutureWarning, stacklevel=2)
        self.world, self._policy = loaded(World, asked["world"]), loaded(Policy, asked["policy"])
        check_together(self.world, self.policy)
        months = self.world.people.months if asked["months"] is None else asked["months"]
        self.months = whole_number(months, "months")
        self.seed, self.month = number, 0
        self.disciplines = [discipline.name for discipline in self.world.disciplines]
        self.identities = {one.name: (place, list(one.groups)) for place, one in enumerate(self.world.identities)}
        self.acting = {"mentee": asked["mentee_class"] or Mentee, "mentor": asked["mentor_class"] or Mentor}
        self.layout = lay_out(self.world, self.policy, int(self.months))
        self.months = self.layout.months
        self.state = allocate(self.layout, self.seed, bool(asked["trace"]))
        self.text = text_of(self)
        self.going: list[Any] | None = None  # during a step, whom somebody takes out
        self._people: dict[str, dict[int, Any]] = {"mentee": {}, "mentor": {}}
        self._looked, self._in_rows = False, (None, None)
        reporters = {name: partial(latest, outcome=name) for name in MONTH.names if not MONTH[name].shape}
        self.datacollector = mesa.DataCollector(model_reporters={"seed": "seed"} | reporters)
        warm()
        arrive(self.state, self.layout.setting, 0)

    def step(self) -> None:
        """One month; `month` is then the number of months lived through."""
        if self.month >= self.months:
            self._refuse()
        if not has_space(self.state, self.layout.setting, self.month):
            self.state = with_space(self.state, self.layout.setting, self.month)
        self.going = []
        try:
            if self.text.replaced:
                state, setting = self.in_rows
                self.text.of(advance_to)(state, self.layout._replace(setting=setting), self.month, self.month + 1)
            else:
                self.state = advance_to(self.state, self.layout, self.month, self.month + 1)
        except BaseException:
            self.step = self._refuse  # Mesa's own wrapper may do nothing at all after an error
            raise
        self.month, taken_out, self.going = self.month + 1, self.going, None
        depart(self, taken_out)
        if moment_of(self.layout.setting, self.month + 1) == self.month - 1:  # next month everybody graduates
            self.moment = self._at_moment()
        self.running = self.month < self.months
        if not self.running:
            self.step = self._refuse
        if self._looked:
            self._look()
        self.datacollector.collect(self)

    def run_for(self, duration: int) -> None:
        """So many months; more than the study has left are refused before the first of them."""
        left = self.months - self.month
        if not isinstance(duration, Integral) or not 0 <= duration <= left:
            told = f"whole months, at most the {left} that are left of this study"
            raise ValueError(f"the model cannot run for {duration!r}: it runs {told}")
        for _ in range(duration):
            self.step()

    def run_until(self, end_time: int) -> None:
        """Every month until `end_time` months are lived through, as `run_for`."""
        self.run_for(end_time - self.month)

    def _refuse(self) -> None:
        """What `step` becomes after the last month, or after an error inside a month."""
        if self.month >= self.months:
            raise RuntimeError(f"the study is over after {counted(self.months, 'months')}; for a longer one give months=")
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

    @property
    def policy(self) -> Policy:
        """The policy; another one that is set holds from the next month on, and its own start and end count in this study."""
        return self._policy

    @policy.setter
    def policy(self, policy: Policy | str) -> None:
        policy = loaded(Policy, policy)
        check_together(self.world, policy)
        if self.going is not None:
            raise RuntimeError(f"month {self.month} is under way: a policy changes between two months")
        self.state, self.layout = change_policy(self, policy)
        self._policy = policy

    def person(self, kind: str, row: int) -> Any:
        """The agent of a row, of kind "mentee" or "mentor"."""
        people = self._people[kind]
        return people[row] if row in people else self.acting[kind](self, row)

    def enrol(self, agent: Any, row: int | None) -> None:
        """An agent takes the place of its person; nobody else can come."""
        people = self._people[agent.kind]
        if row is None or row in people:
            told = f"people come with the world (people.{agent.kind}s), and stand in model.agents by themselves"
            raise TypeError(f"no {type(agent).__name__} can be added: {told}")
        people[row] = agent

    def forget(self, agent: Any) -> None:
        """An agent whose person is gone leaves Mesa's lists."""
        self._people[agent.kind].pop(agent.row, None)
        mesa.Agent.remove(agent)

    def remove_all_agents(self) -> None:
        """Everybody leaves."""
        self._look()
        depart(self, [person for people in self._people.values() for person in people.values()])
        super().remove_all_agents()

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
        return ByType(nobody | super().agents_by_type)

    @property
    def agent_types(self) -> list[type]:
        """The classes of agents."""
        return list(self.agents_by_type)

    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables so far: mentees, mentors, ties, months, and tie_months when traced."""
        finish_records(self.state, self.month - 1)
        return tables_of(self.state, self.layout, self.world, self.month - 1)

    def results(self, waves: Sequence[pd.DataFrame] = ()) -> Run:
        """The results so far, as `simulate` gives them; at the study's end they are the same. `waves` are answers to surveys."""
        if self.month == 0:
            raise RuntimeError("no month is lived through yet: there are no results before the first step")
        moment = self._at_moment() if moment_of(self.layout.setting, self.month) == self.month - 1 else self.moment
        return Run(self.world, self.policy, self.seed, self.layout._replace(months=self.month), self.state, moment, waves)

    def _at_moment(self) -> Sums:
        """What is counted of those who are there now."""
        return at_moment(self.state, self.layout.setting, self.month - 1, len(groups_of(self.world)))

    @property
    def outcomes(self) -> pd.Series:
        """Every outcome so far, gaps included; missing where it does not apply."""
        return self.results().outcomes

    @property
    def groups(self) -> pd.DataFrame:
        """Every personal outcome of every group so far: attribute, group, heads, small, outcome, value."""
        return self.results().groups

    @property
    def digest(self) -> str:
        """The SHA-256 of the tables so far."""
        return self.results().digest

    def _look(self) -> None:
        """Agents are made for those who came, and those who are gone are taken out."""
        self._looked = True
        for kind, people in self._people.items():
            table = getattr(self.state, f"{kind}s")
            here = np.flatnonzero(table["active"] == 1).tolist()
            for row in set(people).difference(here):
                people[row].remove()
            for row in here:
                self.person(kind, row)
