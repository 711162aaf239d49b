"""Fitting uncertain parameters to published patterns, by history matching.

Targets are bands, not likelihoods, and a point takes seconds. So points are tried in waves. Gaussian processes emulate
the patterns of all points so far, and the next wave has only points that no emulator rules out. A set of parameters is
accepted when its *simulated* patterns all lie in their bands: in the last wave, which has other and more populations,
where there is one. Accepted sets have no weights.
Source: Craig, Goldstein, Seheult and Smith 1997; Vernon, Goldstein and Bower 2010; ter Braak 2006, differential
evolution Markov chain, 10.1007/s11222-006-8769-1.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import qmc

from simulation.evidence.emulation import Emulator, distance, missed
from simulation.evidence.own_clauses import Own
from simulation.evidence.patterns.clauses import CLAUSES, Clause
from simulation.evidence.patterns.virtual import VirtualStudy, measured, totals
from simulation.evidence.region import mixtures, spread
from simulation.evidence.validate import STUDIES, studies_for
from simulation.executor import Progress, finished, threads_or
from simulation.scenario.errors import ScenarioError, nearest, shown
from simulation.scenario.targets import Targets
from simulation.scenario.world import World

NEAR, START = 256, 64  # emulators learn from the nearest points, as their cost is cubic; the nearest of these start the search
CUTOFF = 2.5  # a point is ruled out when it lies this many standard deviations of the emulator outside a band
INSIDE = 0.95  # farthest expected distance from the middle of the bands at which a set is hoped to lie in all of them
DIGITS = 6  # of a point in the unit cube
APART = 1_000  # how far the seeds of two points lie apart: every point has populations of its own
AGAIN = 1_000_000_000  # how far the seeds of the last wave lie from those of the others
NONE = Own()
LAST, MIXED = 80, 64  # new points in the last wave, and points between those of them that are kept

Measure = Callable[..., dict[str, float]]  # of a theory, a seed, a number of seeds and the names of studies


class Calibration(NamedTuple):
    """The results of a calibration."""

    tried: pd.DataFrame  # a row a point: wave, parameters, clauses, distance, how many clauses are missed
    accepted: pd.DataFrame  # those whose patterns all lie in their bands, the nearest to the middle first
    clauses: tuple[str, ...]

    @property
    def best(self) -> dict[str, float]:
        """The parameters of the nearest set."""
        names = [name for name in self.tried.columns if name not in ("wave", "distance", "missed", *self.clauses)]
        return self.nearest[names].astype(float).to_dict()

    @property
    def nearest(self) -> pd.Series:
        """The row of the set that misses the fewest clauses, and of these the nearest to the middle of the bands."""
        return self.tried.sort_values(["missed", "distance"]).iloc[0]

    @property
    def middle(self) -> dict[str, float]:
        """The set to use where only one can be used: `middle_of` the accepted ones; empty without any."""
        return {} if self.accepted.empty else middle_of(self.accepted, list(self.best))


def middle_of(accepted: pd.DataFrame, names: Sequence[str]) -> dict[str, float]:
    """The mean of the half of the sets that lies nearer to the middle of the bands, to three digits.

    So a parameter that the patterns do not determine gets a middle value, not the accidental one of the best fit. Sets at
    the edge of a band, which few populations put there by luck, do not count.
    """
    half = accepted.nsmallest(max(len(accepted) // 2, 1), "distance")
    return {name: float(f"{half[name].mean():.3g}") for name in names}


def fitted_clauses(targets: Targets) -> list[Clause]:
    """The clauses that a calibration may use; a pattern that is only for validation raises."""
    may = [clause for clause in CLAUSES if clause.kind == "C"]
    known = sorted({clause.pattern for clause in may})
    for name in targets.patterns:
        if name not in known:
            problem = f"value {shown(name)}: this pattern is only for validation, or there is none of that name"
            hint = nearest(name, known) or f"may be fitted: {', '.join(known)}"
            raise ScenarioError(problem, field="patterns", hint=hint)
    every = not targets.patterns and not targets.clauses
    return [clause for clause in may if every or clause.pattern in targets.patterns]


def clauses_of(targets: Targets, own: Own = NONE) -> list[Clause]:
    """The clauses of a calibration, published and one's own; it raises where there is none."""
    clauses = [*fitted_clauses(targets), *(clause for clause in own.clauses if clause.kind == "C")]
    if not clauses:
        raise ScenarioError("no clause may be fitted: all are of kind V", field="clauses")
    return clauses


def measure_theory(
    theory: dict[str, float], seed: int, seeds: int, names: Sequence[str], own: Sequence[VirtualStudy] = ()
) -> dict[str, float]:
    """Measure every clause of the named studies, published or one's own, under a theory."""
    said: dict[str, float] = {}
    for study in (*STUDIES, *own):
        if study.name in names:
            count = max(1, round(seeds * study.seeds))
            said |= study.state(totals(measured(study, theory, range(seed, seed + count))))
    return said


