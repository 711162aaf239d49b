"""Curves over up to three factors: by hand, with failed runs, drawn, and end to end through the command."""

import io
import itertools
import json
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from legible import assert_legible
from study_folders import write_small_study

from simulation.analysis.curves import COLUMNS, curves
from simulation.analysis.responses import ABOUT
from simulation.cli import main
from simulation.commands.analysis.curve_lines import figures_of_curves, lines_of_curves
from simulation.commands.console import printed
from simulation.commands.sensitivity import CURVES, EFFECTS, TIPPING, analysis_of
from simulation.figures.curve_figures import curve, curve_panels
from simulation.scenario.errors import ScenarioError
from simulation.scenario.policy import Policy
from simulation.scenario.study import Study
from simulation.scenario.world import World
from simulation.studies.points import distinct, numbers_of, rows_of
from simulation.studies.setup import Setup, set_up

MATCHING = {"name": "matching", "field": "match.identity", "values": ("off", "optional", "required")}
MET = {"name": "met", "field": "empower.first_meetings", "values": (0, 3)}
PAIRS = {"name": "pairs", "field": "empower.pairing", "values": ("coordinator", "facilitated")}
HELD = {"name": "held", "field": "empower.workshop_hours", "values": (2.0,)}
SUPPLY = {"name": "supply", "field": "people.mentors", "values": (60, 120, 360)}
LINES = {"name": "at once", "field": "empower.mentors_at_once", "values": (1, 2)}


def carried_out(*replicates, levers=(LINES,), uncertainties=(SUPPLY,), outcome="retention", policies=("mosaic",), levels=4):
    """A study of a factorial; `replicates` are levels in the design's order, nan: failed. The k-th policy has k times as much."""
    study = Study(
        name="made_up", policies=policies, outcomes=(outcome,), replicates=len(replicates), levers=levers,
        uncertainties=uncertainties, design={"levels": levels},
    )  # fmt: skip
    setup = Setup(study, [World.load("teaching_hospital")], [Policy.load(name) for name in policies], {}, None)
    rows = rows_of(setup)
    points = distinct(rows).iloc[::-1].reset_index(drop=True)  # points are numbered otherwise than the design's rows
    place = numbers_of(rows, points)
    table = [
        {"world": "teaching_hospital", "policy": policy, "point": place[row], "replicate": k, "error": "it broke" if np.isnan(y) else None, outcome: y * q}
        for k, levels in enumerate(replicates) for row, y in enumerate(levels) for q, policy in enumerate(policies, start=1)
    ]  # fmt: skip
    return SimpleNamespace(
        setup=setup, outcomes=pd.DataFrame(table), points=points.assign(point=range(len(points)))[["point", *points]], rows=place,
    )  # fmt: skip


def known(column):
    """The texts of a column, None where one is missing."""
    return [text if isinstance(text, str) else None for text in column]


def said_of(table):
    """What the command says of one response, line by line."""
    out = io.StringIO()
    printed(*lines_of_curves(table), stream=out)
    return out.getvalue().splitlines()


def test_two_factors_by_hand():
    # at once 1: 60, 120, 360 mentors; then at once 2
    table = curves(carried_out([0.5, 0.6, 0.7, 0.5, 0.7, 0.9], [0.5, 0.64, 0.7, 0.5, 0.7, 0.9]))
    assert list(table.columns) == [*ABOUT, *COLUMNS]
    assert (table["x"] == "supply").all() and (table["line"] == "at once").all() and table["panel"].isna().all()
    assert table["x_value"].tolist() == [60, 120, 360] * 2
    assert table["line_level"].tolist() == ["1"] * 3 + ["2"] * 3
    assert table["value"].tolist() == pytest.approx([0.5, 0.62, 0.7, 0.5, 0.7, 0.9])
    assert table["change"].tolist() == pytest.approx([np.nan, 0.12, 0.2, np.nan, 0.2, 0.4], nan_ok=True)
    assert table["line_change"].tolist() == pytest.approx([np.nan] * 3 + [0, 0.08, 0.2], nan_ok=True)
    assert table["turn"].tolist() == pytest.approx([np.nan] * 4 + [0.08, 0.2], nan_ok=True)
    assert (table["turn_low"].iloc[4], table["turn_high"].iloc[4]) == pytest.approx((0.08 - 0.02 * 12.706, 0.08 + 0.02 * 12.706), abs=1e-4)
    # 120 mentors, one at once: changes 0.10 and 0.14, mean 0.12, its error 0.02, and the t of 1 degree of freedom 12.706
    row = table.iloc[1]
    assert (row["change_low"], row["change_high"]) == pytest.approx((0.12 - 0.02 * 12.706, 0.12 + 0.02 * 12.706), abs=1e-4)
    assert (row["low"], row["high"]) == pytest.approx((0.62 - 0.02 * 12.706, 0.62 + 0.02 * 12.706), abs=1e-4)
    assert known(table["verdict"]) == [None, "cannot tell", "helps", None, "helps", "helps"]
    assert known(table["line_verdict"]) == [None] * 3 + ["negligible", "cannot tell", "helps"]
    assert (table["smallest"] == 0.005).all() and (table["used"] == 2).all()


