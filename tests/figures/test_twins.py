"""Clauses and their twins against one parameter: what is drawn, where, and that no text lies on another."""

import itertools

import numpy as np
import pandas as pd
import pytest
from legible import assert_legible

from simulation.figures.twin_figures import twin_panels, twins

AT = {"top": 8.0, "none": 0.0, "found": 2.0}
CLAUSES = {
    ("P12", "burnout"): ("odds of burnout, meaningful mentor against none", 0.40, 0.68),
    ("P15", "gap"): ("change of the minority gap in retention", -np.inf, 0.0),
    ("P3", "staff"): ("mentored share after central staff begin to help people find a mentor, less before", 0.1, np.inf),
    ("P1", "mentored"): ("share of mentees with a current mentor", 0.42, 0.62),
}


def made_up(intervals=True):
    """A table of three theories and four clauses; the last clause has no twins."""
    rows = []
    for (theory, at), ((pattern, clause), (text, low, high)) in itertools.product(AT.items(), CLAUSES.items()):
        causal = np.nan if pattern == "P1" else 0.7
        row = {"theory": theory, "id": pattern, "clause": clause, "value": 0.6 - 0.05 * at, "low": 0.5 - 0.05 * at,
               "high": 0.7 - 0.05 * at, "band_low": low, "band_high": high, "causal": causal, "text": text}  # fmt: skip
        rows.append(row | ({"causal_low": causal - 0.02, "causal_high": causal + 0.02} if intervals else {}))
    return pd.DataFrame(rows)


def test_both_lines_stand_at_the_parameter_with_the_band_and_no_effect():
    table = made_up()
    ax = twins(table[table["clause"] == "burnout"], AT)
    value, causal, none = ax.lines
    assert value.get_xdata().tolist() == causal.get_xdata().tolist() == [0, 2, 8]
    assert value.get_ydata().tolist() == pytest.approx([0.6, 0.5, 0.2])
    assert causal.get_ydata().tolist() == [0.7] * 3
    assert none.get_ydata() == [1.0, 1.0]  # odds
    (band,) = ax.patches
    assert (band.get_y(), band.get_y() + band.get_height()) == pytest.approx((0.40, 0.68))
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["0", "2", "8"]


def test_an_open_band_ends_at_the_edge_and_a_difference_has_no_effect_at_zero():
    table = made_up()
    ax = twins(table[table["clause"] == "gap"], AT)
    assert ax.lines[-1].get_ydata() == [0.0, 0.0]
    (band,) = ax.patches
    assert (band.get_y(), band.get_y() + band.get_height()) == pytest.approx((ax.get_ylim()[0], 0.0))


@pytest.mark.parametrize("intervals", [True, False])
def test_each_clause_with_twins_has_a_panel_and_no_text_overlaps(intervals):
    figure = twin_panels(made_up(intervals), AT, "how much less the worn out ask", "From what is measured to what is caused, under many sizes of one number of the model")
    assert len(figure.axes) == 3
    figure.draw_without_rendering()
    assert_legible(figure)
