"""Endings, good and bad."""

import math

from drawn import records, shares
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from simulation.rules.part import ends_well, hurt
from simulation.scenario.compiled_setting import values
from simulation.scenario.parameters import Part


def test_clean_endings_by_hand():
    p = values(Part(clean=-math.log(3.0), path=math.log(3.0), norm=math.log(3.0), quality=0.0))
    for path, norm, chance in ((0.0, 0.0, 0.25), (1.0, 0.0, 0.5), (0.0, 1.0, 0.5), (1.0, 1.0, 0.75)):
        assert ends_well(chance - 0.001, path, norm, 0.7, p) and not ends_well(chance + 0.001, path, norm, 0.7, p)


def test_only_a_bad_early_ending_harms():
    p = values(Part(early=6.0, harm=0.1))
    assert hurt(0.5, False, 5.0, p) == approx(0.4)
    assert hurt(0.5, False, 6.0, p) == hurt(0.5, True, 2.0, p) == 0.5
    assert hurt(0.05, False, 2.0, p) == 0.0


@given(shares, shares, shares, shares, shares, records(Part))
def test_path_norm_and_quality_help(luck, path, norm, quality, more, p):
    if ends_well(luck, path, norm, quality, p):
        assert ends_well(luck, path + more, norm, quality, p)
        assert ends_well(luck, path, norm + more, quality, p)
        assert ends_well(luck, path, norm, quality + more, p)


@given(shares, st.booleans(), st.floats(0.0, 60.0), records(Part))
def test_belonging_stays_a_share(belonging, well, months, p):
    assert 0.0 <= hurt(belonging, well, months, p) <= belonging
    assert hurt(belonging, True, months, p) == belonging