@pytest.mark.parametrize(("levers", "uncertainties", "roles"), [
    ((PAIRS, MET, MATCHING), (), ("matching", "met", "pairs")),
    ((MATCHING, MET), (SUPPLY,), ("supply", "matching", "met")),
    ((MATCHING, HELD), (), ("matching", None, None)),
    ((PAIRS, MATCHING, HELD), (), ("matching", "pairs", None)),
])  # fmt: skip
def test_most_levels_come_first_and_numbers_before_names(levers, uncertainties, roles):
    size = np.prod([len(factor["values"]) for factor in (*levers, *uncertainties)])
    table = curves(carried_out(np.arange(size), levers=levers, uncertainties=uncertainties))
    first = table.iloc[0]
    assert tuple(known(first[["x", "line", "panel"]])) == roles
    assert len(table) == size
    assert pd.isna(first["x_value"]) == (roles[0] == "matching")


def test_three_factors_change_at_the_same_other_levels():
    levels = [100 * m + 10 * f + s for m, f, s in itertools.product(range(3), range(2), range(3))]
    table = curves(carried_out(levels, levers=(MATCHING, MET), uncertainties=(SUPPLY,)))
    assert set(table.loc[table["x_level"] == "120", "change"]) == {1} and set(table.loc[table["x_level"] == "360", "change"]) == {2}
    assert set(table.loc[table["line_level"] == "required", "line_change"]) == {200}
    assert set(table["turn"].dropna()) == {0}  # what adds up does not turn
    at = table.set_index(["x_level", "line_level", "panel_level"])["value"]
    assert at["120", "required", "3"] == 211


@given(st.lists(st.floats(-5, 5), min_size=6, max_size=6), st.floats(-3, 3))
def test_luck_that_all_points_share_makes_no_change(levels, luck):
    table = curves(carried_out(levels, np.add(levels, luck)))
    assert table["change_low"].fillna(0).tolist() == pytest.approx(table["change_high"].fillna(0).tolist(), abs=1e-6)


def test_a_failed_run_takes_its_replicate_from_what_needs_it():
    table = curves(carried_out([1, 2, 3, 1, 2, 3], [np.nan, 4, 5, 1, 2, 3], [1, 2, 3, 1, np.nan, 3]))
    assert table["used"].tolist() == [2, 3, 3, 3, 2, 3]
    assert table["change"].dropna().tolist() == [1, 2, 1, 2]  # the second replicate has no first point
    assert table["line_change"].dropna().tolist() == pytest.approx([0, -1, -2 / 3])
    assert "2 of 3 replicates used; those with a failed run are left out" in said_of(table)


def test_a_point_that_always_fails_leaves_what_can_be_known():
    table = curves(carried_out([1, np.nan, 3, 1, 2, 3], [1, np.nan, 3, 1, 2, 3]))
    assert known(table["verdict"]) == [None, "cannot tell", "helps", None, "helps", "helps"]
    assert table["line_verdict"].iloc[4] == "cannot tell"
    assert any("–" in line for line in said_of(table))
    curve_panels(table).draw_without_rendering()


