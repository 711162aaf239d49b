"""Learning, output and teaching."""

from drawn import records, shares
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from simulation.rules.learn import backed, learned, produced, taught
from simulation.scenario.compiled_setting import values
from simulation.scenario.parameters import Learn


def test_a_month_with_a_mentor_by_hand():
    p = values(Learn(rate=0.5))
    assert learned(0.2, 0.6, 0.5, 0.8, p) == approx(0.2 + 0.5 * 0.5 * 0.8 * 0.4)


@given(shares, shares, shares, records(Learn))
def test_nothing_is_learned_from_who_knows_no_more(skill, contact, quality, p):
    assert learned(skill, skill, contact, quality, p) == skill
    assert learned(skill, skill / 2, contact, quality, p) == skill


@given(shares, shares, shares, shares, records(Learn))
def test_nobody_outgrows_the_mentor_by_the_mentor(skill, expertise, contact, quality, p):
    assert skill <= learned(skill, expertise, contact, quality, p) <= max(skill, expertise) + 1e-12
    assert learned(skill, expertise, 0.0, quality, p) == skill


def test_output_follows_ability_and_skill():
    p = values(Learn(output_rate=0.5, output_skill=0.25))
    assert produced(0.4, 0.8, 0.4, 0.0, p) == approx(0.4 + 0.5 * (0.6 + 0.1 - 0.4))


def test_output_rests_at_productivity():
    p = values(Learn(output_rate=0.2, output_skill=0.35))
    output = 0.0
    for _ in range(200):
        output = produced(output, 0.6, 0.2, 0.0, p)
    assert output == approx(0.65 * 0.6 + 0.35 * 0.2)


def test_a_mentor_with_means_by_hand():
    assert backed(0.8, 0.5, 0.75) == approx(0.3)
    assert backed(0.8, 0.5, 1.5) == backed(0.8, 0.5, 1.0) == approx(0.4)
    p = values(Learn(output_rate=0.5, output_skill=0.25, means=0.2))
    assert produced(0.4, 0.8, 0.4, 0.5, p) == approx(0.4 + 0.5 * (0.6 + 0.1 + 0.1 - 0.4))
    assert produced(0.4, 1.0, 1.0, 1.0, p) == approx(0.4 + 0.5 * (1.0 - 0.4))


@given(shares, shares, shares, shares, shares, records(Learn))
def test_means_lower_no_output_and_nothing_leaves_the_unit_interval(output, ability, skill, backing, more, p):
    before, after = (produced(output, ability, skill, each, p) for each in (backing, min(backing + more, 1.0)))
    assert -1e-12 <= before <= after + 1e-12 <= 1.0 + 2e-12
    assert 0.0 <= backed(ability, skill, backing + more) <= min(ability, skill)


@given(shares, shares, shares, shares, records(Learn, means=0.0))
def test_without_their_weight_means_do_nothing(output, ability, skill, backing, p):
    assert produced(output, ability, skill, backing, p) == produced(output, ability, skill, 0.0, p)


def test_eight_hours_close_their_share_and_sixteen_the_square():
    assert taught(0.5, 8.0, 0.4, 8.0) == approx(0.7)
    assert taught(0.5, 16.0, 0.4, 8.0) == approx(1.0 - 0.36 * 0.5)
    assert taught(0.5, 0.0, 0.4, 8.0) == 0.5


@given(shares, st.floats(0.0, 40.0), st.floats(0.0, 40.0), shares)
def test_hours_in_two_parts_teach_as_much_as_at_once(level, first, then, closed):
    assert taught(taught(level, first, closed, 8.0), then, closed, 8.0) == approx(
        taught(level, first + then, closed, 8.0), abs=1e-9
    )
