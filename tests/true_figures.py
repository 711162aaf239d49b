"""Whether a figure is true to what it draws: ticks say where they stand, and nothing runs over the edge or over a text."""

import numpy as np
from legible import assert_legible
from matplotlib.artist import Artist

MARGIN = 1.5  # pixels that a line's width may reach over the edge


def number(text):
    """The number that a tick label says, or None."""
    bare = text.replace("−", "-").replace(",", "").replace("%", "").strip()
    try:
        return float(bare)
    except ValueError:
        return None


def assert_ticks_true(figure):
    """On each axis with numbers, a label is its place times the same power of ten."""
    for ax in figure.axes:
        for axis in (ax.xaxis, ax.yaxis):
            low, high = sorted(axis.get_view_interval())
            places = axis.get_ticklocs()
            labels = axis.get_major_formatter().format_ticks(places)
            shown = [(place, text) for place, text in zip(places, labels, strict=True) if text and low <= place <= high]
            seen = [(place, number(text)) for place, text in shown]
            if not seen or any(said is None for _, said in seen):
                continue  # names
            places, said = np.array(seen, float).T
            if np.allclose(places, 0.0):
                assert np.allclose(said, 0.0), seen
                continue
            times = said[np.argmax(np.abs(places))] / places[np.argmax(np.abs(places))]
            assert np.isclose(np.log10(times), round(np.log10(times)), atol=1e-9), seen
            np.testing.assert_allclose(said, places * times, atol=1e-9 * np.abs(said).max(), err_msg=str(seen))


def assert_inside(figure):
    """All that is drawn, legends and marks too, lies within the figure."""
    box = figure.get_tightbbox().extents * figure.dpi
    assert (box[:2] >= -MARGIN).all() and (box[2:] <= np.array(figure.bbox.size) + MARGIN).all(), box
    for one in figure.findobj(Artist):
        if one.get_gid() and one.get_visible() and one.axes is not None:
            low, high = one.get_window_extent().min, one.get_window_extent().max
            assert (low >= -MARGIN).all() and (high <= np.array(figure.bbox.size) + MARGIN).all(), one.get_gid()


def assert_true(figure):
    """Ticks are true, all lies inside, and no text on another."""
    figure.draw_without_rendering()
    assert_ticks_true(figure)
    assert_inside(figure)
    assert_legible(figure)
