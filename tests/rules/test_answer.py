"""A mentor's answer, by hand and at its limits."""

import math

from drawn import levels, records, shares
from hypothesis import given
from pytest import approx

from simulation.rules.answer import read, says_yes, time_left
from simulation.scenario.compiled_setting import values
from simulation.scenario.parameters import Answer

EVEN = values(Answer(odds=0.0, time=0.0, fit=0.0, willingness=0.0, impression=0.0))


def test_a_clear_message_shows_the_need_and_a_blurred_one_noise():
    assert read(0.8, 1.0, 0.1) == 0.8
    assert read(0.8, 0.0, 0.1) == 0.1
    assert read(0.8, 0.5, 0.2) == approx(0.5)


def test_time_left_counts_the_mentee_who_asks():
    assert time_left(1.0, 1.0, 4.0) == 0.5  # two mentees at an hour each, of four hours
    assert time_left(3.0, 1.0, 4.0) == 0.0
    assert time_left(20.0, 1.0, 4.0) == -1.0
    assert time_left(0.0, 1.0, 0.0) == -1.0


def test_even_odds_are_a_coin():
    assert says_yes(0.499, 1.0, 1.0, 1.0, 3.0, 0.5, 0.0, False, EVEN)
    assert not says_yes(0.501, 1.0, 1.0, 1.0, 3.0, 0.5, 0.0, False, EVEN)


def test_who_agreed_beforehand_says_yes_more_readily():
    p = values(Answer(odds=0.0, time=0.0, fit=0.0, willingness=0.0, impression=0.0, record=0.0, agreed=math.log(9.0)))
    assert says_yes(0.899, 0.0, 0.0, 0.0, 0.0, 0.5, 0.0, True, p) and not says_yes(0.901, 0.0, 0.0, 0.0, 0.0, 0.5, 0.0, True, p)
    assert not says_yes(0.501, 0.0, 0.0, 0.0, 0.0, 0.5, 0.0, False, p)


def test_likeness_of_log_three_makes_three_to_one():
    assert says_yes(0.749, 0.0, 0.0, 0.0, 0.0, 0.5, math.log(3.0), False, EVEN)
    assert not says_yes(0.751, 0.0, 0.0, 0.0, 0.0, 0.5, math.log(3.0), False, EVEN)


@given(shares, shares, shares, shares, levels, shares, shares, shares, records(Answer))
def test_who_says_yes_says_yes_to_more(luck, free, fit, willing, impression, record, likeness, more, p):
    if says_yes(luck, free, fit, willing, impression, record, likeness, False, p):
        assert says_yes(luck, free + more, fit, willing, impression, record, likeness, False, p)
        assert says_yes(luck, free, fit + more, willing, impression, record, likeness, False, p)
        assert says_yes(luck, free, fit, willing + more, impression, record, likeness, False, p)
        assert says_yes(luck, free, fit, willing, impression + more, record, likeness, False, p)
        assert says_yes(luck, free, fit, willing, impression, record + more, likeness, False, p)
        assert says_yes(luck, free, fit, willing, impression, record, likeness + more, False, p)
        assert says_yes(luck, free, fit, willing, impression, record, likeness, True, p)
        assert says_yes(luck * (1.0 - more), free, fit, willing, impression, record, likeness, False, p)


@given(shares, shares, shares)
def test_what_is_read_lies_between_the_truth_and_the_noise(expertise, clarity, noise):
    assert min(expertise, noise) - 1e-12 <= read(expertise, clarity, noise) <= max(expertise, noise) + 1e-12
