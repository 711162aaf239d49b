"""Whether a figure can be read: every text, every tick, and nothing cut off."""

import itertools
import re

from matplotlib.text import Text

NUMBER = re.compile(r"(?P<sign>[+\N{MINUS SIGN}-]?)(?P<digits>(\d{1,3}(,\d{3})+|\d+)(\.\d+)?(e[+-]?\d+)?)(?P<percent> ?%)?")


def _seen(figure):
    """The texts that are drawn: those with letters, without ticks beyond the axis."""
    ends = [(axis, k, ends) for ax in figure.axes for k, (axis, ends) in enumerate(((ax.xaxis, ax.get_xlim()), (ax.yaxis, ax.get_ylim())))]
    beyond = {text for axis, k, ends in ends for text in axis.get_ticklabels() if not min(ends) <= text.get_position()[k] <= max(ends)}
    hidden = {text for ax in figure.axes if not ax.axison for axis in (ax.xaxis, ax.yaxis) for text in axis.findobj(Text)}
    return [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip() and text not in beyond | hidden]


def assert_legible(figure):
    """No text of a figure that has been drawn overlaps another, or the figure's edge."""
    seen = _seen(figure)
    boxes = [Text.get_window_extent(text) for text in seen]
    for one, box in zip(seen, boxes, strict=True):
        assert 0 <= box.x0 < box.x1 <= figure.bbox.x1 and 0 <= box.y0 < box.y1 <= figure.bbox.y1, one
    for (one, box), (two, other) in itertools.combinations(zip(seen, boxes, strict=True), 2):
        assert not box.padded(-1).overlaps(other.padded(-1)), (one.get_text(), two.get_text())


def assert_inside(figure, slack=1.0):
    """Every artist of a figure that has been drawn lies inside it, by what of it is seen; `slack` is in pixels."""
    texts = figure.findobj(Text)
    artists = [artist for ax in figure.axes for artist in ax.get_children() if artist not in texts]
    unseen = {part for ax in figure.axes if not ax.axison for part in (ax.xaxis, ax.yaxis, ax.patch, *ax.spines.values())}
    for artist in [*figure.legends, *artists]:
        if artist in unseen or not artist.get_visible() or not artist.get_in_layout():
            continue
        box = artist.get_tightbbox(figure.canvas.get_renderer())
        if box is None or not (box.width or box.height):
            continue
        across = -slack <= box.x0 and box.x1 <= figure.bbox.x1 + slack
        assert across and -slack <= box.y0 and box.y1 <= figure.bbox.y1 + slack, (artist, box)


def said(label):
    """The number that a tick's label says, and whether it is in percent; None where it says no number."""
    found = NUMBER.fullmatch(label.strip())
    if not found:
        return None
    value = float(found["digits"].replace(",", ""))
    return (-value if found["sign"] in ("-", "\N{MINUS SIGN}") else value), bool(found["percent"])


def assert_ticks_say_their_value(figure):
    """The label of every tick that says a number says the value at which the tick stands; a percent may be a share."""
    for ax in figure.axes:
        for axis in (ax.xaxis, ax.yaxis):
            assert not axis.get_offset_text().get_text(), "a number beside the axis that one must add or multiply"
            for tick in axis.get_major_ticks():
                place, text = tick.get_loc(), tick.label1.get_text()
                if told := said(text):
                    value, percent = told
                    right = [place, 100.0 * place] if percent else [place]
                    assert any(abs(value - one) <= 1e-9 * max(1.0, abs(one)) for one in right), (text, place)
