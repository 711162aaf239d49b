"""The forest plot of the published patterns: where its marks stand, what its numbers say, and what its title counts."""

import numpy as np
import pandas as pd
import pytest
from true_figures import assert_true

from simulation.evidence.patterns.clauses import CLAUSES
from simulation.figures.forest_figures import LEFT, RIGHT, decimals, forest, placed, written

INF = float("inf")


def row(value, low, high, band_low, band_high, **more):
    inside = bool(band_low <= value <= band_high)
    return pd.Series({"id": "P1", "clause": "a", "kind": "V", "value": value, "low": low, "high": high, "band_low": band_low,
                      "band_high": band_high, "in_band": inside, "text": "what it is"} | more)  # fmt: skip


def all_clauses(kind):
    """The published clauses of a kind, with made-up values in their bands and out of them."""
    luck, rows = np.random.default_rng(2), []
    for clause in CLAUSES:
        ends = [end for end in (clause.low, clause.high) if np.isfinite(end)]
        value = np.mean(ends) + luck.normal() * 0.4
        rows.append(row(value, value - 0.05, value + 0.06, clause.low, clause.high, id=clause.pattern, clause=clause.clause, kind=clause.kind,
                        text=clause.text))  # fmt: skip
    table = pd.DataFrame(rows)
    return table[table["kind"] == kind]


@pytest.mark.parametrize(("one", "at"), [
    (row(0.3, 0.2, 0.4, 0.2, 0.6), (0.25, 0.0, 0.5)),  # a quarter of the way through the band
    (row(0.7, 0.6, 0.8, 0.2, 0.6), (1.25, 1.0, 1.5)),
    (row(3.0, 2.5, 4.0, 2.0, INF), (0.35, 0.175, 0.7)),  # open above: from its low end, half as far as the farthest
    (row(-1.0, -2.0, 0.5, -INF, 0.0), (0.65, 0.3, 1.175)),  # open below: from its high end
    (row(1.0, 0.5, 1.5, 2.0, INF), (-0.7 / 1.5, -0.7, -0.7 / 3)),
])  # fmt: skip
def test_a_row_is_placed_by_its_band(one, at):
    assert placed(one) == pytest.approx(at)


@pytest.mark.parametrize(("one", "said"), [
    (row(0.312, 0.251, 0.401, 0.2, 0.6), "0.31  (0.25 to 0.40)"),
    (row(1.297, 1.21, 1.35, 1.3, INF), "1.297  (1.210 to 1.350)"),  # 1.30 would be in
    (row(0.001309, -0.003375, 0.005561, -INF, 0.0), "0.001  (−0.003 to 0.006)"),
    (row(-0.0131, -0.0171, -0.0101, -INF, 0.0), "−0.013  (−0.017 to −0.010)"),  # in −0.01 value and end would be one
    (row(np.nan, np.nan, np.nan, 0.0, 1.0), "not measured"),
])  # fmt: skip
def test_a_number_as_shown_lies_where_its_value_lies(one, said):
    assert written(one) == said


@pytest.mark.parametrize("kind", ["C", "V"])
def test_every_clause_is_drawn_where_it_lies_and_can_be_read(kind):
    table = all_clauses(kind)
    figure = forest(table)
    assert figure.get_figheight() < 11.0, "one page"
    marks = {line.get_gid(): line for line in figure.axes[1].lines if line.get_gid()}
    for _, one in table.iterrows():
        value = placed(one)[0]
        key = f"{one['id']}.{one['clause']}"
        assert (key in marks) == (LEFT <= value <= RIGHT)
        if key in marks:
            assert marks[key].get_xdata() == pytest.approx([value])
            assert (marks[key].get_marker() == "o") == one["in_band"]
            assert decimals(one) <= 4
    whole = ((table["low"] >= table["band_low"]) & (table["high"] <= table["band_high"])).sum()
    assert figure.get_suptitle().startswith(f"{table['in_band'].sum()} of {len(table)} clauses")
    assert f"{whole} of {len(table)}" in figure.axes[0].get_title(loc="left")
    assert_true(figure)


def test_what_lies_beyond_the_edge_has_an_arrow_and_no_mark():
    figure = forest(pd.DataFrame([row(9.0, 8.0, 9.5, 0.0, 1.0), row(np.nan, np.nan, np.nan, 0.0, 1.0, clause="b")]))
    assert [line.get_marker() for line in figure.axes[1].lines if line.get_marker() != "None"] == [">"]
    assert_true(figure)
