"""Figures of a study: the importance of factors, where a policy backfires, and where the sign of a difference turns."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from simulation.figures import style, wording
from simulation.figures.wording import amount, bound, compared, factor, inside, outcome, percent, words
from simulation.outcomes import Outcome

FACTORS = 12  # rows of a panel; the least important ones are left out
GOLDEN = 0.6180339887498949  # turn between neighbours, so that points of one name spread out


def said(row: pd.Series) -> str:
    """The name of a response: `Retention: six tips compared with ad hoc`."""
    return compared(row["outcome"], row["policy"], row["baseline"])


def luck_said(row: pd.Series) -> str:
    """The share of the differences between the points of a study that is luck, in words, if it is known."""
    if row["replicates"] < 2:
        noise = ", and noise counts as interaction" if "measure" in row else ""
        return f"one replicate: this holds for its luck alone{noise}"
    return "" if pd.isna(row["luck"]) else f"luck: {percent(row['luck'])} of what differs between points"


def _headed(ax: Axes, table: pd.DataFrame, *lines: str) -> None:
    """Write the heading of a panel, and lines in small letters under it."""
    lines = [line for line in lines if line]
    ax.set_title(said(table.iloc[0]), fontsize=style.TEXT, pad=6.0 + 1.25 * style.SMALL * len(lines))
    ax.annotate("\n".join(lines), (0, 1), xytext=(0, 5), xycoords="axes fraction", textcoords="offset points",
                fontsize=style.SMALL, color=style.QUIET, va="bottom")  # fmt: skip


def _instead(ax: Axes, why: str) -> None:
    """Write a line of text where there is nothing to draw."""
    ax.set_axis_off()
    ax.text(0.5, 0.5, why, ha="center", va="center", color=style.QUIET)


@style.housed
def importance(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw how important each factor is for one response, the most important on top.

    Bars are total shares of variance, and marks the shares by itself; or bars are Morris's mean effects, and marks their
    spread over the other factors. Whiskers are 95 % intervals. `table` has the rows of one response.
    """
    sobol = (table["measure"] == "total").any()
    described = outcome(table["outcome"].iloc[0])
    main = table[table["measure"] == ("total" if sobol else "mu_star")].sort_values("rank").head(FACTORS)
    other = table[table["measure"] == ("first" if sobol else "sigma")].set_index("factor").reindex(main["factor"])
    scale = 100.0 if sobol else described.scale
    ax = style.axes(ax, height=1.0 + 0.24 * len(main))
    places = np.arange(len(main))
    ax.barh(places, main["value"].clip(lower=0.0) * scale, height=0.66, color="#c9dff0", edgecolor=style.BETTER,
            linewidth=0.8, label="with all its interactions" if sobol else "mean effect of the whole range")  # fmt: skip
    _whiskers(ax, main, scale, places - (0.14 if sobol else 0.0), style.INK)
    marked = other["value"].clip(lower=0.0).to_numpy() * scale
    if sobol:
        _whiskers(ax, other, scale, places + 0.14, style.BETTER)
        ax.plot(marked, places + 0.14, "o", color=style.BETTER, markersize=4, clip_on=False, label="by itself")
    else:
        ax.plot(marked, places, "D", color=style.WORSE, markersize=4, clip_on=False, label="spread over the others")
    ax.set_yticks(places, [factor(name) for name in main["factor"]])
    ax.invert_yaxis()
    ax.set_xlim(left=0.0)
    ax.set_xlabel("share of variance, %" if sobol else described.difference_unit)
    used, blocks = table[["used", "blocks"]].iloc[0]
    dropped = f"{used:.0f} of {blocks:.0f} {'base points' if sobol else 'trajectories'} used" if used < blocks else ""
    _headed(ax, table, "; ".join(filter(None, [luck_said(table.iloc[0]), dropped])))
    ax.grid(axis="y", visible=False)
    ax.tick_params(axis="y", length=0)
    return ax


def _whiskers(ax: Axes, rows: pd.DataFrame, scale: float, places: np.ndarray, colour: str) -> None:
    """Draw the intervals of some rows, where they are known."""
    ax.hlines(places, rows["low"] * scale, rows["high"] * scale, color=colour, linewidth=1.1)


@style.housed
def importances(table: pd.DataFrame) -> Figure:
    """Draw the importance of factors for an outcome, a panel a policy: for differences from the baseline, if there are any.

    `table` has the rows of one outcome in one world. Where nothing can be drawn the figure says why.
    """
    rows = table[table["baseline"].notna()] if table["baseline"].notna().any() else table
    groups = [group for _, group in rows.groupby("policy", sort=False) if group["value"].notna().any()]
    factors = min(FACTORS, table["factor"].nunique())
    figure = style.sheet(height=0.7 + max(len(groups), 1) * (0.9 + 0.2 * factors) if groups else 1.2)
    if not groups:
        why = wording.listed(list(dict.fromkeys(rows["note"]))) or "nothing to draw"
        _instead(figure.add_subplot(), f"{outcome(table['outcome'].iloc[0]).title}: {why}")
        return figure
    panels = np.atleast_1d(figure.subplots(len(groups), 1))
    for panel, group in zip(panels, groups, strict=True):
        importance(group, panel)
    figure.legend(*panels[0].get_legend_handles_labels(), loc="outside lower center", ncols=2)
    return figure


