"""Whether a mentee asks, and whom."""

import math

from drawn import levels, records, shares
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from simulation.rules.seek import appeal, seeks, usual
from simulation.scenario.compiled_setting import values
from simulation.scenario.parameters import Seek


def test_the_mean_mentee_asks_by_the_odds():
    p = values(Seek(odds=-math.log(4.0)))
    assert seeks(0.199, 0.5, 0.5, 0.0, 0.5, 0.5, 0.0, 0.0, p)
    assert not seeks(0.201, 0.5, 0.5, 0.0, 0.5, 0.5, 0.0, 0.0, p)


def test_an_invitation_and_help_by_hand():
    p = values(Seek(odds=0.0, invited=math.log(3.0), facilitated=math.log(3.0)))
    assert seeks(0.749, 0.5, 0.5, 0.0, 0.5, 0.5, 1.0, 0.0, p) and not seeks(0.751, 0.5, 0.5, 0.0, 0.5, 0.5, 1.0, 0.0, p)
    assert seeks(0.899, 0.5, 0.5, 0.0, 0.5, 0.5, 1.0, 1.0, p) and not seeks(0.901, 0.5, 0.5, 0.0, 0.5, 0.5, 1.0, 1.0, p)


@given(shares, shares, shares, shares, records(Seek))
def test_initiative_need_and_help_bring_out_the_question(luck, initiative, need, more, p):
    if seeks(luck, initiative, need, 0.0, 0.5, 0.5, 0.0, 0.0, p):
        assert seeks(luck, initiative + more, need, 0.0, 0.5, 0.5, 0.0, 0.0, p)
        assert seeks(luck, initiative, need + more, 0.0, 0.5, 0.5, 0.0, 0.0, p)
        assert seeks(luck, initiative, need, 0.0, 0.5, 0.5, more, more, p)
        assert seeks(luck, initiative, need, 0.0, 0.5, 0.5, more, 0.0, p)


def test_who_is_worn_out_by_hand():
    p = values(Seek(odds=0.0, worn=2.0))
    # a quarter above the mean at a weight of 2: log odds of -1/2
    asked = 1.0 / (1.0 + math.exp(0.5))
    assert seeks(asked - 1e-9, 0.5, 0.5, 0.25, 0.5, 0.5, 0.0, 0.0, p)
    assert not seeks(asked + 1e-9, 0.5, 0.5, 0.25, 0.5, 0.5, 0.0, 0.0, p)
    assert seeks(0.499, 0.5, 0.5, 0.0, 0.5, 0.5, 0.0, 0.0, p) and not seeks(0.501, 0.5, 0.5, 0.0, 0.5, 0.5, 0.0, 0.0, p)


@given(shares, shares, shares, levels, shares, records(Seek))
def test_burnout_brings_out_no_question(luck, initiative, need, burnout, more, p):
    if seeks(luck, initiative, need, burnout + more, 0.5, 0.5, 0.0, 0.0, p):
        assert seeks(luck, initiative, need, burnout, 0.5, 0.5, 0.0, 0.0, p)


@given(shares, shares, shares, levels, records(Seek, worn=0.0))
def test_without_its_weight_burnout_does_nothing(luck, initiative, need, burnout, p):
    rested = seeks(luck, initiative, need, 0.0, 0.5, 0.5, 0.0, 0.0, p)
    assert seeks(luck, initiative, need, burnout, 0.5, 0.5, 0.0, 0.0, p) == rested


def test_who_is_able_by_hand():
    p = values(Seek(odds=0.0, able=2.0))
    # a quarter above the mean at a weight of 2: log odds of 1/2
    asked = 1.0 / (1.0 + math.exp(-0.5))
    assert seeks(asked - 1e-9, 0.5, 0.5, 0.0, 0.75, 0.5, 0.0, 0.0, p)
    assert not seeks(asked + 1e-9, 0.5, 0.5, 0.0, 0.75, 0.5, 0.0, 0.0, p)


@given(shares, shares, shares, shares, shares, records(Seek))
def test_ability_brings_out_the_question(luck, initiative, need, ability, more, p):
    if seeks(luck, initiative, need, 0.0, ability, 0.5, 0.0, 0.0, p):
        assert seeks(luck, initiative, need, 0.0, ability + more, 0.5, 0.0, 0.0, p)


@given(shares, shares, shares, shares, records(Seek, able=0.0))
def test_without_its_weight_ability_does_nothing(luck, initiative, need, ability, p):
    mean = seeks(luck, initiative, need, 0.0, 0.5, 0.5, 0.0, 0.0, p)
    assert seeks(luck, initiative, need, 0.0, ability, 0.5, 0.0, 0.0, p) == mean


def test_a_custom_by_hand():
    assert usual(3, 12) == 0.25 and usual(0, 4) == 0.0 and usual(0, 0) == 0.5
    p = values(Seek(odds=0.0, custom=2.0))
    # a quarter of the others have a mentor, at a weight of 2: log odds of -1/2
    asked = 1.0 / (1.0 + math.exp(0.5))
    assert seeks(asked - 1e-9, 0.5, 0.5, 0.0, 0.5, 0.25, 0.0, 0.0, p)
    assert not seeks(asked + 1e-9, 0.5, 0.5, 0.0, 0.5, 0.25, 0.0, 0.0, p)


@given(shares, shares, shares, st.integers(0, 20), st.integers(0, 20), records(Seek))
def test_one_more_who_has_a_mentor_brings_out_the_question(luck, initiative, need, had, others, p):
    before, after = (usual(had + more, had + others + 1) for more in (0, 1))
    assert 0.0 <= before <= after <= 1.0
    if seeks(luck, initiative, need, 0.0, 0.5, before, 0.0, 0.0, p):
        assert seeks(luck, initiative, need, 0.0, 0.5, after, 0.0, 0.0, p)


@given(shares, shares, shares, shares, records(Seek, custom=0.0))
def test_without_its_weight_a_custom_does_nothing(luck, initiative, need, share, p):
    evenly = seeks(luck, initiative, need, 0.0, 0.5, 0.5, 0.0, 0.0, p)
    assert seeks(luck, initiative, need, 0.0, 0.5, share, 0.0, 0.0, p) == evenly


def test_appeal_by_hand():
    p = values(Seek(by_expertise=1.0, by_impression=0.5, by_likeness=0.25, by_nearness=0.3))
    assert appeal(0.6, 2.0, -1.0, 1.0, p) == approx(0.6 + 1.0 - 0.25 + 0.3)
