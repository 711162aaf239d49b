"""Analyses of studies against functions whose answer is known."""

import numpy as np
import pandas as pd
import pytest
from made_up_study import made_up

from simulation.analysis.boundary import boundary
from simulation.analysis.discovery import discovery, readable, verdicts
from simulation.analysis.responses import chosen, luck, responses
from simulation.analysis.sensitivity import sensitivity
from simulation.figures.study_figures import backfire, boundary_map, importances
from simulation.figures.wording import bound, compared, factor

pytest.importorskip("SALib")
pytest.importorskip("sklearn")


def measured(table, measure):
    difference = table[table["baseline"].notna() & (table["measure"] == measure)]
    return difference.set_index("factor")["value"]


def test_shares_of_variance_of_a_sum_are_those_of_its_parts():
    done = made_up({"kind": "saltelli", "points": 512}, lambda a, b, c: 4 * a + 2 * b + c)
    table = sensitivity(done)
    for measure in ("first", "total"):
        np.testing.assert_allclose(measured(table, measure).loc[["a", "b", "c"]], np.array([16, 4, 1]) / 21, atol=0.03)
    ranks = table[table["baseline"].notna() & (table["measure"] == "total")].set_index("factor")["rank"]
    assert ranks.to_dict() == {"a": 1, "b": 2, "c": 3}


def test_a_product_shows_as_interaction():
    table = sensitivity(made_up({"kind": "saltelli", "points": 512}, lambda a, b, c: (a - 0.5) * (b - 0.5)))
    np.testing.assert_allclose(measured(table, "first"), 0.0, atol=0.06)
    np.testing.assert_allclose(measured(table, "total").loc[["a", "b", "c"]], [1, 1, 0], atol=0.06)


def test_morris_finds_the_slopes_of_a_plane_and_no_spread():
    table = sensitivity(made_up({"kind": "morris", "points": 10}, lambda a, b, c: 3 * a - 2 * b))
    np.testing.assert_allclose(measured(table, "mu").loc[["a", "b", "c"]], [3, -2, 0], atol=1e-9)
    np.testing.assert_allclose(measured(table, "mu_star").loc[["a", "b", "c"]], [3, 2, 0], atol=1e-9)
    np.testing.assert_allclose(measured(table, "sigma"), 0.0, atol=1e-9)


def test_a_failed_run_takes_its_block_with_it_and_no_more():
    plane = {"design": {"kind": "morris", "points": 10}, "function": lambda a, b, c: 3 * a - 2 * b}
    table = sensitivity(made_up(**plane, lost=(5,)))
    assert (table["used"] < table["blocks"]).all()
    np.testing.assert_allclose(measured(table, "mu").loc[["a", "b", "c"]], [3, -2, 0], atol=1e-9)


def test_what_nothing_moves_has_no_measures():
    table = sensitivity(made_up({"kind": "morris", "points": 4}, lambda a, b, c: 0 * a))
    assert table["factor"].nunique() == 3
    assert table["value"].isna().all()
    assert set(table["note"]) == {"no factor moves it"}
    assert "no factor moves it" in importances(table).axes[0].texts[0].get_text()


def test_the_box_in_which_a_policy_backfires_is_found():
    done = made_up({"kind": "sobol", "points": 512}, lambda a, b, c: np.where((a > 0.6) & (b < 0.5), -1.0, 1.0))
    table = discovery(done)
    box = table[table["box"] == 1].set_index("factor")
    assert box.loc["a", "low"] == pytest.approx(0.6, abs=0.02)
    assert box.loc["b", "high"] == pytest.approx(0.5, abs=0.02)
    assert "c" not in box.index
    assert (box["coverage"] > 0.95).all()
    assert (box["density"] > 0.95).all()
    assert (box["held_out_density"] > 0.9).all()
    assert table["share_worse"].iloc[0] == pytest.approx(0.2, abs=0.01)


def test_without_a_pattern_nothing_holds_on_unseen_points():
    luck = np.random.default_rng(3)
    table = discovery(made_up({"kind": "sobol", "points": 512}, lambda a, b, c: luck.normal(size=len(a))))
    assert table["held_out_density"].isna().all() or table["held_out_density"].max() < 0.62


