"""How people differ when they come."""

import math

from drawn import levels, records, shares
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from simulation.rules.arrive import expert, hours_found, inclined, needed, skilled, wished
from simulation.scenario.compiled_setting import values
from simulation.scenario.parameters import Arrive, Need


def test_one_deviation_moves_the_odds_by_the_spread():
    p = values(Arrive(spread=math.log(3.0), expertise_spread=math.log(9.0)))
    assert inclined(0.5, 0.0, p) == 0.5
    assert inclined(0.5, 1.0, p) == approx(0.75)  # odds 1:1 become 3:1
    assert inclined(0.25, 1.0, p) == approx(0.5)  # odds 1:3 become 1:1
    assert expert(0.5, 1.0, p) == approx(0.9)


@given(levels, records(Arrive))
def test_who_cannot_differ_does_not(z, p):
    assert inclined(0.0, z, p) == expert(0.0, z, p) == 0.0
    assert inclined(1.0, z, p) == expert(1.0, z, p) == 1.0


@given(shares, levels, levels, records(Arrive))
def test_inclinations_are_shares_and_follow_the_person(mean, z, other, p):
    low, high = sorted((z, other))
    for found in (inclined, expert):
        assert 0.0 <= found(mean, low, p) <= found(mean, high, p) + 1e-12 <= 1.0 + 2e-12


def test_hours_spread_around_the_mean_and_are_never_below_none():
    p = values(Arrive(hours_spread=0.5))
    assert hours_found(4.0, 1.0, p) == 6.0
    assert hours_found(4.0, -3.0, p) == 0.0


def test_skill_after_two_years():
    p = values(Arrive(skill=0.2, yearly_skill=0.5))
    assert skilled(0, p) == approx(0.2)
    assert skilled(2, p) == approx(1.0 - 0.8 * 0.25)


@given(st.integers(0, 40), records(Arrive))
def test_skill_never_falls_with_years(years, p):
    assert 0.0 <= skilled(years, p) <= skilled(years + 1, p) <= 1.0


def test_needs_are_kept_between_none_and_full():
    p = values(Need(spread=0.2))
    assert needed(0.5, 1.0, p) == approx(0.7)
    assert needed(0.9, 3.0, p) == 1.0
    assert needed(0.1, -3.0, p) == 0.0


def test_a_wish_is_drawn_by_its_shares():
    assert [wished(luck, 0.3, 0.2) for luck in (0.0, 0.29, 0.31, 0.49, 0.51, 0.99)] == [1, 1, -1, -1, 0, 0]
