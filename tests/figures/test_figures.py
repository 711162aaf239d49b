"""Every figure draws what its frame holds, changes nothing, and leaves no window open."""

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from legible import assert_inside, assert_legible, assert_ticks_say_their_value
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from simulation import figures, judgement
from simulation.figures import album, islands, network, style, wording
from simulation.outcomes import gap_parts

CALLS = {
    "contrast": lambda t: figures.contrast(t["contrasts"], "retention"),
    "contrast_panels": lambda t: figures.contrast_panels(t["contrasts"]),
    "equity": lambda t: figures.equity_panels(t["outcomes"], None, t["contrasts"]),
    "equity_alone": lambda t: figures.equity_panels(t["outcomes"]),
    "monthly": lambda t: figures.monthly(figures.course_of(t["months"]), figures.ties.PANELS[0]),
    "life_of_ties": lambda t: figures.life_of_ties(figures.course_of(t["months"])),
    "mean_load": lambda t: figures.mean_load(t["mentors"], "gender"),
    "overload": lambda t: figures.overload(t["mentors"], "gender"),
    "load_by_group": lambda t: figures.load_by_group(t["mentors"], "minority"),
    "networks": lambda t: figures.mentoring_networks(t, ["ad_hoc", "multi_discipline"], 17, ("gender", "woman")),
}


@pytest.mark.parametrize("name", CALLS)
def test_frame_in_axes_out(name, few):
    before = {key: table.copy() for key, table in few.items()}
    settings = dict(mpl.rcParams)
    drawn = CALLS[name](few)
    assert isinstance(drawn, Axes | Figure)
    assert dict(mpl.rcParams) == settings
    for key, table in few.items():
        pd.testing.assert_frame_equal(table, before[key])


def test_draws_into_the_callers_axes(few):
    ax = Figure().add_subplot()
    assert figures.contrast(few["contrasts"], "retention", ax) is ax
    assert figures.retention_curves(figures.count_survival(few["mentees"], months=36), Figure().add_subplot())


@pytest.mark.parametrize("policies", ["few", pytest.param("tables", marks=pytest.mark.slow)])
def test_every_picture_of_made_up_tables_can_be_read(policies, request, tmp_path):
    """Three policies, and ten with long names: ticks say their value, nothing is cut and no text lies on another."""
    drawn = {name: draw() for name, draw in album.figures_of(request.getfixturevalue(policies))}
    assert len(drawn) == 9
    for name, picture in drawn.items():
        figure = picture if isinstance(picture, Figure) else picture.get_figure(root=True)
        style.save(figure, tmp_path / name)
        figure.draw_without_rendering()
        assert_ticks_say_their_value(figure)
        assert_inside(figure)
        assert_legible(figure)


def test_ten_policies_look_different():
    looks = list(style.looks(range(10)).values())
    assert len({look.colour for look in looks}) == 10
    assert len({look.marker for look in looks}) == 10


def test_all_figures_are_saved_the_same_each_time(few, tmp_path):
    paths = figures.draw_all(few, tmp_path / "one")
    assert {path.suffix for path in paths} == {".png", ".svg"}
    assert {path.stem for path in paths} == {
        "contrasts", "equity", "retention", "retention_by_gender", "retention_by_minority", "ties",
        "load_by_gender", "load_by_minority", "network",
    }  # fmt: skip
    again = figures.draw_all(few, tmp_path / "two")
    assert [a.read_bytes() for a in paths] == [b.read_bytes() for b in again]


@pytest.mark.parametrize("missing", ["contrasts", "outcomes", "months", "mentees", "mentors", "ties"])
def test_a_missing_table_leaves_out_only_its_figures(missing, few):
    rest = {name: table for name, table in few.items() if name != missing}
    assert list(album.figures_of(rest, None))


def test_gaps_are_turned_to_their_size():
    row = {"outcome": "gap_retention_gender", "level": -0.05, "difference": 0.03, "low": 0.01, "high": 0.04, "low_all": 0.0, "high_all": 0.05}
    turned = judgement.turn_gaps(pd.DataFrame([row])).iloc[0]
    assert (turned["difference"], turned["low"], turned["high"]) == (-0.03, -0.04, -0.01)
    assert (turned["low_all"], turned["high_all"]) == (-0.05, 0.0)
    assert turned["no_gap"] == -0.05


def test_words():
    assert wording.words("multi_discipline") == "Multi discipline"
    assert gap_parts("gap_retention_12_minority") == ("retention_12", "minority")
    assert gap_parts("gap_need_coverage_gender") == ("need_coverage", "gender")
    assert wording.outcome("gap_retention_minority").title == "Gap by minority status in retention"
    assert wording.change(-0.0213, wording.outcome("retention")) == "−2.1"
    assert wording.change(-0.0001, wording.outcome("retention")) == "0.0"
    assert wording.level(float("nan"), wording.outcome("cost")) == "–"
    assert wording.listed(["a", "b", "c"]) == "a, b and c"


def test_nobody_stands_on_anybody(tables):
    mine = [tables[name][tables[name]["policy"] == "six_tips"] for name in ("ties", "mentees", "mentors")]
    _, mentees, mentors = network.snapshot(*mine, month=30)
    at_mentee, at_mentor, *_ = islands.arrange(mentees, mentors)
    spots = np.array([*at_mentee.values(), *at_mentor.values()])
    apart = np.linalg.norm(spots[:, None] - spots[None], axis=2)[np.triu_indices(len(spots), 1)]
    assert len(spots) == len(mentees) + len(mentors)
    assert apart.min() > 0.6


def test_snapshot_holds_the_ties_of_the_month():
    ties = pd.DataFrame({
        "mentee": [1, 2, 3], "mentor": [1, 1, 1], "start_month": [0, 5, 0],
        "end_month": pd.array([pd.NA, pd.NA, 4], dtype="Int64"), "spark_month": [3.0, np.nan, 2.0],
        "phase": "cultivation", "phase_month": 1,
    })  # fmt: skip
    mentees = pd.DataFrame(
        {"mentee": [1, 2, 3], "cohort": 0, "exit_month": pd.array([pd.NA] * 3, dtype="Int64"), "discipline": "a"}
    )
    mentors = pd.DataFrame(
        {"mentor": [1], "joined_month": 0, "exit_month": pd.array([pd.NA], dtype="Int64"), "discipline": "a"}
    )
    live, there, _ = network.snapshot(ties, mentees, mentors, 4)
    assert live[["mentee", "lit"]].to_numpy().tolist() == [[1, True]]
    assert len(there) == 3
