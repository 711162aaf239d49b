"""Effects of on-off factors: alone, given the others, and of pairs beyond their sum."""

from textwrap import fill

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from simulation.figures import style
from simulation.figures.wording import change, factor, inside, outcome, words
from simulation.scenario.counted import counted

BAND = "#ececec"
COLUMNS, SLIDE = 3, 6  # panels side by side, and in a figure
MARGIN, PANEL, LETTERS = 2.2, 2.6, 32  # inches of names and of a panel; letters in a line of its title
MEASURES = {"alone": "alone: all others are off", "given_others": "given the others: all others are on"}
APART = {"alone": -0.17, "given_others": 0.17}  # rows
COLOURS = {"helps": style.BETTER, "harms": style.WORSE}
TOLD = {"reversed": "turns it round", "shifted": "shifts it, with no clear gap before"}


def verdict_said(row: pd.Series) -> str:
    """The verdict on an effect, in words."""
    return TOLD.get(row["verdict"], row["verdict"])


def negligible_said(row: pd.Series) -> str:
    """The range of negligible effects, in the unit of the outcome: `within ±0.5`."""
    size = row["smallest"] * outcome(row["outcome"]).scale
    return f"within ±{float(f'{size:.2g}'):,g}"


def way_said(table: pd.DataFrame) -> str:
    """Which side of a panel is better; for a gap this is only known if there is a clear gap with all off."""
    described, all_off = outcome(table["outcome"].iloc[0]), table[table["measure"] == "all_off"].iloc[0]
    if all_off["outcome"].startswith("gap_") and pd.isna(all_off["baseline"]):
        return "left is narrower" if all_off["low"] > 0.0 else "no clear gap with all off"
    return {1: "right is better", -1: "left is better", 0: ""}[described.better]


