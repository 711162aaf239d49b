"""What a study shows: which factors decide, where a policy backfires, and where the sign turns."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from simulation.figures import style
from simulation.figures.wording import outcome, words

FACTORS = 12  # bars of a panel; the least important ones are left out


def said(row: pd.Series) -> str:
    """What a response is: `Retention: six tips less ad hoc`."""
    title = outcome(row["outcome"]).title
    if pd.isna(row["baseline"]):
        return f"{title}, {words(row['policy']).lower()}"
    return f"{title}: {words(row['policy']).lower()} less {words(row['baseline']).lower()}"


@style.housed
def importance(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw which factors decide one response, the most important on top.

    Bars are total shares of variance with the part by themselves filled, or Morris's mean effects with their spread
    over the others as a mark; whiskers are 95 % intervals. `table` has the rows of one response.
    """
    sobol = (table["measure"] == "total").any()
    main = table[table["measure"] == ("total" if sobol else "mu_star")].sort_values("rank").head(FACTORS)
    other = table[table["measure"] == ("first" if sobol else "sigma")].set_index("factor")["value"]
    scale = 1.0 if sobol else outcome(table["outcome"].iloc[0]).scale
    ax = style.axes(ax, height=0.8 + 0.24 * len(main))
    places = np.arange(len(main))
    half = (main["high"] - main["value"]) * scale
    ax.barh(places, main["value"] * scale, height=0.62, color="#c9dff0", edgecolor=style.BETTER, linewidth=0.8,
            label="with all its interactions" if sobol else "mean effect of the whole range")  # fmt: skip
    of = other.reindex(main["factor"]).to_numpy() * scale
    if sobol:
        ax.barh(places, np.clip(of, 0.0, None), height=0.62, color=style.BETTER, label="by itself")
    else:
        ax.plot(of, places, "D", color=style.WORSE, markersize=4, label="how much it depends on the others")
    ax.errorbar(main["value"] * scale, places, xerr=half, fmt="none", ecolor=style.INK, elinewidth=0.9, capsize=2)
    ax.set_yticks(places, [words(name) for name in main["factor"]])
    ax.invert_yaxis()
    ax.set_xlim(left=0.0)
    ax.set_xlabel("share of variance" if sobol else outcome(table["outcome"].iloc[0]).difference_unit)
    ax.set_title(said(table.iloc[0]), fontsize=style.TEXT)
    ax.grid(axis="y", visible=False)
    ax.tick_params(axis="y", length=0)
    return ax


@style.housed
def importances(table: pd.DataFrame) -> Figure:
    """Draw, panel by panel, what decides the differences between policies, or the levels where there is one policy."""
    known = table.dropna(subset="value") if "value" in table else table.iloc[:0]
    rows = known[known["baseline"].notna()] if known["baseline"].notna().any() else known
    groups = [group for _, group in rows.groupby(["outcome", "world", "policy"], sort=False, dropna=False)]
    factors = min(FACTORS, table["factor"].nunique())
    figure = style.sheet(height=0.7 + max(len(groups), 1) * (0.75 + 0.2 * factors))
    if not groups:
        figure.text(0.5, 0.5, "No factor moves any of these outcomes.", ha="center", color=style.QUIET)
        return figure
    panels = np.atleast_1d(figure.subplots(len(groups), 1))
    for panel, group in zip(panels, groups, strict=True):
        importance(group, panel)
    handles, labels = panels[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=2)
    return figure


@style.housed
def backfire(boxes: pd.DataFrame, points: pd.DataFrame, bad: np.ndarray, ax: Axes | None = None) -> Axes:
    """Draw where one policy does worse: points of a study over the two factors that the first box limits, and the box.

    `boxes` has the rows of one difference, `bad` says which of `points` are worse; points of no box but the first are
    not outlined.
    """
    ax = style.axes(ax, height=3.4)
    first = boxes[boxes["box"] == 1]
    numeric = [name for name in points.columns if name != "point" and pd.api.types.is_numeric_dtype(points[name])]
    shown = [name for name in first.get("factor", ()) if name in numeric][:2]
    x, y = (shown + [name for name in numeric if name not in shown])[:2]
    for worse, mark, colour, label in ((False, "o", style.BETTER, "better"), (True, "X", style.WORSE, "worse")):
        at = points[bad == worse]
        ax.plot(
            at[x],
            at[y],
            mark,
            color=colour,
            markersize=3.4,
            alpha=0.75,
            markeredgewidth=0,
            label=f"{label} than the baseline",
        )
    corners = first.set_index("factor")[["low", "high"]] if len(shown) else pd.DataFrame(columns=["low", "high"])
    spans = []
    for name in (x, y):
        low, high = corners.loc[name] if name in corners.index else (np.nan, np.nan)
        spans.append((points[name].min() if pd.isna(low) else low, points[name].max() if pd.isna(high) else high))
    if shown:
        (x0, x1), (y0, y1) = spans
        ax.add_patch(Rectangle((x0, y0), x1 - x0, y1 - y0, fill=False, edgecolor=style.INK, linewidth=1.4))
        box = first.iloc[0]
        ax.text(0, 1.02, f"box: worse in {box['density']:.0%} of it, and {box['coverage']:.0%} of all that is worse",
                transform=ax.transAxes, fontsize=style.SMALL, color=style.QUIET)  # fmt: skip
    ax.set_xlabel(words(x))
    ax.set_ylabel(words(y))
    ax.set_title(f"{said(boxes.iloc[0])}\n", fontsize=style.TEXT)
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.14), ncols=2, markerscale=1.6)
    return ax


@style.housed
def tipping_map(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw one response over two factors, with the boundary as a line and its 90 % band as thin lines."""
    ax = style.axes(ax, width=5.4, height=4.2)
    described = outcome(table["outcome"].iloc[0])
    grid = table.pivot(index="y_value", columns="x_value", values="mean") * described.scale
    difference = table["baseline"].notna().any()
    reach = np.nanmax(np.abs(grid.to_numpy())) or 1.0
    limits = {"vmin": -reach, "vmax": reach, "cmap": "PuOr_r"} if difference else {"cmap": "cividis"}
    mesh = ax.pcolormesh(grid.columns, grid.index, grid, shading="nearest", **limits)
    share = table.pivot(index="y_value", columns="x_value", values="share_above")
    if share.notna().to_numpy().all() and np.ptp(share.to_numpy()) > 0:
        lines = {"colors": "white" if not difference else style.INK}
        ax.contour(share.columns, share.index, share, levels=[0.5], linewidths=2.0, **lines)
        ax.contour(share.columns, share.index, share, levels=[0.05, 0.95], linewidths=0.8, linestyles="dashed", **lines)
    bar = ax.get_figure(root=True).colorbar(mesh, ax=ax)
    bar.set_label(described.difference_unit if difference else described.unit, fontsize=style.SMALL)
    bar.outline.set_visible(False)
    ax.set_xlabel(words(table["x"].iloc[0]))
    ax.set_ylabel(words(table["y"].iloc[0]))
    boundary = table["boundary"].iloc[0]
    ax.set_title(f"{said(table.iloc[0])}\n", fontsize=style.TEXT)
    level = "no difference" if difference else f"{boundary * described.scale:.0f} {described.unit}".strip()
    ax.text(0, 1.02, f"line: {level}; dashed: where draws of the luck put it, 90 %", transform=ax.transAxes,
            fontsize=style.SMALL, color=style.QUIET)  # fmt: skip
    ax.grid(visible=False)
    return ax
