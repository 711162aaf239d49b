"""The ways of ties over a picture of islands: straight at home, in bows towards the middle between islands."""

import numpy as np
from matplotlib.path import Path

PULL, BUNDLED = 0.55, 0.35  # how far the handles of a bow are drawn to the middle: of a line, and of a bundle
BOW = [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4]


def along(one: np.ndarray, other: np.ndarray, middle: np.ndarray, home: bool) -> Path:
    """The way of one tie: straight on one island, else bowed towards the middle, so that it crosses the water and no name."""
    if home:
        return Path([one, other], [Path.MOVETO, Path.LINETO])
    return Path([one, one + PULL * (middle - one), other + PULL * (middle - other), other], BOW)


def between_islands(one: np.ndarray, reach: float, other: np.ndarray, far: float, middle: np.ndarray) -> Path:
    """The way of a bundle, from shore to shore of two islands of these centres and radii."""
    start, end = one + reach * _unit(other - one), other + far * _unit(one - other)
    return Path([start, start + BUNDLED * (middle - start), end + BUNDLED * (middle - end), end], BOW)


def inside_out(centre: np.ndarray, middle: np.ndarray, radius: float) -> tuple[int, np.ndarray, str]:
    """Where an island's name stands: at its shore away from the middle, above or below; how it is aligned upwards."""
    way = 1 if centre[1] >= middle[1] - 1e-9 else -1
    return way, centre + np.array([0.0, way * radius]), "bottom" if way > 0 else "top"


def _unit(way: np.ndarray) -> np.ndarray:
    """A direction of length 1."""
    return way / np.linalg.norm(way)
