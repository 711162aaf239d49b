"""Who stays, by group: a panel a group, in which policies can be compared, and the gap between the groups itself."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from simulation.figures import findings, style, wording
from simulation.figures.retention import draw_curves, drawn, floor_of, said_cut
from simulation.figures.wording import inside, words
from simulation.judgement import by_set, estimate

ACROSS = 3  # panels in a row
POINTS = 100.0  # percentage points in a share


@style.housed
def retention_by_group(
    survival: pd.DataFrame, attribute: str, outcomes: pd.DataFrame | None = None, contrasts: pd.DataFrame | None = None
) -> Figure:
    """Draw the curves by group of an identity attribute, all with the same axes, and behind them the gap at the end.

    Args:
        survival: as `Comparison.survival`.
        outcomes: a row a policy and replicate; without it there is no panel of the gap.
        contrasts: with them the title says what policies do to the gap.
    """
    rows = survival[survival["attribute"] == attribute]
    groups, policies = list(dict.fromkeys(rows["group"])), list(dict.fromkeys(rows["policy"]))
    looks, gap = style.looks(policies), f"gap_retention_{attribute}"
    with_gap = outcomes is not None and gap in outcomes and bool(outcomes[gap].notna().any())
    count = len(groups) + with_gap
    columns = min(count, ACROSS)
    figure = style.sheet(height=1.35 + 2.3 * -(-count // columns) + 0.17 * (len(policies) // 6))
    panels = style.panels(figure, count, columns)
    curves = {}
    for group, panel in zip(groups, panels, strict=False):
        mine = rows[rows["group"] == group]
        curves[group] = {name: drawn(some) for name, some in mine.groupby("policy", sort=False, observed=True)}
        draw_curves(panel, curves[group], looks)
        panel.set_title(words(group), fontsize=style.TEXT, pad=4)
        panel.set_xlabel("Months since arrival", fontsize=style.SMALL)
    lowest = min(map(floor_of, curves.values()))
    for place, panel in enumerate(panels[: len(groups)]):
        panel.set_ylim(lowest, 1.0)
        if place % columns == 0:
            panel.set_ylabel(f"Share of mentees{said_cut(panel)}", fontsize=style.SMALL)
    if with_gap:
        gaps(outcomes, gap, panels[-1], looks)
        panels[-1].set_title("The gap, whole study", fontsize=style.TEXT, pad=4)
        panels[-1].set_xlabel(f"percentage points\nright of 0: more of {inside(words(groups[0]))} stay", fontsize=style.SMALL)
    keys = [Line2D([], [], color=look.colour, linestyle=look.dashes, marker=look.marker, markersize=4, markeredgewidth=0,
                   label=words(name)) for name, look in looks.items()]  # fmt: skip
    figure.legend(handles=keys, loc="outside lower center", ncols=min(len(keys), 5), handlelength=3.5)
    plain = f"Who stays, by {wording.attribute(attribute)}: mentees not lost to the program"
    style.heading(figure, findings.titled(findings.finding(contrasts, gap), plain, style.WIDTH))
    return figure


def gaps(outcomes: pd.DataFrame, gap: str, ax: Axes, looks: dict) -> None:
    """Draw each policy's mean gap, a row a policy, with its 95 % interval over runs, against the line of no gap."""
    for y, (policy, look) in enumerate(looks.items()):
        value, low, high = gap_of(outcomes, gap, policy)
        if np.isfinite(low) and np.isfinite(high):
            ax.plot([low, high], [y, y], color=look.colour, linewidth=1.6, solid_capstyle="butt")
        ax.plot(value, y, marker=look.marker, color=look.colour, markersize=5, linestyle="")
    ax.axvline(0, color=style.INK, linewidth=0.8, zorder=1)
    ax.set_yticks([])
    ax.set_ylim(len(looks) - 0.4, -0.6)
    ax.grid(axis="y", visible=False)
    style.differences_below(ax)


def gap_of(outcomes: pd.DataFrame, gap: str, policy: str) -> Sequence[float]:
    """The mean gap of a policy and its 95 % interval over runs, or over sets of parameters, in percentage points."""
    mine = outcomes[outcomes["policy"] == policy]
    sets = mine["parameter_set"].to_numpy() if "parameter_set" in mine else None
    return [POINTS * one for one in estimate(by_set(mine[gap].to_numpy(float), sets).ravel())[:3]]
