"""The life of ties over the months: mentees with a mentor, sparks, endings and moving on."""

import dataclasses

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from simulation.figures import placing, style
from simulation.figures.wording import words


@dataclasses.dataclass(frozen=True)
class Panel:
    """One panel: its title, its unit, and the column of `months` that it shows."""

    title: str
    unit: str
    column: str
    share: bool = False


PANELS = (
    Panel("Mentees with a mentor", "share of mentees", "mentored_share", share=True),
    Panel("Live ties that have sparked", "share of live ties", "spark_share", share=True),
    Panel("Ties that end", "ties a month", "closures"),
    Panel("Endings because somebody moved on", "ties a month", "moving_on"),
)


def life_of_ties_has(months: pd.DataFrame) -> list[Panel]:
    """List the panels for which the table has a column."""
    return [panel for panel in PANELS if panel.column in months]


@style.housed
def monthly(months: pd.DataFrame, panel: Panel, ax: Axes | None = None, window: int = 1, names: bool = True) -> Axes:
    """Draw one monthly outcome, one line a policy; the mean over `window` months takes out the seasons."""
    looks = style.looks(months["policy"])
    values = months.pivot_table(panel.column, "month", "policy", aggfunc="mean", sort=False, observed=True)
    values = values.sort_index().rolling(window, min_periods=-(-window // 2)).mean()
    ax = style.axes(ax)
    ends = []
    for i, (policy, look) in enumerate(looks.items()):
        if policy not in values:
            continue
        line = values[policy].dropna()
        every = max(len(line) // 5, 1)
        marks = list(range((i * every) // len(looks) + 1, len(line), every))
        ax.plot(
            line.index, line, color=look.colour, linestyle=look.dashes, linewidth=1.2, label=words(policy),
            marker=look.marker, markevery=marks, markersize=3.5, markeredgewidth=0,
        )  # fmt: skip
        if len(line):
            ends.append((line.index[-1], line.iloc[-1], words(policy), look.ink))
    first, last = months["month"].min(), months["month"].max()  # also of months in which nothing could be measured
    ax.set_xlim(first, max(last, first + 1))
    style.months_below(ax, last)
    ax.set_ylim(bottom=0)
    if panel.share:
        style.in_percent(ax.yaxis)
    ax.set_title(panel.title, fontsize=style.TEXT, pad=4)
    ax.set_ylabel(panel.unit + (f", mean of {window} months" if window > 1 else ""), fontsize=style.SMALL)
    if names:
        placing.label_ends(ax, ends, size=6.8)
    return ax


@style.housed
def life_of_ties(months: pd.DataFrame) -> Figure:
    """Draw the life of ties by policy, one panel for each monthly outcome in the table."""
    panels = life_of_ties_has(months)
    rows = -(-len(panels) // 2)
    figure = style.sheet(height=0.6 + 2.35 * rows)
    for i, (panel, ax) in enumerate(zip(panels, style.panels(figure, len(panels), 2), strict=True)):
        monthly(months, panel, ax, window=1 if panel.share else 12)
        if i // 2 == rows - 1:
            ax.set_xlabel("Months since the start of the study")
    style.heading(figure, "The life of ties, month by month")
    return figure
