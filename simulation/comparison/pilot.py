"""A pilot before the rollout: what an evaluator would find in it, beside what the policy would do for everybody.

Every pilot is run three times on the same people and luck: as it is, with the policy offered to everybody, and to nobody. The
two last give the truth; the last, with the lot of the pilot, tells how often an evaluator finds what is not there.

Source: Wilson 1927, 10.1080/01621459.1927.10502953, the interval of a power.
"""

from collections.abc import Collection, Iterable, Sequence
from concurrent.futures import Executor
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from simulation import judgement
from simulation.allocate import lay_out
from simulation.comparison.lives import OUTCOMES, Lives, lived, lives
from simulation.comparison.replicates import seed_of
from simulation.executor import Progress, finished, threads_or
from simulation.judgement import CONFIDENCE
from simulation.run import warm
from simulation.scenario.counted import counted
from simulation.scenario.cross_checks import check_together
from simulation.scenario.errors import ScenarioError, shown
from simulation.scenario.idle import value_of
from simulation.scenario.places import places_of
from simulation.scenario.policy import NEVER, PERSONAL, Offer, Policy
from simulation.scenario.privacy import stand_ins
from simulation.scenario.whole_numbers import whole_number
from simulation.scenario.world import World

INDIVIDUAL, COHORT, STEPPED = ASSIGNMENTS = "individual", "cohort", "stepped"
STEPS = 3  # of a stepped wedge, where the months can be cut so
BEFORE = 2  # years that a program has lived before its pilot, unless the world says more
FEWEST_UNITS = 4
LENGTHS, SHARES, TIMES = (6, 12, 24, 36), (0.25, 0.5), (1, 2)
ENOUGH = 0.8  # power that a pilot should have
CHUNK = 5  # replicates of a piece of work


class Size(NamedTuple):
    """A pilot: who is offered the policy, which share of them (1 for a stepped wedge), for how long, in how large a program."""

    assign: str
    share: float
    months: int
    times: int = 1  # the heads of the world, mentors too

    @property
    def periods(self) -> int:
        """Into how many periods it is cut: one, or the steps of a wedge and one before them."""
        if self.assign != STEPPED:
            return 1
        fit = [steps + 1 for steps in range(2, self.months) if self.months % (steps + 1) == 0]
        return min(fit, key=lambda periods: (abs(periods - 1 - STEPS), periods))

    def policy(self, policy: Policy) -> Policy:
        """The policy as it is offered in this pilot."""
        if self.assign != STEPPED:
            return policy.with_({"offer.share": self.share, "offer.whole_units": self.assign == COHORT})
        length = self.months // self.periods
        offer = {"offer.whole_units": True, "offer.steps": self.periods - 1, "offer.step_months": length}
        return policy.with_({**offer, "start_month": length})