@pytest.mark.parametrize("error", ["it broke", None])
def test_where_nothing_is_known_the_note_says_why(error):
    done = carried_out([np.nan] * 6)
    done.outcomes["error"] = error
    table = curves(done)
    (note,) = set(table["note"])
    assert note == ("all runs failed" if error else "not defined for runs of this length")
    assert said_of(table) == [note]
    assert note in [text.get_text() for text in curve(table).texts]


@pytest.mark.parametrize(("before", "after", "verdict"), [
    (-0.10, -0.06, "helps"), (-0.10, -0.14, "harms"), (0.10, 0.06, "helps"), (-0.10, 0.03, "reversed"), (0.10, 0.102, "negligible"),
])  # fmt: skip
def test_a_gap_is_turned_to_be_above_zero_and_narrower_is_better(before, after, verdict):
    levels = np.array([before, after, before])
    table = curves(carried_out(levels, levels + 0.001, levers=(), outcome="gap_retention_gender"))
    assert table["value"].iloc[0] > 0
    assert table["change"].iloc[1] == pytest.approx((after - before) * np.sign(before))
    assert known(table["verdict"]) == [None, verdict, "negligible"]
    assert "nearer 0 is better" in " ".join(text.get_text() for text in curve_panels(table).axes[0].texts)


def test_what_is_too_small_is_a_part_of_the_mean_level_where_that_is_no_share():
    table = curves(carried_out([100, 200, 300, 100, 200, 300], outcome="cost"))
    assert set(table["smallest"]) == {2.0}
    two = curves(carried_out([100, 200, 300, 100, 200, 300], outcome="cost", policies=("ad_hoc", "mosaic")))
    assert set(two["smallest"]) == {4.0}  # of the dearer policy, for both levels and their difference


def test_several_policies_are_told_as_differences_from_the_first():
    done = carried_out([0.2, 0.3, 0.4, 0.2, 0.3, 0.4], [0.2, 0.3, 0.4, 0.2, 0.3, 0.4], policies=("ad_hoc", "mosaic"))
    table = curves(done)
    difference = table[table["baseline"].notna()]
    assert difference["change"].dropna().tolist() == pytest.approx([0.1, 0.2] * 2)
    ((stem, draw),) = figures_of_curves(table, done)
    assert stem == "curves_teaching_hospital_mosaic"
    assert any("mosaic less ad hoc" in text.get_text() for text in draw().texts)
    assert any("+30.0*" in line for line in said_of(difference))


def test_the_screen_has_a_table_a_panel_with_what_is_clear():
    levels = np.array([0.5, 0.5, 0.6, 0.6, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5])
    table = curves(carried_out(levels, levels, levers=(MATCHING, MET), uncertainties=({**SUPPLY, "values": (60, 120)},)))
    said = said_of(table)
    assert said[0].startswith("unit: %; negligible: within ±0.5; * clearly unlike the first row, ° unlike the first column")
    assert [line for line in said if line.startswith("Supply")] == ["Supply: 60", "Supply: 120"]
    assert said[2].split() == ["Matching;", "across:", "met", "0", "3"]
    assert [line.split() for line in said[3:6]] == [["off", "50.0", "60.0", "°"], ["if", "wished", "50.0", "50.0*"], ["for", "all", "50.0", "50.0*"]]


def test_numbers_stand_at_their_places_and_clear_points_are_filled():
    table = curves(carried_out([0.5, 0.5, 0.7, 0.5, 0.7, 0.9], [0.5, 0.5, 0.7, 0.5, 0.7, 0.9]))
    ax = curve(table)
    marks = [line for line in ax.lines if line.get_linestyle() == "None"]
    filled = [line.get_xdata().tolist() for line in marks if line.get_markerfacecolor() != "white"]
    hollow = [line.get_xdata().tolist() for line in marks if line.get_markerfacecolor() == "white"]
    assert (filled, hollow) == ([[360], [120, 360]], [[60, 120], [60]])
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["60", "120", "360"]


def test_many_numbers_have_fewer_ticks():
    supply = {"name": "supply", "field": "people.mentors", "low": 60, "high": 360}
    done = carried_out(*[np.arange(26) / 30] * 2, levers=(PAIRS,), uncertainties=(supply,), levels=13)
    ax = curve(curves(done))
    assert len(ax.get_xticks()) < 10


