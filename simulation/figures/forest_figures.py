"""A forest plot of published patterns: the value of each clause with its interval beside the band that its source gives."""

from textwrap import wrap

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from simulation.figures import style
from simulation.figures.wording import MINUS
from simulation.scenario.counted import counted

BAND = "#dcdcdc"
IN = style.Look(style.BETTER, "-", "o")
OUT = style.Look(style.WORSE, "-", "X")
LETTERS = 60  # in a line of what is measured
LINE, APART, SMALL = 0.125, 0.05, 6.8  # inches of a line and between rows; points
LEFT, RIGHT = -0.75, 1.75  # ends of the axis, in bands; a band is from 0 to 1
TITLES = {
    "C": "{inside} of {clauses} that may be used for fitting lie in their bands",
    "V": "{inside} of {clauses} that are kept from fitting lie in their bands",
}
ABOUT = {
    "C": "Parameters may be fitted to these, so they are no test. ",
    "V": "No parameter is tuned to these. ",
}
EDGES = {"band_low": 0.0, "band_high": 1.0}
REACH = "The whole 95 % interval lies in the band for {whole}."
SCALE = (
    "Each row has its own scale: all bands are equally wide. Where a band is open at one end, the bar is fitted to the width;\n"
    "an arrow stands for what lies beyond the edge."
)
MOST = 4  # decimals of a number


def placed(row: pd.Series) -> tuple[float, float, float]:
    """Value, low and high on the axis of a row: 0 is the lower end of the band, and 1 the upper end."""
    low, high = row["band_low"], row["band_high"]
    known = np.array([row["value"], row["low"], row["high"]], float)
    if np.isfinite([low, high]).all():
        return tuple((known - low) / (high - low))
    bound, start = (low, 0.0) if np.isfinite(low) else (high, 1.0)
    farthest = np.nanmax(np.abs(known - bound), initial=0.0)
    return tuple(start + 0.7 * (known - bound) / (farthest or 1.0))


def decimals(row: pd.Series) -> int:
    """Two, or as many as it takes that the numbers as shown differ, and lie in the band or out of it as the value does."""
    for count in range(2, MOST):
        low, value, high = (round(row[name], count) for name in ("low", "value", "high"))
        apart = low < value < high or row["low"] == row["high"]
        if apart and (row["band_low"] <= value <= row["band_high"]) == bool(row["in_band"]):
            return count
    return MOST


def written(row: pd.Series) -> str:
    """Value and interval of a row."""
    if np.isnan(row["value"]):
        return "not measured"
    count = decimals(row)
    value, low, high = (f"{round(row[name], count) + 0.0:.{count}f}".replace("-", MINUS) for name in ("value", "low", "high"))
    return f"{value}  ({low} to {high})"


def band_written(row: pd.Series) -> str:
    """The band of a row."""
    low, high = (f"{row[name]:.3g}".replace("-", MINUS) for name in ("band_low", "band_high"))
    if not np.isfinite(row["band_low"]):
        return f"≤ {high}"
    return f"{low} to {high}" if np.isfinite(row["band_high"]) else f"≥ {low}"


def whole(table: pd.DataFrame) -> int:
    """Of how many clauses the whole interval lies in the band."""
    return int(((table["low"] >= table["band_low"]) & (table["high"] <= table["band_high"])).sum())


