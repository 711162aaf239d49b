"""First impressions: their parts and their shares of the variance."""

import math

import numpy as np
from drawn import levels, records, shares
from hypothesis import given
from pytest import approx

from simulation.rules.impress import actor, impression, partner
from simulation.scenario.compiled_setting import values
from simulation.scenario.parameters import Impress


def test_parts_by_hand():
    p = values(Impress(actor_trait=0.6, partner_trait=0.8, trait_spread=0.25))
    assert actor(0.75, 2.0, p) == approx(0.6 * 1.0 + 0.8 * 2.0)
    assert partner(0.75, 0.75, 1.0, p) == approx(0.8 * math.sqrt(2.0) + 0.6)


def test_an_impression_is_the_weighted_sum_of_its_parts():
    p = values(Impress(actor=0.5, partner=0.25, dyad=0.1, error=0.2))
    assert impression(1.0, 2.0, 3.0, 4.0, p) == approx(0.5 + 0.5 + 0.3 + 0.8)


def test_who_looks_and_who_is_looked_at_each_hold_a_tenth_of_the_variance():
    p = Impress()
    parts = np.array([p.actor, p.partner, p.dyad, p.error]) ** 2
    assert parts.sum() == approx(1.0, abs=0.05)
    assert (parts[:2] / parts.sum() > 0.1).all()


@given(shares, levels, levels, shares, records(Impress))
def test_openness_and_warmth_only_raise(openness, liking, rest, more, p):
    assert actor(openness, liking, p) <= actor(openness + more, liking, p)
    assert partner(openness, rest, liking, p) <= partner(openness + more, rest, liking, p)


@given(shares, levels)
def test_a_trait_without_weight_says_nothing(openness, liking):
    p = values(Impress(actor_trait=0.0, partner_trait=0.0))
    assert actor(openness, liking, p) == liking
    assert partner(openness, openness, liking, p) == liking
