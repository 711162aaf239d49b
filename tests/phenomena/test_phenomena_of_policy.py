"""Tipping, feedback and adaptation: each is there with its mechanism on, gone with it off, and counted as by hand."""

import numpy as np
import pytest
from matplotlib.figure import Figure
from true_figures import assert_true

from simulation.columns import MENTOR
from simulation.judgement import estimate
from simulation.phenomena import adaptation, feedback, tipping
from simulation.phenomena.phenomenon import Arm
from simulation.rows import empty

pytestmark = pytest.mark.jit_only
MODULES = (tipping, feedback, adaptation)


def seen_by(module, seeds, on):
    return [module.see(seed, on) for seed in seeds]


@pytest.fixture(scope="module")
def loops():
    """Six loops of tipping, on and off."""
    return [seen_by(tipping, range(1, 7), on) for on in (True, False)]


@pytest.fixture(scope="module")
def worn():
    """Six seeds of feedback, on and off."""
    return [seen_by(feedback, range(1, 7), on) for on in (True, False)]


@pytest.fixture(scope="module")
def shocked():
    """Four seeds of adaptation, on and off."""
    return [seen_by(adaptation, range(1, 5), on) for on in (True, False)]


def test_a_gap_that_only_lags_is_gone_at_a_ramp_that_never_ends():
    assert tipping.endless([3.0 / 60, 3.0 / 240, 3.0 / 1200]) == pytest.approx(0.0, abs=1e-12)
    assert tipping.endless([0.2 + 3.0 / 60, 0.2 + 3.0 / 240, 0.2 + 3.0 / 1200]) == pytest.approx(0.2)


def test_a_gap_at_the_edge_of_tipping_leaves_a_fifteenth():
    gaps = [length ** (-2.0 / 3.0) for length in tipping.LENGTHS]
    assert tipping.endless(gaps) / gaps[0] == pytest.approx(1 / 15, rel=0.05)


def test_a_norm_that_feeds_itself_keeps_a_gap_however_slow(loops):
    on, off = loops
    assert all(each["gap_60"] > 0.2 for each in on)
    edge = np.mean([each["gap_60"] for each in on]) / 15  # what is left where the norm is only about to tip; a lag leaves less
    assert estimate(np.array([each["gap_1200"] for each in on])).low > edge
    assert estimate(np.array([each["gap"] for each in on])).low > 0.0
    assert abs(np.mean([each["gap_1200"] for each in off])) < 0.05


def test_both_ways_stand_in_the_same_order(loops):
    for each in loops[0]:
        for way in ("up_1200", "down_1200"):
            assert each[way].shape == (tipping.STEPS,)
            assert each[way][-1] > 0.9
        assert each["up_1200"][0] < 0.2  # down, it may not come back at all
        assert each["gap_1200"] == pytest.approx(float(np.mean(each["down_1200"] - each["up_1200"])))


def test_losses_are_counted_a_year_per_hundred():
    class Held:
        mentors = empty(MENTOR, 3)
        counts = np.rec.array([(3,)], dtype=[("mentors", "i8")])[0]

    Held.mentors["group"][:, 0] = [1, 1, 0]
    Held.mentors["joined"] = [0, 60, 0]
    Held.mentors["exit_month"] = [59, -1, -1]  # five years and gone; five years and there
    there, lost = feedback.stayed(Held, feedback.WOMEN)
    assert there == pytest.approx(1.0)
    assert lost == pytest.approx(10.0)
    assert feedback.stayed(Held, feedback.MEN) == (1.0, 0.0)


def test_matching_wears_women_out_unless_time_is_protected(worn):
    on, off = (feedback.also(seen)["burnout more of a woman who mentors (0 to 1)"] for seen in worn)
    assert on > 0.015
    assert abs(off) < 0.005


def test_matching_loads_women_with_and_without_protected_time(worn):
    for seen in worn:
        assert feedback.also(seen)["mentees more of a woman who mentors"] > 0.3


def test_what_is_found_is_the_difference_in_losses(worn):
    seen = worn[0]
    by_hand = np.mean([each["matched_lost_women"] for each in seen]) - np.mean(
        [each["unmatched_lost_women"] for each in seen]
    )
    assert feedback.find(seen).value == pytest.approx(by_hand)


def test_a_program_that_learns_loses_less(shocked):
    on, _ = shocked
    assert adaptation.find(on).value > 0.02
    assert adaptation.also(on)["share saved by late and few data"] < adaptation.find(on).value
    assert adaptation.also(on)["share of mentees lost without looking"] > 0.1


def test_a_program_that_looks_and_changes_nothing_is_one_that_does_not_look(shocked):
    for each in shocked[1]:
        assert np.array_equal(each["prompt"], each["alone"])
        assert np.array_equal(each["late"], each["alone"])
    found = adaptation.find(shocked[1])
    assert (found.value, found.p) == (0.0, 1.0)


def test_nothing_is_lost_before_the_shock(shocked):
    for seen in shocked:
        for each in seen:
            assert all((each[program][: adaptation.BEFORE] == 0.0).all() for program in adaptation.PROGRAMS)


def test_what_is_saved_is_the_mean_of_two_years():
    alone = np.zeros(adaptation.BEFORE + adaptation.AFTER)
    prompt = alone.copy()
    prompt[adaptation.BEFORE :][: adaptation.COUNTED] = 0.25
    seen = {"alone": alone, "prompt": prompt, "late": alone}
    assert adaptation.gained(seen, "prompt") == 0.25
    assert adaptation.gained(seen, "prompt", adaptation.COUNTED) == 0.0


@pytest.mark.parametrize("module", MODULES[1:], ids=lambda module: module.PHENOMENON.name)
def test_the_same_seed_shows_the_same(module):
    first, again = module.see(3, True), module.see(3, True)
    assert all(np.array_equal(first[name], again[name]) for name in first)


def test_the_same_seed_ramps_alike():
    first, again = tipping.ramped(60, 3, True), tipping.ramped(60, 3, True)
    assert np.array_equal(first, again)
    assert not np.array_equal(first, tipping.ramped(60, 4, True))


@pytest.mark.parametrize("name", ["loops", "worn", "shocked"])
def test_each_is_drawn_on_and_off_with_the_same_axes(name, request):
    module = dict(zip(("loops", "worn", "shocked"), MODULES, strict=True))[name]
    arms = [Arm(seen, module.find(seen), module.also(seen)) for seen in request.getfixturevalue(name)]
    figure = module.PHENOMENON.draw(*arms)
    assert isinstance(figure, Figure)
    left, right = figure.axes[:2]
    assert left.get_ylim() == right.get_ylim()
    assert left.get_xlim() == right.get_xlim() or module is feedback  # whose panels are links of a loop, with units of their own
    assert_true(figure)
