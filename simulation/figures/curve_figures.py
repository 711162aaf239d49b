"""Responses of a study over up to three factors: an outcome below the other, the third factor side by side."""

from textwrap import fill

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from simulation.figures import style
from simulation.figures.wording import factor, inside, outcome, setting, words

APART = 0.09  # between the lines at a name on the horizontal axis
TICKS = 8  # numbers that have room below a panel
ROW = 1.42  # inches
LETTERS = 78  # in a line of the heading
ABOVE = 96  # letters of all headings of columns together
UNCLEAR = ("negligible", "cannot tell")
HEADING = 0.2  # inches of a line of it
FILLED = "filled: clearly unlike the first point of its line, on the same people and luck; hollow: not"
WAYS = {1: "higher is better", -1: "lower is better", 0: ""}


@style.housed
def curve(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw one response over the first factor, a line a level of the second one, with 95 % intervals.

    `table` has the rows of one response and panel. Numbers stand at their true places, with bands; names stand beside each
    other, with bars. A mark is filled where the value is clearly unlike that at the first level, on the same people and luck.
    """
    ax = style.axes(ax, height=2.6)
    described = outcome(table["outcome"].iloc[0])
    if table["note"].iloc[0]:
        ax.text(0.5, 0.5, table["note"].iloc[0], transform=ax.transAxes, ha="center", va="center", color=style.QUIET)
    numeric = bool(table["x_value"].notna().all())
    names = list(dict.fromkeys(table["x_level"]))
    lines = list(dict.fromkeys(table["line_level"].fillna("")))
    looks = style.looks(lines)
    for place, line in enumerate(lines):
        rows = table[table["line_level"].fillna("") == line].sort_values("x_value", kind="stable")
        look, aside = looks[line], (place - (len(lines) - 1) / 2.0) * APART
        x = rows["x_value"].to_numpy(float) if numeric else rows["x_level"].map(names.index).to_numpy(float) + aside
        value, low, high = (rows[name].to_numpy(float) * described.scale for name in ("value", "low", "high"))
        if numeric:
            ax.fill_between(x, low, high, color=look.colour, alpha=0.15, linewidth=0)
        else:
            ax.vlines(x, low, high, color=look.colour, linewidth=1.3)
        ax.plot(x, value, color=look.colour, linestyle=look.dashes, linewidth=1.2)
        clear = ~rows["verdict"].isin(UNCLEAR).to_numpy() & rows["verdict"].notna().to_numpy()
        for at, face in ((clear, look.colour), (~clear, "white")):
            ax.plot(x[at], value[at], linestyle="none", color=look.colour, marker=look.marker, markersize=4, zorder=3,
                    markerfacecolor=face, markeredgewidth=1.0)  # fmt: skip
        ax.plot([], [], color=look.colour, linestyle=look.dashes, marker=look.marker, markersize=4, label=setting(line))
    if numeric and len(names) <= TICKS:
        ax.set_xticks(sorted(table["x_value"].unique()), [setting(name) for name in _in_order(table)])
    elif not numeric:
        ax.set_xticks(range(len(names)), [setting(name) for name in names])
        ax.set_xlim(-0.5, len(names) - 0.5)
    return ax


def _in_order(table: pd.DataFrame) -> list[str]:
    """The levels of the first factor as texts, by their numbers."""
    return list(dict.fromkeys(table.sort_values("x_value", kind="stable")["x_level"]))


@style.housed
def curve_panels(table: pd.DataFrame, title: str = "") -> Figure:
    """Draw the responses of one world and policy: outcomes below each other, the third factor side by side.

    Panels of a row have the same vertical axis. The key above them says what lines and marks stand for.
    """
    names = list(dict.fromkeys(table["outcome"]))
    columns = list(dict.fromkeys(table["panel_level"].fillna("")))
    figure = style.sheet(height=1.75 + ROW * len(names))
    grid = figure.subplots(len(names), len(columns), squeeze=False, sharey="row", sharex=True)
    for name, row in zip(names, grid, strict=True):
        for column, panel in zip(columns, row, strict=True):
            curve(table[(table["outcome"] == name) & (table["panel_level"].fillna("") == column)], panel)
            panel.tick_params(labelbottom=True)
            panel.set_title(" ", fontsize=style.TEXT, pad=4)  # room for the heading of the row, which is wider than a panel
        _headed(row[0], table[table["outcome"] == name])
    if columns != [""]:
        for column, panel in zip(columns, grid[0], strict=True):
            said = f"{factor(table['panel'].iloc[0])}: {setting(column)}"
            panel.set_title(fill(said, ABOVE // len(columns)), fontsize=style.TEXT, pad=20)
    for panel in grid[-1]:
        panel.set_xlabel(factor(table["x"].iloc[0]))
    _key(figure, grid[0, 0], table, title)
    return figure


def _headed(panel: Axes, rows: pd.DataFrame) -> None:
    """Name an outcome above its row of panels, with its unit and which way is better."""
    described, difference = outcome(rows["outcome"].iloc[0]), rows["baseline"].notna().any()
    gap = rows["outcome"].iloc[0].startswith("gap_")
    way = "nearer 0 is better" if gap and not difference else WAYS[described.better]
    if gap or difference:
        for one in panel.get_shared_y_axes().get_siblings(panel):
            one.axhline(0.0, color=style.INK, linewidth=0.8, zorder=1)
    text = panel.annotate(described.title, (0, 1), xytext=(0, 5), xycoords="axes fraction", textcoords="offset points",
                          fontsize=style.TEXT, fontweight="bold", annotation_clip=False)  # fmt: skip
    small = "; ".join(filter(None, [described.difference_unit if difference else described.unit, way]))
    unit = panel.annotate(f"   {small}", (1, 0), xycoords=text, va="bottom", fontsize=style.SMALL, color=style.QUIET,
                          annotation_clip=False)  # fmt: skip
    for one in (text, unit):
        one.set_in_layout(False)


def _key(figure: Figure, panel: Axes, table: pd.DataFrame, title: str) -> None:
    """Write the heading, and under it what lines and marks stand for, in which world and under which policy."""
    row = table.iloc[0]
    against = f" less {inside(words(row['baseline']))}" if isinstance(row["baseline"], str) else ""
    shown = "bands" if table["x_value"].notna().all() else "bars"
    heading, height = fill(title or "What changes with what", LETTERS), figure.get_figheight()
    place = 0.1 + HEADING * (1 + heading.count("\n"))  # inches from the top, here and below
    said = f"{words(row['world'])}, {inside(words(row['policy']))}{against}; {shown} are 95 % intervals of the mean\n{FILLED}"
    texts = [
        figure.text(0.01, 1.0 - 0.1 / height, heading, va="top", fontsize=10, fontweight="bold"),
        figure.text(0.01, 1.0 - place / height, said, va="top", fontsize=style.SMALL, color=style.QUIET),
    ]
    place += 0.36
    if isinstance(row["line"], str):
        handles, labels = panel.get_legend_handles_labels()
        texts.append(figure.legend(
            handles, labels, title=factor(row["line"]), loc="upper left", bbox_to_anchor=(0.0, 1.0 - place / height),
            ncols=min(len(labels), 6), handlelength=4, alignment="left", title_fontsize=style.SMALL,
        ))  # fmt: skip
        place += 0.36 + 0.18 * ((len(labels) - 1) // 6)
    for text in texts:
        text.set_in_layout(False)
    figure.get_layout_engine().set(rect=(0.0, 0.0, 1.0, 1.0 - (place + 0.05) / height))
