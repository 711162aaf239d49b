"""Support, funding and support contacts."""

from drawn import records, shares
from hypothesis import given
from pytest import approx

from simulation.rules.reflect import contact_chance, funded, supported
from simulation.scenario.compiled_setting import values
from simulation.scenario.parameters import Institution, Meet


def test_support_by_hand():
    p = values(Institution(decay=0.1, results=0.2, seen=0.5))
    assert supported(0.4, 0.5, p) == approx(0.36)  # nothing visible: a tenth is lost
    assert supported(0.4, 1.0, p) == approx(0.4 + 0.2 * 0.4 * 0.6)
    assert supported(0.4, 0.75, p) == approx(0.4 + 0.2 * 0.5 * 0.24 - 0.1 * 0.5 * 0.4)


@given(shares, records(Institution))
def test_no_support_grows_from_nothing(mentored, p):
    assert supported(0.0, mentored, p) == 0.0


@given(shares, shares, shares, records(Institution))
def test_support_is_a_share_and_follows_results(support, mentored, more, p):
    low, high = supported(support, mentored, p), supported(support, min(mentored + more, 1.0), p)
    assert 0.0 <= low <= high + 1e-12 <= 1.0 + 2e-12


def test_funding_follows_support_down_to_what_is_kept():
    p = values(Institution(funding=0.5, unsupported=0.4))
    assert funded(1.0, 1.0, p) == approx(1.0)
    assert funded(1.0, 0.0, p) == approx(0.7)
    assert funded(0.4, 0.0, p) == approx(0.4)


def test_contacts_by_hand():
    p = values(Meet(contacts_per_fte=80.0))
    # 0.2 staff per hundred, three hundred mentees: 48 contacts
    assert contact_chance(0.2, 3.0, 96.0, p) == approx(0.5)
    assert contact_chance(0.2, 3.0, 10.0, p) == 1.0
    assert contact_chance(0.0, 3.0, 10.0, p) == 0.0
    assert contact_chance(0.2, 3.0, 0.0, p) == 1.0
