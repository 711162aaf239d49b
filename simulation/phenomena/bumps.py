"""Counting the humps of a distribution: the smallest bandwidth that leaves one hump, and its bootstrap.

Source: Silverman 1981, 10.1111/j.2517-6161.1981.tb01155.x. With a Gaussian kernel, more smoothing never makes more humps.
"""

import numpy as np

GRID, HALVINGS, BATCH = 1024, 14, 250
SEEN = 1e-9  # of the highest hump; lower humps are rounding errors


def critical_bandwidths(samples: np.ndarray) -> np.ndarray:
    """The smallest bandwidth that leaves one hump, for each row of samples or for one sample; in the sample's unit."""
    samples = np.atleast_2d(samples)
    low, span = samples.min(), float(np.ptp(samples))
    if span == 0.0:
        return np.zeros(len(samples))
    # Counts on a grid, which extends beyond the sample by its span on both sides, so that nothing wraps round.
    place = np.rint((samples - low + span) * ((GRID - 1) / (3.0 * span))).astype(int)
    counts = np.array([np.bincount(row, minlength=GRID) for row in place], float)
    waves = np.fft.rfft(counts)
    frequency = 2.0 * np.pi * np.fft.rfftfreq(GRID, 3.0 * span / (GRID - 1))
    least, most = np.zeros(len(samples)), np.full(len(samples), span)
    for _ in range(HALVINGS):
        width = (least + most) / 2.0
        several = _humps(np.fft.irfft(waves * np.exp(-0.5 * (width[:, None] * frequency) ** 2), GRID)) > 1
        least, most = np.where(several, width, least), np.where(several, most, width)
    return most


def _humps(densities: np.ndarray) -> np.ndarray:
    """Count the humps of each row."""
    rises = np.diff(densities) > 0.0
    visible = densities[:, 1:-1] > SEEN * densities.max(axis=1, keepdims=True)
    return (rises[:, :-1] & ~rises[:, 1:] & visible).sum(axis=1)


def unimodal(values: np.ndarray, draws: int, seed: int = 1) -> tuple[float, np.ndarray, float]:
    """The critical bandwidth of values, the bandwidths of `draws` samples with one hump, and the p value.

    Samples come from the density that is smoothed just enough for one hump, scaled to the variance of the values. The
    test is conservative: it rejects true single humps less often than p says.
    """
    value, luck, middle = float(critical_bandwidths(values)[0]), np.random.default_rng(seed), values.mean()
    scale = 1.0 / np.sqrt(1.0 + value**2 / values.var())
    found = []
    for start in range(0, draws, BATCH):
        size = (min(BATCH, draws - start), len(values))
        drawn = values[luck.integers(len(values), size=size)] + value * luck.standard_normal(size)
        found.append(critical_bandwidths(middle + scale * (drawn - middle)))
    chance = np.concatenate(found)
    return value, chance, float((1 + (chance >= value).sum()) / (1 + draws))