def test_what_is_never_or_always_worse_has_no_box():
    for sign in (1.0, -1.0):
        table = discovery(made_up({"kind": "sobol", "points": 64}, lambda a, b, c, sign=sign: sign + 0 * a))
        assert table["box"].tolist() == [0]
        assert table["share_worse"].tolist() == [float(sign < 0)]
        assert table["note"].tolist() == ["worse everywhere" if sign < 0 else "worse nowhere"]


def test_what_is_neither_good_nor_bad_cannot_backfire():
    done = made_up({"kind": "sobol", "points": 64}, lambda a, b, c: a - b)
    done.setup.study = done.setup.study.model_copy(update={"outcomes": ("norm_share",)})
    done.outcomes = done.outcomes.rename(columns={"retention": "norm_share"})
    table = discovery(done)
    assert table["box"].tolist() == [0]
    assert table["share_worse"].isna().all()
    assert table["note"].tolist() == ["more of it is neither better nor worse"]


def test_the_boundary_of_a_map_lies_where_the_sign_turns():
    design = {"kind": "factorial", "levels": 11}
    table = boundary(made_up(design, lambda a, b: a + b - 1.05, factors=("a", "b"), replicates=20, noise=0.1))
    total = table["x_value"] + table["y_value"]
    assert (table.loc[total > 1.25, "share_above"] > 0.95).all()
    assert (table.loc[total < 0.85, "share_above"] < 0.05).all()
    assert table["share_above"].between(0.05, 0.95).any()
    assert (table["boundary"] == 0.0).all()


def test_a_map_of_few_replicates_says_nothing_of_its_uncertainty():
    table = boundary(made_up({"kind": "factorial", "levels": 3}, lambda a, b: a - b, factors=("a", "b"), replicates=4))
    assert table["share_above"].isna().all()


def test_every_analysis_has_its_figure():
    whole = made_up({"kind": "saltelli", "points": 64}, lambda a, b, c: 4 * a + b)
    labels = [tick.get_text() for tick in importances(sensitivity(whole)).axes[0].get_yticklabels()]
    assert labels[0] == "A"
    done = made_up({"kind": "sobol", "points": 128}, lambda a, b, c: np.where(a > 0.5, -1.0, 1.0))
    ax = backfire(discovery(done), done.points, np.where(done.points["a"] > 0.5, -1, 1))
    assert len(ax.patches) == 1
    assert ax.get_xlabel() == "A"
    maps = boundary(
        made_up(
            {"kind": "factorial", "levels": 5}, lambda a, b: a - b + 0.1, factors=("a", "b"), replicates=8, noise=0.2
        )
    )
    ax = boundary_map(maps)
    assert "no difference" in ax.texts[0].get_text()


def test_patterns_of_outcomes():
    known = ["retention", "gap_retention_gender", "gap_access_gender", "cost"]
    assert chosen(("gap_retention_*", "retention", "gap_*"), known) == [
        "gap_retention_gender",
        "retention",
        "gap_access_gender",
    ]


def test_luck_is_the_share_of_the_variance_that_replicates_explain_and_not_what_all_points_share():
    # points at 0..1 have variance 1/12; the mean of 4 replicates of unit luck has variance 1/4
    points, shared = np.linspace(0, 1, 4000)[:, None], 100 * np.arange(4)
    noise = np.random.default_rng(5).normal(size=(4000, 4))
    assert luck(points + noise + shared) == pytest.approx((1 / 4) / (1 / 4 + 1 / 12), abs=0.04)
    assert luck(np.where(noise > 1.5, np.nan, points) + shared * 0) == pytest.approx(0.0, abs=1e-9)
    assert luck(points + shared) == pytest.approx(0.0, abs=1e-9)
    assert luck(noise) == pytest.approx(1.0, abs=0.1)
    for nothing in (points, np.ones((5, 3)), np.full((5, 3), np.nan), noise[:1]):
        assert np.isnan(luck(nothing))


