"""Who carries the load: mentees per mentor, by the mentor's group and policy."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from simulation.figures import style, wording
from simulation.figures.wording import words


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
    ax.set_xlabel("mean number of mentees; upright stroke: capacity", fontsize=style.SMALL)
    ax.set_xlim(left=0)
    return ax


@style.housed
def overload(mentors: pd.DataFrame, attribute: str, ax: Axes | None = None) -> Axes:
    """Draw the share of mentors whose load was once above their capacity, by group, one row a policy."""
    over = mentors.assign(over=(mentors["load_max"] > mentors["capacity"]).astype(float))
    ax = _rows(over, attribute, "over", ax)
    ax.set_title("Mentors once above their capacity", fontsize=style.TEXT, pad=4)
    ax.set_xlabel("share of the group's mentors", fontsize=style.SMALL)
    style.in_percent(ax.xaxis)
    ax.set_xlim(left=0)
    return ax


@style.housed
def load_by_group(mentors: pd.DataFrame, attribute: str) -> Figure:
    """Draw mean load and overload by group side by side."""
    policies = mentors["policy"].nunique()
    both = {"load_max", "capacity"} <= set(mentors.columns)
    figure = style.sheet(height=1.35 + 0.26 * policies)
    panels = figure.subplots(1, 1 + both, sharey=True, squeeze=False).ravel()
    mean_load(mentors, attribute, panels[0])
    if both:
        overload(mentors, attribute, panels[1])
        panels[1].tick_params(axis="y", length=0)
    handles, labels = panels[0].get_legend_handles_labels()
    named = dict(zip(labels, handles, strict=True))
    figure.legend(named.values(), named.keys(), loc="outside lower center", ncols=min(len(named), 6))
    style.heading(figure, f"Who carries the load, by {wording.attribute(attribute)} of the mentor")
    return figure


def _groups(mentors: pd.DataFrame, attribute: str) -> list:
    """The groups, the largest first."""
    return list(mentors[attribute].value_counts().loc[lambda count: count > 0].index)


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
                    markeredgecolor="white", markeredgewidth=0.5, label=words(group), zorder=3)  # fmt: skip
    ax.set_yticks(range(len(policies)), [words(policy) for policy in policies])
    ax.set_ylim(len(policies) - 0.4, -0.6)
    ax.grid(axis="y", visible=False)
    return ax
