"""Who carries the load: mentees per mentor, by the mentor's group and policy."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from simulation.figures import findings, style, wording
from simulation.figures.wording import inside, words
from simulation.judgement import by_set, mean_rate
from simulation.scenario.counted import counted


@style.housed
def mean_load(mentors: pd.DataFrame, attribute: str, ax: Axes | None = None) -> Axes:
    """Draw the mean number of mentees a mentor carries, by group, one row a policy.

    One run is drawn, and mentors of one run are no sample: there is no interval.
    A short upright stroke marks the group's mean capacity: the number of mentees it can serve well.
    """
    ax = _rows(mentors, attribute, "load_mean", ax)
    looks = style.looks(_groups(mentors, attribute))
    policies = list(dict.fromkeys(mentors["policy"]))
    if "capacity" in mentors:
        means = mentors.groupby(["policy", attribute], observed=True)["capacity"].mean()
        for (policy, group), capacity in means.items():
            ax.plot(capacity, policies.index(policy), marker="|", markersize=11, markeredgewidth=1.4,
                    color=looks[group].colour, alpha=0.6)  # fmt: skip
    ax.set_title("Mentees per mentor", fontsize=style.TEXT, pad=4)
    ax.set_xlabel("mean number, first run; stroke: capacity", fontsize=style.SMALL)
    ax.set_xlim(left=0)
    return ax


@style.housed
def overload(mentors: pd.DataFrame, attribute: str, ax: Axes | None = None) -> Axes:
    """Draw the share of mentors whose load was once above their capacity, by group, one row a policy."""
    over = mentors.assign(over=(mentors["load_max"] > mentors["capacity"]).astype(float))
    ax = _rows(over, attribute, "over", ax)
    ax.set_title("Once above capacity", fontsize=style.TEXT, pad=4)
    ax.set_xlabel("share of mentors, first run", fontsize=style.SMALL)
    style.in_percent(ax.xaxis)
    ax.set_xlim(left=0)
    return ax


@style.housed
def load_ratio(outcomes: pd.DataFrame, attribute: str, ax: Axes | None = None) -> Axes:
    """Draw the load of mentors outside the reference group over that of those in it, mean over runs with its 95 % interval.

    The interval is on the scale of the logarithm, and stays above 0.
    """
    policies = list(dict.fromkeys(outcomes["policy"]))
    ax = style.axes(ax, height=1.2 + 0.28 * len(policies))
    ax.axvline(1.0, color=style.INK, linewidth=0.8, zorder=1)
    for y, policy in enumerate(policies):
        mine = outcomes[(outcomes["policy"] == policy) & outcomes[f"load_ratio_{attribute}"].notna()]
        sets = mine["parameter_set"].to_numpy() if "parameter_set" in mine else None
        values = by_set(mine[f"load_ratio_{attribute}"].to_numpy(float), sets).ravel()
        value, low, high = (part.item() for part in mean_rate(np.sum(values), np.sum(values**2), np.array(len(values))))
        if np.isfinite(low) and np.isfinite(high):
            ax.plot([low, high], [y, y], color=style.INK, linewidth=1.6, solid_capstyle="butt")
        ax.plot(value, y, marker="D", color=style.INK, markersize=4.5, linestyle="")
    ax.set_yticks(range(len(policies)), [words(policy) for policy in policies])
    ax.set_ylim(len(policies) - 0.4, -0.6)
    ax.grid(axis="y", visible=False)
    ax.set_title("Ratio of loads", fontsize=style.TEXT, pad=4)
    ax.set_xlabel("others over the reference group, all runs", fontsize=style.SMALL)
    return ax


@style.housed
def load_by_group(
    mentors: pd.DataFrame, attribute: str, outcomes: pd.DataFrame | None = None, contrasts: pd.DataFrame | None = None
) -> Figure:
    """Draw mean load and overload by group of the first run, and the ratio of loads over all runs, side by side.

    Args:
        mentors: the mentors of one run a policy.
        outcomes: a row a policy and replicate; without it there is no ratio.
        contrasts: with them the title says what policies do to the ratio.
    """
    policies, name = mentors["policy"].nunique(), f"load_ratio_{attribute}"
    both = {"load_max", "capacity"} <= set(mentors.columns)
    ratio = outcomes is not None and name in outcomes and bool(outcomes[name].notna().any())
    figure = style.sheet(height=1.6 + 0.26 * policies)
    panels = figure.subplots(1, 1 + both + ratio, sharey=True, squeeze=False).ravel()
    mean_load(mentors, attribute, panels[0])
    if both:
        overload(mentors, attribute, panels[1])
    if ratio:
        load_ratio(outcomes, attribute, panels[-1])
        known = list(mentors[attribute].cat.categories) if hasattr(mentors[attribute], "cat") else []
        if len(known) == 2:  # in the order of the world, the reference group first
            panels[-1].set_xlabel(f"{inside(words(known[1]))} over {inside(words(known[0]))}, all runs", fontsize=style.SMALL)
    for panel in panels[1:]:
        panel.tick_params(axis="y", length=0)
    handles, labels = panels[0].get_legend_handles_labels()
    named = dict(zip(labels, handles, strict=True))
    figure.legend(named.values(), named.keys(), loc="outside lower center", ncols=min(len(named), 6))
    plain = f"Who carries the load, by {wording.attribute(attribute)} of the mentor"
    style.heading(figure, findings.titled(findings.finding(contrasts, name) if ratio else "", plain, style.WIDTH))
    return figure


def _groups(mentors: pd.DataFrame, attribute: str) -> list:
    """The groups, the largest first."""
    return list(mentors[attribute].value_counts().loc[lambda count: count > 0].index)


def _with_heads(mentors: pd.DataFrame, attribute: str, group: str) -> str:
    """A group and how many mentors it has, since few make a share that says little."""
    heads = mentors.loc[mentors[attribute] == group].groupby("policy", observed=True).size()
    few, many = int(heads.min()), int(heads.max())
    return f"{words(group)} ({counted(few, 'mentors') if few == many else f'{few:,} to {many:,} mentors'})"


def _rows(mentors: pd.DataFrame, attribute: str, column: str, ax: Axes | None) -> Axes:
    """Draw a column's mean by policy (rows) and group (looks), the groups of a row joined by a line."""
    policies = list(dict.fromkeys(mentors["policy"]))
    groups = _groups(mentors, attribute)
    looks = style.looks(groups)
    ax = style.axes(ax, height=1.2 + 0.28 * len(policies))
    all_means = mentors.groupby(["policy", attribute], observed=True)[column].mean()
    for y, policy in enumerate(policies):
        means = all_means.loc[policy]
        ax.plot([means.min(), means.max()], [y, y], color=style.FAINT, linewidth=3, zorder=1)
        for k, group in enumerate(groups):
            if group not in means:
                continue
            height = y + 0.22 * (k - (len(groups) - 1) / 2) / max(len(groups) - 1, 1)
            ax.plot(means[group], height, marker=looks[group].marker, color=looks[group].colour, markersize=5, linestyle="",
                    markeredgecolor="white", markeredgewidth=0.5, zorder=3,
                    label=_with_heads(mentors, attribute, group))  # fmt: skip
    ax.set_yticks(range(len(policies)), [words(policy) for policy in policies])
    ax.set_ylim(len(policies) - 0.4, -0.6)
    ax.grid(axis="y", visible=False)
    return ax
