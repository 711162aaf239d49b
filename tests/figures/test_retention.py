"""Kaplan-Meier by hand, and what the curves show."""

import numpy as np
import pandas as pd
import pytest

from simulation.figures import count_survival, curve, retention_by_group, retention_curves


def test_curve_by_hand():
    """10 at risk, 1 leaves; 8 at risk, 2 leave: 0.9, then 0.9 x 0.75; Greenwood's variance of the second by hand."""
    counts = pd.DataFrame({"month": [0, 1], "at_risk": [10, 8], "left": [1, 2]})
    c = curve(counts)
    assert c["month"].tolist() == [0, 1, 2]
    assert c["share"].tolist() == pytest.approx([1.0, 0.9, 0.675])
    assert c["at_risk"].tolist() == [10, 8, 6]
    spread = np.sqrt(1 / (10 * 9) + 2 / (8 * 6)) / abs(np.log(0.675))
    assert c["low"].iloc[-1] == pytest.approx(0.675 ** np.exp(1.959964 * spread))
    assert ((c["low"] <= c["share"]) & (c["share"] <= c["high"])).all()


def test_curve_sums_replicates():
    one = pd.DataFrame({"month": [0, 1], "at_risk": [10, 8], "left": [1, 2]})
    twice = pd.concat([one.assign(replicate=0), one.assign(replicate=1)])
    assert curve(twice)["share"].tolist() == pytest.approx(curve(one)["share"].tolist())
    assert (curve(twice)["high"] - curve(twice)["low"]).sum() < (curve(one)["high"] - curve(one)["low"]).sum()


def test_everyone_gone_is_zero_not_missing():
    c = curve(pd.DataFrame({"month": [0, 1], "at_risk": [3, 1], "left": [2, 1]}))
    assert c["share"].iloc[-1] == 0.0
    assert np.isfinite(c.to_numpy(dtype=float)).all()


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
    assert len(names) == 10
    assert {"Ad hoc", "Six tips"} <= {text.get_text() for text in ax.texts}
    figure = retention_by_group(survival, "minority")
    assert len(figure.axes) == 10
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["Majority", "Minority"]
