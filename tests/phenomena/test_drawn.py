"""The figure of each phenomenon draws the number that its table reports, and its title claims no more."""

import numpy as np
import pytest
from made_up import shown
from matplotlib.colors import to_rgb
from true_figures import assert_true

from simulation.figures.strips import LOOKS, Measure
from simulation.phenomena import path_dependence, tipping
from simulation.phenomena.demonstration import PHENOMENA
from simulation.phenomena.phenomenon import Arm, Finding


@pytest.fixture(scope="module", params=PHENOMENA)
def found(request):
    """A phenomenon as shown, and its figure."""
    made = shown(request.param)
    return made, made.figure


def called(figure, gid):
    """The one artist of that name."""
    (one,) = figure.findobj(lambda artist: artist.get_gid() == gid)
    return one


def ends(line, along):
    return np.asarray(line.get_xdata() if along else line.get_ydata(), float)


@pytest.mark.parametrize("arm", ["on", "off"])
def test_the_reported_number_is_drawn_and_written(found, arm):
    made, figure = found
    finding, along = getattr(made, arm), made.phenomenon.name == "feedback"
    mark = called(figure, f"statistic {arm}")
    assert ends(mark, along) == pytest.approx([finding.value], abs=1e-9)
    assert ends(called(figure, f"interval of statistic {arm}"), along) == pytest.approx([finding.low, finding.high], abs=1e-9)
    said = called(figure, f"text of statistic {arm}").get_text()
    assert said == made.phenomenon.measure.said(finding.value)
    rounded = float(said.replace("−", "-")) / made.phenomenon.measure.scale
    assert rounded == pytest.approx(finding.value, abs=0.5 * 10.0**-made.phenomenon.measure.decimals / made.phenomenon.measure.scale + 1e-12)


def test_chance_alone_is_drawn_beside_it(found):
    made, figure = found
    along = made.phenomenon.name == "feedback"
    lines = [line for line in figure.findobj(lambda artist: artist.get_gid() == "chance") if line.axes is called(figure, "statistic on").axes]
    assert [set(ends(line, along)) for line in lines] == [{made.on.chance}]


def test_ticks_are_true_and_all_texts_can_be_read(found):
    assert_true(found[1])


@pytest.mark.parametrize("name", PHENOMENA)
def test_without_an_effect_no_title_claims_one(name):
    made = shown(name, on=False)
    assert not made.on.appears
    assert made.figure.get_suptitle() == "In 12 programs, chance could explain what is seen"
    assert_true(made.figure)


def test_an_effect_the_other_way_is_not_claimed():
    assert "chance" in Arm([{}] * 9, Finding(-3.0, -4.0, -2.0, 0.0, 1e-6)).claimed("More leave")
    assert Arm([{}] * 9, Finding(3.0, 2.0, 4.0, 0.0, 1e-6)).claimed("More leave") == "More leave"


def test_only_a_loop_that_closes_tips_back():
    there, stays = shown("tipping"), shown("tipping", back=False)
    assert tipping.closes(there.seen_on, 1200) and not tipping.closes(stays.seen_on, 1200)
    assert "back at a lower one" in there.figure.get_suptitle()
    assert stays.figure.get_suptitle() == "A norm stays though its role models leave again over 100 years"
    never = [{f"{way}_1200": np.full(tipping.STEPS, 0.1) for way in ("up", "down")}]
    assert not tipping.closes(never, 1200), "what never tips is no loop"


def test_what_closes_and_what_stays_is_told():
    def way(end):
        return {"up": np.linspace(0.0, 1.0, tipping.STEPS), "down": np.linspace(end, 1.0, tipping.STEPS)}

    seen = [{f"{name}_{length}": share for length, end in ((60, 0.9), (240, 0.2), (1200, 0.05)) for name, share in way(end).items()}]
    assert tipping.told_of_loops(seen).replace("\n", " ") == "over 100 years it ends where it began; over 5 and 20 years it stays"


def test_on_and_off_differ_in_grey_and_in_mark():
    grey = [np.dot(to_rgb(LOOKS[arm][0]), (0.299, 0.587, 0.114)) for arm in ("on", "off")]
    assert abs(grey[0] - grey[1]) > 0.15
    assert LOOKS["on"][1:] != LOOKS["off"][1:]


@pytest.mark.parametrize(("measure", "value", "said"), [
    (Measure("x", "points", 100.0, 1, signed=True), 0.0437, "+4.4 points"),
    (Measure("x", "points", 100.0, 1, signed=True), -0.0166, "−1.7 points"),
    (Measure("x", "points", 100.0, 1, signed=True), -0.0001, "0.0 points"),
    (Measure("x", decimals=3), 0.11932, "0.119"),
    (Measure("x", "%", 100.0, 0), float("nan"), "– %"),
])  # fmt: skip
def test_a_measure_in_words(measure, value, said):
    assert measure.in_unit(value) == said


def test_the_interval_of_a_correlation_by_hand():
    # Fisher's z of 0.5 is 0.549306; with 28 values its standard error is 0.2
    luck = np.random.default_rng(3)
    one, noise = luck.normal(size=28), luck.normal(size=28)
    noise -= one * np.dot(noise - noise.mean(), one - one.mean()) / np.dot(one - one.mean(), one - one.mean())
    other = one / one.std() * 0.5 + noise / noise.std() * np.sqrt(0.75)
    found = path_dependence.correlation(one, other)
    assert found == pytest.approx((0.5, np.tanh(0.549306 - 0.2 * 1.959964), np.tanh(0.549306 + 0.2 * 1.959964)), abs=1e-6)
    assert np.isnan(path_dependence.correlation(one[:3], other[:3])[1:]).all()