@style.housed
def backfire(boxes: pd.DataFrame, points: pd.DataFrame, verdicts: np.ndarray, ax: Axes | None = None) -> Axes:
    """Draw where one policy does clearly worse: the points over two factors that the first box limits, and the box.

    `boxes` has the rows of one difference. `verdicts` has a value a point: -1 worse, 1 better, 0 where one cannot tell.
    If the box limits further factors, points outside those limits are faded.
    """
    ax = style.axes(ax, height=4.2)
    box = boxes[boxes["box"] == 1]
    limited = list(dict.fromkeys(box["factor"]))
    shown = sorted(limited + [name for name in points.columns.drop("point") if name not in limited],
                   key=lambda name: (name not in limited, not pd.api.types.is_numeric_dtype(points[name])))[:2]  # fmt: skip
    held = np.ones(len(points), dtype=bool)
    hidden = box[~box["factor"].isin(shown)]
    for side in hidden.itertuples():
        held &= _within(points[side.factor], side)
    (x, x_span), (y, y_span) = (_laid_out(ax, axis, points, name, box[box["factor"] == name])
                                for axis, name in zip("xy", shown, strict=True))  # fmt: skip
    sign = boxes["judged_by"].iloc[0] == "sign"
    baseline = inside(words(boxes["baseline"].iloc[0]))
    looks = {-1: ("X", style.WORSE, "worse than "), 1: ("o", style.BETTER, "better than "),
             0: ("o", style.UNDECIDED, "cannot tell from ")}  # fmt: skip
    for verdict, (mark, colour, label) in looks.items():
        label = ("" if sign or not verdict else "clearly ") + label + baseline
        for alpha, among in ((0.85, held), (0.15, ~held)):
            at = (verdicts == verdict) & among
            (points_of,) = ax.plot(x[at], y[at], mark, color=colour, markersize=4.2, alpha=alpha, clip_on=False, zorder=3,
                    markerfacecolor=colour if verdict else "none", markeredgewidth=0.0 if verdict else 0.8,
                    label=label if alpha > 0.5 else "_")  # fmt: skip
            points_of.set_in_layout(bool(at.any()))  # matplotlib lays out a line of no points as one at the corner
    if len(box):
        ax.add_patch(Rectangle((x_span[0], y_span[0]), np.ptp(x_span), np.ptp(y_span), fill=False, edgecolor=style.INK,
                               linewidth=1.4, clip_on=False, zorder=4))  # fmt: skip
    _headed(ax, boxes, *_caption(boxes, box, hidden, sign))
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.16), ncols=3, markerscale=1.4)
    return ax


def _caption(boxes: pd.DataFrame, box: pd.DataFrame, hidden: pd.DataFrame, sign: bool) -> list[str]:
    """The lines under the heading of a picture of a box."""
    lines = []
    if len(box):
        at = box.iloc[0]
        clearly = "" if sign else "clearly "
        lines.append(f"box: {clearly}worse in {percent(at['density'])} of it, holds {percent(at['coverage'])} of all that is")
        unseen, of_all = percent(at["held_out_density"]), percent(at["share_worse"])
        lines.append(f"in all boxes, on points not used to draw them: {unseen}; anywhere: {of_all}")
    if len(hidden):
        bounds = [bound(side.factor, side.category, side.low, side.high) for side in hidden.itertuples()]
        lines.append(f"in the box only where {wording.listed(bounds)}; other points are faded")
    further = boxes["box"].max() - 1
    if further > 0:
        lines.append(f"{further:.0f} further {'box is' if further == 1 else 'boxes are'} not drawn")
    judged = "clearly: the 95 % interval does not hold zero"
    if sign:
        judged = "worse and better by the sign alone: fewer than 3 replicates"
    return [*lines, "; ".join(filter(None, [judged, luck_said(boxes.iloc[0])]))]


def _within(column: pd.Series, side: object) -> np.ndarray:
    """Which points lie within the limits of a box on one factor."""
    if isinstance(side.category, str):
        return ((column == side.category) == pd.notna(side.low)).to_numpy()
    low, high = (np.nan_to_num(side.low, nan=-np.inf), np.nan_to_num(side.high, nan=np.inf))
    return ((column > low) & (column <= high)).to_numpy()


