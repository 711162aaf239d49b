"""Two panels with the same axes, large enough for a slide: a mechanism on, and the same world with it switched off."""

from collections.abc import Callable

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from simulation.figures import style

WIDTH, HEIGHT = 10.0, 5.0  # inches
SLIDE = style.HOUSE | {
    "font.size": 13,
    "axes.titlesize": 14,
    "axes.titleweight": "normal",
    "axes.labelsize": 13,
    "xtick.labelsize": 12.5,
    "ytick.labelsize": 12.5,
    "legend.fontsize": 12,
    "lines.linewidth": 2.0,
}
TITLE, NOTE = 18, 12.5  # points
ON, OFF = style.COLOURS[2], style.COLOURS[1]


def on_and_off(
    title: str, names: tuple[str, str], labels: tuple[str, str], fill: Callable[[Axes, bool], None]
) -> Figure:
    """Draw two panels side by side.

    Args:
        title: of the whole figure, in plain words.
        names: of the panel with the mechanism on, and of the one with it off.
        labels: of the horizontal axis, and of the vertical one, which stands on the left alone.
        fill: draws into the Axes of a panel; told whether the mechanism is on.
    """
    with mpl.rc_context(SLIDE):
        figure = style.sheet(WIDTH, HEIGHT)
        panels = figure.subplots(1, 2, sharex=True, sharey=True)
        for ax, name, on in zip(panels, names, (True, False), strict=True):
            fill(ax, on)
            ax.set_title(name, color=ON if on else style.QUIET)
            ax.set_xlabel(labels[0])
        panels[0].set_ylabel(labels[1])
        figure.suptitle(title, x=0.01, ha="left", fontsize=TITLE, fontweight="bold")
    return figure
