"""The norm about endings: seen, tipped, faded, and what it costs to be outside of it."""

from drawn import levels, records, shares
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from simulation.rules.norm import cost_of_ending, faded, normal, seen
from simulation.scenario.compiled_setting import values
from simulation.scenario.parameters import Norm


def test_what_is_seen_by_hand():
    p = values(Norm(reach=0.25))
    assert seen(0.4, 0.2, 0.0, p) == approx(0.35)
    assert seen(0.4, 0.2, 0.2, p) == approx(0.2 + 0.8 * 0.35)
    assert seen(0.0, 0.0, 1.0, p) == 1.0


def test_a_norm_holds_on_by_its_inertia():
    p = values(Norm(threshold=0.25, threshold_spread=0.1, inertia=0.05))
    assert not normal(False, 0.24, 0.0, p) and normal(False, 0.25, 0.0, p)
    assert normal(True, 0.21, 0.0, p) and not normal(True, 0.19, 0.0, p)
    assert normal(False, 0.16, -1.0, p) and not normal(False, 0.34, 1.0, p)
    assert normal(False, 0.0, -4.0, p)


@given(st.booleans(), shares, shares, levels, records(Norm))
def test_seeing_more_never_undoes_the_norm(was, share, more, z, p):
    if normal(was, share, z, p):
        assert normal(was, share + more, z, p)
        assert normal(True, share, z, p)


@given(shares, records(Norm))
def test_what_was_seen_fades(moved_on, p):
    assert 0.0 <= faded(moved_on, p) <= moved_on


def test_the_cost_by_hand():
    p = values(Norm(path=0.5))
    assert cost_of_ending(0.8, False, False, 0.0, p) == 0.8
    assert cost_of_ending(0.8, False, True, 0.0, p) == approx(0.4)
    assert cost_of_ending(0.8, True, False, 0.3, p) == approx(0.3)
    assert cost_of_ending(0.8, False, False, 0.3, p) == approx(1.1)


@given(shares, st.booleans(), st.booleans(), shares, records(Norm))
def test_norm_and_path_never_make_it_dearer(stigma, is_normal, path, pledge, p):
    cost = cost_of_ending(stigma, is_normal, path, pledge, p)
    assert 0.0 <= cost_of_ending(stigma, True, path, pledge, p) <= cost <= 2.0
    assert cost_of_ending(stigma, is_normal, True, pledge, p) <= cost
