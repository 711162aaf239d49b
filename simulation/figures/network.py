"""Who mentors whom in one month: disciplines as islands, ties within them and bridges between them."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from simulation.figures import islands, style
from simulation.figures.wording import attribute, inside, words
from simulation.scenario.counted import counted

COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8c8c8c", "#F0E442")
SMALL = 14.0  # area of a mentee's disc, in square points, up to 400 people
CROWD = 400


def snapshot(
    ties: pd.DataFrame, mentees: pd.DataFrame, mentors: pd.DataFrame, month: int
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Pick the live ties of a month (`lit` when they have sparked) and the people who are there, by id."""
    live = ties[(ties["start_month"] <= month) & ~_passed(ties["end_month"], month)]
    lit = _passed(live["spark_month"], month) if "spark_month" in live else live["sparked"].astype(bool)
    live = live.assign(lit=lit)

    def there(people: pd.DataFrame, key: str, came: str) -> pd.DataFrame:
        present = _passed(people[came].fillna(-1), month) & ~_passed(people["exit_month"], month)
        return people[present | people[key].isin(live[key])].set_index(key)

    return live, there(mentees, "mentee", "cohort"), there(mentors, "mentor", "joined_month")


@style.housed
def mentoring_network(
    ties: pd.DataFrame, mentees: pd.DataFrame, mentors: pd.DataFrame, month: int,
    highlight: tuple[str, object] | None = None, ax: Axes | None = None,
) -> Axes:  # fmt: skip
    """Draw the mentoring network of one run in one month; with several sites, only the first one.

    Squares are mentors, discs mentees, hollow discs mentees without a mentor; colour is discipline; thick dark lines
    are ties that have sparked. `highlight` (attribute, group) gives people of that group a black rim.
    """
    if "site" in mentees and "site" in mentors:
        site = mentees["site"].iloc[0]
        mentees, mentors = mentees[mentees["site"] == site], mentors[mentors["site"] == site]
    ties = ties[ties["mentee"].isin(mentees["mentee"]) & ties["mentor"].isin(mentors["mentor"])]
    live, mentees, mentors = snapshot(ties, mentees, mentors, month)
    ax = style.axes(ax, width=style.WIDTH / 2, height=style.WIDTH / 2)
    ax.axis("off")
    if mentees.empty and mentors.empty:
        return ax
    at_mentee, at_mentor, tops = islands.arrange(live, mentees, mentors)
    for lit, colour, width in ((False, "#a3a3a3", 0.45), (True, style.INK, 1.0)):
        some = live[live["lit"] == lit]
        lines = [(at_mentee[i], at_mentor[j]) for i, j in zip(some["mentee"], some["mentor"], strict=True)]
        ax.add_collection(LineCollection(lines, colors=colour, linewidths=width, alpha=0.85, zorder=1 + lit))
    colours = dict(zip(tops, COLOURS * (1 + len(tops) // len(COLOURS)), strict=False))
    size = SMALL * min(1.0, CROWD / max(len(mentees) + len(mentors), 1))
    _people(ax, mentees, at_mentee, colours, highlight, set(live["mentee"]), marker="o", size=size)
    _people(ax, mentors, at_mentor, colours, highlight, set(mentors.index), marker="s", size=1.8 * size)
    for name, (x, y) in tops.items():
        ax.text(x, y, words(name), ha="center", va="bottom", fontsize=style.SMALL, fontweight="bold", zorder=4,
                bbox={"boxstyle": "square,pad=0.05", "fc": "white", "ec": "none", "alpha": 0.7})  # fmt: skip
    ax.set_aspect("equal", anchor="N")
    ax.margins(0.05)
    return ax


@style.housed
def mentoring_networks(
    tables: dict[str, pd.DataFrame], policies: Sequence[str], month: int, highlight: tuple[str, object] | None = None
) -> Figure:
    """Draw the networks of two policies (or one, or three) side by side: same people, same month.

    Args:
        tables: `ties`, `mentees` and `mentors` of one replicate, with a `policy` column.
    """
    figure = style.sheet(height=style.WIDTH / max(len(policies), 2) + 1.0)
    for ax, policy in zip(figure.subplots(1, len(policies), squeeze=False).ravel(), policies, strict=True):
        mine = [tables[name][tables[name]["policy"] == policy] for name in ("ties", "mentees", "mentors")]
        mentoring_network(*mine, month=month, highlight=highlight, ax=ax)
        live, mentees, _ = snapshot(*mine, month=month)
        crossing = live["mentee"].map(mine[1].set_index("mentee")["discipline"]).to_numpy() != live["mentor"].map(
            mine[2].set_index("mentor")["discipline"]).to_numpy()  # fmt: skip
        without = 1 - len(set(live["mentee"])) / max(len(mentees), 1)
        title = [
            words(policy),
            f"{counted(len(live), 'ties')}, {live['lit'].sum():,} sparked, {crossing.sum():,} across disciplines;",
            f"{100 * without:.0f} % of mentees have no mentor",
        ]
        ax.set_title("\n".join(title), fontsize=style.SMALL, fontweight="normal", pad=9)
    figure.legend(handles=_key(highlight), loc="outside lower center", ncols=3, handletextpad=0.6)
    style.heading(figure, f"Who mentors whom in month {month}")
    return figure


def _passed(months: pd.Series, month: int) -> pd.Series:
    """Whether each date had passed in a month; missing dates had not."""
    return months.astype("Float64").le(month).fillna(False).astype(bool)


def _people(
    ax: Axes, people: pd.DataFrame, places: dict, colours: dict, highlight, filled: set, marker: str, size: float
) -> None:
    """Draw people as markers in the colour of their discipline; only those in `filled` are filled."""
    if people.empty:
        return
    own = [colours[name] for name in people["discipline"]]
    marked = people[highlight[0]].eq(highlight[1]).to_numpy() if highlight else np.zeros(len(people), dtype=bool)
    fill = [colour if i in filled else "white" for i, colour in zip(people.index, own, strict=True)]
    rim = [style.INK if mark else colour for mark, colour in zip(marked, own, strict=True)]
    spots = np.array([places[i] for i in people.index])
    ax.scatter(*spots.T, s=size, marker=marker, c=fill, edgecolors=rim, linewidths=np.where(marked, 0.9, 0.6), zorder=3)


def _key(highlight: tuple[str, object] | None) -> list[Line2D]:
    """Explain shapes, rims and lines."""
    grey = {"linestyle": "", "color": "#8c8c8c", "markeredgewidth": 0.8}
    key = [
        Line2D([], [], marker="s", markersize=6, label="mentor", **grey),
        Line2D([], [], marker="o", markersize=4.5, label="mentee", **grey),
        Line2D([], [], marker="o", markersize=4.5, markerfacecolor="white", label="mentee without a mentor", **grey),
        Line2D([], [], color="#a3a3a3", linewidth=0.8, label="tie"),
        Line2D([], [], color=style.INK, linewidth=1.6, label="tie that has sparked"),
    ]
    if highlight:
        label = f"black rim: {inside(words(highlight[1]))}, by {attribute(highlight[0])}"
        rim = {"linestyle": "", "color": "#c8c8c8", "markeredgecolor": "black"}
        key.append(Line2D([], [], marker="o", markersize=5.5, label=label, **rim))
    return key
