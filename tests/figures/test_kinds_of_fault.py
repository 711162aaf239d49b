"""Every picture that `compare` and `pilot` write, of a real run: the faults that pictures once had are nowhere in them."""

from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from legible import assert_inside, assert_legible, assert_ticks_say_their_value, said
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch

from simulation.commands.compare import FIRST, TABLES
from simulation.comparison.compare import compare
from simulation.comparison.pilot import Size, pilot, power
from simulation.figures import network, style
from simulation.figures.album import figures_of
from simulation.figures.captions import described
from simulation.figures.islands import arrange
from simulation.figures.pilot_figure import pilots
from simulation.figures.wording import words
from simulation.outcomes.course import COURSE, WINDOW
from simulation.results import stamped
from simulation.scenario.policy import Policy
from simulation.scenario.world import World

pytestmark = pytest.mark.jit_only  # some runs, which take minutes uncompiled

POLICIES = ("ad_hoc", "single_discipline", "multi_discipline", "mentee_choice", "six_tips")
STEMS = (
    "contrasts", "equity", "retention", "retention_by_gender", "retention_by_minority", "ties", "load_by_gender",
    "load_by_minority", "network", "pilot",
)  # fmt: skip


@pytest.fixture(scope="module")
def world():
    return World.load("teaching_hospital").with_({"people.mentees": 120, "people.mentors": 48, "people.months": 30})


@pytest.fixture(scope="module")
def real(world):
    """The tables of a small real comparison, as they go to disk."""
    found = compare(world, [Policy.load(name) for name in POLICIES], replicates=7, seed=3, workers=1)
    tables = {name: getattr(found, name) for name in TABLES if getattr(found, name) is not None}
    for name in FIRST:
        tables[name] = pd.concat([stamped(getattr(run, name), world.name, policy, 0) for policy, run in found.runs.items()], ignore_index=True)
    return tables


@pytest.fixture(scope="module")
def saved(real, world, tmp_path_factory):
    """By stem, each figure as it was saved, and its SVG."""
    folder, kept = tmp_path_factory.mktemp("figures"), {}
    size = Size("individual", 0.5, 6)
    found = pilot(world, Policy.load("six_tips"), size.assign, size.share, size.months, Policy.load("ad_hoc"), 4, 3, workers=1)
    rows, worth = (one[(one[list(Size._fields)] == list(size)).all(axis=1)] for one in (found, power(found)))
    for stem, draw in [*figures_of(real), ("pilot", lambda: pilots(rows, worth, "six tips"))]:
        picture = draw()
        figure = picture if isinstance(picture, Figure) else picture.get_figure(root=True)
        _, svg = style.save(figure, folder / stem, *described(stem))
        figure.draw_without_rendering()
        kept[stem] = figure, svg
    return kept


def test_these_are_all(saved):
    assert tuple(saved) == STEMS


@pytest.mark.parametrize("stem", STEMS)
def test_a_ticks_label_is_its_value(saved, stem):
    assert_ticks_say_their_value(saved[stem][0])


@pytest.mark.parametrize("stem", STEMS)
def test_nothing_is_cut_and_no_text_lies_on_another(saved, stem):
    assert_inside(saved[stem][0])
    assert_legible(saved[stem][0])


@pytest.mark.parametrize("stem", STEMS)
def test_no_share_and_no_interval_of_one_leaves_its_range(saved, stem):
    for ax in saved[stem][0].axes:
        for k, axis in enumerate((ax.xaxis, ax.yaxis)):
            if any((told := said(text.get_text())) and told[1] for text in axis.get_majorticklabels()):
                ends = [line.get_data()[k] for line in ax.lines if line.get_transform().contains_branch(ax.transData)]
                values = np.concatenate([np.asarray(one, float).ravel() for one in ends])
                assert np.nanmin(values) >= 0.0 and np.nanmax(values) <= 1.0