def test_names_stand_beside_each_other_in_the_order_of_the_study():
    table = curves(carried_out(np.arange(6), levers=(MATCHING, MET), uncertainties=()))
    ax = curve(table)
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["off", "if wished", "for all"]
    assert ax.get_legend_handles_labels()[1] == ["0", "3"]


@pytest.mark.parametrize("levers", [(MATCHING, MET, PAIRS), (MATCHING, MET), (MATCHING,)])
def test_no_text_of_a_figure_overlaps_another_or_the_edge(levers):
    size = np.prod([len(factor["values"]) for factor in levers])
    tables = [curves(carried_out(np.linspace(0.1, 0.9, size), np.linspace(0.1, 0.8, size), levers=levers, uncertainties=(), outcome=name))
              for name in ("gap_need_coverage_minority", "spark_months")]  # fmt: skip
    figure = curve_panels(pd.concat(tables), "A heading so long that it does not fit into one line of a figure, whatever one does about it")
    figure.get_layout_engine().execute(figure)
    figure.draw_without_rendering()
    assert_legible(figure)


def of_study(**study):
    return analysis_of(set_up(Study.model_validate({"name": "s", **study})))


def test_a_factorial_that_has_no_other_analysis_gets_curves():
    assert of_study(levers=[MATCHING]) is CURVES
    assert of_study(levers=[MATCHING, MET, PAIRS]) is CURVES
    assert of_study(levers=[MATCHING, MET, PAIRS, HELD]) is CURVES  # a factor with one level is held fixed
    assert of_study(levers=[MET, PAIRS]) is EFFECTS
    assert of_study(levers=[MET], uncertainties=[SUPPLY]) is TIPPING
    for levers in ([HELD], [MATCHING, MET, PAIRS, {**HELD, "values": [0.0, 2.0]}]):
        with pytest.raises(ScenarioError, match="cannot show which factors matter"):
            of_study(levers=levers)


@pytest.mark.parametrize(("name", "points"), [("tips_apart", 12), ("distributed", 32), ("likeness", 24)])
def test_the_shipped_studies_have_this_analysis(name, points):
    setup = set_up(name)
    assert analysis_of(setup) is CURVES
    assert len(rows_of(setup)) == points


@pytest.mark.jit_only
def test_three_factors_through_the_command(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    write_small_study(
        tmp_path,
        'worlds = ["small.toml"]\npolicies = ["mosaic"]\nreplicates = 3\noutcomes = ["mentored_share", "cost"]\n'
        '[[levers]]\nname = "matching"\nfield = "match.identity"\nvalues = ["off", "optional", "required"]\n'
        '[[levers]]\nfield = "empower.pairing"\nvalues = ["coordinator", "facilitated"]\n'
        '[[uncertainties]]\nname = "mentors"\nfield = "people.mentors"\nvalues = [10, 20, 40, 50]\n',
    )
    assert main(["sensitivity", "study.toml", "--out", "out"]) == 0
    out, _ = capsys.readouterr()
    assert "Mentors; across: matching" in out and "How a pair comes about: chosen with help" in out
    table = pd.read_parquet("out/analysis/curves.parquet")
    assert len(table) == 2 * 24
    # as pandas finds it from the tables of the study
    runs = pd.read_parquet("out/outcomes").merge(pd.read_parquet("out/points.parquet"), on="point")
    means = runs.groupby(["mentors", "matching", "empower.pairing"])["mentored_share"].mean()
    row = table.query("outcome == 'mentored_share' and x_value == 40 and line_level == 'required' and panel_level == 'facilitated'")
    assert row["value"].item() == pytest.approx(means[40, "required", "facilitated"])
    assert row["change"].item() == pytest.approx(means[40, "required", "facilitated"] - means[10, "required", "facilitated"])
    assert row["line_change"].item() == pytest.approx(means[40, "required", "facilitated"] - means[40, "off", "facilitated"])
    assert (tmp_path / "out/analysis/curves_small_mosaic.png").is_file()
    assert main(["sensitivity", "study.toml", "--out", "out", "--json"]) == 0
    assert json.loads(capsys.readouterr()[0])["analysis"] == "curves"