def calibrate(
    targets: Targets,
    executor: Executor | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    measure: Measure | None = None,
    begun: pd.DataFrame | None = None,
    keep: Callable[[Calibration], None] | None = None,
    theory: Mapping[str, float] | None = None,
    own: Own = NONE,
) -> Calibration:
    """Find the parameter sets that reproduce the patterns.

    Args:
        targets: the patterns to fit and the ranges of parameters; a pattern of kind V or an unknown parameter raises.
        executor, workers: as in `compare`; processes are quicker than threads here.
        progress: called with points done, points in all, sets accepted and the wave.
        measure: gives the clauses for a theory, a seed, a number of seeds and the names of studies; for tests.
        begun: the points of earlier waves of the same targets (`Calibration.tried`), which are not tried again.
        keep: called after each wave but the last, in other populations, with the calibration so far.
        theory: a rival theory, as parameters by dotted name that are held at its values. It is fitted to the clauses that
            it can reach: as many as its best point so far misses are left out of the search, at each point the worst ones.
        own: the clauses of one's own in the targets (`own_clauses`), of which those of kind C are fitted.
    """
    clauses, fields = clauses_of(targets, own), fields_of(targets)
    names = [study.name for study in (*studies_for(clauses), *own.studies)]
    measure = measure or partial(measure_theory, own=own.studies)
    known = _Known(targets, fields, clauses, begun, dict(theory or {}))
    with threads_or(executor, workers) as working:
        while known.waves < targets.waves and known.accepted < targets.wanted:
            cubes = np.round(_points(targets, known), DIGITS)
            pieces = known.pieces(cubes, targets.seed + APART * len(known.cubes), targets.seeds, names)
            found = np.full((len(cubes), len(clauses)), np.nan)
            for done, (number, values) in enumerate(_measured(working, measure, pieces, workers, clauses), start=1):
                found[number] = values
                if progress:
                    accepted = known.accepted + int((missed(found, clauses) == 0).sum())
                    total = targets.waves * targets.points
                    progress(len(known.cubes) + done, total, 0, f"wave {known.waves + 1}, {accepted} accepted")
            known.add(cubes, found)
            if keep:
                keep(known.told)
        if not targets.again:
            return known.told
        return _last_wave(known, targets, names, working, workers, measure, progress)


def _measured(
    executor: Executor, measure: Measure, pieces: list[tuple], workers: int | None, clauses: list[Clause]
) -> Iterator[tuple[int, list[float]]]:
    """Give the number of each piece and its clauses, as it is measured."""
    for number, future in finished(executor, measure, pieces, workers):
        said = future.result()
        yield number, [said[clause.key] for clause in clauses]


def _last_wave(
    known: "_Known", targets: Targets, names: list[str], executor: Executor, workers: int | None, measure: Measure,
    progress: Progress | None,
) -> Calibration:  # fmt: skip
    """Measure sets that should do well in other and more populations, and keep those that do.

    A few populations put a point inside a band by their luck. The emulators average over the populations of all points.
    Mixtures of the sets that are kept are tried next: they lie between them, where sets are likely to do well too.
    """
    def measured_at(cubes: np.ndarray, before: int) -> np.ndarray:
        """The clauses of points, of which so many were measured `before`."""
        values = np.empty((len(cubes), len(known.clauses)))
        pieces = known.pieces(cubes, targets.seed + AGAIN + APART * before, targets.again, names)
        for done, (number, said) in enumerate(_measured(executor, measure, pieces, workers, known.clauses), start=1):
            values[number] = said
            if progress:
                progress(before + done, before + len(cubes), 0, "other populations")
        return values

    cubes = np.vstack([known.cubes[known.inside], _hopeful(known, targets, LAST)])
    values = measured_at(cubes, 0)
    kept = cubes[missed(values, known.clauses) == 0]
    if len(kept) > 1:
        between = np.round(mixtures(kept, MIXED, np.random.default_rng([targets.seed, known.waves, 2])), DIGITS)
        values = np.vstack([values, measured_at(between, len(cubes))])
        cubes = np.vstack([cubes, between])
    table = pd.concat([pd.DataFrame(known.theories(cubes)), pd.DataFrame(values, columns=known.keys)], axis=1)
    table["distance"] = distance(values, known.clauses)
    return known.told._replace(accepted=table[table["distance"] <= 1.0].sort_values("distance", ignore_index=True))


def _hopeful(known: "_Known", targets: Targets, count: int) -> np.ndarray:
    """Points that the emulators expect in all bands."""
    near = known.nearest()[:NEAR]
    emulator = Emulator(known.cubes[near], known.values[near])
    luck = np.random.default_rng([targets.seed, known.waves, 1])
    return np.round(
        spread(lambda x: distance(emulator.mean(x), known.clauses, known.spared), INSIDE, known.cubes[near[:START]], count, luck),
        DIGITS,
    )


