"""The pictures of the explanation, drawn anew from the model at every build."""

from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from simulation import Policy, World, compare, simulate
from simulation.figures import style
from simulation.figures.network import mentoring_networks

SHOWN = 60  # ties
LATER = 12  # months


def drawn(folder: Path) -> dict[str, bytes]:
    """Every picture as SVG, by name; the folder is for files that are needed meanwhile."""
    world, names = World.load("teaching_hospital"), ("ad_hoc", "six_tips")
    runs = {name: simulate(world, Policy.load(name), seed=1, trace=True) for name in names}
    figures = {
        "ties": one_by_one(runs["ad_hoc"]),
        "heaps": two_heaps([simulate(world, Policy.load("ad_hoc"), seed=seed, trace=True) for seed in range(1, 9)]),
        "network": network(runs),
        "months": month_by_month(runs),
        "luck": paired_and_not(world, names),
    }
    pictures = {}
    for name, figure in figures.items():
        style.save(figure, folder / name)
        pictures[f"{name}.svg"] = (folder / f"{name}.svg").read_bytes()
    return pictures


def _aged(run) -> pd.DataFrame:
    """The months of ties with the age of the tie and whether it ever sparked."""
    months = run.tie_months.merge(run.ties[["tie", "start_month", "sparked"]], on="tie")
    return months.assign(age=months["month"] - months["start_month"])


@style.housed
def one_by_one(run) -> Figure:
    """Quality of single ties, month by month: some catch fire, most do not."""
    months = _aged(run)
    figure = style.sheet(height=3.4)
    ax = figure.add_subplot()
    first = months["tie"].drop_duplicates()[:SHOWN]
    for _, tie in months[months["tie"].isin(first)].groupby("tie"):
        lit = bool(tie["sparked"].iloc[0])
        ax.plot(tie["age"], tie["quality"], color=style.COLOURS[1] if lit else "#9a9a9a", linewidth=1.0, alpha=0.75, zorder=2 + lit)
    ax.plot([], [], color=style.COLOURS[1], label="sparked")
    ax.plot([], [], color="#9a9a9a", label="did not")
    ax.legend(loc="center right", bbox_to_anchor=(1.0, 0.62))
    ax.set(xlabel="months since the tie began", ylabel="quality", xlim=(0, 36), ylim=(0, 1), title=f"{SHOWN} ties, one line each")
    ax.xaxis.set_ticks(range(0, 37, 6))
    return figure


@style.housed
def two_heaps(runs) -> Figure:
    """How good ties are in their first month, and after a year: one heap, then two."""
    figure = style.sheet(height=2.9)
    months = pd.concat([_aged(run) for run in runs])
    titles = "In the first month", "After a year, of those still there"
    for ax, age, title in zip(figure.subplots(1, 2), (0, LATER), titles, strict=True):
        ax.hist(months.loc[months["age"] == age, "quality"], bins=np.linspace(0, 1, 26), color=style.COLOURS[2])
        ax.set(xlabel="quality", ylabel="ties" if age == 0 else "", title=title, xlim=(0, 1))
    return figure


@style.housed
def network(runs) -> Figure:
    """Who mentors whom under two policies."""
    tables = {
        name: pd.concat([getattr(run, name).assign(policy=policy) for policy, run in runs.items()])
        for name in ("ties", "mentees", "mentors")
    }
    return mentoring_networks(tables, list(runs), month=30)


@style.housed
def month_by_month(runs) -> Figure:
    """Mentees with a mentor, and ties that are alight, over the months."""
    figure = style.sheet(height=2.9)
    shown = {"mentored_share": "Mentees with a mentor", "spark_share": "Ties that have sparked"}
    for ax, (column, title) in zip(figure.subplots(1, 2), shown.items(), strict=True):
        for (policy, run), look in zip(runs.items(), style.looks(runs).values(), strict=True):
            label = {"ad_hoc": "ad hoc", "six_tips": "all six tips"}[policy]
            ax.plot(run.months["month"], run.months[column], color=look.colour, linestyle=look.dashes, label=label)
        ax.set(title=title, xlabel="month", ylim=(0, 1))
        style.in_percent(ax.yaxis)
        style.months_below(ax, 60)
    ax.legend(loc="upper left")
    return figure


@style.housed
def paired_and_not(world, names) -> Figure:
    """The same question asked with luck in common, and with luck of its own for each run."""
    found = compare(world, [Policy.load(name) for name in names], replicates=40, seed=1).outcomes
    one, other = (found.loc[found["policy"] == name, "retention"].to_numpy() for name in names)
    figure = style.sheet(height=2.5)
    ax = figure.add_subplot()
    rows = {"the same people and luck": other - one, "other people and luck": np.roll(other, 1) - one}
    for place, (values, colour) in enumerate(zip(rows.values(), (style.COLOURS[2], "#9a9a9a"), strict=True)):
        height = 1 - place + 0.24 * (np.arange(len(values)) / (len(values) - 1) - 0.5)
        ax.plot(100 * values, height, "o", color=colour, markersize=4, alpha=0.8)
        ax.plot([100 * values.mean()] * 2, [0.72 - place, 1.28 - place], color=style.INK, linewidth=1.6)
    ax.axvline(0, color=style.QUIET, linewidth=0.8)
    ax.set_yticks([1, 0], list(rows))
    ax.grid(axis="y", visible=False)
    label = "percentage points of mentees who stay, all six tips less ad hoc"
    ax.set(ylim=(-0.5, 1.5), xlabel=label, title="40 replicates, a dot each")
    return figure
