"""One run: a world under a policy with a seed, and its results."""

from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from typing import Any, Self

import numpy as np
import pandas as pd

import simulation
from simulation import results, tables
from simulation.allocate import Layout, allocate, lay_out, with_space
from simulation.arrivals import arrivals
from simulation.burn_in import of_study
from simulation.columns import State
from simulation.first_use import compile_month
from simulation.jit import is_cold, one_compiles
from simulation.outcomes import PERSONAL, WIDTH, groups_of
from simulation.outcomes.counting import Sums, at_moment, counted, moment_of
from simulation.outcomes.table import OVERALL
from simulation.program import ASSIGNMENT, DONE, advance
from simulation.scenario.cross_checks import check_together, check_waves
from simulation.scenario.policy import Policy
from simulation.scenario.whole_numbers import whole_number
from simulation.scenario.world import World
from simulation.steps.assign import assign_optimally
from simulation.ties import finish_records
from simulation.watched import watched

USUAL: Mapping[str, type | None] = {}  # nobody behaves otherwise


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
    """The results of a run; outcomes are counted at once, tables are built when they are first used.

    `moment` is what was counted at the moment of the study, since its people may be gone by now; `waves` are the answers to
    surveys.
    """

    def __init__(
        self,
        world: World,
        policy: Policy,
        seed: int,
        layout: Layout,
        state: State,
        moment: Sums,
        waves: Sequence[pd.DataFrame] = (),
    ):
        self.world, self.policy, self.seed = world, policy, seed
        self.layout, self.state, self.waves = layout, state, waves
        finish_records(state, layout.months - 1)
        state, last = of_study(state, layout.plan.first_month, layout.months - 1)
        self.length = last + 1
        found = counted(state, layout.setting, self.length, moment)
        self.personal, self.overall, self.at_risk, self.left = found

    @cached_property
    def outcomes(self) -> pd.Series:
        """Every outcome of the run, gaps included; missing where it does not apply."""
        columns = tables.outcomes_of(self.world, self.personal[None], self.overall[None], self.at_risk[None, :, 0])
        return pd.Series({name: values[0] for name, values in columns.items()})

    @cached_property
    def groups(self) -> pd.DataFrame:
        """Every personal outcome of every group: attribute, group, heads, small, outcome, value."""
        return tables.groups(self.world, self.personal[None], self.at_risk[None, :, 0]).drop(columns="run")

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
    def _watched(self) -> dict[str, pd.DataFrame]:
        return watched(self.seen, self.world)

    @property
    def mentee_months(self) -> pd.DataFrame:
        """A row a mentee and month, of a traced run; else empty. The digest is without it: watching changes nothing."""
        return self._watched["mentee_months"]

    @property
    def mentor_months(self) -> pd.DataFrame:
        """A row a mentor and month, of a traced run; else empty. The digest is without it."""
        return self._watched["mentor_months"]

    @property
    def views(self) -> pd.DataFrame:
        """A row a mentor in view of a mentee who sought help, of a traced run; else empty. The digest is without it."""
        return self._watched["views"]

    @property
    def moves(self) -> pd.DataFrame:
        """A row a lever that the program moved by itself, of a traced run; else empty. The digest is without it."""
        return self._watched["moves"]

    @property
    def seen(self) -> State:
        """The state as the study sees it: after a burn-in, of its own months alone."""
        return of_study(self.state, self.layout.plan.first_month, self.layout.months - 1)[0]

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
        waves = self.waves or [tables.wave(self.state, self.layout, self.world, self.length).iloc[:0]]
        return pd.concat(waves, ignore_index=True)

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the tables."""
        return results.digest(self._tables)


@cache
def warm() -> None:
    """Compile the month or load it from the cache; a process that finds another one compiling waits."""
    with one_compiles():
        if is_cold():
            compile_month()
        world, policy = World(name="warm"), Policy()
        run_of(world, policy, lay_out(world, policy, 1), 1)


def simulate(
    world: World,
    policy: Policy,
    seed: int = 1,
    months: int | None = None,
    trace: bool = False,
    mentee_class: type | None = None,
    mentor_class: type | None = None,
    surveys: Sequence[int] = (),
) -> Run:
    """Run a world under a policy once.

    Args:
        world, policy: a policy that does not fit the world raises `ScenarioError`. A run of a world with a roster starts from
            its very people: do not publish its tables of persons, but those of `scenario.privacy.stand_ins(world)`.
        seed: a whole number from 0 to 2**63 - 1; the same seed gives the same people the same luck under every policy.
        months: length of the study, from 1 to 2400, after the world's burn-in; by default the world's own.
        trace: whether everybody's months are kept (`tie_months`, `mentee_months`, `mentor_months`), who came into view, was asked
            and said yes (`views`, `asks`), and the program's own moves (`moves`).
        mentee_class, mentor_class: subclasses of `simulation.agents.Mentee` and `Mentor` that behave otherwise.
        surveys: after how many months everybody who is there is asked (`Run.surveys`): `[12, 24, 36]`; asking changes nothing.
            After a burn-in 0 is a wave too, before the study's first month.
            What cannot be a wave of this study raises `ScenarioError`.
    """
    check_together(world, policy)
    seed, months = whole_number(seed, "seed"), whole_number(world.people.months if months is None else months, "months")
    check_waves(surveys, months, world)
    warm()
    layout = lay_out(world, policy, months)
    return run_of(world, policy, layout, seed, trace, {"mentee_class": mentee_class, "mentor_class": mentor_class}, surveys)


def run_of(
    world: World,
    policy: Policy,
    layout: Layout,
    seed: int,
    trace: bool = False,
    acting: Mapping[str, Any] = USUAL,
    surveys: Sequence[int] = (),
) -> Run:
    """Run a layout that is ready, with a seed; `acting` names the classes of people who behave otherwise."""
    first, waves = layout.plan.first_month, []
    if any(acting.values()):
        # asked for by its public name: the model stands above this file, and Mesa is loaded for those alone who need it
        model = simulation.MentorshipModel(world, policy, seed, months=layout.months - first, trace=trace, **acting)
        for after in surveys:
            model.run_until(first + after)
            waves.append(tables.wave(model.state, layout, world, after))
        model.run_model()
        return model.results(waves)
    end = moment_of(layout.setting, layout.months) + 1
    state, month, moment = allocate(layout, seed, trace), 0, None
    for stop in sorted({end, *(first + after for after in surveys)}):
        state, month = advance_to(state, layout, month, stop), stop
        if stop - first in surveys:
            waves.append(tables.wave(state, layout, world, stop - first))
        if stop == end:
            moment = at_moment(state, layout.setting, end - 1, len(groups_of(world)))
    return Run(world, policy, seed, layout, advance_to(state, layout, month, layout.months), moment, waves)


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

    def money(self) -> tuple[np.ndarray, np.ndarray]:
        """Money per mentee and year by items, runs x ITEMS, and the mean number of mentees of each run."""
        rows = self.overall.view(OVERALL)[:, 0]
        return rows["spent"], rows["heads"]

    def columns(self) -> dict[str, np.ndarray]:
        """Every outcome, with one value a run."""
        return tables.outcomes_of(self.world, self.personal, self.overall, self.heads)