@style.housed
def effect(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw the effects of each factor on one outcome: hollow marks alone, filled ones given the others, 95 % intervals.

    `table` has the rows of one response. Blue helps, orange harms, and grey does neither or one cannot tell. Effects within
    the grey band are negligible.
    """
    described = outcome(table["outcome"].iloc[0])
    factors = list(dict.fromkeys(table["factor"].dropna()))
    ax = style.axes(ax, height=1.0 + 0.3 * len(factors))
    ax.set_title(fill(described.title, LETTERS), fontsize=style.TEXT, pad=4)
    if table["note"].iloc[0]:
        ax.text(0.5, 0.5, table["note"].iloc[0], transform=ax.transAxes, ha="center", color=style.QUIET)
    smallest = table["smallest"].iloc[0] * described.scale
    if np.isfinite(smallest):
        ax.axvspan(-smallest, smallest, color=BAND, linewidth=0.0, zorder=0)
    ax.axvline(0, color=style.INK, linewidth=0.8, zorder=1)
    for _, row in table[table["measure"].isin(MEASURES)].iterrows():
        y = factors.index(row["factor"]) + APART[row["measure"]]
        colour = COLOURS.get(row["verdict"], style.UNDECIDED)
        ax.hlines(y, row["low"] * described.scale, row["high"] * described.scale, color=colour, linewidth=1.5, zorder=2)
        ax.plot(row["value"] * described.scale, y, **_mark(row["measure"], colour), zorder=3)
    ax.set_yticks(range(len(factors)), [factor(name) for name in factors])
    ax.set_ylim(len(factors) - 0.45, -0.55)
    style.differences_below(ax)
    ax.set_xlabel("; ".join(filter(None, [described.difference_unit, way_said(table)])), fontsize=style.SMALL)
    ax.tick_params(axis="y", length=0)
    ax.grid(axis="y", visible=False)
    return ax


@style.housed
def effect_panels(table: pd.DataFrame, title: str = "") -> Figure:
    """Draw the effects of each factor on every outcome of a table, side by side, factors in the same rows.

    Up to `SLIDE` outcomes have room on a slide.
    """
    outcomes = list(dict.fromkeys(table["outcome"]))
    columns = min(COLUMNS, len(outcomes))
    rows = -(-len(outcomes) // columns)
    figure = style.sheet(MARGIN + PANEL * columns, 1.25 + rows * (1.0 + 0.17 * table["factor"].nunique()))
    for i, (panel, name) in enumerate(zip(style.panels(figure, len(outcomes), columns, sharey=True), outcomes, strict=True)):
        effect(table[table["outcome"] == name], panel)
        panel.tick_params(axis="y", labelleft=i % columns == 0)
    style.heading(figure, title or "What each does, alone and given the others")
    where = f"{_where(table.iloc[0])}; lines are 95 % intervals"
    figure.legend(handles=_key(), loc="outside lower center", ncols=min(columns, 2) + 1, handletextpad=0.5,
                  title_fontsize=style.SMALL, title=where)  # fmt: skip
    return figure


@style.housed
def interaction_map(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw the effect of each pair of factors beyond the sum of the two, for one outcome; unclear effects stay pale.

    `table` has the rows of one response. Blue is better than the sum, and orange is worse.
    """
    described = outcome(table["outcome"].iloc[0])
    factors = list(dict.fromkeys(table["factor"].dropna()))
    pairs = table[table["measure"] == "interaction"]
    size = len(factors) - 1
    ax = style.axes(ax, width=max(2.6 + 0.8 * size, 5.6), height=1.9 + 0.5 * size)
    clear = pairs["verdict"].isin(["more", "less"])
    largest = (pairs.loc[clear, "value"].abs().max() if clear.any() else 1.0) * described.scale
    way = described.better or 1
    shades = LinearSegmentedColormap.from_list("effects", [style.WORSE, "#ffffff", style.BETTER][::way])
    grid = np.full((size, size), np.nan)
    for row, sure in zip(pairs.itertuples(), clear, strict=True):
        x, y = factors.index(row.factor), factors.index(row.other) - 1
        grid[y, x] = row.value * described.scale if sure else 0.0
        said = change(row.value, described) if np.isfinite(row.value) else "–"
        deep = abs(grid[y, x]) > 0.75 * largest
        ax.text(x, y, said, ha="center", va="center", fontsize=style.TEXT if sure else style.SMALL,
                fontweight="bold" if sure else "normal",
                color="white" if deep else style.INK if sure else style.QUIET)  # fmt: skip
    mesh = ax.imshow(np.ma.masked_invalid(grid), cmap=shades, vmin=-largest, vmax=largest, aspect="auto")
    for x in range(size):
        for y in range(x, size):
            ax.add_patch(Rectangle((x - 0.5, y - 0.5), 1, 1, fill=False, edgecolor=style.FAINT, clip_on=False))
    ax.set_xticks(range(size), [_broken(factor(name)) for name in factors[:-1]])
    ax.set_yticks(range(size), [factor(name) for name in factors[1:]])
    ax.tick_params(length=0)
    ax.spines[["left", "bottom"]].set_visible(False)
    ax.grid(visible=False)
    bar = ax.get_figure(root=True).colorbar(mesh, ax=ax, shrink=0.8)
    side = "blue is better" if described.better else ""
    bar.set_label("; ".join(filter(None, [described.difference_unit, side])), fontsize=style.SMALL)
    bar.outline.set_visible(False)
    ax.set_title(f"{described.title}: what two together give beyond the sum of both", fontsize=style.TEXT,
                 pad=6.0 + 1.25 * style.SMALL * 2)  # fmt: skip
    small = f"bold: clear, after Holm's correction for {counted(len(pairs), 'pairs')}; pale: negligible, or cannot tell"
    ax.annotate(f"{_where(table.iloc[0])}; mean over all settings of the others\n{small}", (0, 1), xytext=(0, 5),
                xycoords="axes fraction", textcoords="offset points", fontsize=style.SMALL, color=style.QUIET,
                va="bottom")  # fmt: skip
    return ax


def _where(row: pd.Series) -> str:
    """The world and the policies of a response, in words."""
    of = f"starting from {inside(words(row['policy']))}"
    if isinstance(row["baseline"], str):
        of = f"{inside(words(row['policy']))} compared with {inside(words(row['baseline']))}"
    return f"{words(row['world'])}, {of}"


def _broken(label: str) -> str:
    """A label on two lines, broken at the space nearest its middle."""
    spaces = [place for place, letter in enumerate(label) if letter == " "]
    if not spaces:
        return label
    middle = min(spaces, key=lambda place: abs(place - len(label) / 2))
    return f"{label[:middle]}\n{label[middle + 1 :]}"


def _mark(measure: str, colour: str) -> dict:
    """The mark of an effect: hollow alone, filled given the others."""
    return {"color": colour, "marker": "o", "markersize": 4.6, "linestyle": "none", "markeredgewidth": 1.2,
            "markerfacecolor": "white" if measure == "alone" else colour}  # fmt: skip


def _key() -> list[Line2D | Patch]:
    """Explain the marks, their colours and the band."""
    marks = [Line2D([], [], label=said, **_mark(name, style.INK)) for name, said in MEASURES.items()]
    colours = {"helps": style.BETTER, "harms": style.WORSE, "neither, or cannot tell": style.UNDECIDED}
    lines = [Line2D([], [], label=said, color=colour, linewidth=3.0) for said, colour in colours.items()]
    return [*marks, Patch(facecolor=BAND, label="negligible: too small to matter"), *lines]
