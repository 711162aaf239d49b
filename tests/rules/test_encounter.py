"""Who is noticed, and who approaches."""

import math

from drawn import levels, records, shares
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from simulation.rules.encounter import approaches, newness, notices
from simulation.scenario.compiled_setting import values
from simulation.scenario.parameters import Encounter

EVEN = values(Encounter(notice=0.0, newcomer=1.0))


def test_homophily_is_a_log_odds_ratio():
    assert notices(0.499, 1.0, 0.0, 0.0, EVEN)
    assert notices(0.899, 0.5, 2.0 * math.log(9.0), 0.0, EVEN)  # half of a shared attribute: odds 9 to 1
    assert not notices(0.901, 0.5, 2.0 * math.log(9.0), 0.0, EVEN)
    assert notices(0.099, -0.5, 2.0 * math.log(9.0), 0.0, EVEN)
    assert not notices(0.101, -0.5, 2.0 * math.log(9.0), 0.0, EVEN)


@given(shares, levels, shares, shares, shares, records(Encounter))
def test_newness_sees_less(luck, alike, homophily, newness, more, p):
    if notices(luck, alike, homophily, newness, p):
        assert notices(luck, alike, homophily, newness * (1.0 - more), p)


@given(shares, levels, shares, records(Encounter))
def test_without_homophily_likeness_is_not_seen(luck, alike, newness, p):
    assert notices(luck, alike, 0.0, newness, p) == notices(luck, 0.0, 0.0, newness, p)


def test_newness_halves():
    p = values(Encounter(newcomer_months=6.0))
    assert [newness(months, p) for months in (0.0, 6.0, 12.0)] == approx([1.0, 0.5, 0.25])


def test_approach_without_homophily_is_its_chance():
    assert approaches(0.149, 0.15, 1.0, 0.0)
    assert not approaches(0.151, 0.15, 1.0, 0.0)


def test_homophily_multiplies_the_odds_of_an_approach():
    # chance 0.2 is 1 to 4; times 4 it is 1 to 1
    assert approaches(0.499, 0.2, 1.0, math.log(4.0))
    assert not approaches(0.501, 0.2, 1.0, math.log(4.0))


@given(st.floats(0.0, 1.0, exclude_max=True), levels, shares)
def test_certain_and_impossible_approaches(luck, alike, homophily):
    assert approaches(luck, 1.0, alike, homophily)
    assert not approaches(luck, 0.0, alike, homophily)
