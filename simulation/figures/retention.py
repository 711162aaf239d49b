"""Kaplan-Meier curves of retention, by policy and by group: means over runs, with bands over runs."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from simulation.figures import placing, style, wording
from simulation.figures.wording import words
from simulation.judgement import carried, kept, mean_share

FEW = 4  # with at most so many curves, each has a band and a row of numbers


def count_survival(mentees: pd.DataFrame, attributes: Sequence[str] = (), months: int | None = None) -> pd.DataFrame:
    """Count people at risk and people who left, by months since arrival, for everyone and for each group.

    Mentees who were there before month 0 count from month 0. Graduation and the end of the study censor.
    Returns `policy, attribute, group, month, at_risk, left, share, low, high`, as `Comparison.survival` does; month 0 is the
    first month after arrival. One run has a curve, but no interval.
    """
    people = mentees.assign(all="everyone")
    months = int(people["exit_month"].max()) + 1 if months is None else months
    arrived = people["cohort"].astype(int).clip(lower=0)
    last = people["exit_month"].astype(float).fillna(months - 1).astype(int) - arrived
    people = people.assign(last=last, gone=people["exit"].astype(str).eq("left"))
    if "replicate" not in people:
        people["replicate"] = 0
    rows = []
    for attribute in ("all", *attributes):
        for (policy, group), some in people.groupby(["policy", attribute], sort=False, observed=True):
            counts = np.array([_counts(run, months) for _, run in some.groupby("replicate")])  # runs x 2 x months
            at_risk, left = counts.sum(axis=0)
            shares = carried(kept(counts[:, 0], counts[:, 1]))
            known = np.isfinite(shares)
            shares = np.where(known, shares, 0.0)
            share, low, high = mean_share(shares.sum(axis=0), (shares**2).sum(axis=0), known.sum(axis=0))
            share, low, high = (np.where(at_risk > 0, one, np.nan) for one in (share, low, high))
            table = {"month": np.arange(months), "at_risk": at_risk.astype(int), "left": left.astype(int),
                     "share": share, "low": low, "high": high}  # fmt: skip
            rows.append(pd.DataFrame(table).assign(policy=policy, attribute=attribute, group=group))
    columns = ["policy", "attribute", "group", "month", "at_risk", "left", "share", "low", "high"]
    return pd.concat(rows, ignore_index=True)[columns]


def _counts(people: pd.DataFrame, months: int) -> tuple[np.ndarray, np.ndarray]:
    """How many of one run are at risk in each month since arrival, and how many leave in it."""
    ends = np.bincount(people["last"], minlength=months)
    return ends[::-1].cumsum()[::-1], np.bincount(people["last"], weights=people["gone"], minlength=months)


def drawn(survival: pd.DataFrame) -> pd.DataFrame:
    """One group's curve as it is drawn: `month, share, low, high, at_risk`; it begins at month 0 with share 1."""
    known = survival[survival["share"].notna()].sort_values("month")
    at_risk, left = (known[name].to_numpy(float) for name in ("at_risk", "left"))
    return pd.DataFrame({
        "month": np.concatenate([[0], known["month"].to_numpy() + 1]),
        **{name: np.concatenate([[1.0], known[name].to_numpy(float)]) for name in ("share", "low", "high")},
        "at_risk": np.concatenate([at_risk, np.maximum(at_risk[-1:] - left[-1:], 0.0)]),
    })  # fmt: skip


@style.housed
def retention_curves(survival: pd.DataFrame, ax: Axes | None = None, replicates: int | None = None) -> Axes:
    """Draw the share of mentees who have not left, by months since arrival, one curve a policy.

    Args:
        survival: as `Comparison.survival`; rows with attribute `all` are drawn. The band is a 95 % interval over runs.
        replicates: the number of runs in the counts; numbers at risk are shown per run.
    """
    everyone = survival[survival["attribute"] == "all"]
    looks = style.looks(everyone["policy"])
    curves = {policy: drawn(rows) for policy, rows in everyone.groupby("policy", sort=False, observed=True)}
    ax = style.axes(ax, height=4.3)
    _draw(ax, curves, looks, band=len(curves) <= FEW)
    ax.set(title="Who stays: mentees not lost to the program", xlabel="Months since arrival", ylabel="Share of mentees")
    shown = list(curves) if len(curves) <= FEW else list(curves)[:1]
    runs = replicates or (everyone["replicate"].nunique() if "replicate" in everyone else 1)
    _numbers_at_risk(ax, {name: curves[name] for name in shown}, runs)
    ends = [(c["month"].iloc[-1], c["share"].iloc[-1], words(name), looks[name].ink) for name, c in curves.items()]
    placing.label_ends(ax, ends)
    return ax