def test_luck_is_in_every_table_and_missing_with_one_replicate():
    def slope(a, b, c=0.0):
        return a - b + c

    for analysis, design, names in (
        (sensitivity, {"kind": "saltelli", "points": 64}, ("a", "b", "c")),
        (discovery, {"kind": "sobol", "points": 64}, ("a", "b", "c")),
        (boundary, {"kind": "factorial", "levels": 8}, ("a", "b")),
    ):
        table = analysis(made_up(design, slope, factors=names, replicates=4, noise=0.4))
        between = table[table["baseline"].notna()]["luck"]
        variance = len(names) / 12 * (9 / 7 if analysis is boundary else 1)  # of a sum of uniform numbers, or of 8 steps
        assert between.iloc[0] == pytest.approx(0.04 / (0.04 + variance), abs=0.04)
        assert analysis(made_up(design, slope, factors=names))["luck"].isna().all()


def test_worse_is_what_the_pairs_say_and_no_difference_is_not_better():
    def judged(*rows):
        study = made_up({"kind": "sobol", "points": 4}, lambda a, b, c: 0 * a, replicates=len(rows[0]))
        (response,) = responses(study, levels=False)
        return verdicts(response._replace(values=np.array(rows, dtype=float))).tolist()

    # half the width of the interval of (d-1, d, d+1) is 4.303 / sqrt(3) = 2.484
    assert judged([-3.5, -2.5, -1.5], [-3.4, -2.4, -1.4], [3.5, 2.5, 1.5], [0, 0, 0]) == [-1, 0, 1, 0]
    assert judged([-1, -1, -1], [np.nan, np.nan, -1], [np.nan, -1, -1], [np.nan] * 3)[:3] == [-1, 0, -1]
    assert judged([-1, -0.9], [0, 0], [5, -4.9], [np.nan, np.nan])[:3] == [-1, 0, 1]


def test_luck_alone_makes_few_points_worse():
    table = discovery(made_up({"kind": "sobol", "points": 512}, lambda a, b, c: 0 * a, replicates=5, noise=1.0))
    assert table["share_worse"].max() < 0.06  # one in forty, and five standard errors
    assert table["share_better"].max() < 0.06
    assert table["judged_by"].unique().tolist() == ["interval"]


def test_few_points_are_too_few_to_say_where():
    table = discovery(made_up({"kind": "sobol", "points": 16}, lambda a, b, c: a - 0.5))
    assert table["note"].tolist() == ["too few points to say where"]


def test_a_box_over_a_name_and_a_range_is_found_said_and_drawn():
    names = {"kind": ("required", "off", "optional")}
    done = made_up(
        {"kind": "sobol", "points": 256}, lambda a, kind: np.where((kind == "off") & (a > 0.3), -1.0, 1.0),
        factors=("a",), named=names, replicates=3,
    )  # fmt: skip
    table = discovery(done)
    box = table[table["box"] == 1].set_index("factor")
    assert box.loc["kind", ["category", "low"]].tolist() == ["off", 0.5]
    assert box.loc["a", "low"] == pytest.approx(0.3, abs=0.03)
    ax = backfire(table, readable(done.points), verdicts(next(responses(done, levels=False))))
    assert ax.get_yticklabels()[0].get_text() == "Off"
    (drawn,) = ax.patches
    assert drawn.get_y() + drawn.get_height() < 0.5  # around the first name alone
    assert drawn.get_x() == box.loc["a", "low"]


def test_points_outside_the_sides_that_are_not_drawn_are_faded_and_told():
    done = made_up(
        {"kind": "sobol", "points": 512},
        lambda a, b, c: np.where((a > 0.3) & (b < 0.7) & (c > 0.3), -1.0, 1.0),
        replicates=3,
    )
    table = discovery(done)
    ax = backfire(table, done.points, verdicts(next(responses(done, levels=False))))
    box = table[(table["box"] == 1)].set_index("factor")
    assert len(box) == 3
    (hidden,) = set(box.index) - {ax.get_xlabel().lower(), ax.get_ylabel().lower()}
    within = (
        done.points[hidden].gt(box.loc[hidden, "low"])
        if pd.notna(box.loc[hidden, "low"])
        else done.points[hidden].le(box.loc[hidden, "high"])
    )
    clear = sum(len(line.get_xdata()) for line in ax.lines if line.get_alpha() > 0.5)
    assert clear == within.sum() < len(done.points)
    said = " ".join(text.get_text() for text in ax.texts)
    assert f"only where {hidden} is" in said and "faded" in said


