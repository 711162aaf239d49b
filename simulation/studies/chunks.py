"""A chunk of a study: points and replicates of one world under some policies, run and turned into Parquet."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from simulation import results, tables
from simulation.allocate import lay_out
from simulation.comparison.replicates import seed_of
from simulation.run import Counted, Run, run_of, warm
from simulation.scenario.cross_checks import check_together
from simulation.scenario.policy import Policy
from simulation.scenario.privacy import stand_ins
from simulation.scenario.repeating import change, run_command
from simulation.scenario.study import Table
from simulation.scenario.world import World
from simulation.studies.content import content_of
from simulation.studies.setup import ABOUT_RUNS, KEY, TEXTS, Setup

WORK = 1_500_000  # mentee-months of a chunk: about a second of one core
LARGEST = 2_000  # runs of a chunk
FINER = 4  # chunks of a part, at least, so that parts are of one size


class Box(NamedTuple):
    """The runs of a chunk: policies of one world at a range of points and of replicates."""

    world: str
    policies: tuple[str, ...]
    points: tuple[int, int]  # the first, and one past the last
    replicates: tuple[int, int]

    @property
    def runs(self) -> int:
        """The number of runs."""
        return len(self.policies) * (self.points[1] - self.points[0]) * (self.replicates[1] - self.replicates[0])


class Done(NamedTuple):
    """The results of a chunk."""

    files: dict[str, bytes]  # Parquet, by table
    rows: dict[str, int]
    digest: str  # of the content, as `content_of` gives it
    failed: int
    differences: dict[str, np.ndarray]  # by policy: see `_differences`


def cut(setup: Setup, boxes: Sequence[Box], parts: int = 1) -> list[Box]:
    """Cut boxes into chunks of about a second each, or smaller where they have to do for many parts.

    The cut depends on the study and on the number of parts alone.
    """
    cells = sum(box.runs // len(box.policies) for box in boxes)
    most = max(1, cells // (FINER * parts)) if parts > 1 else cells
    return [chunk for box in boxes for chunk in _cut(setup, box, most)]


def _cut(setup: Setup, box: Box, most: int) -> list[Box]:
    """Cut a box into chunks of at most so many points times replicates."""
    world = next(world for world in setup.worlds if world.name == box.world)
    cost = world.people.mentees * (setup.study.months or world.people.months) * len(box.policies)
    cells = max(1, min(WORK // cost, LARGEST // len(box.policies), most))
    replicates = min(cells, box.replicates[1] - box.replicates[0])
    points = max(1, cells // max(replicates, 1))
    return [
        Box(box.world, box.policies, (p, min(p + points, box.points[1])), (r, min(r + replicates, box.replicates[1])))
        for p in range(*box.points, points)
        for r in range(*box.replicates, max(replicates, 1))
    ]


def run_box(setup: Setup, box: Box, points: pd.DataFrame) -> Done:
    """Run a chunk; `points` has its points in order. A run that fails becomes a row with its error."""
    warm()
    base = next(world for world in setup.worlds if world.name == box.world)
    policies = [policy for policy in setup.policies if policy.name in box.policies]
    keys: list[dict[str, Any]] = []
    kept: dict[str, list[pd.DataFrame]] = {table: [] for table in setup.study.tables if table is not Table.OUTCOMES}
    counted = Counted(base, box.runs)
    for place, values in enumerate(points.to_dict("records")):
        laid: dict[str, Any] = {}
        for replicate in range(*box.replicates):
            for policy in policies:
                key = {"world": base.name, "policy": policy.name, "point": box.points[0] + place,
                       "replicate": replicate, "seed": seed_of(setup.study.seed, replicate)}  # fmt: skip
                try:
                    if policy.name not in laid:
                        laid[policy.name] = _laid(setup, base, policy, values)
                    world, changed, layout = laid[policy.name]
                    run = run_of(world, changed, layout, key["seed"])
                except Exception as error:  # a failed run is a row, not a crash
                    key |= {
                        "error": f"{type(error).__name__}: {error}",
                        "replay": replay(setup, base, policy, key["seed"], values),
                    }
                else:
                    counted.add(len(keys), run)
                    persons = _of_stand_ins(setup, run, key["seed"]) if set(kept) - {Table.GROUPS} else run
                    own = {table: getattr(run if table is Table.GROUPS else persons, table) for table in kept}
                    for table, frames in kept.items():
                        frames.append(own[table].assign(**{name: key[name] for name in KEY}))
                    key["tables"] = results.digest({str(table): frame for table, frame in own.items()}) if own else None
                keys.append(key)
    found = {Table.OUTCOMES: _outcomes(setup, keys, counted)}
    found |= {table: _alike(setup, table, pd.concat(some, ignore_index=True)) for table, some in kept.items() if some}
    named = {str(table): frame for table, frame in found.items()}
    return Done(
        {name: results.parquet_of(frame) for name, frame in named.items()},
        {name: len(frame) for name, frame in named.items()},
        content_of(keys, points, box.points[0], named[Table.OUTCOMES].drop(columns=[*KEY, "seed", *TEXTS])),
        sum("error" in key for key in keys),
        _differences(named[Table.OUTCOMES], setup.policies[0].name),
    )


def _laid(setup: Setup, base: World, policy: Policy, values: dict[str, Any]) -> tuple:
    """Change a world and a policy as a point says, and lay them out."""
    world, changed = setup.world_at(base, values), setup.policy_at(policy, values)
    check_together(world, changed)
    return world, changed, lay_out(world, changed, setup.study.months or world.people.months)


def _of_stand_ins(setup: Setup, run: Run, seed: int) -> Run:
    """The run whose tables of persons may be kept: itself, or where there is a roster one of stand-ins."""
    if not run.world.roster:
        return run
    world, months = stand_ins(run.world), setup.study.months or run.world.people.months
    return run_of(world, run.policy, lay_out(world, run.policy, months), seed)


def _outcomes(setup: Setup, keys: list[dict], counted: Counted) -> pd.DataFrame:
    """The table of outcomes, with the columns of every world of the study, so that all chunks have the same."""
    names = [name for world in setup.worlds for name in tables.outcome_names(world)]
    columns = counted.columns()
    missing = np.full(len(keys), np.nan)
    frame = pd.DataFrame(keys, columns=list(ABOUT_RUNS)).astype(dict.fromkeys(TEXTS, "string"))
    return pd.concat([frame, pd.DataFrame({name: columns.get(name, missing) for name in dict.fromkeys(names)})], axis=1)


def _alike(setup: Setup, table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """Put the key in front, and the identity columns of every world of the study at the end.

    Columns that a world does not have are missing values. So the files of all chunks have the same columns and kinds.
    """
    identities = [identity.name for world in setup.worlds for identity in world.identities]
    kinds = {
        Table.MENTEES: {"": "string"}, Table.MENTORS: {"": "string"},
        Table.TIES: {"mentee_": "string", "mentor_": "string", "same_": "boolean"},
    }  # fmt: skip
    of_people = {prefix + name: kind for prefix, kind in kinds.get(table, {}).items() for name in identities}
    texts = frame.select_dtypes("category").columns.difference(of_people)
    own = [name for name in frame.columns if name not in of_people and name not in KEY]
    frame = frame.reindex(columns=[*KEY, *own, *of_people])
    return frame.astype(dict.fromkeys(texts, "string") | of_people)


def _differences(table: pd.DataFrame, baseline: str) -> dict[str, np.ndarray]:
    """Each policy's retention less the baseline's, run by run; the baseline's retention where it was run alone."""
    by = {name: part["retention"].to_numpy() for name, part in table.groupby("policy", sort=False)}
    if set(by) == {baseline}:
        return by
    return {name: values - by[baseline] for name, values in by.items() if name != baseline and baseline in by}


def replay(setup: Setup, world: World, policy: Policy, seed: int, values: dict[str, Any]) -> str:
    """The command that repeats one run of a study."""
    study = setup.study
    changes = [
        change(scenario.kind, field, value)
        for scenario, factors in ((world, study.uncertainties), (policy, study.levers))
        for field, value in setup.changes(factors, values, scenario.name).items()
    ]
    return run_command(setup.word_of(world), setup.word_of(policy), seed, study.months, changes)
