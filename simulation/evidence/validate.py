"""Measuring the published patterns in simulated populations: value, interval, band, in or out.

The interval is a bootstrap over seeds (Efron and Tibshirani 1993). Where a study compared people who were not assigned
at random, the causal effect stands beside the pattern, from twins with common draws; the difference is confounding.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from simulation.evidence.patterns import (
    exits,
    formal,
    impressions,
    likeness,
    meetings,
    norms,
    pairings,
    perceptions,
    programs,
    quality,
    residents,
    structured,
    youth,
)
from simulation.evidence.patterns.clauses import CLAUSES, Clause
from simulation.evidence.patterns.virtual import CAUSAL, VirtualStudy, measured
from simulation.executor import Progress, finished, threads_or
from simulation.judgement import TAILS
from simulation.run import warm
from simulation.scenario.whole_numbers import whole_number

STUDIES: tuple[VirtualStudy, ...] = tuple(module.STUDY for module in (
    impressions, perceptions, likeness, formal, structured, exits, quality, norms, youth, residents, meetings, pairings,
    programs,
))  # fmt: skip
SEEDS = 30
PIECE = 3  # seeds that a worker takes at a time
DRAWS = 400


class Measured(NamedTuple):
    """Clauses as they were measured."""

    table: pd.DataFrame  # as `validate` gives it
    drawn: dict[str, np.ndarray]  # by key of a clause, its value in `DRAWS` bootstrap samples of populations


def validate(
    theory: Mapping[str, Any] | None = None,
    seeds: int = SEEDS,
    seed: int = 1,
    executor: Executor | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    studies: tuple[VirtualStudy, ...] = STUDIES,
    clauses: Sequence[Clause] = CLAUSES,
) -> pd.DataFrame:
    """Measure every clause of every pattern; arguments and columns as in `measure_clauses`."""
    return measure_clauses(theory, seeds, seed, executor, workers, progress, studies, clauses).table


def measure_clauses(
    theory: Mapping[str, Any] | None = None,
    seeds: int = SEEDS,
    seed: int = 1,
    executor: Executor | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    studies: tuple[VirtualStudy, ...] = STUDIES,
    clauses: Sequence[Clause] = CLAUSES,
) -> Measured:
    """Measure every clause of every pattern, with its bootstrap samples.

    The samples are of the same populations whatever the theory, so that those of two theories can be subtracted.

    Args:
        theory: changes of parameters by dotted name, the same for all worlds; none by default.
        seeds: how many populations of each kind; some studies take a multiple of it.
        seed: the first seed.
        executor, workers: as in `compare`.
        progress: called with pieces done, pieces in all, 0 and the name of a study.
        studies: the virtual studies to run.
        clauses: what is told of what they measure.

    The table has a row a clause: `id`, `clause`, `kind` ("C" may be fitted, "V" never), `value`, `low`, `high` (95 %),
    `band_low`, `band_high`, `in_band`, `causal` with `causal_low`, `causal_high` (95 %; missing where it has no meaning),
    `target`, `text`, `rows`.
    """
    seed = whole_number(seed, "seed")
    warm()
    pieces = [
        (study, dict(theory or {}), tuple(range(first, min(first + PIECE, seed + _populations(study, seeds)))))
        for study in studies
        for first in range(seed, seed + _populations(study, seeds), PIECE)
    ]
    counts: dict[str, dict[int, list]] = {study.name: {} for study in studies}
    with threads_or(executor, workers) as working:
        for done, (number, future) in enumerate(finished(working, measured, pieces, workers), start=1):
            study, _, part = pieces[number]
            counts[study.name][part[0]] = future.result()
            if progress:
                progress(done, len(pieces), 0, study.name)
    rows: dict[str, dict[str, float]] = {}
    drawn: dict[str, np.ndarray] = {}
    for study in studies:
        ordered = [count for first in sorted(counts[study.name]) for count in counts[study.name][first]]
        said, samples = _stated(study, ordered)
        rows |= said
        drawn |= samples
    return Measured(pd.DataFrame([_row(clause, rows) for clause in clauses if clause.key in rows]), drawn)


def studies_for(clauses: Sequence[Clause]) -> tuple[VirtualStudy, ...]:
    """The virtual studies that measure these published clauses."""
    wanted = {clause.key for clause in clauses}
    return tuple(study for study in STUDIES if wanted & set(study.clauses))


def _populations(study: VirtualStudy, seeds: int) -> int:
    """How many populations a study gets; one in which each population is costly and informative gets fewer."""
    return max(2, round(seeds * study.seeds))


def _stated(study: VirtualStudy, counts: list[dict[str, float]]) -> tuple[dict[str, dict[str, float]], dict[str, np.ndarray]]:
    """Compute every number of a study, with its interval; and its bootstrap samples."""
    names = list(counts[0])
    table = np.array([[count[name] for name in names] for count in counts])
    said = study.state(dict(zip(names, table.sum(axis=0), strict=True)))
    luck = np.random.default_rng(1)
    drawn = []
    with np.errstate(all="ignore"):
        for _ in range(DRAWS):
            weights = np.bincount(luck.integers(len(table), size=len(table)), minlength=len(table))
            drawn.append(study.state(dict(zip(names, weights @ table, strict=True))))
    found, samples = {}, {key: np.array([one[key] for one in drawn], float) for key in said}
    for key, value in said.items():
        spread = samples[key]
        known = spread[np.isfinite(spread)]
        low, high = np.quantile(known, TAILS) if len(known) > DRAWS // 2 else (np.nan, np.nan)
        found[key] = {"value": float(value), "low": float(low), "high": float(high)}
    return found, samples


def _row(clause, rows: dict[str, dict[str, float]]) -> dict[str, Any]:
    """The row of a clause."""
    found, twins = rows[clause.key], rows.get(CAUSAL + clause.key, {})
    return {
        "id": clause.pattern, "clause": clause.clause, "kind": clause.kind, **found,
        "band_low": clause.low, "band_high": clause.high, "in_band": bool(clause.low <= found["value"] <= clause.high),
        "causal": twins.get("value", np.nan), "causal_low": twins.get("low", np.nan), "causal_high": twins.get("high", np.nan),
        "target": clause.target, "text": clause.text, "rows": clause.rows,
    }  # fmt: skip
