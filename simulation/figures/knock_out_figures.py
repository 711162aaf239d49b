"""What is lost without each factor of a study, as a map of factors and outcomes."""

from textwrap import fill

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import BoundaryNorm, ListedColormap
from matplotlib.figure import Figure

from simulation.figures import style
from simulation.figures.wording import inside, outcome, short, words

UNSURE = "#ebebeb"
SHADES = ["#b34700", style.WORSE, "#e88b4f", "#f3b78f", "#fbdcc6", "#cfe4f3", "#9fcbe8", "#5fa8d6", style.BETTER, "#004f7d"]
SIZES = (-20, -10, -5, -2, 0, 2, 5, 10, 20)  # where one shade turns into the next, in units of the smallest effect
TITLE = 22  # letters in a line of an outcome's title
TINY = 6.2  # points


@style.housed
def knock_out_map(table: pd.DataFrame, clear: pd.Series) -> Figure:
    """Draw what is lost without each factor: factors below each other, outcomes side by side, a panel a policy.

    `table` has the rows of one world, and `clear` says which of them move for sure. Sizes are in units of the smallest
    effect of interest: blue is better without the factor, and orange is worse. White is negligible, and grey cannot be
    told. Factors that move nothing here are left out.
    """
    moving = [name for name in dict.fromkeys(table["factor"]) if clear[table["factor"] == name].any()]
    names = list(dict.fromkeys(table["outcome"]))
    policies = list(dict.fromkeys(table["policy"]))
    figure = style.sheet(height=2.7 + 0.125 * len(moving))
    style.heading(figure, f"What is lost without each mechanism: {inside(words(table['world'].iloc[0]))}")
    norm, shades = BoundaryNorm(SIZES, len(SHADES), extend="both"), ListedColormap(SHADES)
    if not moving:
        ax = figure.add_subplot()
        ax.set_axis_off()
        ax.text(0.5, 0.5, "no factor clearly moves anything", ha="center", color=style.QUIET)
        return figure
    panels = figure.subplots(1, len(policies), sharey=True, squeeze=False)[0]
    for panel, policy in zip(panels, policies, strict=True):
        rows = table[table["policy"] == policy]
        way = rows["outcome"].map(lambda name: outcome(name).better or 1)
        size = (way * rows["value"] / rows["smallest"]).where(clear[rows.index])
        unsure = (rows["verdict"] != "negligible").astype(float)
        grids = [
            values.groupby([rows["factor"], rows["outcome"]]).first().unstack().reindex(index=moving, columns=names)
            for values in (unsure, size)
        ]
        panel.imshow(grids[0], cmap=ListedColormap(["#ffffff", UNSURE]), vmin=0, vmax=1, aspect="auto")
        mesh = panel.imshow(np.ma.masked_invalid(grids[1]), cmap=shades, norm=norm, aspect="auto")
        _ruled(panel, moving, names)
        against = rows["baseline"].iloc[0]
        panel.set_title(words(policy) + (f" less {inside(words(against))}" if isinstance(against, str) else ""),
                        fontsize=style.TEXT)  # fmt: skip
    panels[0].set_yticks(range(len(moving)), [short(name) for name in moving], fontsize=TINY)
    bar = figure.colorbar(mesh, ax=list(panels), location="bottom", ticks=SIZES, aspect=60, shrink=0.7)
    bar.set_label("without it: orange worse, blue better (or less and more, where neither is), in smallest effects of interest\n"
                  "white: negligible; grey: cannot tell; left out: what moves nothing here", fontsize=style.SMALL)  # fmt: skip
    bar.outline.set_visible(False)
    return figure


def _ruled(panel: Axes, factors: list[str], outcomes: list[str]) -> None:
    """Name the columns, and draw a line between the cells, a darker one between the sections of parameters."""
    panel.set_xticks(range(len(outcomes)), [fill(outcome(name).title, TITLE) for name in outcomes], rotation=90, fontsize=TINY)
    panel.set_xticks(np.arange(len(outcomes) + 1) - 0.5, minor=True)
    panel.set_yticks(np.arange(len(factors) + 1) - 0.5, minor=True)
    panel.grid(visible=False)
    panel.grid(which="minor", color="#ffffff", linewidth=0.6)
    panel.tick_params(which="both", length=0)
    sections = [short(name).split(".")[0] for name in factors]
    for place in range(1, len(sections)):
        if sections[place] != sections[place - 1]:
            panel.axhline(place - 0.5, color=style.QUIET, linewidth=0.5)
