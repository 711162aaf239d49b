"""Whether every text of a figure can be read."""

import itertools

from matplotlib.text import Text


def assert_legible(figure):
    """No text of a figure that has been drawn overlaps another, or the figure's edge."""
    ends = [(axis, k, ends) for ax in figure.axes for k, (axis, ends) in enumerate(((ax.xaxis, ax.get_xlim()), (ax.yaxis, ax.get_ylim())))]
    beyond = {text for axis, k, (low, high) in ends for text in axis.get_ticklabels() if not low <= text.get_position()[k] <= high}  # not drawn
    seen = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip() and text not in beyond]
    boxes = [Text.get_window_extent(text) for text in seen]
    for one, box in zip(seen, boxes, strict=True):
        assert 0 <= box.x0 < box.x1 <= figure.bbox.x1 and 0 <= box.y0 < box.y1 <= figure.bbox.y1, one
    for (one, box), (two, other) in itertools.combinations(zip(seen, boxes, strict=True), 2):
        assert not box.padded(-1).overlaps(other.padded(-1)), (one.get_text(), two.get_text())
