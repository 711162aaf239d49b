"""Policies compared on the same people and the same luck, replicate by replicate and person by person."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor

from simulation.comparison.arms import Acting, Kinds, arms_of
from simulation.comparison.compared import Comparison
from simulation.comparison.replicates import Chunk, run_chunk
from simulation.executor import Progress, finished, threads_or
from simulation.outcomes import gaps_among
from simulation.scenario.cross_checks import check_together
from simulation.scenario.errors import ScenarioError, shown
from simulation.scenario.parameter_sets import PER_SET, ParameterSets
from simulation.scenario.policy import Policy
from simulation.scenario.whole_numbers import whole_number
from simulation.scenario.world import World

CHUNK = 10  # replicates that a worker takes at a time
BATCH = 50  # replicates between two looks at the intervals, with `auto`
CAP = 1000  # replicates at which `auto` stops
PRECISION = 0.01  # half width of an interval at which `auto` stops, unless a quarter of the baseline's exits is less


def narrow(comparison: Comparison) -> bool:
    """Whether the intervals of retention and of its gaps are narrow enough for a decision; small groups do not count."""
    table, outcomes = comparison.contrasts, comparison.outcomes
    wanted = table[table["outcome"].isin(["retention", *gaps_among(table["outcome"], "retention")])]
    exits = 1.0 - outcomes.loc[outcomes["policy"] == comparison.policies[0].name, "retention"].mean()
    wanted = wanted[~wanted["small"]]
    return bool((wanted["high_all"] - wanted["low_all"]).max() / 2.0 <= min(PRECISION, exits / 4.0))


def compare(
    world: World,
    policies: Sequence[Policy],
    replicates: int | str = 200,
    seed: int = 1,
    executor: Executor | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    parameters: ParameterSets | None = None,
    mentee_class: Kinds = None,
    mentor_class: Kinds = None,
) -> Comparison:
    """Compare policies with the first of them, on common people and luck.

    Args:
        world, policies: two policies or more, of different names; the first is the baseline.
        replicates: how many times the world is drawn; `"auto"` goes on until the intervals of retention and of its gaps
            are narrower than ±0.01 and than a quarter of the baseline's exits, at most to 1,000.
        seed: a whole number from 0 to 2**63 - 1.
        executor: any `concurrent.futures.Executor`; threads of this machine by default.
        workers: threads, when no executor is given; by default one a core.
        progress: called with replicates done, replicates in all, runs failed and a note.
        parameters: plausible sets, one for every five replicates; by default the world's own parameters.
        mentee_class, mentor_class: a subclass of `simulation.agents.Mentee` or `Mentor` whose people behave otherwise; or
            several, with None for the usual people, and then every policy is compared with each: `[None, Bold]` makes
            `six_tips` into `six_tips` and `six_tips+Bold`. What they override runs in Python, which takes its time.

    The result does not depend on the executor or the number of workers.
    """
    policies, acting = arms_of(policies, mentee_class, mentor_class)
    if len(policies) < 2:
        raise ValueError("a comparison needs two policies or more")
    names = [policy.name for policy in policies]
    if twice := next((name for name in names if names.count(name) > 1), None):
        hint = 'give one of them another, as in Policy.with_({"name": "another"})'
        raise ScenarioError(f"two of the policies have the name {shown(twice)}", hint=hint)
    seed = whole_number(seed, "seed")
    replicates = replicates if isinstance(replicates, str) and replicates == "auto" else whole_number(replicates, "replicates")
    for policy in policies:
        check_together(world, policy)
    with threads_or(executor, workers) as working:
        chunks: list[Chunk] = []
        for first, end in _batches(replicates):
            chunks += chunks_of(world, policies, acting, seed, first, end, working, progress, replicates, parameters)
            comparison = Comparison(world, policies, seed, chunks, parameters, acting)
            if replicates == "auto" and narrow(comparison):
                break
    return comparison


def _batches(replicates: int | str) -> Iterator[tuple[int, int]]:
    """The first replicate of each batch, and one past its last."""
    if replicates != "auto":
        yield 0, int(replicates)
        return
    for first in range(0, CAP, BATCH):
        yield first, first + BATCH


def chunks_of(world, policies, acting: list[Acting], seed, first, end, executor, progress, asked, parameters) -> list[Chunk]:
    """Run replicates from `first` to before `end`, chunk by chunk; a chunk has one set of parameters."""
    size = PER_SET if parameters else CHUNK
    parts = [list(range(k, min(k + size, end))) for k in range(first, end, size)]
    chunks, done, failed = [], first, 0
    total, note = (CAP, "at most") if asked == "auto" else (end, "")
    if progress and first == 0:
        progress(0, total, 0, "")
    worlds = (parameters.world(world, seed, part[0]) if parameters else world for part in parts)
    pieces = ((one, policies, seed, part, acting) for one, part in zip(worlds, parts, strict=True))
    for _, future in finished(executor, run_chunk, pieces):
        chunks.append(future.result())
        done, failed = done + len(chunks[-1].replicates), failed + len(chunks[-1].failures)
        if progress:
            progress(done, total, failed, note)
    return chunks
