"""The results of a comparison: tidy tables of outcomes, of differences, of people and of groups."""

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
import pandas as pd

from simulation import gaps, judgement, tables
from simulation.comparison.arms import Acting
from simulation.comparison.costs import costs_of, keeping_of
from simulation.comparison.early import SIGNS
from simulation.comparison.replicates import Chunk
from simulation.comparison.robustness import over_sets
from simulation.outcomes import groups_of
from simulation.outcomes.course import COURSE, SHARES
from simulation.run import Counted, Run, simulate
from simulation.scenario.parameter_sets import ParameterSets
from simulation.scenario.policy import Policy
from simulation.scenario.privacy import stand_ins, told_groups
from simulation.scenario.taken import CROSSED
from simulation.scenario.world import World


class Comparison:
    """The results of a comparison as tidy tables; the first policy is the baseline."""

    def __init__(
        self,
        world: World,
        policies: Sequence[Policy],
        seed: int,
        chunks: list[Chunk],
        parameters: ParameterSets | None = None,
        acting: Sequence[Acting] | None = None,
    ):
        self.world, self.policies, self.seed, self.parameters = world, list(policies), seed, parameters
        self.acting = acting or [{}] * len(self.policies)
        chunks = sorted(chunks, key=lambda chunk: chunk.replicates[0])
        self.replicates = [replicate for chunk in chunks for replicate in chunk.replicates]
        self._counted = Counted(world, 0).join([chunk.counted for chunk in chunks])
        self._swapped = np.concatenate([chunk.swapped for chunk in chunks])
        self._at_risk = sum(chunk.at_risk for chunk in chunks)
        self._left = sum(chunk.left for chunk in chunks)
        self._early = np.concatenate([chunk.early for chunk in chunks])
        self._kept = sum(chunk.kept for chunk in chunks)
        self._course = sum(chunk.course for chunk in chunks)
        columns = ["policy", "replicate", "seed", "error"]
        self.failures = pd.DataFrame([row for chunk in chunks for row in chunk.failures], columns=columns)
        self._names = [policy.name for policy in self.policies]
        self._key = {  # of tables with a row a run
            "policy": np.tile(self._names, len(self.replicates)),
            "replicate": np.repeat(self.replicates, len(self._names)),
        }

    @cached_property
    def outcomes(self) -> pd.DataFrame:
        """A row a policy and replicate: every outcome, and its gaps and ratios between groups."""
        columns = {"world": self.world.name, **self._key}
        if self.parameters:
            columns["parameter_set"] = np.repeat(self.parameters.rows(self.seed, self.replicates), len(self._names))
        return pd.DataFrame(columns | self._counted.columns())

    @cached_property
    def plausible(self) -> pd.DataFrame | None:
        """The counts of parameter sets in which each difference holds; None when no sets were given."""
        return over_sets(self.outcomes, self._compared) if self.parameters else None

    @property
    def _compared(self) -> list[str]:
        """The names of the outcomes by which policies are compared."""
        told = ("world", "policy", "replicate", "parameter_set")
        return [name for name in self.outcomes.columns if name not in told and not name.startswith("ratio_")]

    @cached_property
    def contrasts(self) -> pd.DataFrame:
        """A row a policy and outcome: the paired difference from the baseline, with its intervals and its verdict."""
        people = dict(zip(self._names, self._swapped.transpose(1, 0, 2), strict=True))
        table = contrasts_of(self.outcomes, self._compared, people)
        return table.assign(small=table["outcome"].isin(gaps.small_gaps(self.world, self._counted.personal, self._counted.heads)))

    @cached_property
    def people(self) -> pd.DataFrame:
        """A row a policy and replicate: of 100, how many stay only under the policy, and how many only under the baseline."""
        gained, lost = self._swapped.reshape(-1, 2).T
        return pd.DataFrame({**self._key, "people_gained": gained, "people_lost": lost})

    @cached_property
    def early(self) -> pd.DataFrame:
        """A row a policy, replicate and sign of the first year: its mean over the months, and its value in the last of them."""
        key = {name: np.repeat(values, len(SIGNS)) for name, values in self._key.items()}
        value, last = self._early.reshape(-1, 2).T
        return pd.DataFrame({**key, "sign": np.tile(list(SIGNS), len(self._key["policy"])), "value": value, "month_12": last})

    @cached_property
    def costs(self) -> pd.DataFrame:
        """A row a policy and item of the bill: who pays, money a year for the whole program, and per mentee with its interval."""
        return costs_of(self._names, *self._money)

    @cached_property
    def keeping(self) -> pd.DataFrame:
        """A row a policy: what it costs a year beyond the baseline, how many people a year it keeps, and the price of one."""
        spent, heads, sets = self._money
        ever = self._counted.heads[:, 0].reshape(heads.shape)
        net = (self._swapped[..., 0] - self._swapped[..., 1]) / 100.0
        return keeping_of(self._names, spent, heads, net * ever / (self.world.people.months / 12.0), sets)

    @property
    def _money(self) -> tuple[np.ndarray, np.ndarray, np.ndarray | None]:
        """What runs took by items (replicates x policies x items), their mentees, and the set of parameters of each replicate."""
        (spent, heads), shape = self._counted.money(), (len(self.replicates), len(self._names))
        sets = self.parameters.rows(self.seed, self.replicates) if self.parameters else None
        return spent.reshape(*shape, -1), heads.reshape(shape), sets

    @cached_property
    def groups(self) -> pd.DataFrame:
        """A row a policy, replicate, group and outcome; small groups are marked."""
        table = tables.groups(self.world, self._counted.personal, np.nan_to_num(self._counted.heads))
        run = table.pop("run")
        for place, (name, values) in enumerate(self._key.items()):
            table.insert(place, name, values[run])
        return table

    @cached_property
    def survival(self) -> pd.DataFrame:
        """Kaplan-Meier curves: policy, attribute, group, month, at_risk, left, share, low, high, runs.

        `at_risk` and `left` are sums over runs. `share` is the mean over runs of the share kept after the month, with its
        95 % interval over runs, of which the group had people in `runs`; it is missing once no run follows anybody.
        Groups without people or of too few real ones, and policies of which all runs failed, have no rows.
        """
        rows = groups_of(self.world)
        attribute, group = zip(*rows, strict=True)
        count, months = len(self._names), self._at_risk.shape[2]
        shares = judgement.mean_share(*self._kept)
        share, low, high = (np.where(self._at_risk > 0.0, one, np.nan) for one in shares)
        table = pd.DataFrame({
            "policy": np.repeat(self._names, len(rows) * months),
            "attribute": np.tile(np.repeat(attribute, months), count),
            "group": np.tile(np.repeat(group, months), count),
            "month": np.tile(np.arange(months), count * len(rows)),
            "at_risk": self._at_risk.ravel().astype("int64"), "left": self._left.ravel().astype("int64"),
            "share": share.ravel(), "low": low.ravel(), "high": high.ravel(), "runs": self._kept[2].ravel().astype("int64"),
        })  # fmt: skip
        there = table.groupby(["policy", "attribute", "group"])["at_risk"].transform("max") > 0  # not where all runs failed
        told = told_groups(self.world)
        shown = np.repeat([name not in told or one in told[name].groups for name, one in rows], months)
        crossed = table["attribute"].str.contains(CROSSED)
        return table[there & ~crossed & np.tile(shown, count)].reset_index(drop=True)

    @cached_property
    def course(self) -> pd.DataFrame:
        """The course of ties: policy, measure, month, mean, low, high, runs; a row a policy, measure of `COURSE` and month.

        `mean` is over runs, with its 95 % interval over runs; it is missing where no run has a value.
        """
        count, _, months = self._course.shape[1:]
        shares, rates = self._course[:, :, : len(SHARES)], self._course[:, :, len(SHARES) :]
        found = np.concatenate([judgement.mean_share(*shares), judgement.mean_rate(*rates)], axis=2)
        table = pd.DataFrame({
            "policy": np.repeat(self._names, len(COURSE) * months), "measure": np.tile(np.repeat(COURSE, months), count),
            "month": np.tile(np.arange(months), count * len(COURSE)),
            **{name: one.ravel() for name, one in zip(("mean", "low", "high"), found, strict=True)},
            "runs": self._course[2].ravel().astype("int64"),
        })  # fmt: skip
        return table[table.groupby("policy")["runs"].transform("max") > 0].reset_index(drop=True)  # not where all runs failed

    @cached_property
    def runs(self) -> dict[str, Run]:
        """Replicate 0 under each policy of which it did not fail, with all its tables; of stand-ins, where there is a roster."""
        world = self.parameters.world(self.world, self.seed, 0) if self.parameters else self.world
        world = stand_ins(world)
        failed = set(self.failures.loc[self.failures["replicate"] == 0, "policy"])
        arms = [arm for arm in zip(self.policies, self.acting, strict=True) if arm[0].name not in failed]
        return {policy.name: simulate(world, policy, self.seed, **classes) for policy, classes in arms}


