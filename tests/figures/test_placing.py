"""Labels keep apart and stay near."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.text import Text

from simulation.figures import placing, style

POSITIONS = st.lists(st.floats(-1, 2, allow_nan=False), min_size=1, max_size=12)


@given(POSITIONS)
def test_spread_keeps_apart_and_in_order(wanted):
    placed = placing.spread(wanted, 0.05)
    order = np.argsort(wanted, kind="stable")
    assert (np.diff(placed[order]) >= 0.05 - 1e-9).all()
    assert np.isclose(placed.mean(), np.mean(wanted))


def test_spread_leaves_alone_what_is_apart():
    assert placing.spread([0.5, 0.1, 0.9], 0.05).tolist() == [0.5, 0.1, 0.9]


def test_names_of_near_points_do_not_overlap():
    figure = style.sheet()
    ax = figure.add_subplot()
    points = [(0.5 + 0.01 * k, 0.5 + 0.01 * (k % 3), f"Policy number {k}", "black") for k in range(10)]
    ax.plot([0, 1], [0, 1], alpha=0)
    placing.label_points(ax, points, [4.0] * len(points))
    figure.draw_without_rendering()
    boxes = [Text.get_window_extent(text) for text in ax.texts]  # the words, without the leader
    assert not any(boxes[i].overlaps(boxes[j]) for i in range(10) for j in range(i))
