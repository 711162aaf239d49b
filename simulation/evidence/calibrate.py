"""Fitting uncertain parameters to published patterns, by history matching.

Targets are bands, not likelihoods, and a point takes seconds. So points are tried in waves. Gaussian processes emulate
the patterns of all points so far, and the next wave has only points that no emulator rules out. A set of parameters is
accepted when its *simulated* patterns all lie in their bands: in the last wave, which has other and more populations,
where there is one. Accepted sets have no weights.
Source: Craig, Goldstein, Seheult and Smith 1997; Vernon, Goldstein and Bower 2010.
"""

import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import qmc

from simulation.evidence.patterns.clauses import CLAUSES, Clause
from simulation.evidence.patterns.virtual import VirtualStudy, measured, totals
from simulation.evidence.validate import STUDIES
from simulation.executor import Progress, finished, threads_or
from simulation.scenario.errors import ScenarioError, nearest, shown
from simulation.scenario.targets import Targets
from simulation.scenario.world import World
from simulation.studies.points import analysis_package

CANDIDATES = 20_000  # points among which emulators choose for a wave
MANY, NEAR = 512, 256  # with more than MANY points, emulators learn from the NEAR nearest to the bands, as their cost is cubic
CUTOFF = 2.5  # a point is ruled out when it lies this many standard deviations of the emulator outside a band
DIGITS = 6  # of a point in the unit cube
EDGE = 0.25  # least half width of an open band
AGAIN = 1_000  # how far the seeds of the last wave lie from those of the others
LAST = 48  # new points in the last wave

Measure = Callable[..., dict[str, float]]  # of a theory, a seed, a number of seeds and the names of studies


class Calibration(NamedTuple):
    """The results of a calibration."""

    tried: pd.DataFrame  # a row a point: wave, parameters, clauses, distance
    accepted: pd.DataFrame  # those whose patterns all lie in their bands, the nearest to the middle first
    clauses: tuple[str, ...]

    @property
    def best(self) -> dict[str, float]:
        """The parameters of the set whose patterns lie nearest to the middle of their bands, accepted or not."""
        names = [name for name in self.tried.columns if name not in ("wave", "distance", *self.clauses)]
        return self.tried.sort_values("distance").iloc[0][names].astype(float).to_dict()

    @property
    def middle(self) -> dict[str, float]:
        """The set to use where only one can be used: `middle_of` the accepted ones; empty without any."""
        return {} if self.accepted.empty else middle_of(self.accepted, list(self.best))