@style.housed
def forest(table: pd.DataFrame) -> Figure:
    """Draw the clauses of one kind, below each other by pattern: what is measured, the picture, the numbers.

    `table` has the rows of `validate` of one kind. A blue disc lies in its band, an orange cross does not; an arrow at the edge
    stands for what lies beyond it.
    """
    kind, inside = table["kind"].iloc[0], int(table["in_band"].sum())
    texts = [wrap(text, LETTERS) for text in table["text"]]
    heights = np.array([LINE * len(lines) + APART for lines in texts])
    new = (table["id"] != table["id"].shift()).to_numpy()
    tops = np.cumsum(heights + np.where(new, APART, 0.0)) - heights
    figure = style.sheet(height=float(tops[-1] + heights[-1]) + 1.75)
    said, middle, numbers = figure.subplots(1, 3, sharey=True, width_ratios=(3.55, 1.75, 2.1))
    middle.set_yticks([])
    for ax in (said, numbers):
        ax.set_xticks([])
        ax.set_axis_off()
    for row, lines, top, height, begins in zip(table.to_dict("records"), texts, tops, heights, new, strict=True):
        _row((said, middle, numbers), pd.Series(row), "\n".join(lines), top + height / 2.0, begins)
        if begins:
            for ax in (said, middle, numbers):
                ax.axhline(top - APART / 2.0, color=style.FAINT, linewidth=0.6)
    middle.set(xlim=(LEFT, RIGHT), ylim=(tops[-1] + heights[-1], -2.0 * LINE), xticks=[0.0, 1.0])
    middle.set_xticklabels(["low end", "high end"], fontsize=SMALL)
    middle.xaxis.set_label_text("of the band", fontsize=SMALL)
    middle.grid(visible=False)
    middle.spines["left"].set_visible(False)
    heads = (
        (said, 0.085, "what is measured", "left"), (numbers, 0.0, "value (95 % interval)", "left"), (numbers, 1.0, "band", "right"),
    )  # fmt: skip
    for ax, x, text, to in heads:
        _write(ax, x, -LINE, text, color=style.QUIET, ha=to)
    note = ABOUT[kind] + REACH.format(whole=f"{whole(table)} of {len(table)}")
    style.heading(figure, TITLES[kind].format(inside=inside, clauses=counted(len(table), "clauses")))
    said.set_title(note, fontsize=style.SMALL, fontweight="normal")
    figure.legend(handles=_key(), loc="outside lower center", ncols=4, title=SCALE,
                  title_fontsize=SMALL, alignment="left", handletextpad=0.5)  # fmt: skip
    return figure


def _row(panels: tuple[Axes, Axes, Axes], row: pd.Series, text: str, y: float, begins: bool) -> None:
    """Write and draw one clause at its height, in inches from the first; the name of a pattern stands at its first one."""
    said, middle, numbers = panels
    look = IN if row["in_band"] else OUT
    if begins:
        _write(said, 0.0, y, row["id"], fontweight="bold")
    _write(said, 0.085, y, text)
    _write(numbers, 0.0, y, written(row), color=style.INK if row["in_band"] else look.ink)
    _write(numbers, 1.0, y, band_written(row), ha="right")
    value, low, high = placed(row)
    start, end = (edge if np.isfinite(row[name]) else LEFT if edge == 0.0 else RIGHT for name, edge in EDGES.items())
    middle.barh(y, end - start, left=start, height=LINE, color=BAND, linewidth=0, zorder=1)
    if np.isnan(value):
        return
    middle.hlines(y, *np.clip([low, high], LEFT, RIGHT), color=look.colour, linewidth=1.6, zorder=2)
    for beyond, edge, arrow in ((low < LEFT, LEFT, "<"), (high > RIGHT, RIGHT, ">")):
        if beyond:
            middle.plot(edge, y, arrow, color=look.colour, markersize=4, clip_on=False, zorder=3)
    if LEFT <= value <= RIGHT:
        middle.plot(value, y, look.marker, color=look.colour, markersize=5, markeredgewidth=0, zorder=4,
                    gid=f"{row['id']}.{row['clause']}")  # fmt: skip


def _write(ax: Axes, x: float, y: float, text: str, **look: str) -> None:
    """Write a text in a column, at a part of its width."""
    ax.text(x, y, text, transform=ax.get_yaxis_transform(), va="center", fontsize=SMALL, **look).set_in_layout(False)


def _key() -> list[Line2D | Patch]:
    """Explain marks and band."""
    marks = [
        Line2D([], [], color=look.colour, marker=look.marker, markersize=5, markeredgewidth=0, linewidth=1.6, label=said)
        for look, said in ((IN, "value in its band, 95 % interval"), (OUT, "value out of it"))
    ]
    return [*marks, Patch(facecolor=BAND, label="published band")]
