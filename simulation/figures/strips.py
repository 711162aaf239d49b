"""A strip beside a picture: the number that an experiment reports, with its interval, and what chance alone would give."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from matplotlib.ticker import FuncFormatter, MaxNLocator

from simulation.figures import style

ON, OFF = "#004f7d", style.COLOURS[1]  # dark and mid, so that they differ in grey as well
LOOKS = {"on": (ON, "o", ON), "off": (OFF, "s", "white")}  # colour, mark, and what fills it
NUMBER, FURTHER, NOTE = 15, 13, 12.5  # points
HALO = withStroke(linewidth=4, foreground="white")  # keeps a number legible where a line runs through it
STATISTIC = (
    "statistic"  # what the mark of the reported number is called in the figure, and its first word for other marks
)


class Measure(NamedTuple):
    """How a statistic is said: its name in a few words, its unit, and its rounding."""

    label: str  # may have line breaks
    unit: str = ""  # behind the number, such as `points`
    scale: float = 1.0  # from the statistic to the unit
    decimals: int = 2
    signed: bool = False

    def said(self, value: float) -> str:
        """The number as rounded, without its unit."""
        if not np.isfinite(value):
            return "–"
        text = f"{value * self.scale:.{self.decimals}f}"
        if float(text) == 0.0:
            return text.removeprefix("-")
        return (f"+{text}" if self.signed and value > 0 else text).replace("-", "−")

    def in_unit(self, value: float) -> str:
        """The number as rounded, with its unit."""
        return f"{self.said(value)} {self.unit}".strip()

    def tick(self, value: float) -> str:
        """A number of an axis, to the last digit that it has."""
        shown = float(f"{value * self.scale:.6g}")
        return f"{shown:{'+' if self.signed and shown else ''}g}".replace("-", "−")


class Found(Protocol):
    """A statistic with its 95 % interval, and its value under chance alone."""

    value: float
    low: float
    high: float
    chance: float


def mark(
    ax: Axes,
    at: float,
    found: Found,
    measure: Measure,
    arm: str,
    name: str = "",
    across: bool = False,
    side: str = "center",
) -> None:
    """Mark a statistic with its interval and write the number beside it, `across` for values that run to the right.

    The mark is called `statistic on` or `statistic off`, and the number has the same name behind `text of`. With a `name` it
    is a further number: the name follows, and the letters are plain. At `side` bottom a number stands above its mark, at top
    below, so that two numbers at one place never meet.
    """
    colour, shape, fill = LOOKS[arm]
    gid = " ".join(filter(None, (STATISTIC, arm, name)))
    place, span = ([at], [found.value]), ([at, at], [found.low, found.high])
    if across:
        place, span = place[::-1], span[::-1]
    ax.plot(*span, color=colour, linewidth=2.6, zorder=3, gid=f"interval of {gid}")
    ax.plot(
        *place,
        shape,
        color=colour,
        markerfacecolor=fill,
        markeredgewidth=2.0,
        markersize=9,
        zorder=4,
        gid=gid,
        clip_on=False,
    )
    aside = {"xytext": (11, 0), "va": side}
    if across:
        side = "bottom" if arm == "on" else "top"
        aside = {"xytext": (0, 9 if arm == "on" else -9), "ha": "center", "va": side}
    letters = {"fontsize": FURTHER} if name else {"fontsize": NUMBER, "fontweight": "bold"}
    ax.annotate(measure.said(found.value), (place[0][0], place[1][0]), textcoords="offset points", color=colour,
                gid=f"text of {gid}", annotation_clip=False, path_effects=[HALO], zorder=5, **aside, **letters)  # fmt: skip


def strip(ax: Axes, measure: Measure, on: Found, off: Found, name: str = "") -> None:
    """Draw a statistic with the mechanism on and off, and the line of chance alone; `name` tells a second strip apart."""
    for place, (arm, found) in enumerate((("on", on), ("off", off))):
        mark(ax, place, found, measure, arm, name)
    ax.axhline(on.chance, color=style.INK, linewidth=1.4, linestyle=(0, (4, 2)), zorder=2, gid="chance")
    ends = [on.chance, *(end for found in (on, off) for end in (found.value, found.low, found.high))]
    ax.set(xlim=(-0.3, 1.95), ylim=with_room(ends, measure), xticks=(0, 1), xticklabels=("on", "off"))
    ax.grid(axis="x", visible=False)
    ticks_in(ax, measure)
    heading = f"{measure.label}, {measure.unit}" if measure.unit else measure.label
    ax.set_title(heading, fontsize=NOTE, fontweight="normal")


def with_room(ends: Sequence[float], measure: Measure, room: float = 0.12) -> tuple[float, float]:
    """The limits of an axis around all these values; it is never so narrow that it shows what rounding takes away."""
    low, high = np.nanmin(ends), np.nanmax(ends)
    span = max(high - low, 10.0**-measure.decimals / measure.scale)
    return low - room * span, max(high, low + span) + room * span


def ticks_in(ax: Axes, measure: Measure, across: bool = False) -> None:
    """Write few ticks at the left, or below, in the unit of a measure; each stands at a round number of that unit."""

    class Round(MaxNLocator):
        """Places that are round in the unit."""

        def tick_values(self, vmin: float, vmax: float) -> Sequence[float]:
            return np.asarray(super().tick_values(vmin * measure.scale, vmax * measure.scale)) / measure.scale

    axis = ax.xaxis if across else ax.yaxis
    axis.set_major_locator(Round(4 if across else 5, steps=[1, 2, 2.5, 5, 10]))
    axis.set_major_formatter(FuncFormatter(lambda value, _: measure.tick(value)))
