"""Policies compared on the same people and the same luck, replicate by replicate and person by person.

Source: Kahn and Marshall 1953, common random numbers; here keyed by person and month (`simulation.draws`).
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from simulation import judgement, outcomes, tables
from simulation.allocate import lay_out
from simulation.draws import Purpose, bits, stream
from simulation.experiments.plausible import plausible
from simulation.experiments.work import Progress, finished, threads_or
from simulation.run import Run, leavers, run_of, simulate, warm
from simulation.scenario.agreement import check_together
from simulation.scenario.plausible import PER_SET, ParameterSets
from simulation.scenario.policy import Policy
from simulation.scenario.world import World

CHUNK = 10  # replicates that a worker takes at a time
BATCH = 50  # replicates between two looks at the intervals, with `auto`
CAP = 1000  # replicates at which `auto` stops
PRECISION = 0.01  # half width of an interval at which `auto` stops, or a quarter of the baseline's exits

class Chunk(NamedTuple):
    """What a worker brings back of some replicates; a run that failed is missing (nan) and told in `failures`."""

    replicates: list[int]
    personal: np.ndarray  # replicates x policies x rows x PERSONAL
    overall: np.ndarray  # replicates x policies x OVERALL
    heads: np.ndarray  # replicates x policies x rows
    swapped: np.ndarray  # replicates x policies x 2: people gained and lost against the baseline, per 100
    at_risk: np.ndarray  # policies x rows x months, summed
    left: np.ndarray
    failures: list[dict]


def seed_of(seed: int, replicate: int) -> int:
    """The seed of a replicate: replicate 0 has the comparison's own, so that `mentorship run` repeats it."""
    return seed if replicate == 0 else int(bits(np.uint64(stream(seed, Purpose.REPLICATE, 0)), replicate, 0)) >> 16


def run_chunk(world: World, policies: Sequence[Policy], seed: int, replicates: list[int]) -> Chunk:
    """Run all policies on some replicates; what fails is told and does not stop the rest."""
    warm()
    months, rows = world.people.months, len(outcomes.groups_of(world))
    shape = (len(replicates), len(policies))
    personal = np.full((*shape, rows, len(outcomes.PERSONAL)), np.nan)
    overall, heads = np.full((*shape, outcomes.WIDTH), np.nan), np.full((*shape, rows), np.nan)
    swapped, at_risk, left = np.full((*shape, 2), np.nan), np.zeros((len(policies), rows, months)), 0.0
    left, failures = np.zeros_like(at_risk), []
    layouts = [lay_out(world, policy, months) for policy in policies]
    for k, replicate in enumerate(replicates):
        baseline = None
        for q, (policy, layout) in enumerate(zip(policies, layouts, strict=True)):
            try:
                run = run_of(world, policy, layout, seed_of(seed, replicate))
            except Exception as error:  # a failed run is a row, not a crash
                failures.append({
                    "policy": policy.name, "replicate": replicate, "seed": seed_of(seed, replicate),
                    "error": f"{type(error).__name__}: {error}",
                })  # fmt: skip
                continue
            personal[k, q], overall[k, q], heads[k, q] = run.personal, run.overall, run.at_risk[:, 0]
            at_risk[q] += run.at_risk
            left[q] += run.left
            gone = leavers(run)
            baseline = gone if q == 0 else baseline
            if baseline is not None:
                everyone = run.at_risk[0, 0] / 100.0
                swapped[k, q] = (baseline & ~gone).sum() / everyone, (gone & ~baseline).sum() / everyone
    return Chunk(replicates, personal, overall, heads, swapped, at_risk, left, failures)


