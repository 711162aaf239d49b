"""What the month leaves on people."""

from drawn import levels, records, shares
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from simulation.rules.strain import (
    belonging_level,
    burden,
    burnout_level,
    job_satisfaction,
    mentor_burnout_level,
    mentor_satisfaction_level,
    moved,
    satisfied,
    threat,
)
from simulation.scenario.compiled_setting import values
from simulation.scenario.parameters import MentorStrain, Strain


def test_threat_is_full_when_alone_and_gone_at_parity():
    p = values(Strain(threat_parity=0.4))
    assert threat(0.0, p) == 1.0
    assert threat(0.1, p) == approx(0.75)
    assert threat(0.4, p) == threat(0.9, p) == 0.0


def test_belonging_by_hand():
    p = values(Strain(belonging=0.5, belonging_spread=0.1, good_tie=0.1, bad_tie=0.04, coverage=0.02, threat=0.2,
                      role_model=0.1))  # fmt: skip
    assert belonging_level(0.0, 0.0, 0.0, 0.0, 0.0, p) == 0.5
    assert burden(0.5, 0.5, p) == approx((0.2 - 0.05) * 0.5)
    expected = 0.5 + 0.1 + 0.08 - 0.01 + 0.01 - 0.075
    assert belonging_level(1.0, 0.8, 0.25, 0.5, 0.075, p) == approx(expected)


@given(levels, shares, shares, shares, shares, records(Strain))
def test_good_ties_and_cover_lift_belonging_and_a_burden_lowers_it(z, best, covered, burdened, more, p):
    usual = belonging_level(z, best, 0.5, covered, burdened, p)
    assert 0.0 <= usual <= 1.0
    assert belonging_level(z, best + more, 0.5, covered, burdened, p) >= usual - 1e-12
    assert belonging_level(z, best, 0.5, covered + more, burdened, p) >= usual - 1e-12
    assert belonging_level(z, best, 0.5, covered, burdened + more, p) <= usual + 1e-12
    assert belonging_level(z, best, 0.5 + more, covered, burdened, p) <= usual + 1e-12


@given(shares, shares, shares, records(Strain))
def test_threat_burdens_kin_relieve_and_nobody_is_lifted_above_no_threat(threatened, kin, more, p):
    usual = burden(threatened, kin, p)
    assert usual >= 0.0 == burden(0.0, kin, p)
    assert burden(threatened + more, kin, p) >= usual - 1e-12
    assert burden(threatened, kin + more, p) <= usual + 1e-12


def test_burnout_by_hand():
    p = values(Strain(belonging=0.5, burnout=0.4, burnout_spread=0.1, ability=0.2, isolation=0.2, role_conflict=0.05))
    assert burnout_level(0.0, 0.5, 0.5, 0.0, p) == burnout_level(0.0, 0.5, 0.5, 1.0, p) == 0.4
    assert burnout_level(1.0, 0.9, 0.3, 3.0, p) == approx(0.4 + 0.1 - 0.08 + 0.04 + 0.1)


def test_states_move_part_of_the_way():
    assert moved(0.2, 0.6, values(Strain(rate=0.25))) == approx(0.3)
    p = values(Strain(satisfaction_contact=0.25, satisfaction_rate=0.5))
    assert satisfied(0.4, 0.8, 1.0, p) == approx(0.4 + 0.5 * (0.6 + 0.25 - 0.4))


def test_job_satisfaction_by_hand():
    p = values(Strain(job=0.5, job_belonging=0.5, job_mentoring=0.2, job_burnout=0.4, mentoring_none=0.4, belonging=0.5,
                      burnout=0.4))  # fmt: skip
    assert job_satisfaction(0.5, 0.0, 0.4, p) == job_satisfaction(0.5, 0.4, 0.4, p) == 0.5
    assert job_satisfaction(0.7, 0.9, 0.5, p) == approx(0.5 + 0.1 + 0.1 - 0.04)


def test_a_mentors_burnout_and_satisfaction_by_hand():
    p = values(MentorStrain(burnout=0.4, burnout_spread=0.1, overload=0.2, meaning=0.05, satisfaction=0.5, joy=0.4,
                            supported=0.1))  # fmt: skip
    assert mentor_burnout_level(1.0, 0.5, 1.0, p) == approx(0.4 + 0.1 + 0.1 - 0.05)
    assert mentor_satisfaction_level(0.0, False, 0.0, p) == 0.5
    assert mentor_satisfaction_level(0.75, True, 0.5, p) == approx(0.5 + 0.05 + 0.1)


@given(levels, shares, st.floats(0.0, 5.0), shares, records(Strain), records(MentorStrain))
def test_where_things_rest_is_a_share(z, level, held, joy, p, q):
    assert 0.0 <= burnout_level(z, level, level, held, p) <= 1.0
    assert 0.0 <= job_satisfaction(level, joy, level, p) <= 1.0
    assert 0.0 <= mentor_burnout_level(z, held, joy, q) <= 1.0
    assert 0.0 <= mentor_satisfaction_level(joy, held > 0.0, level, q) <= 1.0
