"""A world with a mechanism, the same world without it, and the number that tells them apart: large enough for a slide."""

from collections.abc import Callable, Sequence
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from simulation.figures import style
from simulation.figures.strips import NOTE, ON
from simulation.judgement import estimates

WIDTH, HEIGHT = 12.0, 5.6  # inches
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
TITLE = 18  # points
BESIDE = 0.72  # width of the strips, of a panel
KEY = "bars: 95 % intervals\ndashed: chance alone"

Strip = Callable[[Axes], None]


def mean_line(ax: Axes, x: np.ndarray, rows: np.ndarray, color: str, **look: Any) -> None:
    """Draw the mean of rows as a line, with its 95 % interval as a band."""
    mean, low, high, *_ = estimates(np.asarray(rows, float).T)
    ax.plot(x, mean, color=color, **look)
    ax.fill_between(x, low, high, color=color, alpha=0.15, linewidth=0)


def on_and_off(
    title: str,
    names: tuple[str, str],
    labels: tuple[str, str],
    fill: Callable[[Axes, bool], None],
    strips: Sequence[Strip],
    key: str = KEY,
) -> Figure:
    """Draw two panels with the same axes side by side, and strips with what is measured beside them.

    Args:
        title: the title of the figure.
        names: the titles of the panel with the mechanism and of the panel without it.
        labels: the labels of the horizontal axes, and of the left vertical one.
        fill: draws into the Axes of a panel; its second argument says whether the mechanism is on.
        strips: each draws one statistic into its Axes, below each other.
        key: says under the last strip what its marks are.
    """
    with mpl.rc_context(SLIDE):
        figure = style.sheet(WIDTH, HEIGHT)
        grid = figure.add_gridspec(1, 3, width_ratios=(1.0, 1.0, BESIDE))
        left = figure.add_subplot(grid[0])
        panels = (left, figure.add_subplot(grid[1], sharex=left, sharey=left))
        panels[1].tick_params(labelleft=False)
        for ax, name, on in zip(panels, names, (True, False), strict=True):
            fill(ax, on)
            ax.set_title(f"{'On' if on else 'Off'}: {name}", color=ON if on else style.QUIET)
            ax.set_xlabel(labels[0])
        left.set_ylabel(labels[1])
        rows = grid[2].subgridspec(len(strips), 1)
        for row, draw in enumerate(strips):
            draw(figure.add_subplot(rows[row]))
        figure.axes[-1].set_xlabel(key, fontsize=NOTE - 2)
        headed(figure, title)
    return figure


def headed(figure: Figure, title: str) -> None:
    """Write the title of a slide."""
    figure.suptitle(title, x=0.01, ha="left", fontsize=TITLE, fontweight="bold")
