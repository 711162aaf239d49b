"""The investment model: who stays, and who ends."""

import math

from drawn import levels, records, shares
from hypothesis import given
from pytest import approx

from simulation.rules.evaluate import attention, committed, ends, invested, mended, redundant
from simulation.scenario.compiled_setting import values
from simulation.scenario.parameters import Evaluate


def test_commitment_by_hand():
    p = values(Evaluate(satisfaction=1.0, investment=0.5, alternatives=0.25))
    assert committed(0.8, 0.4, 0.4, p) == approx(0.8 + 0.2 - 0.1)


def test_an_ending_needs_attention_and_odds():
    p = values(Evaluate(odds=math.log(3.0), commitment=0.0, cost=0.0))
    # three to one once weighed, weighed one month in five: 0.15
    assert ends(0.149, 0.0, 0.0, 0.2, p)
    assert not ends(0.151, 0.0, 0.0, 0.2, p)


@given(shares, levels, shares, records(Evaluate))
def test_who_never_weighs_a_tie_never_ends_it(luck, commitment, cost, p):
    assert not ends(luck, commitment, cost, 0.0, p)


@given(shares, levels, shares, shares, shares, records(Evaluate))
def test_commitment_and_cost_hold(luck, commitment, cost, attention, more, p):
    if not ends(luck, commitment, cost, attention, p):
        assert not ends(luck, commitment + more, cost, attention, p)
        assert not ends(luck, commitment, cost + more, attention, p)
        assert not ends(luck, commitment, cost, attention * (1.0 - more), p)


@given(shares, shares, shares, shares, records(Evaluate))
def test_alternatives_draw_away(satisfaction, investment, alternatives, more, p):
    assert committed(satisfaction, investment, alternatives + more, p) <= committed(
        satisfaction, investment, alternatives, p
    )


def test_investment_follows_quality():
    assert invested(0.2, 0.6, values(Evaluate(accrual=0.25))) == approx(0.3)


@given(shares, shares, records(Evaluate))
def test_a_check_in_mends_and_never_harms(engagement, asked, p):
    assert engagement <= mended(engagement, asked, p) <= 1.0 + 1e-12
    assert mended(engagement, 0.0, p) == engagement
    ends = sorted((p.attention, p.check_in))
    assert ends[0] - 1e-12 <= attention(asked, p) <= ends[1] + 1e-12


def test_mending_by_hand():
    assert mended(0.4, 1.0, values(Evaluate(mend=0.25))) == approx(0.55)
    assert mended(0.4, 0.5, values(Evaluate(mend=0.25))) == approx(0.475)


def test_a_check_in_that_reaches_half_makes_half_of_its_difference():
    assert attention(0.5, values(Evaluate(attention=0.1, check_in=0.3))) == approx(0.2)


def test_a_tie_is_redundant_below_the_bound():
    p = values(Evaluate(redundant=0.1))
    assert redundant(0.09, p)
    assert not redundant(0.1, p)
