"""`exp`, `log` and powers of our own: close to the exact value, and the same bits compiled and not."""

import math
import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.exponential import exp, log, monthly, power
from simulation.jit import COMPILED

NUMBERS = np.random.default_rng(1)
TOLD = """
import numpy as np
from simulation.exponential import exp, power
x, luck = np.random.default_rng(5).uniform(-700.0, 700.0, 5000), np.random.default_rng(6).uniform(0.0, 1.0, 5000)
print([exp(float(v)).hex() for v in x / 40.0] + [exp(float(v)).hex() for v in x] + [power(float(v), 2.5).hex() for v in luck])
"""


def units(value, exact):
    """How many units in the last place a value is from the exact one."""
    return abs(value - exact) / np.spacing(abs(exact))


@given(st.floats(-700.0, 700.0))
def test_exp_is_within_a_unit_of_the_last_place(x):
    assert units(exp(x), math.exp(x)) <= 1.5


@given(st.floats(1e-300, 1.0))
def test_log_is_close(x):
    assert log(x) == pytest.approx(math.log(x), rel=1e-14, abs=1e-300)


@given(st.floats(1e-6, 1.0), st.floats(0.0, 20.0))
def test_powers_are_close(base, exponent):
    assert power(base, exponent) == pytest.approx(base**exponent, rel=1e-13)


def test_at_the_ends():
    assert exp(0.0) == 1.0 == power(0.3, 0.0) == power(1.0, 7.0) == power(0.0, 0.0)
    assert exp(-1e9) == 0.0 == power(0.0, 2.0) and exp(1e9) == exp(709.0) < math.inf
    assert monthly(0.0) == 0.0 and monthly(1.2) == pytest.approx(1.0 - math.exp(-0.1))


@pytest.mark.jit_only
def test_compiled_and_not_give_the_same_bits():
    assert COMPILED
    told = [
        subprocess.run([sys.executable, "-c", TOLD], env={**os.environ, "NUMBA_DISABLE_JIT": off}, capture_output=True, text=True,
                       check=True, timeout=300).stdout
        for off in ("0", "1")
    ]  # fmt: skip
    assert len(told[0]) > 100_000 and told[0] == told[1]
