"""The life of ties over the months: mentees with a mentor, sparks, endings and moving on, with bands over runs."""

import dataclasses

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from simulation.figures import findings, placing, style
from simulation.figures.wording import words
from simulation.outcomes.course import COURSE, PER, RATES, SHARES, WINDOW, course
from simulation.scenario.counted import counted

ABOUT = "mentored_share"  # the outcome that the title tells: it is the mean of the first panel over the study


@dataclasses.dataclass(frozen=True)
class Panel:
    """One panel: its title, its unit, and the measure of the course that it shows."""

    title: str
    unit: str
    measure: str

    @property
    def share(self) -> bool:
        """Whether it is a share, which is written in percent."""
        return self.measure in SHARES


RATE = f"a month, per {counted(int(PER), 'live ties')}, last {counted(WINDOW, 'months')}"
PANELS = (
    Panel("Mentees with a mentor", "share of mentees", "mentored_share"),
    Panel("Live ties that have sparked", "share of live ties", "spark_share"),
    Panel("Ties that end", RATE, "endings"),
    Panel("Endings because somebody moved on", RATE, "moving_on"),
)


def course_of(months: pd.DataFrame) -> pd.DataFrame:
    """The course of ties from months of one run a policy, in the columns of `Comparison.course`; one run has no interval."""
    tables = []
    for policy, rows in months.groupby("policy", sort=False, observed=True):
        rows = rows.sort_values("month")
        have = {name: rows[name].to_numpy() if name in rows else np.full(len(rows), np.nan)
                for name in ("live_ties", *SHARES, *RATES.values())}  # fmt: skip
        for measure, values in zip(COURSE, course(have), strict=True):
            tables.append(pd.DataFrame({"policy": policy, "measure": measure, "month": rows["month"].to_numpy(), "mean": values}))
    return pd.concat(tables, ignore_index=True).assign(low=np.nan, high=np.nan, runs=1)


def panels_of(table: pd.DataFrame) -> list[Panel]:
    """List the panels of which the course has a value."""
    known = set(table.loc[table["mean"].notna(), "measure"])
    return [panel for panel in PANELS if panel.measure in known]


@style.housed
def monthly(table: pd.DataFrame, panel: Panel, ax: Axes | None = None) -> Axes:
    """Draw one measure of the course, one line a policy, with its 95 % band over runs where there is one."""
    ax = style.axes(ax)
    _draw(table, panel, ax)
    ax.get_figure(root=True).draw_without_rendering()
    _name(table, panel, ax)
    return ax


def _draw(table: pd.DataFrame, panel: Panel, ax: Axes) -> None:
    """Draw the lines and bands of a panel."""
    looks = style.looks(table["policy"])
    for i, (policy, look) in enumerate(looks.items()):
        line = table[(table["policy"] == policy) & (table["measure"] == panel.measure) & table["mean"].notna()]
        if line.empty:
            continue
        every = max(len(line) // 5, 1)
        marks = list(range((i * every) // len(looks) + 1, len(line), every))
        ax.fill_between(line["month"], line["low"], line["high"], color=look.colour, alpha=0.18, linewidth=0)
        ax.plot(
            line["month"], line["mean"], color=look.colour, linestyle=look.dashes, linewidth=1.2, label=words(policy),
            marker=look.marker, markevery=marks, markersize=3.5, markeredgewidth=0,
        )  # fmt: skip
    first, last = table["month"].min(), table["month"].max()  # also of months in which nothing could be measured
    ax.set_xlim(first, max(last, first + 1))
    style.months_below(ax, last)
    ax.set_ylim(bottom=0, top=min(ax.get_ylim()[1], 1.0) if panel.share else None)
    if panel.share:
        style.in_percent(ax.yaxis)
    ax.set_title(panel.title, fontsize=style.TEXT, pad=4)
    ax.set_ylabel(panel.unit, fontsize=style.SMALL)


def _name(table: pd.DataFrame, panel: Panel, ax: Axes) -> None:
    """Write the name of each line at its end."""
    known = table[(table["measure"] == panel.measure) & table["mean"].notna()]
    looks, last = style.looks(table["policy"]), known.groupby("policy", sort=False, observed=True).tail(1)
    ends = [(month, mean, words(policy), looks[policy].ink)
            for policy, month, mean in zip(last["policy"], last["month"], last["mean"], strict=True)]  # fmt: skip
    placing.label_ends(ax, ends, size=6.8)


@style.housed
def life_of_ties(table: pd.DataFrame, contrasts: pd.DataFrame | None = None) -> Figure:
    """Draw the life of ties by policy, a panel for each measure.

    Args:
        table: as `Comparison.course`, or `course_of(months)` of one run.
        contrasts: with them the title says what policies do to the months with a mentor.
    """
    panels = panels_of(table)
    rows = -(-len(panels) // 2)
    figure = style.sheet(height=0.8 + 2.35 * rows)
    grid = style.panels(figure, len(panels), 2)
    for i, (panel, ax) in enumerate(zip(panels, grid, strict=True)):
        _draw(table, panel, ax)
        if i + 2 >= len(panels):
            ax.set_xlabel("Months since the start of the study")
    plain = f"The life of ties{' of one run' if table['low'].isna().all() else ''}, month by month"
    style.heading(figure, findings.titled(findings.finding(contrasts, ABOUT), plain, style.WIDTH))
    figure.draw_without_rendering()
    for panel, ax in zip(panels, grid, strict=True):
        _name(table, panel, ax)
    return figure
