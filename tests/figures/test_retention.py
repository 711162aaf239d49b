"""Kaplan-Meier by hand, and what the curves show."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from simulation.figures import count_survival, retention_by_group, retention_curves
from simulation.figures.retention import drawn
from simulation.judgement import carried, kept, mean_share


def test_a_curve_by_hand():
    """10 at risk, 1 leaves; 8 at risk, 2 leave: 0.9, then 0.9 x 0.75."""
    share = kept(np.array([10.0, 8.0]), np.array([1.0, 2.0]))
    assert share.tolist() == pytest.approx([0.9, 0.675])
    begun = drawn(pd.DataFrame({"month": [0, 1], "at_risk": [10, 8], "left": [1, 2], "share": share, "low": share, "high": share}))
    assert begun["month"].tolist() == [0, 1, 2]
    assert begun["share"].tolist() == pytest.approx([1.0, 0.9, 0.675])
    assert begun["at_risk"].tolist() == [10, 8, 6]


def test_once_nobody_is_followed_a_curve_is_missing_and_once_all_have_left_it_is_zero():
    assert np.isnan(kept(np.array([3.0, 0.0]), np.array([1.0, 0.0]))[1])
    assert kept(np.array([3.0, 1.0, 0.0]), np.array([2.0, 1.0, 0.0])).tolist() == pytest.approx([1 / 3, 0.0, 0.0])


def test_a_mean_of_curves_does_not_rise_where_a_low_one_ends():
    """Two runs: in the second half leaves at once, and then nobody is followed."""
    shares = carried(kept(np.array([[10.0, 10.0, 10.0], [4.0, 0.0, 0.0]]), np.array([[0.0, 1.0, 0.0], [2.0, 0.0, 0.0]])))
    assert shares.tolist() == [[1.0, pytest.approx(0.9), pytest.approx(0.9)], [0.5, 0.5, 0.5]]
    assert np.isnan(carried(kept(np.zeros((1, 3)), np.zeros((1, 3))))).all()


def test_the_band_counts_runs_and_not_people():
    """Two runs that end at 0.8 and 0.6: the mean, and Student's interval with one degree of freedom on the log-log scale."""
    share, low, high = (part.item() for part in mean_share(np.array([1.4]), np.array([0.8**2 + 0.6**2]), np.array([2])))
    half = stats.t.ppf(0.975, 1) * 0.1 / (0.7 * abs(np.log(0.7)))
    assert (share, low, high) == pytest.approx((0.7, 0.7 ** np.exp(half), 0.7 ** np.exp(-half)))
    more = mean_share(np.array([14.0]), np.array([10 * (0.8**2 + 0.6**2)]), np.array([20]))  # the same spread, ten times the runs
    assert low < more[1].item() < 0.7 < more[2].item() < high
    assert np.isnan(mean_share(np.array([0.8]), np.array([0.64]), np.array([1]))[1:]).all()


def test_one_run_has_a_curve_and_no_band(tables):
    survival = count_survival(tables["mentees"], months=60)
    assert survival["share"].notna().any()
    assert survival[["low", "high"]].isna().all().all()


def test_counting_censors_graduates_and_the_end():
    mentees = pd.DataFrame({
        "policy": "ad_hoc", "cohort": [-12, 0, 0, 2],
        "exit": ["left", "graduated", "active", "left"],
        "exit_month": pd.array([1, 1, pd.NA, 3], dtype="Int64"),
    })  # fmt: skip
    counts = count_survival(mentees, months=5)
    assert counts["at_risk"].tolist() == [4, 4, 1, 1, 1]
    assert counts["left"].tolist() == [0, 2, 0, 0, 0]


def test_one_line_and_one_name_a_policy(tables):
    survival = count_survival(tables["mentees"], ["minority"], 60)
    ax = retention_curves(survival)
    names = {line.get_label() for line in ax.lines}
    assert {"Ad hoc", "Six tips"} <= names
    assert len([name for name in names if not name.startswith("_")]) == 10
    assert {"Ad hoc", "Six tips"} <= {text.get_text() for text in ax.texts}
    figure = retention_by_group(survival, "minority")
    assert [ax.get_title("left") for ax in figure.axes] == ["Majority", "Minority"]
    assert len(figure.legends[0].get_texts()) == 10


def test_policies_stand_in_one_panel_a_group_and_the_gap_has_its_own(tables):
    survival = count_survival(tables["mentees"], ["minority"], 60)
    *_, gap = retention_by_group(survival, "minority", tables["outcomes"], tables["contrasts"]).axes
    values = tables["outcomes"].groupby("policy", sort=False)["gap_retention_minority"].mean() * 100
    drawn = [line.get_xdata()[0] for line in gap.lines if len(line.get_xdata()) == 1]
    assert drawn == pytest.approx(values.tolist())


def test_every_policy_has_its_numbers_at_risk(tables):
    survival = count_survival(tables["mentees"], [], 60)
    ax = retention_curves(survival)
    everyone = survival[survival["attribute"] == "all"]
    first = everyone[everyone["month"] == 12].set_index("policy")["at_risk"]
    texts = [text.get_text() for text in ax.texts]
    assert all(f"{count:,}" in texts for count in first)
    assert sum(text == "Six tips" for text in texts) == 2  # at the end of its line, and beside its numbers