def _laid_out(
    ax: Axes, axis: str, points: pd.DataFrame, name: str, sides: pd.DataFrame
) -> tuple[np.ndarray, tuple[float, float]]:
    """Set up an axis for a factor; return the places of the points on it, and the ends of the box."""
    column = points[name]
    ax.set(**{f"{axis}label": factor(name)})
    inside = np.logical_and.reduce([np.full(len(column), True), *(_within(column, side) for side in sides.itertuples())])
    if pd.api.types.is_numeric_dtype(column):
        ends = (column.min(), column.max())
        ax.set(**{f"{axis}lim": ends})
        low, high = (sides.iloc[0]["low"], sides.iloc[0]["high"]) if len(sides) else (np.nan, np.nan)
        return column.to_numpy(float), (ends[0] if pd.isna(low) else low, ends[1] if pd.isna(high) else high)
    names = [*dict.fromkeys(column[inside]), *(other for other in column.unique() if other not in set(column[inside]))]
    ax.set(**{f"{axis}ticks": range(len(names)), f"{axis}ticklabels": [words(one) for one in names],
              f"{axis}lim": (-0.5, len(names) - 0.5)})  # fmt: skip
    apart = ((points["point"] * GOLDEN) % 1.0 - 0.5) * 0.6
    return (column.map(names.index) + apart).to_numpy(float), (-0.4, column[inside].nunique() - 0.6)


@style.housed
def boundary_map(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw one response over two factors; a line is the boundary, thin dashed lines are its 90 % band."""
    ax = style.axes(ax, width=5.8, height=4.4)
    described = outcome(table["outcome"].iloc[0])
    if table["mean"].isna().all():
        _instead(ax, f"{said(table.iloc[0])}:\n{table['note'].iloc[0]}")
        return ax
    grid = table.pivot(index="y_value", columns="x_value", values="mean") * described.scale
    difference = table["baseline"].notna().any()
    largest = np.nanmax(np.abs(grid.to_numpy())) or 1.0
    limits = {"vmin": -largest, "vmax": largest, "cmap": "PuOr_r"} if difference else {"cmap": "cividis"}
    mesh = ax.pcolormesh(grid.columns, grid.index, grid, shading="nearest", **limits)
    share = table.pivot(index="y_value", columns="x_value", values="share_above")
    ink = style.INK if difference else "white"
    line = _line(table, share)
    if line.startswith("line"):
        known = np.ma.masked_invalid(share.to_numpy())
        ax.contour(share.columns, share.index, known, levels=[0.5], linewidths=2.0, colors=ink)
        band = [share for share in (0.05, 0.95) if known.min() < share < known.max()]
        ax.contour(share.columns, share.index, known, levels=band, linewidths=0.8, linestyles="dashed", colors=ink)
    bar = ax.get_figure(root=True).colorbar(mesh, ax=ax)
    bar.set_label(_scale_said(described, difference), fontsize=style.SMALL)
    bar.outline.set_visible(False)
    ax.set(xlim=(grid.columns.min(), grid.columns.max()), ylim=(grid.index.min(), grid.index.max()))
    ax.set_xlabel(factor(table["x"].iloc[0]))
    ax.set_ylabel(factor(table["y"].iloc[0]))
    _headed(ax, table, line, axes_said(table), luck_said(table.iloc[0]))
    ax.grid(visible=False)
    return ax


def _scale_said(described: Outcome, difference: bool) -> str:
    """What the colours of a map stand for, with the unit."""
    unit = described.difference_unit if difference else described.unit
    return f"{described.title}{': difference' if difference else ''}{f', {unit}' if unit else ''}"


def axes_said(table: pd.DataFrame) -> str:
    """How much of what differs on a map goes with each axis alone, in words; nothing where cells are missing or all alike.

    Sums of squares of a two-way table of means with one value a cell; the rest goes with both together, and with luck.
    """
    grid = table.pivot(index="y_value", columns="x_value", values="mean").to_numpy()
    every = ((grid - grid.mean()) ** 2).mean()
    if not every > 0.0:
        return ""
    alone = {axis: ((grid.mean(axis=k) - grid.mean()) ** 2).mean() / every for k, axis in ((0, "x"), (1, "y"))}
    said = [f"{inside(factor(table[axis].iloc[0]))} {percent(share)}" for axis, share in alone.items()]
    return f"of what differs, alone: {wording.listed(said)}"


def line_said(row: pd.Series) -> str:
    """The meaning of the line of a map: no difference, or half way between the lowest and the highest level."""
    if pd.notna(row["baseline"]):
        return "no difference"
    described = outcome(row["outcome"])
    at = amount(row["boundary"], described)
    unit = described.unit if described.unit == "%" or len(described.unit) < 10 else ""
    return f"half way between lowest and highest ({f'{at} {unit}'.strip()})"


def _line(table: pd.DataFrame, share: pd.DataFrame) -> str:
    """Describe the line on a map; it is drawn when the text begins with `line`."""
    known = share.to_numpy()
    if np.isnan(known).all():
        return "too few replicates to draw a line: this needs five"
    if min(share.shape) < 2 or not np.nanmin(known) < 0.5 < np.nanmax(known):
        return "no line: it lies nowhere on this map"
    return f"line: {line_said(table.iloc[0])}; dashed: 90 % sure to lie between them"
