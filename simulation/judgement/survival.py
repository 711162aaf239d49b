"""Who stays, month by month: the curve of one run, and the mean curve of many runs with its interval.

Source: Kaplan and Meier 1958, 10.1080/01621459.1958.10501452, the curve of a run. The interval counts runs: people of one
run are no independent sample, as Greenwood's interval of pooled people would take them to be.
"""

import numpy as np

from simulation.judgement.intervals import half_width


def kept(at_risk: np.ndarray, left: np.ndarray) -> np.ndarray:
    """The share kept after each month, the last axis; missing once nobody is followed any more. When all have left it stays 0."""
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.cumprod(1.0 - np.where(at_risk > 0.0, left / at_risk, 0.0), axis=-1)
    return np.where((at_risk > 0.0) | (share == 0.0), share, np.nan)


def carried(share: np.ndarray) -> np.ndarray:
    """A curve that stays where it was once nobody is followed, so that a mean of curves is always over the same runs.

    Without this the mean could rise, where a run with a low curve ends early. The outcome `retention` is carried likewise.
    """
    last = np.maximum.accumulate(np.where(np.isfinite(share), np.arange(share.shape[-1]), 0), axis=-1)
    return np.take_along_axis(share, last, axis=-1)


def mean_share(total: np.ndarray, squares: np.ndarray, runs: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The mean of a share over runs, and its interval, which stays within 0 and 1.

    Args:
        total, squares: sums over runs of the share and of its square, arrays of any one shape.
        runs: in how many runs it is known, in the same shape.

    The interval is Student's on the scale log(-log(share)), as is usual for curves of survival. It is missing for
    fewer than two runs. Where all runs agree, or the mean is 0 or 1, it is a point.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        share = total / np.where(runs > 0, runs, np.nan)
        variance = np.maximum(squares - runs * share**2, 0.0) / np.where(runs > 1, runs - 1, np.nan)
        error = np.sqrt(variance / runs)
        half = half_width(error / (share * np.abs(np.log(share))), runs)
        low, high = share ** np.exp(half), share ** np.exp(-half)
    point = (runs > 1) & ((error == 0.0) | (share <= 0.0) | (share >= 1.0))
    return share, np.where(point, share, low), np.where(point, share, high)
