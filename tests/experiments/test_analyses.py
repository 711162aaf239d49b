"""Analyses of studies against functions whose answer is known."""

import matplotlib.figure
import numpy as np
import pytest
from made_up_study import made_up

from simulation.experiments.discovery import discovery
from simulation.experiments.responses import chosen, worse
from simulation.experiments.sensitivity import sensitivity
from simulation.experiments.tipping import tipping
from simulation.figures.bench import backfire, importances, tipping_map

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
    np.testing.assert_allclose(measured(table, "mu").loc[["a", "b", "c"]], [3, -2, 0], atol=1e-9)


def test_what_nothing_moves_has_no_measures():
    table = sensitivity(made_up({"kind": "morris", "points": 4}, lambda a, b, c: 0 * a))
    assert table["factor"].nunique() == 3
    assert "value" not in table or table["value"].isna().all()
    assert isinstance(importances(table), matplotlib.figure.Figure)


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
    assert table["share"].iloc[0] == pytest.approx(0.2, abs=0.01)


def test_without_a_pattern_nothing_holds_on_unseen_points():
    luck = np.random.default_rng(3)
    table = discovery(made_up({"kind": "sobol", "points": 512}, lambda a, b, c: luck.normal(size=len(a))))
    assert table["held_out_density"].isna().all() or table["held_out_density"].max() < 0.62


def test_what_is_never_or_always_worse_has_no_box():
    for sign in (1.0, -1.0):
        table = discovery(made_up({"kind": "sobol", "points": 64}, lambda a, b, c, sign=sign: sign + 0 * a))
        assert table["box"].tolist() == [0]
        assert table["share"].tolist() == [float(sign < 0)]


def test_the_boundary_of_a_map_lies_where_the_sign_turns():
    design = {"kind": "factorial", "levels": 11}
    table = tipping(made_up(design, lambda a, b: a + b - 1.05, factors=("a", "b"), replicates=20, noise=0.1))
    total = table["x_value"] + table["y_value"]
    assert (table.loc[total > 1.25, "share_above"] > 0.95).all()
    assert (table.loc[total < 0.85, "share_above"] < 0.05).all()
    assert table["share_above"].between(0.05, 0.95).any()
    assert (table["boundary"] == 0.0).all()


def test_a_map_of_few_replicates_says_nothing_of_its_uncertainty():
    table = tipping(made_up({"kind": "factorial", "levels": 3}, lambda a, b: a - b, factors=("a", "b"), replicates=4))
    assert table["share_above"].isna().all()


def test_every_analysis_has_its_figure():
    whole = made_up({"kind": "saltelli", "points": 64}, lambda a, b, c: 4 * a + b)
    labels = [tick.get_text() for tick in importances(sensitivity(whole)).axes[0].get_yticklabels()]
    assert labels[0] == "A"
    done = made_up({"kind": "sobol", "points": 128}, lambda a, b, c: np.where(a > 0.5, -1.0, 1.0))
    ax = backfire(discovery(done), done.points, done.points["a"].to_numpy() > 0.5)
    assert len(ax.patches) == 1
    assert ax.get_xlabel() == "A"
    maps = tipping(made_up({"kind": "factorial", "levels": 5}, lambda a, b: a - b + 0.1, factors=("a", "b"), replicates=8, noise=0.2))
    ax = tipping_map(maps)
    assert "no difference" in ax.texts[0].get_text()


def test_patterns_of_outcomes_and_what_is_worse():
    known = ["retention", "gap_retention_gender", "gap_access_gender", "cost"]
    assert chosen(("gap_retention_*", "retention", "gap_*"), known) == ["gap_retention_gender", "retention", "gap_access_gender"]
    assert (worse("retention"), worse("cost"), worse("gap_retention_gender")) == (-1.0, 1.0, 1.0)
