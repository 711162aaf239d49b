"""The course of a program's ties over the months: who has a mentor, what has sparked, and how often ties end."""

from collections.abc import Mapping

import numpy as np

SHARES = ("mentored_share", "spark_share")  # a value a month
RATES = {"endings": "closures", "moving_on": "moving_on"}  # what of the months they count
COURSE = (*SHARES, *RATES)
OF_MONTHS = (*SHARES, "live_ties", *RATES.values())  # the columns that it is made from
WINDOW = 12  # months over which a rate is taken, since endings follow the seasons
PER = 100.0  # ties


def course(months: Mapping[str, np.ndarray]) -> np.ndarray:
    """The course of one run, measures x months, in the order of `COURSE`, from the columns `OF_MONTHS` of its months.

    A rate counts the endings of the last twelve months for 100 ties that carried load through one of them. It is missing until
    twelve months have passed, so that it never stands on fewer; and where there was no such tie.
    """
    live = _last(np.asarray(months["live_ties"], float))
    with np.errstate(invalid="ignore", divide="ignore"):
        rates = [PER * _last(np.asarray(months[of], float)) / np.where(live > 0.0, live, np.nan) for of in RATES.values()]
    return np.array([*(np.asarray(months[name], float) for name in SHARES), *rates])


def _last(counts: np.ndarray) -> np.ndarray:
    """The sum over each month and those before it that fill a window; missing before the first full one."""
    summed = np.concatenate([[0.0], counts.cumsum()])
    full = summed[WINDOW:] - summed[:-WINDOW] if len(counts) >= WINDOW else summed[:0]
    return np.concatenate([np.full(len(counts) - len(full), np.nan), full])
