"""One run: a world under a policy with a seed, and its results."""

from collections.abc import Sequence
from functools import cache, cached_property
from typing import Self

import numpy as np
import pandas as pd

from simulation import results, tables
from simulation.allocate import Layout, allocate, lay_out, with_space
from simulation.arrivals import arrivals
from simulation.burn_in import of_study
from simulation.columns import State
from simulation.jit import one_compiles
from simulation.outcomes import PERSONAL, WIDTH, groups_of
from simulation.outcomes.counting import counted
from simulation.program import ASSIGNMENT, DONE, advance
from simulation.scenario.cross_checks import check_together, check_waves
from simulation.scenario.policy import Policy
from simulation.scenario.world import World
from simulation.steps.assign import assign_optimally
from simulation.ties import finish_records


def advance_to(state: State, layout: Layout, month: int, last: int) -> State:
    """Run the months from `month` to before `last`; return the state, whose tables may have grown."""
    assigned = False
    while True:
        month, waits = advance(state, layout.setting, layout.plan, month, last, assigned)
        if waits == DONE:
            return state
        assigned = waits == ASSIGNMENT
        if assigned:
            assign_optimally(state, layout.setting, month)
        else:
            state = with_space(state, layout.setting, month)


class Run:
    """The results of a run; outcomes are counted at once, tables are built when they are first used."""

    def __init__(
        self, world: World, policy: Policy, seed: int, layout: Layout, state: State, waves: Sequence[pd.DataFrame] = ()
    ):
        self.world, self.policy, self.seed, self._waves = world, policy, seed, waves
        self.layout, self.state = layout, state
        finish_records(state, layout.months - 1)
        self._rows = groups_of(world)
        state, last = of_study(state, layout.plan.first_month, layout.months - 1)
        self.length = last + 1
        found = counted(state, layout.setting, self.length, len(self._rows))
        self.personal, self.overall, self.at_risk, self.left = found

    @cached_property
    def outcomes(self) -> pd.Series:
        """Every outcome of the run, gaps included; missing where it does not apply."""
        columns = tables.outcomes_of(self.world, self.personal[None], self.overall[None], self.at_risk[None, :, 0])
        return pd.Series({name: values[0] for name, values in columns.items()})

    @cached_property
    def groups(self) -> pd.DataFrame:
        """Every personal outcome of every group: attribute, group, heads, small, outcome, value."""
        return tables.groups(self._rows, self.personal[None], self.at_risk[None, :, 0]).drop(columns="run")

    @cached_property
    def _tables(self) -> dict[str, pd.DataFrame]:
        return tables.tables_of(self.state, self.layout, self.world, self.layout.months - 1)

    @property
    def months(self) -> pd.DataFrame:
        """A row a month."""
        return self._tables["months"]

    @property
    def mentees(self) -> pd.DataFrame:
        """A row a mentee."""
        return self._tables["mentees"]

    @property
    def mentors(self) -> pd.DataFrame:
        """A row a mentor."""
        return self._tables["mentors"]

    @property
    def ties(self) -> pd.DataFrame:
        """A row a tie."""
        return self._tables["ties"]

    @property
    def tie_months(self) -> pd.DataFrame:
        """A row a tie and month, of a traced run; else empty."""
        return self._tables["tie_months"]

    @property
    def asks(self) -> pd.DataFrame:
        """A row an ask or an offer of help, with its answer, of a traced run; else empty."""
        return self._tables["asks"]

    @cached_property
    def arrivals(self) -> pd.DataFrame:
        """A row a mentee: what they were like on arrival (`arrivals.arrivals`). Drawn again, so the digest is without it."""
        return arrivals(self.state, self.layout.setting, self.world, self.mentees["mentee"].to_numpy())

    @cached_property
    def surveys(self) -> pd.DataFrame:
        """A row a mentee and wave, in the order of the waves; empty where no wave was asked for.

        Columns: mentee, after_months, mentored, meaningful, primary, mentoring_satisfaction (missing without a mentor),
        job_satisfaction, burnout, burned_out, leave_intent, as in `mentees`. The digest is without it: asking changes nothing.
        """
        waves = self._waves or [tables.wave(self.state, self.layout, self.world, self.length).iloc[:0]]
        return pd.concat(waves, ignore_index=True)

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the tables."""
        return results.digest(self._tables)


@cache
def warm() -> None:
    """Compile the month or load it from the cache; a process that finds another one compiling waits."""
    with one_compiles():
        world, policy = World(name="warm"), Policy()
        run_of(world, policy, lay_out(world, policy, 1), 1)


def simulate(
    world: World,
    policy: Policy,
    seed: int = 1,
    months: int | None = None,
    trace: bool = False,
    surveys: Sequence[int] = (),
) -> Run:
    """Run a world under a policy once.

    Args:
        world, policy: a policy that does not fit the world raises `ScenarioError`.
        seed: a whole number of at least 0; the same seed gives the same people the same luck under every policy.
        months: length of the study, after the world's burn-in; by default the world's own.
        trace: whether every month of every tie is kept (`tie_months`).
        surveys: after how many months everybody who is there is asked (`Run.surveys`): `[12, 24, 36]`; asking changes nothing.
            After a burn-in 0 is a wave too, before the study's first month.
            What cannot be a wave of this study raises `ScenarioError`.
    """
    check_together(world, policy)
    if seed < 0 or (months is not None and not 1 <= months <= 2400):
        raise ValueError("the seed is a whole number of at least 0, months one from 1 to 2400")
    months = world.people.months if months is None else months
    check_waves(surveys, months, world)
    warm()
    return run_of(world, policy, lay_out(world, policy, months), seed, trace, surveys)


def run_of(
    world: World, policy: Policy, layout: Layout, seed: int, trace: bool = False, surveys: Sequence[int] = ()
) -> Run:
    """Run a layout that is ready, with a seed."""
    state, month, waves = allocate(layout, seed, trace), 0, []
    for after in surveys:
        before, month = month, layout.plan.first_month + after
        state = advance_to(state, layout, before, month)
        waves.append(tables.wave(state, layout, world, after))
    state = advance_to(state, layout, month, layout.months)
    return Run(world, policy, seed, layout, state, waves)


class Counted:
    """The outcomes of several runs of one world in arrays; missing where a run failed."""

    def __init__(self, world: World, runs: int):
        rows = len(groups_of(world))
        self.world = world
        self.personal = np.full((runs, rows, len(PERSONAL)), np.nan)
        self.overall = np.full((runs, WIDTH), np.nan)
        self.heads = np.full((runs, rows), np.nan)

    def add(self, place: int, run: Run) -> None:
        """Add the outcomes of a run at its place."""
        self.personal[place], self.overall[place], self.heads[place] = run.personal, run.overall, run.at_risk[:, 0]

    def join(self, others: Sequence["Counted"]) -> Self:
        """Append the runs of others."""
        for name in ("personal", "overall", "heads"):
            setattr(self, name, np.concatenate([getattr(one, name) for one in (self, *others)]))
        return self

    def columns(self) -> dict[str, np.ndarray]:
        """Every outcome, with one value a run."""
        return tables.outcomes_of(self.world, self.personal, self.overall, self.heads)
