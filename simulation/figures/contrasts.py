"""Differences from the baseline: paired, with their intervals, as a forest of small panels."""

from collections.abc import Sequence
from textwrap import fill

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from simulation.figures import findings, style
from simulation.figures.wording import outcome, words
from simulation.judgement import CANNOT_TELL, SAME, careful
from simulation.outcomes import gaps_among, headlines

TITLE = 29  # letters in a line of a panel's title


@style.housed
def contrast(contrasts: pd.DataFrame, name: str, ax: Axes | None = None) -> Axes:
    """Draw one outcome's differences: for each policy a point and its 95 % interval, against a line at zero.

    A filled point is better (disc) or worse (square); at a hollow diamond one cannot tell. Within the shaded stripe a
    difference does not matter: an interval that lies within it is practically the same (bar). All intervals hold together.
    Nobody can tell of a gap of few people.
    """
    described = outcome(name)
    rows = contrasts[contrasts["outcome"] == name]
    policies = list(dict.fromkeys(contrasts["policy"]))
    ax = style.axes(ax, height=0.9 + 0.24 * len(policies))
    ax.axvline(0, color=style.INK, linewidth=0.8, zorder=1)
    same = described.margin * described.scale
    ax.axvspan(-same, same, color=style.FAINT, alpha=0.35, linewidth=0, zorder=0)
    for row, said in zip(rows.itertuples(), careful(rows), strict=True):
        y, look = policies.index(row.policy), _mark(said)
        if np.isfinite(row.low_all) and np.isfinite(row.high_all):
            ends = [row.low_all * described.scale, row.high_all * described.scale]
            ax.plot(ends, [y, y], color=look["color"], linewidth=1.6, solid_capstyle="butt")
        ax.plot(row.difference * described.scale, y, **look)
    ax.set_yticks(range(len(policies)), [words(policy) for policy in policies])
    ax.set_ylim(len(policies) - 0.4, -0.6)
    style.differences_below(ax)
    way = {1: "better \N{RIGHTWARDS ARROW}", -1: "\N{LEFTWARDS ARROW} better", 0: ""}[described.better]
    no_gap = rows["no_gap"].iloc[0] * described.scale if "no_gap" in rows and len(rows) else np.nan
    left, right = ax.get_xlim()
    if left < no_gap < 0:
        ax.axvline(no_gap, color=style.INK, linewidth=1.0, linestyle=(0, (1, 2)), zorder=1)
        ax.set_xlim(left, right)
    if np.isfinite(no_gap):
        way = "\N{LEFTWARDS ARROW} narrower" + ("; dotted: no gap" if left < no_gap < 0 else "")
    ax.set_xlabel("\n".join(filter(None, [described.difference_unit, way])), fontsize=style.SMALL)
    ax.set_title(fill(described.title, TITLE), fontsize=style.TEXT if len(described.title) < TITLE else style.SMALL, pad=4)
    ax.tick_params(axis="y", length=0)
    ax.grid(axis="x", visible=True)
    return ax


@style.housed
def contrast_panels(contrasts: pd.DataFrame, shown: Sequence[str] | None = None, columns: int = 3) -> Figure:
    """Draw several outcomes' differences side by side, policies in the same rows.

    By default it shows the headline outcomes and, behind retention, the gaps in access to a mentor.
    """
    present = set(contrasts["outcome"])
    first, *rest = headlines("figure")
    gaps = [name for of in ("access", "retention") for name in gaps_among(contrasts["outcome"], of)][:2]
    shown = [name for name in (shown or [first, *gaps, *rest]) if name in present]
    columns = min(columns, len(shown))
    rows = -(-len(shown) // columns)
    policies = contrasts["policy"].nunique()
    figure = style.sheet(height=0.65 + rows * (0.95 + 0.185 * policies))
    for i, (panel, name) in enumerate(zip(style.panels(figure, len(shown), columns, sharey=True), shown, strict=True)):
        contrast(contrasts, name, panel)
        panel.tick_params(axis="y", labelleft=i % columns == 0)
    style.heading(figure, findings.titled(findings.balance(contrasts, shown), "", style.WIDTH))
    key = _key(contrasts[contrasts["outcome"].isin(shown)])
    figure.legend(handles=key, loc="outside lower center", ncols=4, handletextpad=0.4)
    return figure


def _mark(said: str) -> dict:
    """The mark of a verdict: its colour and its shape; it is hollow where one cannot tell."""
    colour = {"better": style.BETTER, "worse": style.WORSE}.get(said, style.UNDECIDED)
    shape = {"better": "o", "worse": "s", SAME: "|", CANNOT_TELL: "D"}.get(said, "^")
    face = "white" if said == CANNOT_TELL else colour
    return {"color": colour, "marker": shape, "markersize": 5, "markerfacecolor": face}


def _key(rows: pd.DataFrame) -> list[Line2D]:
    """Explain the marks in use."""
    there = set(careful(rows))
    said = {
        "better": "better than the baseline", "worse": "worse", "reversed": "the gap is turned round", "higher": "higher",
        "lower": "lower", SAME: "practically the same: within the stripe", CANNOT_TELL: "cannot tell",
    }  # fmt: skip
    return [Line2D([], [], label=label, linewidth=1.6, **_mark(name)) for name, label in said.items() if name in there]
