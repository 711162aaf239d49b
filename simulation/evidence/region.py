"""Points all over a region of the unit cube, and between points of it.

Source: ter Braak 2006, differential evolution Markov chain, 10.1007/s11222-006-8769-1.
"""

from collections.abc import Callable

import numpy as np

Cost = Callable[[np.ndarray], np.ndarray]  # of points, points x parameters
CHAINS, STEPS = 256, 250


def spread(cost: Cost, limit: float, start: np.ndarray, count: int, luck: np.random.Generator) -> np.ndarray:
    """Points of the unit cube all over the region in which `cost` is at most `limit`; the cheapest ones where there are too few.

    Chains step along the difference of two others, so that steps have the shape of the region (ter Braak 2006). A step is
    taken when the new point lies in the region, or else when it is cheaper than the old one.
    """
    chains = start[luck.integers(len(start), size=max(CHAINS, count))]
    chains = np.clip(chains + luck.normal(0.0, 0.05, chains.shape), 0.0, 1.0)
    costs = cost(chains)
    stride = 2.38 / np.sqrt(2.0 * chains.shape[1])
    for step in range(STEPS):
        one, other = (chains[luck.integers(len(chains), size=len(chains))] for _ in range(2))
        along = 1.0 if step % 10 == 9 else stride  # now and then a whole step, from one part of the region to another
        tried = chains + along * (one - other) + luck.normal(0.0, 0.01, chains.shape)
        tried = np.where((tried < 0.0) | (tried > 1.0), chains, tried)
        new = cost(tried)
        taken = (new <= limit) | (new < costs)
        chains[taken], costs[taken] = tried[taken], new[taken]
    order = luck.permutation(len(chains))
    return chains[order[np.argsort(costs[order] > limit, kind="stable")]][:count]


def mixtures(points: np.ndarray, count: int, luck: np.random.Generator) -> np.ndarray:
    """Points between any three of the given ones, each a weighted mean of them."""
    weights, picked = luck.dirichlet(np.ones(3), count), luck.integers(len(points), size=(count, 3))
    return (weights[:, :, None] * points[picked]).sum(axis=1)