class Comparison:
    """What came of a comparison: tidy tables, the first policy being the baseline."""

    def __init__(
        self,
        world: World,
        policies: Sequence[Policy],
        seed: int,
        chunks: list[Chunk],
        parameters: ParameterSets | None = None,
    ):
        self.world, self.policies, self.seed, self.parameters = world, list(policies), seed, parameters
        chunks = sorted(chunks, key=lambda chunk: chunk.replicates[0])
        self.replicates = [replicate for chunk in chunks for replicate in chunk.replicates]
        self._personal = np.concatenate([chunk.personal for chunk in chunks])
        self._overall = np.concatenate([chunk.overall for chunk in chunks])
        self._heads = np.concatenate([chunk.heads for chunk in chunks])
        self._swapped = np.concatenate([chunk.swapped for chunk in chunks])
        self._at_risk = sum(chunk.at_risk for chunk in chunks)
        self._left = sum(chunk.left for chunk in chunks)
        columns = ["policy", "replicate", "seed", "error"]
        self.failures = pd.DataFrame([row for chunk in chunks for row in chunk.failures], columns=columns)
        self._names = [policy.name for policy in self.policies]

    @cached_property
    def outcomes(self) -> pd.DataFrame:
        """A row a policy and replicate: every outcome, and its gaps and ratios between groups."""
        runs, count = self._overall.shape[:2]
        personal = self._personal.reshape(runs * count, *self._personal.shape[2:])
        heads = self._heads.reshape(runs * count, -1)
        columns = {
            "world": self.world.name,
            "policy": np.tile(self._names, runs),
            "replicate": np.repeat(self.replicates, count),
        }
        if self.parameters:
            columns["parameter_set"] = np.repeat(self.parameters.rows(self.seed, self.replicates), count)
        overall = self._overall.reshape(runs * count, -1)
        return pd.DataFrame(columns | tables.outcomes_of(self.world, personal, overall, heads))

    @cached_property
    def plausible(self) -> pd.DataFrame | None:
        """In how many of the sets of parameters each difference holds; None when no sets were given."""
        return plausible(self.outcomes, self._compared) if self.parameters else None

    @property
    def _compared(self) -> list[str]:
        """The outcomes that policies are compared by."""
        told = ("world", "policy", "replicate", "parameter_set")
        return [name for name in self.outcomes.columns if name not in told and not name.startswith("ratio_")]

    @cached_property
    def contrasts(self) -> pd.DataFrame:
        """A row a policy and outcome: the paired difference from the baseline, and how sure it is."""
        names = self._compared
        frame = self.outcomes[names].to_numpy().reshape(len(self.replicates), len(self._names), len(names))
        rows = []
        for q, policy in enumerate(self._names[1:], start=1):
            gained, lost = np.nanmean(self._swapped[:, q], axis=0)
            for k, name in enumerate(names):
                row = contrast(frame[:, q, k], frame[:, 0, k], name)
                rows.append({"policy": policy, "baseline": self._names[0], "outcome": name, **row,
                             "people_gained": gained, "people_lost": lost})  # fmt: skip
        return pd.DataFrame(rows)

    @cached_property
    def people(self) -> pd.DataFrame:
        """A row a policy and replicate: who stays and would have left under the baseline, and the reverse, per 100."""
        runs, count = self._overall.shape[:2]
        return pd.DataFrame({
            "policy": np.tile(self._names, runs), "replicate": np.repeat(self.replicates, count),
            "people_gained": self._swapped[:, :, 0].ravel(), "people_lost": self._swapped[:, :, 1].ravel(),
        })  # fmt: skip

    @cached_property
    def groups(self) -> pd.DataFrame:
        """A row a policy, replicate, group and outcome; small groups are marked."""
        runs, count = self._overall.shape[:2]
        personal = self._personal.reshape(runs * count, *self._personal.shape[2:])
        heads = np.nan_to_num(self._heads.reshape(runs * count, -1))
        table = tables.groups(outcomes.groups_of(self.world), personal, heads)
        policy, replicate = np.tile(self._names, runs), np.repeat(self.replicates, count)
        table.insert(0, "replicate", replicate[table["run"]])
        table.insert(0, "policy", policy[table["run"]])
        return table.drop(columns="run")

    @cached_property
    def survival(self) -> pd.DataFrame:
        """Counts for Kaplan-Meier curves over all replicates: policy, attribute, group, month, at_risk, left."""
        rows = outcomes.groups_of(self.world)
        attribute, group = zip(*rows, strict=True)
        count, months = len(self._names), self._at_risk.shape[2]
        table = pd.DataFrame({
            "policy": np.repeat(self._names, len(rows) * months),
            "attribute": np.tile(np.repeat(attribute, months), count),
            "group": np.tile(np.repeat(group, months), count),
            "month": np.tile(np.arange(months), count * len(rows)),
            "at_risk": self._at_risk.ravel().astype("int64"), "left": self._left.ravel().astype("int64"),
        })  # fmt: skip
        return table[~table["attribute"].str.contains("_x_")].reset_index(drop=True)

    @cached_property
    def runs(self) -> dict[str, Run]:
        """Replicate 0 under each policy, with all its tables."""
        world = self.parameters.world(self.world, self.seed, 0) if self.parameters else self.world
        return {policy.name: simulate(world, policy, self.seed) for policy in self.policies}


