"""Needs drift, jump, and fall with skill."""

from drawn import records, shares
from hypothesis import given
from pytest import approx

from simulation.rules.need import drifted, felt, jumped, jumps, practised
from simulation.scenario.compiled_setting import values
from simulation.scenario.parameters import Need


def test_by_hand():
    p = values(Need(drift=0.25, jump_size=0.5))
    assert drifted(0.2, 0.6, p) == approx(0.3)
    assert jumped(0.2, p) == approx(0.6)
    assert felt(0.8, 0.25) == approx(0.6)
    assert practised(0.5, 0.1) == approx(0.55)
    assert jumps(0.0999, 0.0, 0.1) and not jumps(0.1001, 0.0, 0.1)


def test_a_shock_reaches_its_share_of_people():
    assert jumps(0.29, 0.3, 0.0) and not jumps(0.31, 0.3, 0.0) and not jumps(0.0, 0.0, 0.0)


@given(shares, shares, records(Need))
def test_a_drifting_need_stays_between_itself_and_the_mean(need, mean, p):
    assert min(need, mean) - 1e-12 <= drifted(need, mean, p) <= max(need, mean) + 1e-12


@given(shares, shares, records(Need))
def test_events_raise_needs_and_practice_raises_skill(level, share, p):
    assert level - 1e-12 <= jumped(level, p) <= 1.0 + 1e-12
    assert level - 1e-12 <= practised(level, share) <= 1.0 + 1e-12


@given(shares, shares, shares)
def test_what_is_felt_falls_as_skill_grows(need, skill, more):
    assert 0.0 <= felt(need, min(skill + more, 1.0)) <= felt(need, skill) <= need
    assert felt(need, 1.0) == 0.0
