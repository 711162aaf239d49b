"""The front of a search: what a design costs a year, what it keeps, and what it does to mentors."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Normalize
from matplotlib.ticker import FuncFormatter

from simulation.figures import style
from simulation.figures.placing import label_points
from simulation.figures.wording import inside, listed, number_said, outcome


@style.housed
def front(designs: pd.DataFrame, found: pd.DataFrame, budget: float, titles: Mapping[str, str]) -> Axes:
    """Draw the front: yearly cost across, retention upwards with the interval of its gain over today, mentors' burnout as colour.

    Args:
        designs: all designs tried, on the luck of the search: small grey points; those above the budget are left out.
        found: the front on new luck, with `choice`, the names under which a design was chosen.
        budget: money a year, a line.
        titles: what each choice is called.
    """
    ax, kept, burnout = style.axes(None), outcome("retention"), outcome("mentor_burnout")
    tried = designs[designs["cost"].astype(float) <= budget]
    across, up = tried["cost"].astype(float), tried["retention"].astype(float)
    ax.scatter(across, up, s=9, color=style.FAINT, label="tried, on the luck of the search")
    levels = found["mentor_burnout"].astype(float) * burnout.scale
    colours = ScalarMappable(Normalize(levels.min() - 0.5, levels.max() + 0.5), "cividis")
    today = float((found["retention"] - found["gain"]).iloc[0])
    for row, level in zip(found.itertuples(), levels, strict=True):
        colour = colours.to_rgba(level)
        ax.plot([row.cost] * 2, [today + row.gain_low, today + row.gain_high], color=colour, linewidth=1.4)
        ax.plot(
            row.cost, row.retention, "o", color=colour, markersize=7, markeredgecolor=style.INK, markeredgewidth=0.6
        )
    ax.plot(
        [],
        [],
        "o",
        color="white",
        markeredgecolor=style.INK,
        markersize=7,
        label="on the front, on new luck, with the 95 % interval of its gain",
    )
    ax.axvline(budget, color=style.QUIET, linewidth=0.8, linestyle=(0, (4, 2)), label=f"budget: {number_said(budget)}")
    ax.set_xlabel("Cost of the whole program, money a year")
    ax.set_ylabel(kept.title)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda money, _: number_said(money)))
    style.in_percent(ax.yaxis)
    ax.set_title("What a budget buys")
    figure = ax.get_figure(root=True)
    figure.colorbar(colours, ax=ax, label=f"{burnout.title}, {burnout.unit}")
    figure.legend(loc="outside lower center", ncols=3)
    figure.draw_without_rendering()
    named = [(row.cost, row.retention, _together([titles[name] for name in row.choice.split(", ")]), style.INK)
             for row in found.itertuples() if row.choice]  # fmt: skip
    label_points(ax, named, [5.0] * len(named))
    return ax


def _together(titles: list[str]) -> str:
    """The names of one design, as a sentence begins."""
    return listed([titles[0], *map(inside, titles[1:])])
