"""Answers of 1 to 5."""

import math

from drawn import levels, records, shares
from hypothesis import given
from pytest import approx

from simulation.rules.survey import answer, thinks_of_leaving
from simulation.scenario.compiled_setting import values
from simulation.scenario.parameters import Leave, Strain, Survey


def test_cut_points():
    p = values(Survey(cut_2=0.2, cut_3=0.35, cut_4=0.55, cut_5=0.75))
    assert [answer(latent, 0.0, 0.0, p) for latent in (0.1, 0.2, 0.4, 0.6, 0.8)] == [1, 2, 3, 4, 5]
    assert answer(0.5, 0.0, 0.1, p) == 4


def test_the_error_leaves_the_reliability():
    p = values(Survey(reliability=0.8, spread=0.2, cut_2=0.0, cut_3=0.0, cut_4=0.0, cut_5=0.5))
    # the error's spread is 0.2 * sqrt(0.2 / 0.8) = 0.1: one deviation carries 0.41 over the cut at 0.5
    assert answer(0.41, 1.0, 0.0, p) == 5 and answer(0.39, 1.0, 0.0, p) == 4
    true, error = 0.2**2, 0.1**2
    assert true / (true + error) == approx(0.8)


@given(shares, levels, levels, records(Survey, reliability=0.8))
def test_every_answer_is_one_of_five(latent, z, offset, p):
    assert answer(latent, z, offset, p) in (1, 2, 3, 4, 5)


@given(shares, shares, levels, levels, records(Survey, reliability=0.8))
def test_who_is_better_off_does_not_answer_worse(latent, more, z, offset, p):
    assert answer(latent, z, offset, p) <= answer(latent + more, z, offset, p)


def test_thoughts_of_leaving():
    strain, leave = values(Strain(intent_base=0.0, intent=2.0)), values(Leave(belonging=math.log(3.0), burnout=0.0))
    assert thinks_of_leaving(0.499, 0.0, 0.3, strain, leave) and not thinks_of_leaving(0.501, 0.0, 0.3, strain, leave)
    # half of full belonging above the mean: odds 1 to 3
    assert thinks_of_leaving(0.249, 0.5, 0.3, strain, leave) and not thinks_of_leaving(0.251, 0.5, 0.3, strain, leave)
