"""Some replicates of a comparison, run under every policy: the piece of work of one worker.

Source: Kahn and Marshall 1953, common random numbers; here keyed by person and month (`simulation.draws`).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from simulation import judgement
from simulation.allocate import lay_out
from simulation.comparison.arms import Acting
from simulation.comparison.early import SIGNS, first_year
from simulation.draws import Purpose, bits, stream
from simulation.outcomes import groups_of
from simulation.outcomes.course import COURSE, OF_MONTHS, course
from simulation.run import USUAL, Counted, run_of, warm
from simulation.scenario.policy import Policy
from simulation.scenario.world import World
from simulation.tables import measured


class Chunk(NamedTuple):
    """The results of some replicates; a run that failed is missing (nan) and listed in `failures`."""

    replicates: list[int]
    counted: Counted  # replicate by replicate, in each policy by policy
    swapped: np.ndarray  # replicates x policies x 2: people gained and lost against the baseline, per 100
    at_risk: np.ndarray  # policies x rows x months, summed over replicates
    left: np.ndarray  # the same
    kept: np.ndarray  # 3 x policies x rows x months: sums over replicates of the share kept, of its square, and of runs
    failures: list[dict]
    early: np.ndarray  # replicates x policies x signs x 2: means over the first year, and its last month
    course: np.ndarray  # 3 x policies x measures x months: sums over replicates of the course, of its square, and of runs


def seed_of(seed: int, replicate: int) -> int:
    """The seed of a replicate; replicate 0 has the seed of the comparison, so that `mentorship run` repeats it."""
    return seed if replicate == 0 else int(bits(np.uint64(stream(seed, Purpose.REPLICATE, 0)), replicate, 0)) >> 16


def run_chunk(
    world: World, policies: Sequence[Policy], seed: int, replicates: list[int], acting: Sequence[Acting] | None = None
) -> Chunk:
    """Run all policies on some replicates, each with its classes of people; a run that fails does not stop the rest."""
    warm()
    months, rows = world.people.months, len(groups_of(world))
    counted = Counted(world, len(replicates) * len(policies))
    swapped = np.full((len(replicates), len(policies), 2), np.nan)
    at_risk, left = np.zeros((2, len(policies), rows, months))
    early = np.full((len(replicates), len(policies), len(SIGNS), 2), np.nan)
    kept = np.zeros((3, len(policies), rows, months))
    courses = np.zeros((3, len(policies), len(COURSE), months))
    failures = []
    layouts = [lay_out(world, policy, months) for policy in policies]
    arms = list(zip(policies, layouts, acting or [USUAL] * len(policies), strict=True))
    for k, replicate in enumerate(replicates):
        baseline = None
        for q, (policy, layout, classes) in enumerate(arms):
            try:
                run = run_of(world, policy, layout, seed_of(seed, replicate), acting=classes)
            except Exception as error:  # a failed run is a row, not a crash
                failures.append({
                    "policy": policy.name, "replicate": replicate, "seed": seed_of(seed, replicate),
                    "error": f"{type(error).__name__}: {error}",
                })  # fmt: skip
                continue
            counted.add(k * len(policies) + q, run)
            early[k, q] = first_year(run)
            at_risk[q] += run.at_risk
            left[q] += run.left
            share = judgement.carried(judgement.kept(run.at_risk, run.left))
            kept[:, q] += np.nan_to_num([share, share**2, np.isfinite(share)])
            first = layout.plan.first_month
            values = course(measured(np.asarray(run.state.months)[first : first + months], *OF_MONTHS))
            courses[:, q] += np.nan_to_num([values, values**2, np.isfinite(values)])
            gone = run.state.mentees["active"] == 2
            baseline = gone if q == 0 else baseline
            if baseline is not None:
                everyone = run.at_risk[0, 0] / 100.0
                swapped[k, q] = (baseline & ~gone).sum() / everyone, (gone & ~baseline).sum() / everyone
    return Chunk(replicates, counted, swapped, at_risk, left, kept, failures, early, courses)
