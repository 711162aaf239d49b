"""Kaplan-Meier curves of retention by policy: means over runs, with intervals over runs."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.transforms import offset_copy

from simulation.figures import findings, placing, style, wording
from simulation.figures.wording import words
from simulation.judgement import carried, kept, mean_share

FEW = 3  # with at most so many curves, each has a band
APART, ASIDE = 4.5, 14.0  # points between the bars at the ends of curves, and from the last of them to the names
BELOW, ROW = -44.0, 12.0  # points under the axis at which the numbers at risk begin, and points from row to row


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
def retention_curves(
    survival: pd.DataFrame, ax: Axes | None = None, replicates: int | None = None, contrasts: pd.DataFrame | None = None
) -> Axes:
    """Draw the share of mentees who have not left, by months since arrival, one curve a policy.

    Args:
        survival: as `Comparison.survival`; rows with attribute `all` are drawn, with their 95 % intervals over runs.
        replicates: the number of runs in the counts; numbers at risk are shown per run.
        contrasts: with them the title says what policies do to retention.
    """
    everyone = survival[survival["attribute"] == "all"]
    looks = style.looks(everyone["policy"])
    curves = {policy: drawn(rows) for policy, rows in everyone.groupby("policy", sort=False, observed=True)}
    ax = style.axes(ax, height=3.9 + ROW * len(curves) / 72)
    draw_curves(ax, curves, looks)
    told = findings.finding(contrasts, "retention")
    width = ax.get_figure(root=True).get_figwidth()
    ax.set_title(findings.titled(told, "Who stays: mentees not lost to the program", 0.9 * width))
    ax.set(xlabel="Months since arrival", ylabel=f"Share of mentees{said_cut(ax)}")
    runs = replicates or (everyone["replicate"].nunique() if "replicate" in everyone else 1)
    beyond = ASIDE + APART * len(curves) * (len(curves) > FEW)
    _numbers_at_risk(ax, curves, looks, runs, beyond)
    ends = [(c["month"].iloc[-1], c["share"].iloc[-1], words(name), looks[name].ink) for name, c in curves.items()]
    ax.get_figure(root=True).draw_without_rendering()
    placing.label_ends(ax, ends, beyond=beyond)
    return ax


def draw_curves(ax: Axes, curves: dict, looks: dict) -> None:
    """Draw curves as steps, with their intervals: bands, or of many curves, which would make a braid, bars at their ends."""
    longest = max(c["month"].iloc[-1] for c in curves.values())
    for i, (name, c) in enumerate(curves.items()):
        look = looks[name]
        if len(curves) <= FEW:
            ax.fill_between(c["month"], c["low"], c["high"], step="post", color=look.colour, alpha=0.15, linewidth=0)
        else:
            aside = offset_copy(ax.get_yaxis_transform(), ax.get_figure(root=True), APART * (i + 1), 0, "points")
            ax.plot([1, 1], c[["low", "high"]].iloc[-1], transform=aside, color=look.colour, linewidth=2.0,
                    solid_capstyle="butt", clip_on=False)  # fmt: skip
        every = max(longest // 5, 1)
        marks = list(range((i * every) // max(len(curves), 1) + 1, len(c), every))
        ax.plot(c["month"], c["share"], drawstyle="steps-post", color=look.colour, linestyle=look.dashes,
                marker=look.marker, markevery=marks, markersize=4, markeredgewidth=0, label=words(name))  # fmt: skip
    ax.set_xlim(0, longest)
    ax.set_ylim(floor_of(curves), 1.0)
    style.months_below(ax, longest)
    style.in_percent(ax.yaxis)


def floor_of(curves: dict) -> float:
    """The bottom of the share axis: the next 5 % below the lowest point of all curves and intervals."""
    lowest = min(float(c[["share", "low"]].min().min()) for c in curves.values())
    return max(0.0, np.floor(lowest * 20 - 0.2) / 20)


def said_cut(ax: Axes) -> str:
    """Say where an axis of shares starts, if it does not start at zero."""
    low = ax.get_ylim()[0]
    return f" (axis starts at {wording.percent(low)})" if low > 0.0 else ""


def _numbers_at_risk(ax: Axes, curves: dict, looks: dict, runs: int, beyond: float) -> None:
    """Write the number of people still followed under the axis, a row a policy with its name `beyond` it, as a mean per run."""
    months = [int(tick) for tick in ax.get_xticks() if ax.get_xlim()[0] <= tick <= ax.get_xlim()[1]]
    style_of = {"fontsize": style.SMALL, "annotation_clip": False, "textcoords": "offset points", "va": "center"}
    under, beside = ("data", "axes fraction"), "axes fraction"
    head = "Mentees still followed" + (", mean of a run" if runs > 1 else "")
    ax.annotate(head, (0, 0), (0, BELOW), xycoords=beside, color=style.QUIET, ha="left", **style_of)
    for row, (name, c) in enumerate(curves.items()):
        at_risk, y = c.drop_duplicates("month").set_index("month")["at_risk"], BELOW - ROW * (row + 1.1)
        for month in months:
            if month in at_risk.index:
                ax.annotate(f"{at_risk[month] / runs:,.0f}", (month, 0), (0, y), xycoords=under, ha="center", **style_of)
        ax.annotate(words(name), (1, 0), (beyond, y), xycoords=beside, color=looks[name].ink, ha="left", **style_of)
