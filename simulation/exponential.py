"""`exp` and powers, written once, so that every machine, compiled or not, gives the same bits.

A C library's own differ from each other in the last bit. Here only adding, multiplying, dividing and rounding are used,
which IEEE 754 fixes to the bit, and powers of two, which are exact. The error is at most one unit in the last place of
`exp`, a few of `power`.

Source: Abramowitz and Stegun 1964, 4.5.67 (the series of the hyperbolic cotangent) and 4.1.27 (of the logarithm).
"""

import math

import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from simulation.jit import COMPILED, rule

INVERSE = 1.4426950408889634  # 1 / ln 2
# ln 2 in two parts, so that a whole number times the first is exact
LN2_FIRST, LN2_REST = 0.693147180369123816490, 1.90821492927058770002e-10
HIGHEST, LOWEST = 709.0, -708.0  # beyond these the result is taken at the bound, or 0

if COMPILED:
    floor = np.floor  # gives a float: numba's math.floor gives an integer, and all of exp waits for the way there and back

    @intrinsic
    def _as_double(_, bits):
        """The number of these 64 bits."""

        def generate(context, builder, signature, values):
            return builder.bitcast(values[0], ir.DoubleType())

        return types.float64(types.int64), generate

    @rule
    def power_of_two(k):
        """2 to the power of a whole number from -1022 to 1023."""
        return _as_double((int(k) + 1023) << 52)

else:
    floor = math.floor

    def power_of_two(k):
        """2 to the power of a whole number from -1022 to 1023."""
        return math.ldexp(1.0, int(k))


@rule
def exp(x):
    """e to the power of x: 0 below -708, and from 709 on what it is there.

    With x = k ln 2 + r the result is 2^k e^r, and e^r = 1 + 2r / (r coth(r/2) - r), where |r| is at most 0.35.
    """
    if x < LOWEST:
        return 0.0
    k = floor(min(x, HIGHEST) * INVERSE + 0.5)
    first, rest = min(x, HIGHEST) - k * LN2_FIRST, k * LN2_REST
    r = first - rest
    t = r * r
    series = 1.0 / 6.0 + t * (-1.0 / 360.0 + t * (1.0 / 15120.0 + t * (
        -1.0 / 604800.0 + t * (1.0 / 23950080.0 + t * (-691.0 / 653837184000.0)))))  # fmt: skip
    c = r - t * series
    return (1.0 + (r * c / (2.0 - c) - rest + first)) * power_of_two(k)


@rule
def log(x):
    """The natural logarithm of x in (0, 1]."""
    k = 0
    while x < 0.7071067811865476:
        x, k = x + x, k - 1
    s = (x - 1.0) / (x + 1.0)
    t, total, term = s * s, 0.0, s
    for n in range(12):
        total += term / (2.0 * n + 1.0)
        term *= t
    return k * LN2_FIRST + (k * LN2_REST + (total + total))


@rule
def power(base, exponent):
    """A base in [0, 1] to the power of an exponent of at least 0."""
    if base <= 0.0:
        return 1.0 if exponent == 0.0 else 0.0
    return exp(exponent * log(base))


@rule
def monthly(rate):
    """The chance that something of a yearly rate happens in a month."""
    return 1.0 - exp(-rate / 12.0)
