"""Perceived similarity is an output of the relationship, not its cause.

Source: [C9] actual similarity matters before and little after, perceived similarity follows the relationship; [C8].
"""

import math

from simulation.exponential import exp
from simulation.jit import rule


@rule
def similar(squared_distance, dimensions):
    """Actual deep similarity of two trait vectors, in standard deviations, 0 for a mean pair."""
    return (2.0 * dimensions - squared_distance) / (2.0 * math.sqrt(2.0 * dimensions))


@rule
def perceived(now, engagement, similarity, z, p):
    """Perceived similarity in [0, 1] after a month."""
    actual = 1.0 / (1.0 + exp(-similarity))
    target = p.engagement * engagement + (1.0 - p.engagement) * actual
    return min(max(now + p.rate * (target - now) + p.noise * z, 0.0), 1.0)
