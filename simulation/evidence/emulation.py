"""How far points lie from the bands of clauses, and Gaussian processes that predict it for points not tried yet.

Source: Craig, Goldstein, Seheult and Smith 1997; Vernon, Goldstein and Bower 2010, who also look past the worst outputs.
"""

import warnings
from collections.abc import Sequence

import numpy as np

from simulation.evidence.patterns.clauses import Clause
from simulation.studies.points import analysis_package

EDGE = 0.25  # least half width of an open band


def distance(values: np.ndarray, clauses: Sequence[Clause], spared: int = 0) -> np.ndarray:
    """The largest distance of points from the middles of bands, of all clauses but the `spared` worst ones.

    At most 1 when all of these lie in their bands. `values` is points x clauses.
    """
    return 1.0 + _largest(_outside(values, clauses) / _width(clauses), spared)


def missed(values: np.ndarray, clauses: Sequence[Clause]) -> np.ndarray:
    """How many clauses lie outside their bands at each point; a missing value counts as outside."""
    return (~(_outside(values, clauses) <= 0.0)).sum(axis=-1)


def never_met(values: np.ndarray, clauses: Sequence[Clause]) -> list[tuple[Clause, float]]:
    """The clauses that lie in their band at none of the points, each with the value that came nearest to it."""
    away = _outside(values, clauses)
    closest = [(k, int(np.nanargmin(away[:, k]))) if np.isfinite(away[:, k]).any() else (k, 0) for k in range(len(clauses))]
    return [(clauses[k], float(values[point, k])) for k, point in closest if not away[point, k] <= 0.0]


def _largest(away: np.ndarray, spared: int) -> np.ndarray:
    """The largest of each row after the `spared` largest."""
    return np.sort(away, axis=-1)[..., -1 - spared]


def _outside(values: np.ndarray, clauses: Sequence[Clause]) -> np.ndarray:
    """The distance of values from their bands; negative inside."""
    low, high = np.array([clause.low for clause in clauses]), np.array([clause.high for clause in clauses])
    return np.maximum(low - values, values - high)


def _width(clauses: Sequence[Clause]) -> np.ndarray:
    """Half the width of each band."""
    return half_of_band(np.array([clause.low for clause in clauses]), np.array([clause.high for clause in clauses]))


def half_of_band(low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Half the width of bands; for an open band, the distance of its end from zero."""
    end = np.maximum(np.abs(np.where(np.isfinite(low), low, high)), EDGE)
    return np.where(np.isfinite(high - low), (high - low) / 2.0, end)


class Emulator:
    """Gaussian processes that predict the clauses at new points: what they are on average over populations, and how surely.

    The luck of the few populations of one point is noise: a white part of the kernel, which is no part of the uncertainty.
    """

    def __init__(self, x: np.ndarray, y: np.ndarray):
        process = analysis_package("sklearn.gaussian_process")
        kernels = analysis_package("sklearn.gaussian_process.kernels")
        self.models, self.noise = [], []
        for column in y.T:
            known = np.isfinite(column)
            smooth = kernels.RBF(np.full(x.shape[1], 1.0), (0.1, 20.0))
            kernel = kernels.ConstantKernel() * smooth + kernels.WhiteKernel(0.1)
            model = process.GaussianProcessRegressor(kernel, normalize_y=True, random_state=0)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # a length at its bound: the parameter has no influence
                self.models.append(model.fit(x[known], column[known]))
            self.noise.append(model.kernel_.k2.noise_level * column[known].var())  # in the units of the clause

    def mean(self, x: np.ndarray) -> np.ndarray:
        """What the clauses are expected to be, points x clauses."""
        return np.column_stack([model.predict(x) for model in self.models])

    def misfit(self, x: np.ndarray, clauses: Sequence[Clause], spared: int = 0) -> np.ndarray:
        """The largest distance from a band in standard deviations, but the `spared` worst; called implausibility in the source."""
        said = [model.predict(x, return_std=True) for model in self.models]
        mean, error = (np.column_stack([one[k] for one in said]) for k in (0, 1))
        error = np.sqrt(np.maximum(error**2 - self.noise, 0.0))
        return _largest(_outside(mean, clauses) / np.maximum(error, 1e-9), spared)