def contrasts_of(outcomes: pd.DataFrame, names: Sequence[str], people: Mapping[str, np.ndarray] | None = None) -> pd.DataFrame:
    """Make the table of contrasts: a row a policy and outcome.

    Replicates that share a set of parameters are no independent sample: where there is a `parameter_set`, intervals count
    sets, each by the mean of its replicates, and nobody knows how many replicates would tell.

    Args:
        outcomes: a row a policy and replicate; all policies have the same replicates, and the first is the baseline.
        names: the outcomes to compare.
        people: by policy, an array of replicates x 2, people gained and lost.
    """
    ordered = outcomes.sort_values("replicate", kind="stable")
    policies = dict.fromkeys(outcomes["policy"])
    wide = {policy: ordered.loc[ordered["policy"] == policy, list(names)].to_numpy(float).T for policy in policies}
    baseline, *others = wide
    apart = np.concatenate([wide[policy] - wide[baseline] for policy in others])
    if sets := "parameter_set" in outcomes:
        apart = judgement.by_set(apart.T, ordered.loc[ordered["policy"] == baseline, "parameter_set"].to_numpy()).T
    rows = []
    for policy in others:
        swapped = people[policy] if people else np.full((1, 2), np.nan)
        gained, lost = (judgement.estimate(values).value for values in swapped.T)
        for name, tried, base in zip(names, wide[policy], wide[baseline], strict=True):
            rows.append({"policy": policy, "baseline": baseline, "outcome": name, **contrast(tried, base, name),
                         "people_gained": gained, "people_lost": lost})  # fmt: skip
    table = pd.DataFrame(rows)
    if sets:
        table["difference"], table["low"], table["high"], *_ = judgement.estimates(apart)
    table = judgement.judge(table, apart)
    return table.assign(needed=np.nan) if sets else table


def contrast(values: np.ndarray, baseline: np.ndarray, name: str) -> dict[str, float]:
    """The paired mean difference, its own interval, the share of better replicates, and the gain by pairing.

    A gap is better nearer to zero. Where neither way is better the share is missing. `variance_ratio` is the variance
    of the difference with independent replicates, divided by that with paired ones. `level` is the mean under the baseline.
    """
    both = ~(np.isnan(values) | np.isnan(baseline))
    values, baseline = values[both], baseline[both]
    n = len(values)
    if n == 0:
        return dict.fromkeys(("level", "difference", "low", "high", "share_better", "variance_ratio"), np.nan)
    difference = values - baseline
    found = judgement.estimate(difference)
    spread = difference.std(ddof=1) if n > 1 else 0.0
    ratio = (values.var(ddof=1) + baseline.var(ddof=1)) / spread**2 if spread > 0.0 else np.nan
    better = judgement.share_better(values, baseline, name)
    return {"level": baseline.mean(), "difference": found.value, "low": found.low, "high": found.high, "share_better": better,
            "variance_ratio": ratio}  # fmt: skip