def pilot(
    world: World,
    policy: Policy,
    assign: str = INDIVIDUAL,
    share: float = 0.5,
    months: int = 12,
    baseline: Policy | None = None,
    replicates: int = 200,
    seed: int = 1,
    executor: Executor | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    scan: bool = True,
) -> pd.DataFrame:
    """Run a pilot many times, and with `scan` half as many of other sizes and lengths; give every evaluator's finding.

    A roster has no years before it, which a pilot needs; its people are drawn stand-ins (`scenario.privacy`).

    Args:
        assign: `individual` by lot, `cohort` for whole units by lot, `stepped` for a wedge in which each unit has its turn.
        baseline: what all others live with; it may have no lever that reaches people one by one.

    Returns:
        A row a pilot and outcome: `assign`, `share`, `months`, `times`, `replicate`, `outcome`; `estimate`, `low`, `high`, `p`
        as the evaluator has them; `truth`, offered to everybody less to nobody; `nothing_estimate`, `nothing_p`, the same evaluator
        where the policy does nothing. What cannot be a pilot raises `ScenarioError`.
    """
    baseline = Policy() if baseline is None else baseline
    replicates, seed, months = map(whole_number, (replicates, seed, months), ("replicates", "seed", "months"))
    main = Size(assign, 1.0 if assign == STEPPED else share, months)
    check_pilot(world, policy, baseline, main)
    settled = stand_ins(world)
    settled = settled.with_({"people.burn_in": max(settled.people.burn_in, BEFORE)})
    plans = [((main,), range(replicates)), *((sizes, range(-(-replicates // 2))) for sizes in (_scanned(main) if scan else ()))]
    pieces = [(sizes, part[k : k + CHUNK]) for sizes, part in plans for k in range(0, len(part), CHUNK)]
    total, done, rows = sum(len(part) for _, part in pieces), 0, []
    warm()
    with threads_or(executor, workers) as working:
        work = ((settled, policy, baseline, sizes, seed, list(part)) for sizes, part in pieces)
        for number, future in finished(working, run_pilots, work):
            rows += [(number, *row) for row in future.result()]
            done += len(pieces[number][1])
            if progress:
                progress(done, total, 0, "")
    found = pd.DataFrame(rows, columns=["piece", *COLUMNS]).sort_values("piece", kind="stable").drop(columns="piece")
    return found.drop_duplicates([*Size._fields, "replicate", "outcome"]).reset_index(drop=True)


COLUMNS = (*Size._fields, "replicate", "outcome", "estimate", "low", "high", "p", "truth", "nothing_estimate", "nothing_p")


def _scanned(main: Size) -> list[tuple[Size, ...]]:
    """Other sizes and lengths, those together that can be looked at in one run."""
    if main.assign == STEPPED:
        return [(Size(STEPPED, 1.0, months, times),) for times in TIMES for months in LENGTHS]
    return [tuple(Size(main.assign, share, months, times) for months in LENGTHS) for times in TIMES for share in SHARES]


def run_pilots(
    world: World, policy: Policy, baseline: Policy, sizes: Sequence[Size], seed: int, replicates: Iterable[int]
) -> list[tuple]:
    """Run pilots that differ in length alone on some replicates; give the rows of `pilot`."""
    first, rows = sizes[0], []
    heads = {"people.mentees": world.people.mentees * first.times, "people.mentors": world.people.mentors * first.times}
    world = world.with_(heads)
    ends = sorted({size.months * k // size.periods for size in sizes for k in range(1, size.periods + 1)})
    layouts = [lay_out(world, one, ends[-1]) for one in (first.policy(policy), policy, baseline)]
    levers = layouts[0].plan.levers
    for replicate in replicates:
        runs = [dict(zip(ends, lives(layout, levers, seed_of(seed, replicate), ends), strict=True)) for layout in layouts]
        for size in sizes:
            as_it_is, everybody, nobody = runs
            whole = [lived(run[size.months]) for run in (everybody, nobody)]
            truth = np.subtract(*(_means(people) for people in whole))
            found, nothing = (evaluated(run, size) for run in (as_it_is, nobody))
            for k, outcome in enumerate(OUTCOMES):
                told = found[k].value, found[k].low, found[k].high, found[k].p
                rows.append((*size, replicate, outcome, *told, truth[k], nothing[k].value, nothing[k].p))
    return rows


def _means(people: np.ndarray) -> np.ndarray:
    known = ~np.isnan(people)
    return np.where(known, people, 0.0).sum(axis=0) / np.where(known.any(axis=0), known.sum(axis=0), np.nan)


def evaluated(run: dict[int, Lives], size: Size) -> list[judgement.Estimate]:
    """What an evaluator finds in a run, outcome by outcome."""
    ends = [size.months * k // size.periods for k in range(1, size.periods + 1)]
    seen = [run[end] for end in ends]
    people = [lived(now, before, size.periods) for now, before in zip(seen, [None, *seen[:-1]], strict=True)]
    if size.assign == INDIVIDUAL:
        return [judgement.two_samples(values, seen[0].offered) for values in people[0].T]
    units = int(seen[-1].unit.max()) + 1
    turn, unit = np.zeros(units), seen[-1].unit
    turn[unit] = seen[-1].turn
    reached = np.arange(size.periods) / (size.periods - 1) if size.periods > 1 else np.array([size.share])
    treated = turn[:, None] < reached
    cells = np.stack([_by_unit(unit, one, units) for one in people], axis=-1)  # sums and heads x outcomes x units x periods
    return [judgement.clustered(totals, heads, treated) for totals, heads in zip(*cells, strict=True)]


def _by_unit(unit: np.ndarray, people: np.ndarray, units: int) -> np.ndarray:
    """Sums of what is known, and of how many people it is known: 2 x outcomes x units."""
    known = np.isfinite(people)
    both = np.where(known, people, 0.0), known.astype(float)
    return np.array([[np.bincount(unit, column, units) for column in one.T] for one in both])


def power(found: pd.DataFrame) -> pd.DataFrame:
    """What pilots of each size are worth: a row a size and outcome, over replicates.

    `truth` and `bias` (estimate less truth) have 95 % intervals; `spread` is the standard deviation of the estimates; `power`
    the share of pilots that find the effect at 5 % and in its direction, `wrong_sign` of those that point the other way,
    `coverage` of evaluators' intervals that hold the mean truth, `false_alarms` of pilots that find something where the policy
    does nothing. Power is missing where the truth itself cannot be told from nothing.
    """
    rows = []
    for key, runs in found.groupby([*Size._fields, "outcome"], sort=False):
        truth, bias = judgement.estimate(runs["truth"]), judgement.estimate(runs["estimate"] - runs["truth"])
        told = judgement.verdict(truth.low, truth.high, 0) != judgement.CANNOT_TELL
        right = np.sign(runs["estimate"]) == np.sign(truth.value)
        known = runs["p"].notna()
        hit, alarm = (runs[p] < 1.0 - CONFIDENCE for p in ("p", "nothing_p"))
        held = (runs["low"] <= truth.value) & (truth.value <= runs["high"])
        share = _share((hit & right)[known] if told else ())
        wrong = (~right)[known].mean() if told else np.nan
        alarms = alarm[runs["nothing_p"].notna()].mean()
        about = runs["estimate"].mean(), *bias[:3], runs["estimate"].std()
        rows.append((*key, len(runs), *truth[:3], *about, *share, wrong, held[known].mean(), alarms))
    return pd.DataFrame(rows, columns=[*Size._fields, *SUMMARY])


def _share(found: Collection[bool]) -> tuple[float, float, float]:
    """A share with its 95 % interval, which holds also where all or none are found; missing of nothing."""
    if not len(found):
        return np.nan, np.nan, np.nan
    told = stats.binomtest(int(sum(found)), len(found))
    return told.statistic, *told.proportion_ci(CONFIDENCE, "wilson")


SUMMARY = (
    "outcome", "pilots", "truth", "truth_low", "truth_high", "estimate", "bias", "bias_low", "bias_high", "spread", "power",
    "power_low", "power_high", "wrong_sign", "coverage", "false_alarms",
)  # fmt: skip


def check_pilot(world: World, policy: Policy, baseline: Policy, size: Size) -> None:
    """Refuse what cannot be a pilot."""
    for one in (policy, baseline):
        check_together(world, one)
    if size.assign not in ASSIGNMENTS:
        raise ScenarioError(f"value {shown(size.assign)}, allowed: {', '.join(ASSIGNMENTS)}", field="pilot: --assign")
    if not 0.0 < size.share <= 1.0 or (size.share == 1.0 and size.assign != STEPPED):
        raise ScenarioError(f"value {size.share:g}, allowed: a number between 0 and 1", field="pilot: --share")
    if policy.offer != Offer() or policy.start_month or policy.end_month < NEVER:
        problem = "the policy already says to whom or when it is offered, which is what a pilot decides"
        hint = "leave out [offer], start_month and end_month"
        raise ScenarioError(problem, file=f"policy {policy.name}", field="offer", hint=hint)
    if reaching := [name for name in PERSONAL if value_of(baseline, name) != value_of(Policy(), name)]:
        problem = f"the baseline sets {reaching[0]}, which reaches mentees one by one; those left out of a pilot cannot have it"
        hint = "take a baseline without it, such as ad_hoc"
        raise ScenarioError(problem, file=f"policy {baseline.name}", field=reaching[0], hint=hint)
    units = len(places_of(world).heads)
    if size.assign != INDIVIDUAL and units < FEWEST_UNITS:
        problem = f"the world {world.name} has {counted(units, 'units')}, and a pilot by units needs {FEWEST_UNITS}"
        raise ScenarioError(problem, field="pilot: --assign", hint="take individual")
    if size.assign == STEPPED and size.months < 3:
        raise ScenarioError(f"value {size.months}, allowed for steps: a whole number from 3", field="pilot: --months")