@pytest.mark.parametrize("stem", STEMS)
def test_an_svg_has_a_title_and_a_description(saved, stem):
    root = ElementTree.parse(saved[stem][1]).getroot()
    title, description = (root.findtext(f"{{http://www.w3.org/2000/svg}}{name}") for name in ("title", "desc"))
    assert title == style.headline(saved[stem][0]) != ""
    assert len(description) > 60
    assert root.get("role") == "img"


def test_a_policy_looks_the_same_in_every_picture(saved):
    for name in POLICIES:
        looks = {(line.get_color(), line.get_marker()) for stem in ("retention", "retention_by_gender", "ties")
                 for ax in saved[stem][0].axes for line in ax.lines if line.get_label() == words(name)}  # fmt: skip
        assert looks == {(style.looks([name])[name].colour, style.looks([name])[name].marker)}


def test_pictures_and_tables_count_the_same_ties(saved, real):
    month = int(real["months"]["month"].max()) // 2
    shown = [ax.get_title("left") for ax in saved["network"][0].axes]
    for title in shown:
        policy = next(name for name in POLICIES if title.startswith(words(name) + "\n"))
        row = real["months"].query("policy == @policy and month == @month").iloc[0]
        assert f"{int(row['live_ties']):,} live tie" in title
        assert f"{round(row['spark_share'] * row['live_ties']):,} sparked, " in title
    for (policy, at), row in real["months"].set_index(["policy", "month"]).iterrows():
        mine = [real[name][real[name]["policy"] == policy] for name in network.TABLES]
        live, mentees, _ = network.snapshot(*mine, month=at)
        assert (len(live), len(mentees)) == (row["live_ties"], row["mentees"])
        assert live["mentee"].nunique() >= round(row["mentored_share"] * row["mentees"])  # of these, who met of late
    assert any((real["ties"]["phase"] == "redefinition") & (real["ties"]["phase_month"] < month))  # else nothing was tested


def test_the_network_is_no_hairball_and_no_name_is_crossed(saved):
    for ax in saved["network"][0].axes:
        strong = [patch for patch in ax.patches if isinstance(patch, PathPatch) and patch.get_gid() in network.EVENTS]
        assert 0 < len(strong) <= network.STRONG
        lines = [patch.get_path().transformed(patch.get_transform()) for patch in ax.patches if isinstance(patch, PathPatch)]
        lines += [path.transformed(ax.transData) for some in ax.collections for path in some.get_paths() if len(path.vertices) == 2]
        people = np.concatenate([ax.transData.transform(some.get_offsets()) for some in ax.collections if len(some.get_offsets()) > 1])
        assert len(ax.texts) == 5
        for text in ax.texts:
            box = text.get_window_extent()
            assert not any(line.intersects_bbox(box, filled=False) for line in lines), text.get_text()
            assert not any(box.padded(1).contains(*spot) for spot in people), text.get_text()


def test_islands_do_not_touch_and_everybody_keeps_the_place(real):
    seen = {}
    for policy in POLICIES:
        mine = [real[name][real[name]["policy"] == policy] for name in network.TABLES]
        seen[policy] = network.snapshot(*mine, month=15)[1:]
    places = arrange(*seen["ad_hoc"])
    names = list(places.centres)
    for i, one in enumerate(names):
        for other in names[:i]:
            apart = np.linalg.norm(places.centres[one] - places.centres[other])
            assert apart > places.radii[one] + places.radii[other]


def test_rates_begin_when_their_year_is_full_and_shares_have_bands(real):
    course = real["course"].set_index(["policy", "measure", "month"]).sort_index()
    for policy in POLICIES:
        for measure in COURSE[2:]:
            line = course.loc[(policy, measure), "mean"]
            assert line.iloc[: WINDOW - 1].isna().all()
            assert line.iloc[WINDOW - 1 :].notna().all()
        share = course.loc[(policy, "mentored_share")]
        assert (share["low"] <= share["mean"]).all() and (share["mean"] <= share["high"]).all()
        assert (share["low"] < share["high"]).any()
