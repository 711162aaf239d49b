"""Two panels with the same axes, large enough for a slide: a world with a mechanism, and the same world without it."""

from collections.abc import Callable
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from simulation.figures import style
from simulation.judgement import estimates

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


def mean_line(ax: Axes, x: np.ndarray, rows: np.ndarray, color: str, **look: Any) -> None:
    """Draw the mean of rows as a line, with its 95 % interval as a band."""
    mean, low, high, *_ = estimates(np.asarray(rows, float).T)
    ax.plot(x, mean, color=color, **look)
    ax.fill_between(x, low, high, color=color, alpha=0.15, linewidth=0)


def on_and_off(title: str, names: tuple[str, str], labels: tuple[str, str], fill: Callable[[Axes, bool], None]) -> Figure:
    """Draw two panels side by side.

    Args:
        title: the title of the figure.
        names: the titles of the panel with the mechanism and of the panel without it.
        labels: the labels of the horizontal axes, and of the left vertical one.
        fill: draws into the Axes of a panel; its second argument says whether the mechanism is on.
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
