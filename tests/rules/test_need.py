"""Needs drift, jump, and fall with skill."""

import math

from drawn import records, shares
from hypothesis import given
from pytest import approx

from simulation.rules.need import drifted, felt, jumped, jumps, practised
from simulation.scenario.compiled_setting import values
from simulation.scenario.parameters import Need


def test_by_hand():
    p = values(Need(drift=0.25, jump=1.2, jump_size=0.5, job_learning=1.2))
    assert drifted(0.2, 0.6, p) == approx(0.3)
    assert jumped(0.2, p) == approx(0.6)
    assert felt(0.8, 0.25) == approx(0.6)
    assert practised(0.5, p) == approx(0.5 + (1.0 - math.exp(-0.1)) * 0.5)
    monthly = 1.0 - math.exp(-0.1)
    assert jumps(monthly - 1e-9, 0.0, p) and not jumps(monthly + 1e-9, 0.0, p)


def test_a_shock_reaches_its_share_of_people():
    p = values(Need(jump=0.0))
    assert jumps(0.29, 0.3, p) and not jumps(0.31, 0.3, p) and not jumps(0.0, 0.0, p)


@given(shares, shares, records(Need))
def test_a_drifting_need_stays_between_itself_and_the_mean(need, mean, p):
    assert min(need, mean) - 1e-12 <= drifted(need, mean, p) <= max(need, mean) + 1e-12


@given(shares, records(Need))
def test_events_raise_needs_and_practice_raises_skill(level, p):
    assert level - 1e-12 <= jumped(level, p) <= 1.0 + 1e-12
    assert level - 1e-12 <= practised(level, p) <= 1.0 + 1e-12


@given(shares, shares, shares)
def test_what_is_felt_falls_as_skill_grows(need, skill, more):
    assert 0.0 <= felt(need, min(skill + more, 1.0)) <= felt(need, skill) <= need
    assert felt(need, 1.0) == 0.0