def middle_of(accepted: pd.DataFrame, names: Sequence[str]) -> dict[str, float]:
    """The mean of the quarter of the sets that lies nearest to the middle of the bands, to three digits.

    So a parameter that the patterns do not determine gets a middle value, not the accidental one of the best fit. Sets at
    the edge of a band, which few populations put there by luck, do not count.
    """
    quarter = accepted.nsmallest(max(len(accepted) // 4, 1), "distance")
    return {name: float(f"{quarter[name].mean():.3g}") for name in names}


def fitted_clauses(targets: Targets) -> list[Clause]:
    """The clauses that a calibration may use; a pattern that is only for validation raises."""
    may = [clause for clause in CLAUSES if clause.kind == "C"]
    known = sorted({clause.pattern for clause in may})
    for name in targets.patterns:
        if name not in known:
            problem = f"value {shown(name)}: this pattern is only for validation, or there is none of that name"
            hint = nearest(name, known) or f"may be fitted: {', '.join(known)}"
            raise ScenarioError(problem, field="patterns", hint=hint)
    return [clause for clause in may if not targets.patterns or clause.pattern in targets.patterns]


def studies_for(clauses: Sequence[Clause]) -> tuple[VirtualStudy, ...]:
    """The virtual studies that measure these clauses."""
    wanted = {clause.key for clause in clauses}
    return tuple(study for study in STUDIES if wanted & set(study.clauses))


def measure_theory(theory: dict[str, float], seed: int, seeds: int, names: Sequence[str]) -> dict[str, float]:
    """Measure every clause of the named studies, under a theory."""
    said: dict[str, float] = {}
    for study in STUDIES:
        if study.name in names:
            count = max(1, round(seeds * study.seeds))
            said |= study.state(totals(measured(study, theory, range(seed, seed + count))))
    return said


def distance(values: np.ndarray, clauses: Sequence[Clause]) -> np.ndarray:
    """The largest distance of points from the middles of bands over all clauses; at most 1 when all lie in their bands."""
    return 1.0 + (_outside(values, clauses) / _width(clauses)).max(axis=-1)


def _outside(values: np.ndarray, clauses: Sequence[Clause]) -> np.ndarray:
    """The distance of values from their bands; negative inside."""
    low, high = np.array([clause.low for clause in clauses]), np.array([clause.high for clause in clauses])
    return np.maximum(low - values, values - high)


def _width(clauses: Sequence[Clause]) -> np.ndarray:
    """Half the width of each band; for an open band, the distance of its end from zero."""
    ends = [(clause.low, clause.high) for clause in clauses]
    return np.array([
        (high - low) / 2.0 if np.isfinite(high - low) else max(abs(low if np.isfinite(low) else high), EDGE)
        for low, high in ends
    ])  # fmt: skip


class Emulator:
    """Gaussian processes that predict the clauses at new points, with a standard deviation."""

    def __init__(self, x: np.ndarray, y: np.ndarray):
        process = analysis_package("sklearn.gaussian_process")
        kernels = analysis_package("sklearn.gaussian_process.kernels")
        self.models = []
        for column in y.T:
            known = np.isfinite(column)
            smooth = kernels.RBF(np.full(x.shape[1], 1.0), (0.1, 20.0))
            kernel = kernels.ConstantKernel() * smooth + kernels.WhiteKernel(0.1)
            model = process.GaussianProcessRegressor(kernel, normalize_y=True, random_state=0)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # a length at its bound: the parameter has no influence
                self.models.append(model.fit(x[known], column[known]))

    def misfit(self, x: np.ndarray, clauses: Sequence[Clause]) -> np.ndarray:
        """The largest distance from a band over all clauses, in standard deviations; called implausibility in the source."""
        said = [model.predict(x, return_std=True) for model in self.models]
        mean, error = (np.column_stack([one[k] for one in said]) for k in (0, 1))
        return (_outside(mean, clauses) / np.maximum(error, 1e-9)).max(axis=1)


def calibrate(
    targets: Targets,
    executor: Executor | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    measure: Measure = measure_theory,
    begun: pd.DataFrame | None = None,
    keep: Callable[[Calibration], None] | None = None,
) -> Calibration:
    """Find the parameter sets that reproduce the patterns.

    Args:
        targets: the patterns to fit and the ranges of parameters; a pattern of kind V or an unknown parameter raises.
        executor, workers: as in `compare`; processes are quicker than threads here.
        progress: called with points done, points in all, sets accepted and the wave.
        measure: gives the clauses for a theory, a seed, a number of seeds and the names of studies; for tests.
        begun: the points of earlier waves of the same targets (`Calibration.tried`), which are not tried again.
        keep: called after each wave but the last, in other populations, with the calibration so far.
    """
    clauses, fields = fitted_clauses(targets), fields_of(targets)
    names = [study.name for study in studies_for(clauses)]
    known = _Known(targets, fields, clauses, begun)
    with threads_or(executor, workers) as working:
        while known.waves < targets.waves and known.accepted < targets.wanted:
            cubes = np.round(_points(targets, known.cubes, known.values, clauses, known.waves), DIGITS)
            pieces = [(theory, targets.seed, targets.seeds, names) for theory in known.theories(cubes)]
            found = np.full((len(cubes), len(clauses)), np.nan)
            for done, (number, values) in enumerate(_measured(working, measure, pieces, workers, clauses), start=1):
                found[number] = values
                if progress:
                    accepted = known.accepted + int((distance(found, clauses) <= 1.0).sum())
                    total = targets.waves * targets.points
                    progress(len(known.cubes) + done, total, 0, f"wave {known.waves + 1}, {accepted} accepted")
            known.add(cubes, found)
            if keep:
                keep(known.told)
        if not targets.again or known.told.accepted.empty:
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
    """Measure the accepted sets again, in other and more populations, and beside them sets that should do as well there.

    A few populations put sets inside a band by their luck. By how much the accepted sets move when they are measured again
    is what the emulators of the first populations are shifted by.
    """
    found, clauses = known.told, known.clauses
    sets = found.accepted[known.fields].to_dict("records")

    def measured(sets: list[dict[str, float]], before: int) -> np.ndarray:
        pieces, values = [(one, targets.seed + AGAIN, targets.again, names) for one in sets], np.empty((len(sets), len(clauses)))
        for done, (number, said) in enumerate(_measured(executor, measure, pieces, workers, clauses), start=before + 1):
            values[number] = said
            if progress:
                progress(done, len(found.accepted) + LAST, 0, "other populations")
        return values

    again = measured(sets, 0)
    moved = (again - found.accepted[known.keys].to_numpy()).mean(axis=0)
    beside = known.theories(_beside(known, moved, targets))
    table, values = pd.DataFrame([*sets, *beside]), np.vstack([again, measured(beside, len(sets))])
    table = pd.concat([table, pd.DataFrame(values, columns=known.keys)], axis=1).assign(distance=distance(values, clauses))
    return found._replace(accepted=table[table["distance"] <= 1.0].sort_values("distance", ignore_index=True))


def _beside(known: "_Known", moved: np.ndarray, targets: Targets) -> np.ndarray:
    """Mixtures of the best points in the unit cube, from the most hopeful quarter of those that the shifted emulators allow."""
    near = np.argsort(distance(known.values + moved, known.clauses), kind="stable")[:NEAR]
    emulator = Emulator(known.cubes[near], known.values[near])
    luck = np.random.default_rng([targets.seed, targets.waves])
    best = known.cubes[near[:LAST]]
    weights, picked = luck.dirichlet(np.ones(4), CANDIDATES), luck.integers(len(best), size=(CANDIDATES, 4))
    candidates = (weights[:, :, None] * best[picked]).sum(axis=1) + luck.normal(0.0, 0.04, (CANDIDATES, best.shape[1]))
    candidates = np.round(np.clip(candidates, 0.0, 1.0), DIGITS)
    mean = np.column_stack([model.predict(candidates) for model in emulator.models]) + moved
    away = distance(mean, known.clauses)
    order = np.argsort(away, kind="stable")
    hopeful = int((away <= 1.0).sum())
    return candidates[luck.choice(order[: max(hopeful // 4, LAST)], LAST, replace=False)]


class _Known:
    """The points and clauses of the waves so far."""

    def __init__(self, targets: Targets, fields: list[str], clauses: list[Clause], begun: pd.DataFrame | None):
        self.fields, self.clauses, self.keys = fields, clauses, [clause.key for clause in clauses]
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
        return int((distance(self.values, self.clauses) <= 1.0).sum()) if len(self.values) else 0

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
        tried["distance"] = distance(self.values, self.clauses)
        accepted = tried[tried["distance"] <= 1.0].sort_values("distance", ignore_index=True)
        return Calibration(tried, accepted, tuple(self.keys))


def fields_of(targets: Targets) -> list[str]:
    """The dotted names of the fitted parameters; an unknown name, or a range beyond the allowed one, raises."""
    fields = [f"parameters.{prior.field}" for prior in targets.priors]
    for field, prior in zip(fields, targets.priors, strict=True):
        for end in (prior.low, prior.high):
            World(name="priors").with_({field: end})
    return fields


def _points(targets: Targets, cubes: np.ndarray, values: np.ndarray, clauses: Sequence[Clause], wave: int) -> np.ndarray:
    """The points of a wave in the unit cube: those of a sequence at first, later those that no emulator rules out."""
    luck = np.random.default_rng([targets.seed, wave])
    sequence = qmc.Sobol(len(targets.priors), scramble=True, rng=luck)
    if wave == 0:
        return sequence.random_base2(int(np.ceil(np.log2(targets.points))))[: targets.points]
    taught = np.argsort(distance(values, clauses), kind="stable")[: NEAR if len(cubes) > MANY else len(cubes)]
    emulator = Emulator(cubes[taught], values[taught])
    candidates = sequence.random_base2(int(np.ceil(np.log2(CANDIDATES))))
    near = cubes[np.argsort(distance(values, clauses))[: targets.points // 2]]
    steps = luck.normal(0.0, 0.08, size=(8, *near.shape))
    candidates = np.vstack([candidates, np.clip(near + steps, 0.0, 1.0).reshape(-1, cubes.shape[1])])
    misfit = emulator.misfit(candidates, clauses)
    hopeful = np.flatnonzero(misfit <= CUTOFF)
    if len(hopeful) >= targets.points:
        return candidates[luck.choice(hopeful, targets.points, replace=False)]
    return candidates[np.argsort(misfit, kind="stable")[: targets.points]]
