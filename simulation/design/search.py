"""The search: designs are proposed, tried on few replicates, and those that may be on the front on more of them.

Source: Deb, Pratap, Agarwal and Meyarivan 2002, 10.1109/4235.996017, NSGA-II, by Optuna; Jamieson and Talwalkar 2016,
successive halving, here by intervals of paired differences. Where the levers give no more designs than may be tried, all are.
"""

import itertools
import warnings
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor

import numpy as np

from simulation import gaps
from simulation.comparison.replicates import run_chunk
from simulation.design.aims import COST, Aims, Tried, affordable, aims_of, front
from simulation.executor import Progress, finished
from simulation.run import Counted
from simulation.scenario.idle import at_work
from simulation.scenario.policy import Policy
from simulation.studies.points import analysis_package
from simulation.studies.setup import Setup

POPULATION = 24  # designs of a generation
FEWEST, TIMES = 6, 3  # replicates at first, at least; how many times as many each time after
CHUNK = 10  # replicates that a worker takes at a time
STALE = 5  # generations without anything new after which the search ends


class Search:
    """All designs that were tried in a world, on the same people and luck; the first is what there is today."""

    def __init__(self, setup: Setup, budget: float, seed: int, executor: Executor, progress: Progress | None = None):
        self.setup, self.world, self.seed = setup, setup.worlds[0], seed
        self.executor, self.progress = executor, progress
        self.done = self.planned = 0
        self.known: dict[str, Tried] = {}
        self.today = self._tried(setup.policies[0], {})
        self.aims = Aims((), budget)

    @property
    def designs(self) -> list[Tried]:
        """All designs, in the order in which they were tried."""
        return list(self.known.values())

    def go(self, designs: int, replicates: int) -> list[Tried]:
        """Try about so many designs, those that may be best on so many replicates, and give the front, the cheapest first."""
        rungs = rungs_of(replicates)
        self._plan(designs * rungs[0])
        self.run([self.today], rungs[0], self.seed)
        counted = self.today.counted
        self.aims = aims_of(self.world, self.aims.budget, gaps.small_gaps(self.world, counted.personal, counted.heads))
        spaces = [self.setup.ends(factor) for factor in self.setup.study.levers]
        if np.prod([len(space) for space in spaces], dtype=float) <= designs:
            self._try(map(self._at, itertools.product(*(range(len(space)) for space in spaces))), rungs[0])
        else:
            self._evolve([len(space) for space in spaces], designs, rungs[0])
        hopeful = self._hopeful(self.designs)
        for rung in rungs[1:]:
            self._plan(sum(rung - tried.replicates for tried in hopeful), afresh=True)
            self.run(hopeful, rung, self.seed)
            hopeful = self._hopeful(hopeful) if rung < rungs[-1] else hopeful
        return front([tried for tried in hopeful if tried.whole and affordable(tried, self.aims)], self.aims)

    def afresh(self, designs: Iterable[Tried], seed: int) -> list[Tried]:
        """The same designs on new luck, of another seed and as many replicates: what was chosen for its luck loses it here."""
        renewed = [Tried(tried.number, self.world, tried.policy, tried.values) for tried in designs]
        self._plan(len(renewed) * self.today.replicates, afresh=True)
        self.run(renewed, self.today.replicates, seed)
        return renewed

    def _hopeful(self, designs: Iterable[Tried]) -> list[Tried]:
        """Those that may be affordable and on the front, and always what there is today."""
        possible = [tried for tried in designs if tried.whole and affordable(tried, self.aims, sure=False)]
        kept = front(possible, self.aims, doubt=True)
        return [tried for tried in self.designs if tried is self.today or tried in kept]

    def _evolve(self, sizes: Sequence[int], designs: int, replicates: int) -> None:
        """Let NSGA-II propose designs, a generation at a time, so that nothing depends on the number of workers."""
        optuna = analysis_package("optuna")
        optuna.logging.set_verbosity(optuna.logging.WARNING)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that constraints are an experiment of Optuna's
            sampler = optuna.samplers.NSGAIISampler(
                population_size=POPULATION, seed=self.seed % 2**32, constraints_func=lambda trial: trial.user_attrs["over"]
            )
            study = optuna.create_study(sampler=sampler, directions=["minimize"] * (len(self.aims.names) + 1))
            labels = [factor.label for factor in self.setup.study.levers]
            study.enqueue_trial(dict.fromkeys(labels, 0))
            stale = 0
            while len(self.known) < designs and stale < STALE:
                trials, before = [study.ask() for _ in range(POPULATION)], len(self.known)
                asked = [
                    [trial.suggest_int(label, 0, size - 1) for label, size in zip(labels, sizes, strict=True)]
                    for trial in trials
                ]
                for trial, tried in zip(trials, self._try(map(self._at, asked), replicates), strict=True):
                    cost = tried.of(COST).mean()
                    trial.set_user_attr("over", [float(cost - self.aims.budget)] if tried.whole else [np.inf])
                    scores = [*tried.shortfall(self.aims).mean(axis=1), cost / self.aims.step]
                    study.tell(trial, [float(score) if np.isfinite(score) else 1e9 for score in scores])
                stale = stale + 1 if len(self.known) == before else 0

    def _at(self, places: Sequence[int]) -> Tried:
        """The design at these places of the levers' values."""
        levers = self.setup.study.levers
        values = {lever.label: self.setup.ends(lever)[place] for lever, place in zip(levers, places, strict=True)}
        return self._tried(self.setup.policy_at(self.setup.policies[0], values), values)

    def _tried(self, policy: Policy, values: dict) -> Tried:
        """The design of a policy, without levers that cannot act: two that differ in such a lever alone are one."""
        policy = at_work(policy, self.world)[0].with_({"name": f"design_{len(self.known)}"})
        key = policy.model_dump_json(exclude={"name", "title", "text"})
        return self.known.setdefault(key, Tried(len(self.known), self.world, policy, values))

    def _try(self, designs: Iterable[Tried], replicates: int) -> list[Tried]:
        designs = list(designs)
        self.run(dict.fromkeys(designs), replicates, self.seed)
        return designs

    def _plan(self, runs: int, afresh: bool = False) -> None:
        """Expect so many further runs."""
        self.planned = (self.done if afresh else self.planned) + runs

    def run(self, designs: Iterable[Tried], replicates: int, seed: int) -> None:
        """Give each design as many replicates, on the luck of a seed."""
        pieces = [
            (tried, list(range(first, min(first + CHUNK, replicates))))
            for tried in designs
            for first in range(tried.replicates, replicates, CHUNK)
        ]
        found: dict[int, Counted] = {}
        work = ((self.world, [tried.policy], seed, part) for tried, part in pieces)
        for place, future in finished(self.executor, run_chunk, work):
            chunk = future.result()
            found[place] = chunk.counted
            self.done += len(chunk.replicates)
            self.planned = max(self.planned, self.done)
            if self.progress:
                self.progress(self.done, self.planned, 0, "")
        for place, (tried, _) in enumerate(pieces):
            tried.add(found[place])


def rungs_of(replicates: int) -> list[int]:
    """How many replicates designs get, step by step: a few at first, three times as many where there is hope."""
    rungs = [replicates]
    while rungs[0] // TIMES >= FEWEST:
        rungs.insert(0, rungs[0] // TIMES)
    return rungs[-3:]
