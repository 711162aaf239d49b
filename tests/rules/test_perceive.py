"""Perceived similarity: after, not before."""

import numpy as np
from drawn import levels, records, shares
from hypothesis import given
from pytest import approx

from simulation.rules.perceive import perceived, similar
from simulation.scenario.compiled_setting import values
from simulation.scenario.parameters import Perceive


def test_similarity_is_standard_over_random_pairs():
    # the squared distance of two standard normal vectors in R3 is 2 chi2(3): mean 6, variance 24
    assert similar(6.0, 3) == 0.0
    assert similar(6.0 - 24.0**0.5, 3) == approx(1.0)
    vectors = np.random.default_rng(2).standard_normal((2, 4000, 3))
    found = [similar(squared, 3) for squared in ((vectors[0] - vectors[1]) ** 2).sum(axis=1)]
    assert np.mean(found) == approx(0.0, abs=0.08)
    assert np.std(found) == approx(1.0, abs=0.08)


def test_a_month_by_hand():
    p = values(Perceive(rate=0.5, engagement=0.75, noise=0.1))
    # actual similarity 0 counts one half; target 0.75 * 0.8 + 0.25 * 0.5
    assert perceived(0.2, 0.8, 0.0, 0.0, p) == approx(0.2 + 0.5 * (0.725 - 0.2))
    assert perceived(0.2, 0.8, 0.0, 1.0, p) == approx(0.2 + 0.5 * (0.725 - 0.2) + 0.1)


@given(shares, shares, shares, levels, levels, records(Perceive))
def test_it_is_a_share_and_follows_the_relationship(now, engagement, more, similarity, z, p):
    low, high = perceived(now, engagement, similarity, z, p), perceived(now, engagement + more, similarity, z, p)
    assert 0.0 <= low <= high <= 1.0
