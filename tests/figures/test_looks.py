"""A look belongs to a name: the same everywhere, told apart in grey and by people who do not see red and green apart."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_rgb

from simulation.commands.compare import POLICIES
from simulation.figures import network, style
from simulation.scenario.loading import shipped_names

# Machado, Oliveira and Fernandes 2009, 10.1109/TVCG.2009.113: deuteranopia, on linear light
DEUTERANOPE = np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]])
LUMINANCE = np.array([0.2126729, 0.7151522, 0.0721750])  # of sRGB, IEC 61966-2-1
NAMES = st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=10, unique=True)


def lightness(colour, seen=None):
    """The lightness of a colour, 0 to 100 (CIE 1976), as everybody or as a deuteranope sees it."""
    value = np.asarray(to_rgb(colour))
    light = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    light = np.clip((seen if seen is not None else np.eye(3)) @ light, 0.0, 1.0)
    y = float(LUMINANCE @ light)
    return 116 * np.cbrt(y) - 16 if y > 0.008856 else 903.3 * y


@pytest.mark.parametrize("seen", [None, DEUTERANOPE])
@pytest.mark.parametrize("names", [POLICIES, sorted(name for name in style.FIXED if name not in ("man", "woman", "boy_or_man", "girl_or_woman", "majority", "minority")),
                                   ("man", "woman"), ("majority", "minority"), tuple("abcdefghij")])  # fmt: skip
def test_looks_of_one_picture_differ_without_their_hue(names, seen):
    for (one, a), (two, b) in itertools.combinations(style.looks(names).items(), 2):
        apart = abs(lightness(a.colour, seen) - lightness(b.colour, seen))
        assert apart > 15 or a.dashes != b.dashes or a.marker != b.marker, (one, two)


def test_white_and_black_by_hand():
    assert lightness("#ffffff") == pytest.approx(100.0, abs=0.01)
    assert lightness("#000000") == 0.0
    assert lightness("#ffffff", DEUTERANOPE) == pytest.approx(100.0, abs=0.01)  # grey stays grey


def test_every_shipped_policy_has_its_look():
    assert set(shipped_names("policies")) <= set(style.FIXED)


@given(NAMES)
def test_a_look_does_not_depend_on_the_order(names):
    assert style.looks(names) == {name: style.looks(names[::-1])[name] for name in names}
    assert len({(look.colour, look.dashes) for look in style.looks(names).values()}) == len(names)


@given(st.text(min_size=1, max_size=8))
def test_a_name_keeps_its_look_beside_shipped_policies(name):
    alone, beside = style.looks([name])[name], style.looks(["ad_hoc", name, "six_tips"])[name]
    free = alone.colour not in {style.looks([one])[one].colour for one in ("ad_hoc", "six_tips")}
    assert beside == alone or not free


@pytest.mark.parametrize("seen", [None, DEUTERANOPE])
def test_what_happens_to_ties_and_who_burns_is_told_without_hue(seen):
    for (a, b) in itertools.combinations(network.EVENTS.values(), 2):
        assert abs(lightness(a[0], seen) - lightness(b[0], seen)) > 15 or a[1] != b[1]
    assert abs(lightness(network.BURNS, seen) - lightness(network.HAS, seen)) > 25
