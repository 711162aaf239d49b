"""What a source measured, such as the odds of a survey, and the effect in twins, as one parameter of the model grows."""

from collections.abc import Mapping
from textwrap import fill

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from simulation.figures import style
from simulation.figures.wording import number_said, words

LETTERS = 50  # in a line above a panel
HEADING = 78  # letters in a line of the heading
BAND = "#e6e6e6"
RATIOS = ("odds", "hazard")  # first words of what is no effect at 1; everything else at 0
LOOKS = {"value": style.Look("#D55E00", (0, (5, 1.5)), "s"), "causal": style.Look("#0072B2", "-", "o")}
TOLD = {"value": "as its source measured it", "causal": "effect in twins: the same people with the same luck"}


@style.housed
def twins(rows: pd.DataFrame, at: Mapping[str, float], ax: Axes | None = None) -> Axes:
    """Draw one clause: its statistic and its effect in twins against a parameter, with 95 % intervals, and its band.

    `rows` has a row a theory; `at` is the value of the parameter in each theory. The axis follows the lines, the line of no
    effect and the nearer end of the band.
    """
    ax = style.axes(ax, width=style.WIDTH / 2, height=2.2)
    rows = rows.assign(at=rows["theory"].map(at)).sort_values("at", kind="stable")
    first = rows.iloc[0]
    ax.set_title(fill(f"{first['id']}: {first['text']}", LETTERS), fontsize=style.SMALL, fontweight="normal", pad=4)
    none = 1.0 if str(first["text"]).startswith(RATIOS) else 0.0
    seen = [none]
    for name, (low, high) in {"value": ("low", "high"), "causal": ("causal_low", "causal_high")}.items():
        look = LOOKS[name]
        ends = [rows[end].to_numpy(float) if end in rows else np.full(len(rows), np.nan) for end in (low, high)]
        ax.fill_between(rows["at"], *ends, color=look.colour, alpha=0.15, linewidth=0)
        ax.plot(rows["at"], rows[name], color=look.colour, linestyle=look.dashes, marker=look.marker, markersize=4,
                markeredgewidth=0, zorder=3)  # fmt: skip
        seen += [end for known in (*ends, rows[name].to_numpy(float)) for end in known[np.isfinite(known)]]
    nearest = min(filter(np.isfinite, first[["band_low", "band_high"]]), key=lambda end: abs(end - rows["value"].mean()))
    low, high = min(*seen, nearest), max(*seen, nearest)
    edge = 0.06 * ((high - low) or 1.0)
    ax.set_ylim(low - edge, high + edge)
    ax.axhspan(max(first["band_low"], low - edge), min(first["band_high"], high + edge), color=BAND, linewidth=0, zorder=0)
    ax.axhline(none, color=style.INK, linewidth=0.8, zorder=1)
    ax.set_xticks(rows["at"], [number_said(value) for value in rows["at"]])
    return ax


@style.housed
def twin_panels(table: pd.DataFrame, at: Mapping[str, float], name: str, title: str = "", columns: int = 2) -> Figure:
    """Draw all clauses that have twins, a panel a clause; `name` says what the parameter is."""
    clauses = [rows for _, rows in table[table["causal"].notna()].groupby(["id", "clause"], sort=False)]
    columns = min(columns, len(clauses))
    figure = style.sheet(height=1.5 + 1.75 * -(-len(clauses) // columns))
    for place, (panel, rows) in enumerate(zip(style.panels(figure, len(clauses), columns), clauses, strict=True)):
        twins(rows, at, panel)
        if place >= len(clauses) - columns:
            panel.set_xlabel(words(name))
    style.heading(figure, fill(title or "What surveys measure, and what twins show", HEADING))
    lines = [Line2D([], [], color=look.colour, linestyle=look.dashes, marker=look.marker, markersize=4, label=TOLD[of])
             for of, look in LOOKS.items()]  # fmt: skip
    none = Line2D([], [], color=style.INK, linewidth=0.8, label="no effect")
    figure.legend(handles=[*lines, none, Patch(facecolor=BAND, label="band of the published number")], ncols=2,
                  loc="outside lower center", handlelength=4)  # fmt: skip
    return figure
