"""What many pilots would show, beside what the policy would do for everybody."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from simulation.figures import style, wording

SHOWN, TRUE, MEAN = "#56B4E9", style.COLOURS[0], style.COLOURS[1]
BINS = 24


@style.housed
def pilots(found: pd.DataFrame, worth: pd.DataFrame, title: str) -> Figure:
    """Draw the estimates of all pilots, a panel an outcome, with the effect for everybody and the mean of the estimates.

    `found` has a row a pilot and outcome (`comparison.pilot`), `worth` a row an outcome (`power`), both of one size.
    """
    figure = style.sheet(height=4.6)
    for panel, row in zip(style.panels(figure, len(worth), 3), worth.itertuples(), strict=True):
        described = wording.outcome(row.outcome)
        values = found.loc[found["outcome"] == row.outcome, "estimate"].dropna().to_numpy() * described.scale
        ends = [*values, row.truth * described.scale, 0.0]
        panel.hist(values, bins=np.linspace(min(ends), max(ends) or 1.0, BINS + 1) if max(ends) > min(ends) else BINS, color=SHOWN)
        panel.axvline(0.0, color=style.QUIET, linewidth=0.8)
        panel.axvline(row.estimate * described.scale, color=MEAN, linestyle=(0, (5, 1.5)))
        panel.axvline(row.truth * described.scale, color=TRUE, linewidth=2.0)
        told = f"{wording.percent(row.power)} find it" if np.isfinite(row.power) else "nothing to find"
        if np.isfinite(row.power) and np.isfinite(row.power_low):
            told += f" ({100 * row.power_low:.0f} to {100 * row.power_high:.0f})"
        panel.set_title(f"{described.title}\n{told}", fontsize=style.TEXT)
        panel.set_xlabel(described.difference_unit)
        panel.set_yticks([])
        panel.grid(visible=False, axis="y")
        style.differences_below(panel)
    style.heading(figure, f"What {len(found) // len(worth)} pilots show: {wording.inside(title)}")
    true = Line2D([], [], color=TRUE, linewidth=2.0, label="offered to everybody, less to nobody")
    mean = Line2D([], [], color=MEAN, linestyle=(0, (5, 1.5)), label="mean of the pilots")
    figure.legend(handles=[Patch(facecolor=SHOWN, label="pilots"), mean, true], ncols=3, loc="outside lower center", handlelength=4)
    return figure
