"""Counts and sums that add up over seeds, and the survey statistics computed from their totals.

Every statistic of a virtual study is a function of such totals, so that a bootstrap over seeds gives its interval.
"""

from collections.abc import Mapping

import numpy as np

Totals = Mapping[str, float]


def crossed(name: str, exposed: np.ndarray, outcome: np.ndarray) -> dict[str, float]:
    """Count a two-by-two table of yes and no."""
    exposed, outcome = np.asarray(exposed, bool), np.asarray(outcome, bool)
    return {
        f"{name}.yes_yes": float((exposed & outcome).sum()),
        f"{name}.yes_no": float((exposed & ~outcome).sum()),
        f"{name}.no_yes": float((~exposed & outcome).sum()),
        f"{name}.no_no": float((~exposed & ~outcome).sum()),
    }


def odds_ratio(totals: Totals, name: str) -> float:
    """The odds of the outcome among the exposed divided by the odds among the others."""
    a, b, c, d = (totals[f"{name}.{cell}"] for cell in ("yes_yes", "yes_no", "no_yes", "no_no"))
    return ratio(a * d, b * c)


def risk_ratio(totals: Totals, name: str) -> float:
    """The risk of the outcome among the exposed divided by the risk among the others."""
    a, b, c, d = (totals[f"{name}.{cell}"] for cell in ("yes_yes", "yes_no", "no_yes", "no_no"))
    return ratio(ratio(a, a + b), ratio(c, c + d))


def counted(name: str, chosen: np.ndarray) -> dict[str, float]:
    """Count how many are chosen, and of how many."""
    chosen = np.asarray(chosen, bool)
    return {f"{name}.yes": float(chosen.sum()), f"{name}.all": float(chosen.size)}


def share(totals: Totals, name: str) -> float:
    """The share of a count."""
    return ratio(totals[f"{name}.yes"], totals[f"{name}.all"])


def summed(name: str, values: np.ndarray) -> dict[str, float]:
    """Number, sum and sum of squares of the values that are not missing."""
    known = np.asarray(values, float)
    known = known[~np.isnan(known)]
    return {f"{name}.n": float(known.size), f"{name}.sum": known.sum(), f"{name}.squares": (known**2).sum()}


def mean(totals: Totals, name: str) -> float:
    """The mean of a sum."""
    return ratio(totals[f"{name}.sum"], totals[f"{name}.n"])


def deviation(totals: Totals, name: str) -> float:
    """The standard deviation of a sum."""
    return max(ratio(totals[f"{name}.squares"], totals[f"{name}.n"]) - mean(totals, name) ** 2, 0.0) ** 0.5


def paired(name: str, x: np.ndarray, y: np.ndarray) -> dict[str, float]:
    """The sums that a correlation needs."""
    x, y = np.asarray(x, float), np.asarray(y, float)
    known = ~(np.isnan(x) | np.isnan(y))
    x, y = x[known], y[known]
    return {f"{name}.n": float(x.size), f"{name}.x": x.sum(), f"{name}.y": y.sum(), f"{name}.xx": (x * x).sum(),
            f"{name}.yy": (y * y).sum(), f"{name}.xy": (x * y).sum()}  # fmt: skip


def correlation(totals: Totals, name: str) -> float:
    """Pearson's correlation."""
    n, x, y, xx, yy, xy = (totals[f"{name}.{part}"] for part in ("n", "x", "y", "xx", "yy", "xy"))
    return ratio(n * xy - x * y, (max(n * xx - x * x, 0.0) * max(n * yy - y * y, 0.0)) ** 0.5)


def regressed(name: str, columns: np.ndarray, y: np.ndarray) -> dict[str, float]:
    """The sums that a linear regression of `y` on `columns` needs (rows x columns; a constant is added)."""
    x = np.column_stack([np.ones(len(y)), columns]).astype(float)
    squares, products = x.T @ x, x.T @ np.asarray(y, float)
    size = range(x.shape[1])
    found = {f"{name}.xx{i}_{j}": float(squares[i, j]) for i in size for j in size}
    return found | {f"{name}.xy{i}": float(products[i]) for i in size} | summed(f"{name}.y", y)


class Regression:
    """A linear regression from its sums."""

    def __init__(self, totals: Totals, name: str):
        size = range(sum(key.startswith(f"{name}.xy") for key in totals))
        squares = np.array([[totals[f"{name}.xx{i}_{j}"] for j in size] for i in size])
        products = np.array([totals[f"{name}.xy{i}"] for i in size])
        self.slopes = np.linalg.lstsq(squares, products, rcond=None)[0]
        n, self.spread_of_y = squares[0, 0], deviation(totals, f"{name}.y")
        self.spreads = np.sqrt(np.maximum(np.diag(squares) / n - (squares[0] / n) ** 2, 0.0))
        means = products[0] / n
        self.explained = ratio((self.slopes @ products / n - means**2), self.spread_of_y**2)

    def standardised(self, column: int) -> float:
        """The change of `y` for one standard deviation of a column, in standard deviations; columns count from 1."""
        return float(self.slopes[column] * self.spreads[column] / self.spread_of_y)


def ratio(top: float, bottom: float) -> float:
    """The ratio; missing when `bottom` is 0."""
    return top / bottom if bottom else float("nan")
