"""Meeting: time, chance, hours and overload."""

from drawn import records, shares
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from simulation.rules.meet import available, hours, meets, overload
from simulation.scenario.compiled_setting import values
from simulation.scenario.parameters import Meet


def test_time_by_hand():
    assert available(3.0, 1.0, False, 0.4, 1.0) == 4.0
    assert available(3.0, 1.0, True, 0.5, 0.5) == 1.0
    assert available(3.0, 1.0, False, 0.4, 0.0) == 0.0


def test_the_chance_to_meet_by_hand():
    p = values(Meet(floor=0.2))
    # quality 0.5: 0.2 + 0.8 * 0.5 = 0.6
    assert meets(0.599, 0.5, 1.0, p) and not meets(0.601, 0.5, 1.0, p)
    assert meets(0.299, 0.5, 0.5, p) and not meets(0.301, 0.5, 0.5, p)


@given(shares, shares, shares, shares, records(Meet))
def test_quality_and_calm_only_help(luck, quality, more, shock, p):
    if meets(luck, quality, shock, p):
        assert meets(luck, min(quality + more, 1.0), shock, p)
        assert meets(luck, quality, shock + more, p)


def test_hours_are_the_least_of_three():
    assert (hours(1.0, 2.0, 3.0), hours(2.0, 0.5, 3.0), hours(2.0, 3.0, 0.25)) == (1.0, 0.5, 0.25)


def test_overload_by_hand():
    p = values(Meet(overload_cap=2.0))
    assert overload(3.0, 1.0, 4.0, p) == 0.0
    assert overload(6.0, 1.0, 4.0, p) == approx(0.5)
    assert overload(40.0, 1.0, 4.0, p) == 2.0
    assert overload(1.0, 1.0, 0.0, p) == 2.0
    assert overload(0.0, 1.0, 0.0, p) == 0.0


@given(st.floats(0.0, 100.0), st.floats(0.1, 40.0), st.floats(0.0, 40.0), st.floats(0.0, 40.0), records(Meet))
def test_more_time_never_overloads(load, asked, time, more, p):
    assert 0.0 <= overload(load, asked, time + more, p) <= overload(load, asked, time, p) <= p.overload_cap
