"""Some replicates of a comparison, run under every policy: what one worker does at a time.

Source: Kahn and Marshall 1953, common random numbers; here keyed by person and month (`simulation.draws`).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from simulation import outcomes
from simulation.allocate import lay_out
from simulation.draws import Purpose, bits, stream
from simulation.run import leavers, run_of, warm
from simulation.scenario.policy import Policy
from simulation.scenario.world import World


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