class _Known:
    """The points and clauses of the waves so far."""

    def __init__(
        self, targets: Targets, fields: list[str], clauses: list[Clause], begun: pd.DataFrame | None, theory: dict[str, float]
    ):  # fmt: skip
        self.fields, self.clauses, self.keys, self.theory = fields, clauses, [clause.key for clause in clauses], theory
        self.low, self.high = (np.array([getattr(prior, end) for prior in targets.priors]) for end in ("low", "high"))
        empty = pd.DataFrame(columns=["wave", *fields, *self.keys], dtype=float)
        table = empty if begun is None else begun
        # Rounded as new points are, so that an interruption changes nothing.
        self.cubes = np.round((table[fields].to_numpy(float) - self.low) / (self.high - self.low), DIGITS)
        self.values, self.wave = table[self.keys].to_numpy(float), table["wave"].to_numpy(int)

    @property
    def waves(self) -> int:
        """The number of waves done."""
        return int(self.wave.max()) + 1 if len(self.wave) else 0

    @property
    def accepted(self) -> int:
        """The number of sets with all patterns in their bands."""
        return int(self.inside.sum())

    @property
    def inside(self) -> np.ndarray:
        """Whether each point has all clauses in their bands."""
        return missed(self.values, self.clauses) == 0

    @property
    def spared(self) -> int:
        """How many clauses the search leaves out at each point: none, or for a theory as many as the best point so far misses."""
        return int(missed(self.values, self.clauses).min()) if self.theory and len(self.values) else 0

    def nearest(self) -> np.ndarray:
        """The numbers of the points, the nearest to their bands first."""
        return np.argsort(distance(self.values, self.clauses, self.spared), kind="stable")

    def pieces(self, cubes: np.ndarray, seed: int, seeds: int, names: list[str]) -> list[tuple]:
        """What to measure at points of the unit cube, each in populations of its own, the first of them with `seed`."""
        theories = self.theories(cubes)
        return [(self.theory | theory, seed + APART * number, seeds, names) for number, theory in enumerate(theories)]

    def theories(self, cubes: np.ndarray) -> list[dict[str, float]]:
        """The parameters at points of the unit cube."""
        return [dict(zip(self.fields, (self.low + u * (self.high - self.low)).tolist(), strict=True)) for u in cubes]

    def add(self, cubes: np.ndarray, values: np.ndarray) -> None:
        """Add a wave."""
        self.wave = np.append(self.wave, np.full(len(cubes), self.waves))
        self.cubes, self.values = np.vstack([self.cubes, cubes]), np.vstack([self.values, values])

    @property
    def told(self) -> Calibration:
        """Everything as tables."""
        tried = pd.DataFrame(self.low + self.cubes * (self.high - self.low), columns=self.fields)
        tried.insert(0, "wave", self.wave)
        tried = pd.concat([tried, pd.DataFrame(self.values, columns=self.keys)], axis=1)
        tried["distance"], tried["missed"] = distance(self.values, self.clauses), missed(self.values, self.clauses)
        accepted = tried[tried["missed"] == 0].drop(columns="missed").sort_values("distance", ignore_index=True)
        return Calibration(tried, accepted, tuple(self.keys))


def fields_of(targets: Targets) -> list[str]:
    """The dotted names of the fitted parameters; an unknown name, or a range beyond the allowed one, raises."""
    fields = [f"parameters.{prior.field}" for prior in targets.priors]
    for field, prior in zip(fields, targets.priors, strict=True):
        for end in (prior.low, prior.high):
            World(name="priors").with_({field: end})
    return fields


def _points(targets: Targets, known: _Known) -> np.ndarray:
    """The points of a wave in the unit cube: those of a sequence at first, later those that no emulator rules out.

    Half of them are spread over all that is not ruled out, so that no region is given up. The others lie where the
    emulators expect every clause in its band, so that they learn most where sets are looked for; of a theory, where they
    expect one more than at the best point so far.
    """
    luck = np.random.default_rng([targets.seed, known.waves])
    if known.waves == 0:
        sequence = qmc.Sobol(len(targets.priors), scramble=True, rng=luck)
        return sequence.random_base2(int(np.ceil(np.log2(targets.points))))[: targets.points]
    near = known.nearest()[:NEAR]
    emulator = Emulator(known.cubes[near], known.values[near])
    start, half = known.cubes[near[:START]], targets.points // 2
    return np.vstack([
        spread(lambda x: emulator.misfit(x, known.clauses, known.spared), CUTOFF, start, targets.points - half, luck),
        spread(lambda x: distance(emulator.mean(x), known.clauses, max(known.spared - 1, 0)), INSIDE, start, half, luck),
    ])  # fmt: skip
