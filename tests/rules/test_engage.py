"""Engagement: two people answer each other, and the pair catches fire or does not."""

import math

import numba
import numpy as np
import pytest
from drawn import levels, records, shares
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from simulation.jit import COMPILED
from simulation.rules.engage import answered_need, begun, engaged, gain, quality, running
from simulation.scenario.compiled_setting import values
from simulation.scenario.parameters import Engage, Spark

STILL = values(Engage(noise=0.0))


def test_a_start_by_hand():
    p = values(Engage(start=0.4, impression=0.1, chosen=0.12, distance=0.02))
    assert begun(0.0, False, False, p) == approx(0.4)
    assert begun(1.0, True, True, p) == approx(0.4 + 0.1 + 0.12 - 0.02)
    assert begun(-9.0, False, False, p) == 0.0
    assert begun(9.0, True, False, p) == 1.0


def test_expertise_is_of_no_use_without_need():
    p = values(Engage(half_need=0.25))
    assert answered_need(0.8, 0.0, p) == 0.0
    assert answered_need(0.8, 0.25, p) == approx(0.4)
    assert answered_need(0.8, 0.75, p) == approx(0.6)


def test_the_gain_of_a_mean_pair_is_its_parameter_whatever_the_weights():
    p = values(Engage(gain=1.1, fit=0.3, skill=0.7, contact=0.9, similarity=0.2, overload=0.4))
    assert gain(0.5, 0.5, 0.5, 0.0, 0.0, p) == approx(1.1)
    assert gain(1.0, 1.0, 1.0, 1.0, 0.5, p) == approx(1.1 + 0.15 + 0.35 + 0.45 + 0.2 - 0.2)


def test_a_month_of_answering_by_hand():
    # the partner's 0.5 times gain 1 is the threshold: the response is one half
    assert engaged(0.2, 0.5, 1.0, 0.0, 1.0, STILL) == approx(0.2 + 0.25 * 0.3)
    # 9 (0.9 - 0.5) = 3.6
    assert engaged(0.4, 0.9, 1.0, 0.0, 1.0, STILL) == approx(0.4 + 0.25 * (1.0 / (1.0 + math.exp(-3.6)) - 0.4))
    assert engaged(0.4, 0.5, 1.0, 1.0, 1.0, values(Engage(noise=0.08))) == approx(0.4 + 0.025 + 0.08)


@given(shares, shares, shares, st.floats(0.0, 3.0), levels, records(Engage))
def test_who_ignores_the_partner_does_not_answer(own, other, another, strength, z, p):
    assert engaged(own, other, strength, z, 0.0, p) == engaged(own, another, strength, z, 0.0, p)


@given(shares, shares, shares, st.floats(0.0, 3.0), levels, records(Engage))
def test_engagement_is_a_share_and_follows_the_partner(own, other, more, strength, z, p):
    low, high = engaged(own, other, strength, z, 1.0, p), engaged(own, min(other + more, 1.0), strength, z, 1.0, p)
    assert 0.0 <= low <= high + 1e-12 <= 1.0 + 2e-12


@given(shares, shares)
def test_quality_lies_between_both_and_is_none_without_one(own, other):
    assert min(own, other) - 1e-12 <= quality(own, other) == quality(other, own) <= max(own, other) + 1e-12
    assert quality(own, 0.0) == 0.0


def test_a_spark_is_three_months_running():
    p = values(Spark(level=0.6, months=3))
    streak, seen = 0, []
    for level in (0.6, 0.7, 0.59, 0.6, 0.6, 0.6, 0.9):
        streak = running(streak, level, p)
        seen.append(streak >= 3)
    assert seen == [False, False, False, False, False, True, True]


# A pair of equals rests where logit(u) = 9 (u g - 1/2). The upper rest is born where the slope 9 g u (1 - u) is 1 too:
# u = 0.837, g = 0.814. A start of 0.3 is the watershed where logit(0.3) = -0.847 = 9 (0.3 g - 1/2): g = 1.353.
@pytest.mark.parametrize(("strength", "start", "high"), [
    (0.80, 1.0, False), (0.83, 1.0, True), (1.00, 0.8, True), (1.00, 0.2, False), (1.32, 0.3, False), (1.38, 0.3, True),
])  # fmt: skip
def test_a_pair_has_two_rests_and_dies_below_082(strength, start, high):
    own = other = start
    for _ in range(2000):
        own, other = engaged(own, other, strength, 0.0, 1.0, STILL), engaged(other, own, strength, 0.0, 1.0, STILL)
    assert (quality(own, other) > 0.6) == high
    assert not 0.3 < quality(own, other) < 0.6


def trial(starts, chances, p):
    """Where pairs of equal gain 1 end, from starts (pairs x 2) under chances (pairs x months x 2)."""
    ends = np.empty(len(starts))
    for pair in range(len(starts)):
        own, other = starts[pair, 0], starts[pair, 1]
        for month in range(chances.shape[1]):
            was = own
            own = engaged(own, other, 1.0, chances[pair, month, 0], 1.0, p)
            other = engaged(other, was, 1.0, chances[pair, month, 1], 1.0, p)
        ends[pair] = quality(own, other)
    return ends


def test_pairs_catch_fire_or_do_not():
    pairs = 20_000 if COMPILED else 1_000
    rng = np.random.default_rng(1)
    starts, chances = rng.uniform(0.3, 0.8, (pairs, 2)), rng.standard_normal((pairs, 36, 2))
    p = values(Engage(rate=0.25, steepness=9.0, threshold=0.5, noise=0.08, coupling=1.0))
    ends = (numba.njit(trial) if COMPILED else trial)(starts, chances, p)
    assert 0.4 < np.mean(ends > 0.6) < 0.65
    assert np.mean((ends > 0.3) & (ends < 0.6)) < 0.06
