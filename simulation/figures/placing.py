"""Placing labels without overlap: at the ends of lines, and around points."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.transforms import Bbox

from simulation.figures import style

DISTANCES = (4, 12, 22, 34, 48, 64)  # from the rim of a point to its name, in points; the nearest is tried first
ANGLES = (20, -20, 160, -160, 50, -50, 130, -130, 75, -75, 105, -105)


def spread(wanted: Sequence[float], gap: float) -> np.ndarray:
    """Move positions as little as possible (least squares) so that neighbours are at least `gap` apart; the order stays."""
    wanted = np.asarray(wanted, dtype=float)
    order = np.argsort(wanted, kind="stable")
    blocks: list[list[float]] = []  # sum and count of positions without the gaps before them, pooled where they overlap
    for rank, i in enumerate(order):
        blocks.append([wanted[i] - rank * gap, 1])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
            total, count = blocks.pop()
            blocks[-1][0] += total
            blocks[-1][1] += count
    pooled = np.concatenate([np.full(int(count), total / count) for total, count in blocks]) if blocks else np.empty(0)
    placed = np.empty_like(wanted)
    placed[order] = pooled + gap * np.arange(len(wanted))
    return placed


def label_ends(
    ax: Axes, ends: Sequence[tuple[float, float, str, str]], size: float = style.SMALL, beyond: float = 14.0
) -> None:
    """Write the name of each line to the right of its end (x, y, text, colour), with a thin leader.

    Names begin so many points `beyond` the axes, and stay between their bottom and their top. The figure should have been laid
    out (`draw_without_rendering`): only then is it known how large the axes are.
    """
    if not ends:
        return
    figure = ax.get_figure(root=True)
    width, height = np.array(ax.get_window_extent().size) * 72 / figure.dpi
    to_axes = ax.transData + ax.transAxes.inverted()
    wanted = [to_axes.transform((x, y))[1] for x, y, _, _ in ends]
    gap = 1.22 * size / height
    placed = spread(wanted, gap)
    placed = placed + max(0.0, 0.5 * gap - placed.min()) - max(0.0, placed.max() - 1.0)
    for (x, y, text, colour), place in zip(ends, placed, strict=True):
        ax.annotate(
            text, (x, y), (1.0 + beyond / width, place), xycoords="data", textcoords="axes fraction", fontsize=size, color=colour,
            va="center", ha="left", annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": colour, "lw": 0.6, "shrinkA": 1, "shrinkB": 1, "relpos": (0, 0.5)},
        )  # fmt: skip


def label_points(
    ax: Axes, points: Sequence[tuple[float, float, str, str]], radii: Sequence[float], bars: Sequence[Bbox] = ()
) -> None:
    """Write the name of each point (x, y, text, colour) where it hides no point, bar or other name.

    Radii are in points, bars in data units.
    """
    figure = ax.get_figure(root=True)
    figure.draw_without_rendering()
    pixels = figure.dpi / 72
    page = ax.get_window_extent()
    centres = [ax.transData.transform((x, y)) for x, y, _, _ in points]
    taken = [Bbox.from_extents(*(c - r * pixels), *(c + r * pixels)) for c, r in zip(centres, radii, strict=True)]
    lines = [bar.transformed(ax.transData).padded(pixels) for bar in bars]
    for (x, y, text, colour), centre, radius in zip(points, centres, radii, strict=True):
        size = _size(ax, text)
        choices = []
        for distance in DISTANCES:
            for angle in ANGLES:
                step = (radius + distance) * pixels * np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
                corner = centre + step - size * (step[0] < 0, 0.5)
                box = Bbox.from_bounds(*corner, *size).padded(1.5 * pixels)
                clash = 2 * sum(_overlap(box, other) for other in taken) + sum(_overlap(box, other) for other in lines)
                outside = box.width * box.height - _overlap(box, page)
                choices.append((clash + 3 * outside + 2 * distance * pixels, tuple(step / pixels), box))
        _, offset, box = min(choices, key=lambda choice: choice[0])
        taken.append(box)
        ax.annotate(
            text, (x, y), offset, textcoords="offset points", fontsize=style.SMALL, color=colour, va="center",
            ha="right" if offset[0] < 0 else "left",
            arrowprops={"arrowstyle": "-", "color": colour, "lw": 0.5, "shrinkA": 0, "shrinkB": radius,
                        "relpos": (1 if offset[0] < 0 else 0, 0.5)},
        )  # fmt: skip


def _size(ax: Axes, text: str) -> np.ndarray:
    """Measure a text in pixels."""
    trial = ax.text(0, 0, text, fontsize=style.SMALL)
    extent = trial.get_window_extent()
    trial.remove()
    return np.array([extent.width, extent.height])


def _overlap(one: Bbox, other: Bbox) -> float:
    """The area that two boxes share, in square pixels."""
    both = Bbox.intersection(one, other)
    return 0.0 if both is None else both.width * both.height
