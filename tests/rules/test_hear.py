"""Word of mouth: a mean of reports, with forgetting."""

from drawn import records, shares
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from simulation.rules.hear import believed, forgotten, heard
from simulation.scenario.compiled_setting import values
from simulation.scenario.parameters import Hear

weights = st.floats(0.0, 50.0)


def test_reports_are_averaged_by_weight():
    assert heard(0.2, 1.0, 0.8) == approx(0.5)
    assert heard(0.2, 2.0, 0.8) == approx(0.4)
    assert heard(0.9, 0.0, 0.3) == approx(0.3)


def test_three_reports_in_any_order_give_their_mean():
    standing, weight = 0.0, 0.0
    for report in (0.1, 0.5, 0.9):
        standing, weight = heard(standing, weight, report), weight + 1.0
    assert standing == approx(0.5)


def test_nothing_heard_is_one_half_and_little_heard_is_doubted():
    p = values(Hear(prior=1.0))
    assert believed(0.9, 0.0, p) == 0.5
    assert believed(0.9, 1.0, p) == approx(0.7)
    assert believed(0.9, 3.0, p) == approx(0.8)


@given(weights, records(Hear))
def test_weight_only_fades(weight, p):
    assert 0.0 <= forgotten(weight, p) <= weight


@given(shares, weights, shares)
def test_a_mean_lies_between_what_was_heard(standing, weight, report):
    assert min(standing, report) - 1e-9 <= heard(standing, weight, report) <= max(standing, report) + 1e-9
