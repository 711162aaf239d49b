"""Leaving: hazards and months."""

import math

from drawn import records, shares
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from simulation.rules.leave import chance, hazard, leaves, mentor_hazard
from simulation.scenario.compiled_setting import values
from simulation.scenario.parameters import Leave

hazards = st.floats(0.0, 5.0)
states = st.floats(-1.0, 1.0)


def test_the_mean_person_has_the_base_hazard():
    assert hazard(0.07, 0.0, 0.0, 0.5, values(Leave())) == approx(0.07)
    assert mentor_hazard(0.07, 0.0, values(Leave())) == approx(0.07)


def test_a_tenth_more_belonging_and_burnout_by_hand():
    p = values(Leave(belonging=3.0, burnout=2.0, mentor_burnout=4.0))
    assert hazard(0.1, 0.1, 0.0, 0.5, p) == approx(0.1 * math.exp(-0.3))
    assert hazard(0.1, 0.0, 0.1, 0.5, p) == approx(0.1 * math.exp(0.2))
    assert mentor_hazard(0.1, 0.1, p) == approx(0.1 * math.exp(0.4))


def test_twelve_months_keep_what_a_year_keeps():
    monthly = 1.0 - math.exp(-0.24 / 12.0)
    assert leaves(monthly - 1e-9, 0.24)
    assert not leaves(monthly + 1e-9, 0.24)
    assert (1.0 - monthly) ** 12 == approx(math.exp(-0.24))


@given(st.floats(1e-5, 5.0), shares)  # below, the chance has fewer digits than the luck
def test_who_leaves_has_less_luck_than_the_chance_told(hazard, luck):
    assert leaves(luck, hazard) == (luck < chance(hazard))
    assert chance(0.24) == approx(1.0 - math.exp(-0.02))


@given(shares)
def test_without_a_hazard_nobody_leaves(luck):
    assert not leaves(luck, 0.0)


@given(hazards, states, states, shares, shares, records(Leave))
def test_belonging_and_output_keep_and_burnout_drives(base, belonging, burnout, output, more, p):
    usual = hazard(base, belonging, burnout, output, p)
    assert hazard(base, belonging + more, burnout, output, p) <= usual * (1 + 1e-12)
    assert hazard(base, belonging, burnout + more, output, p) >= usual * (1 - 1e-12)
    assert hazard(base, belonging, burnout, output + more, p) <= usual * (1 + 1e-12)


def test_success_keeps_people_by_hand():
    p = values(Leave(belonging=3.0, burnout=2.0, output=4.0))
    assert hazard(0.1, 0.0, 0.0, 0.75, p) == approx(0.1 * math.exp(-1.0))
    assert hazard(0.1, 0.1, 0.1, 0.25, p) == approx(0.1 * math.exp(0.2 - 0.3 + 1.0))


@given(hazards, states, states, shares, records(Leave, output=0.0))
def test_without_its_weight_output_keeps_nobody(base, belonging, burnout, output, p):
    assert hazard(base, belonging, burnout, output, p) == hazard(base, belonging, burnout, 0.5, p)