@pytest.mark.parametrize(("analysis", "design", "figure"), [
    (sensitivity, {"kind": "morris", "points": 4}, importances), (sensitivity, {"kind": "saltelli", "points": 4}, importances),
    (discovery, {"kind": "sobol", "points": 8}, None), (boundary, {"kind": "factorial", "levels": 2}, boundary_map),
])  # fmt: skip
@pytest.mark.parametrize(
    ("lost", "note"), [(range(100), "all runs failed"), ((), "not defined for runs of this length")]
)
def test_where_nothing_is_known_tables_have_all_columns_and_say_why(analysis, design, figure, lost, note):
    done = made_up(design, lambda a, b: np.nan * a, factors=("a", "b"), lost=lost, replicates=2)
    table = analysis(done)
    table = table[table["baseline"].notna()]
    assert list(table.columns) == list(analysis(made_up(design, lambda a, b: a, factors=("a", "b"))).columns)
    assert set(table["note"]) == {note}
    if figure:
        drawn = figure(table)
        assert (
            note in getattr(drawn, "axes", drawn).texts[0].get_text()
            if figure is boundary_map
            else note in drawn.axes[0].texts[0].get_text()
        )


def test_a_map_promises_no_line_that_it_does_not_draw():
    def told(function, **more):
        table = boundary(made_up({"kind": "factorial", "levels": 5}, function, factors=("a", "b"), **more))
        ax = boundary_map(table)
        lines = sum(
            len(path.vertices) > 0 for found in ax.collections if hasattr(found, "levels") for path in found.get_paths()
        )
        assert (ax.get_xlim(), ax.get_ylim()) == ((0, 1), (0, 1))
        return ax.texts[0].get_text(), lines

    assert told(lambda a, b: a - b, replicates=4) == (
        "too few replicates to draw a line: this needs five\nof what differs, alone: a 50 % and b 50 %\nluck: 0 % of what differs between points",
        0,
    )
    text, lines = told(lambda a, b: a + b + 1, replicates=8, noise=0.1)
    assert text.startswith("no line") and lines == 0
    text, lines = told(lambda a, b: a - b + 0.1, replicates=8, noise=0.2)
    assert text.startswith("line: no difference; dashed") and lines > 0
    text, lines = told(lambda a, b: a, policies=("move_on",), replicates=8, noise=0.1)
    assert text.startswith("line: half way between lowest and highest (") and lines > 0


def test_shares_have_intervals_within_what_is_possible_and_marks_of_their_own():
    table = sensitivity(made_up({"kind": "saltelli", "points": 16}, lambda a, b, c: (a - 0.5) * (b - 0.5), noise=0.1))
    possible = table["value"].between(0.0, 1.0)
    assert table.loc[possible, "low"].min() >= 0.0 and table.loc[possible, "high"].max() <= 1.0
    assert not possible.all(), "16 base points are too few"
    inside = table[table["value"].between(0.0, 1.0, inclusive="neither") | ~possible]
    assert ((inside["low"] < inside["value"]) & (inside["value"] < inside["high"])).all()
    rough = table.groupby(["policy", "baseline"], dropna=False)["value"].transform("max") > 1.0
    assert (table["note"].str.contains("too few base points") == rough).all()
    panel = importances(table).axes[0]
    assert panel.get_xlabel() == "share of variance, %"
    assert "noise counts as interaction" in panel.texts[0].get_text()


def test_words_are_those_of_a_program_office():
    assert compared("retention", "six_tips", "ad_hoc") == "Retention: six tips compared with ad hoc"
    assert compared("norm_share", "move_on", None).endswith(", under Move on")
    assert factor("hazards.first_year") == "Hazard of mentees in their first year"
    assert factor("context.busy") == "Context busy"  # what it says of itself is long
    assert factor("time mentors find") == "Time mentors find"
    assert bound("matching", "identity_required", 0.5, np.nan) == "matching is identity required"
    assert bound("matching", "stable", np.nan, 0.5) == "matching is not stable"
    assert bound("time", None, -2.5, 4.0) == "time is above −2.5 and at most 4"


def test_what_is_not_clearly_worse_is_not_called_so():
    table = discovery(made_up({"kind": "sobol", "points": 64}, lambda a, b, c: 0 * a, replicates=3))
    assert table["note"].tolist() == ["clearly worse nowhere"]