@style.housed
def retention_by_group(survival: pd.DataFrame, attribute: str, columns: int | None = None) -> Figure:
    """Draw the curves by group of an identity attribute: one panel a policy, all with the same axes."""
    groups = survival[survival["attribute"] == attribute]
    policies = list(dict.fromkeys(groups["policy"]))
    looks = style.looks(groups.groupby("group", observed=True)["at_risk"].sum().sort_values(ascending=False).index)
    columns = columns or min(len(policies), 5 if len(policies) > 8 else 4)
    rows = -(-len(policies) // columns)
    figure = style.sheet(height=0.85 + 1.7 * rows)
    panels = style.panels(figure, len(policies), columns, sharex=True, sharey=True)
    floor = 1.0
    for panel, policy in zip(panels, policies, strict=True):
        mine = groups[groups["policy"] == policy]
        curves = {name: drawn(some) for name, some in mine.groupby("group", observed=True)}
        curves = {name: curves[name] for name in looks if name in curves}
        floor = min(floor, *(_lowest(c) for c in curves.values()))
        _draw(panel, curves, looks, band=len(curves) <= FEW)
        panel.set_title(words(policy), fontsize=style.TEXT, pad=4)
        panel.label_outer()
    panels[0].set_ylim(bottom=_floor(floor))
    for panel in panels[-columns:]:
        panel.tick_params(labelbottom=True)
        panel.set_xlabel("Months since arrival", fontsize=style.SMALL)
    for panel in panels[::columns]:
        panel.set_ylabel("Share of mentees", fontsize=style.SMALL)
    handles, labels = panels[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=min(len(labels), 6), handlelength=4)
    style.heading(figure, f"Who stays, by {wording.attribute(attribute)}: mentees not lost to the program")
    return figure


def _draw(ax: Axes, curves: dict, looks: dict, band: bool) -> None:
    """Draw curves as steps, with bands if wanted."""
    longest = max(c["month"].iloc[-1] for c in curves.values())
    for i, (name, c) in enumerate(curves.items()):
        look = looks[name]
        if band:
            ax.fill_between(c["month"], c["low"], c["high"], step="post", color=look.colour, alpha=0.13, linewidth=0)
        every = max(longest // 5, 1)
        marks = list(range((i * every) // max(len(curves), 1) + 1, len(c), every))
        ax.plot(c["month"], c["share"], drawstyle="steps-post", color=look.colour, linestyle=look.dashes,
                marker=look.marker, markevery=marks, markersize=4, markeredgewidth=0, label=words(name))  # fmt: skip
    ax.set_xlim(0, longest)
    ax.set_ylim(_floor(min(_lowest(c) if band else c["share"].min() for c in curves.values())), 1.0)
    style.months_below(ax, longest)
    style.in_percent(ax.yaxis)


def _lowest(c: pd.DataFrame) -> float:
    """The lowest point of a curve and of its band, if it has one."""
    return float(c[["share", "low"]].min().min())


def _floor(lowest: float) -> float:
    """The bottom of the share axis: the next 5 % below the lowest curve."""
    return max(0.0, np.floor(lowest * 20 - 0.2) / 20)


def _numbers_at_risk(ax: Axes, curves: dict, runs: int) -> None:
    """Write the number of people still followed under the axis, as a mean per run."""
    months = [int(tick) for tick in ax.get_xticks() if ax.get_xlim()[0] <= tick <= ax.get_xlim()[1]]
    under = ax.get_xaxis_transform()
    ax.text(0, -0.2, "Mentees still followed" + (", mean of a run" if runs > 1 else ""), transform=under,
            fontsize=style.SMALL, color=style.QUIET)  # fmt: skip
    for row, (name, c) in enumerate(curves.items()):
        at_risk = c.drop_duplicates("month").set_index("month")["at_risk"]
        y = -0.255 - 0.052 * row
        for month in months:
            if month in at_risk.index:
                ax.text(month, y, f"{at_risk[month] / runs:,.0f}", transform=under, fontsize=style.SMALL, ha="center")
        ax.text(1.035, y, words(name), transform=ax.transAxes, fontsize=style.SMALL)
