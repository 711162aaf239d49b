"""A mentorship program as a Mesa model: stepped month by month, with mentees and mentors to look at and to change."""

from functools import partial
from numbers import Integral
from typing import Any

import mesa
import numpy as np
import pandas as pd

from simulation.agents import Mentee, Mentor
from simulation.agents.month import come, live
from simulation.agents.scene import Scene
from simulation.allocate import allocate, lay_out
from simulation.columns import MONTH
from simulation.run import advance_to
from simulation.scenario.cross_checks import check_together
from simulation.scenario.policy import Policy
from simulation.scenario.world import World
from simulation.tables import tables_of
from simulation.ties import finish_records

LANES = ("compiled", "agents")


def latest(model: "MentorshipModel", outcome: str) -> float | None:
    """An outcome of the last month, by its name in the table of months; missing before the first."""
    return model.state.months[outcome][model.month - 1].item() if model.month else None


class MentorshipModel(mesa.Model):
    """A world under a policy, a month a step; the same seed gives the same numbers in both lanes.

    In the lane "compiled" a month takes well under a millisecond and `agents` are views, made when somebody looks. In
    the lane "agents" every mentee and mentor acts by the methods of its class, and `mentee_class` and `mentor_class`
    may be subclasses that act otherwise. Nobody has arrived before the first step.
    """

    def __init__(
        self,
        world: World | str,
        policy: Policy | str,
        rng: int | None = 1,
        seed: int | None = None,
        months: int | None = None,
        lane: str = "compiled",
        trace: bool = False,
        mentee_class: type[Mentee] = Mentee,
        mentor_class: type[Mentor] = Mentor,
    ):
        """Lay the world out.

        Args:
            world, policy: what is run, or the names under which they are shipped.
            rng, seed: a whole number of at least 0; `seed` is the older name and counts where it is given.
            months: length of the study; the world's own by default.
            lane: "compiled" or "agents".
            trace: whether every month of every tie is kept.
            mentee_class, mentor_class: what agents are made of.
        """
        number = _seed_of(rng if seed is None else seed)
        super().__init__(rng=number)
        self.world = World.load(world) if isinstance(world, str) else world
        self.policy = Policy.load(policy) if isinstance(policy, str) else policy
        check_together(self.world, self.policy)
        if lane not in LANES:
            raise ValueError(f"there is no lane {lane!r}; the lanes are {' and '.join(LANES)}")
        if lane == "compiled" and not (_acts_as(mentee_class, Mentee) and _acts_as(mentor_class, Mentor)):
            raise ValueError('people who act otherwise do so in the lane "agents" alone: give lane="agents"')
        self.months = self.world.people.months if months is None else months
        if not isinstance(self.months, Integral) or self.months < 1:
            raise ValueError(f"months is {months!r}; it must be a whole number of at least 1")
        self.lane, self.seed, self.month = lane, number, 0
        self.mentee_class, self.mentor_class = mentee_class, mentor_class
        self.layout = lay_out(self.world, self.policy, int(self.months))
        self.state = allocate(self.layout, self.seed, trace)
        self._scene: Scene | None = None
        reporters = {name: partial(latest, outcome=name) for name in MONTH.names}
        self.datacollector = mesa.DataCollector(model_reporters=reporters)

    def step(self) -> None:
        """One month; `month` is then the number of months lived through."""
        if self.month >= self.months:
            raise RuntimeError(f"the study is over after {self.months} months; for a longer one give months=")
        if self.lane == "compiled":
            self.state = advance_to(self.state, self.layout, self.month, self.month + 1)
        else:
            self.state = come(self.state, self.layout, self.month)
            self._meet_people(self.month)
            live(self.scene, self.layout)
        self.month += 1
        self.running = self.month < self.months
        if self._scene is not None:
            self._meet_people(self.month - 1)
        self.datacollector.collect(self)

    @property
    def scene(self) -> Scene:
        """What agents look up: the world, the month, who is who."""
        self._look()
        return self._scene

    @property
    def agents(self) -> Any:
        """Those who are there: mentees by row, then mentors."""
        self._look()
        return super().agents

    @property
    def agents_by_type(self) -> dict[type, Any]:
        """Those who are there, by class; nobody is an empty set."""
        kinds = (self.mentee_class, self.mentor_class)
        nobody = {kind: mesa.agent.AgentSet([], random=self.random) for kind in kinds}
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
        """Make the scene and its agents, when somebody looks for the first time."""
        if self._scene is None:
            self._scene = Scene(self.state, self.layout, self.seed)
            self._meet_people(max(self.month - 1, 0))

    def _meet_people(self, month: int) -> None:
        """Agents are made for those who came, and those who are gone are taken out."""
        scene = self.scene
        scene.look_at(self.state, month)
        _keep_up(self, scene.mentees, self.state.mentees, self.mentee_class)
        _keep_up(self, scene.mentors, self.state.mentors, self.mentor_class)


def _keep_up(model: MentorshipModel, agents: dict[int, Any], table: np.recarray, kind: type) -> None:
    """Bring the agents of a table in step with who is there."""
    here = np.flatnonzero(table["active"] == 1).tolist()
    for row in set(agents).difference(here):
        agents.pop(row).remove()
    for row in here:
        if row not in agents:
            agents[row] = kind(model, row)


def _acts_as(kind: type, original: type) -> bool:
    """Whether a class of agents has the behaviours of another, and at most new names beside them."""
    return all(getattr(kind, name) is getattr(original, name) for name in vars(original) if not name.startswith("_"))


def _seed_of(number: Any) -> int:
    """The seed, a whole number of at least 0."""
    if isinstance(number, bool) or not isinstance(number, Integral) or not 0 <= number < 2**63:
        raise ValueError(f"the seed is {number!r}; it must be a whole number of at least 0")
    return int(number)