def contrast(values: np.ndarray, baseline: np.ndarray, name: str) -> dict[str, float]:
    """The paired mean difference, its interval, the share of replicates that are better, and what pairing gained.

    For a gap, better is nearer to zero; where neither way is better, the share is missing. `variance_ratio` is the
    variance that independent replicates would have had over that of the paired ones.
    """
    both = ~(np.isnan(values) | np.isnan(baseline))
    values, baseline = values[both], baseline[both]
    n = len(values)
    if n == 0:
        return dict.fromkeys(("difference", "low", "high", "share_better", "variance_ratio"), np.nan)
    difference = values - baseline
    found = judgement.estimate(difference)
    spread = difference.std(ddof=1) if n > 1 else 0.0
    ratio = (values.var(ddof=1) + baseline.var(ddof=1)) / spread**2 if spread > 0.0 else np.nan
    better = judgement.share_better(values, baseline, name)
    return {"difference": found.value, "low": found.low, "high": found.high, "share_better": better,
            "variance_ratio": ratio}  # fmt: skip


def narrow(comparison: Comparison) -> bool:
    """Whether the intervals of retention and of its gaps are as narrow as a decision needs."""
    table = comparison.contrasts
    wanted = table[table["outcome"].isin(["retention", *outcomes.gaps_among(table["outcome"], "retention")])]
    exits = (
        1.0 - comparison.outcomes.loc[comparison.outcomes["policy"] == comparison.policies[0].name, "retention"].mean()
    )
    return bool((wanted["high"] - wanted["low"]).max() / 2.0 <= min(PRECISION, exits / 4.0))


def compare(
    world: World,
    policies: Sequence[Policy],
    replicates: int | str = 200,
    seed: int = 1,
    executor: Executor | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    parameters: ParameterSets | None = None,
) -> Comparison:
    """Compare policies with the first of them, on common people and luck.

    Args:
        world, policies: what is compared; two policies or more.
        replicates: how many worlds are drawn; `"auto"` goes on until the intervals of retention and its gaps are
            narrower than ±0.01 or a quarter of the baseline's exits, at most to 1,000.
        seed: a whole number of at least 0.
        executor: any `concurrent.futures.Executor`; threads of this machine by default.
        workers: threads, when no executor is given; by default one a core.
        progress: called with replicates done, replicates in all, runs failed and a note.
        parameters: plausible sets, of which every five replicates have one; the world's own by default.

    The result does not depend on the executor or the number of workers.
    """
    if len(policies) < 2 or (replicates != "auto" and replicates < 1):
        raise ValueError("a comparison needs two policies or more, and a replicate or more")
    for policy in policies:
        check_together(world, policy)
    with threads_or(executor, workers) as working:
        chunks: list[Chunk] = []
        for first, end in _batches(replicates):
            chunks += _run(world, policies, seed, first, end, working, progress, replicates, parameters)
            comparison = Comparison(world, policies, seed, chunks, parameters)
            if replicates == "auto" and narrow(comparison):
                break
    return comparison


def _batches(replicates: int | str) -> Iterator[tuple[int, int]]:
    """The first and last replicate of each batch."""
    if replicates != "auto":
        yield 0, int(replicates)
        return
    for first in range(0, CAP, BATCH):
        yield first, first + BATCH


def _run(world, policies, seed, first, end, executor, progress, asked, parameters) -> list[Chunk]:
    """Run replicates from `first` to `end`, chunk by chunk; with sets of parameters a chunk has one of them."""
    size = PER_SET if parameters else CHUNK
    parts = [list(range(k, min(k + size, end))) for k in range(first, end, size)]
    chunks, done, failed = [], first, 0
    if progress and first == 0:
        progress(0, CAP if asked == "auto" else end, 0, "")
    worlds = (parameters.world(world, seed, part[0]) if parameters else world for part in parts)
    for _, future in finished(executor, run_chunk, ((one, policies, seed, part) for one, part in zip(worlds, parts, strict=True))):
        chunks.append(future.result())
        done, failed = done + len(chunks[-1].replicates), failed + len(chunks[-1].failures)
        if progress:
            progress(done, CAP if asked == "auto" else end, failed, "at most" if asked == "auto" else "")
    return chunks
