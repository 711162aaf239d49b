"""Access to a mentor by group: what both ends of each identity have under each policy, and the gap between them."""

from textwrap import fill

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from simulation.figures import findings, style, wording
from simulation.figures.retention_groups import gaps
from simulation.figures.wording import inside, words
from simulation.judgement import careful, first_gap
from simulation.outcomes import gap_parts, gaps_among

LETTERS = 44  # in a line above a panel
JOINED, AND = "_x_", " & "  # several attributes in one name, and several groups in one


def shown_gaps(outcomes: pd.DataFrame) -> list[str]:
    """The gaps of the picture: in access to a mentor, else in retention, by each attribute of the world and then all together.

    It depends on the world alone; gaps chosen by their width would be others in other runs.
    """
    first = first_gap(outcomes)
    if first is None:
        return []
    measured = outcomes.columns[outcomes.notna().any()]
    return sorted(gaps_among(measured, gap_parts(first)[0]), key=lambda name: JOINED in name)


@style.housed
def equity_panels(outcomes: pd.DataFrame, groups: pd.DataFrame | None = None, contrasts: pd.DataFrame | None = None) -> Figure:
    """Draw levels as points at the left, and the gap with its interval at the right, a row of panels an attribute.

    Args:
        outcomes: a row a policy and replicate, with the gaps.
        groups: a row a policy, replicate, group and outcome, as in `groups.parquet`; without it there are no levels.
        contrasts: with them the verdict on the change of each gap stands beside it, and the title counts them.
    """
    names, policies = shown_gaps(outcomes), list(dict.fromkeys(outcomes["policy"]))
    looks, columns = style.looks(policies), 1 if groups is None else 2
    figure = style.sheet(height=1.1 + len(names) * (0.66 + 0.18 * len(policies)))
    grid = figure.subplots(len(names), columns, squeeze=False, sharex="col")
    of = gap_parts(names[0])[0]
    for row, name in zip(grid, names, strict=True):
        by = wording.attribute(gap_parts(name)[1])
        if groups is not None:
            told = _levels(groups, of, gap_parts(name)[1], row[0], looks)
            row[0].set_title(fill(told, LETTERS), fontsize=style.SMALL, pad=4)
        gaps(outcomes, name, row[-1], looks)
        row[-1].set_title(f"Gap by {by}", fontsize=style.SMALL, pad=4)
        row[0].set_yticks(range(len(policies)), [words(policy) for policy in policies])
        if contrasts is not None:
            _verdicts(contrasts, name, row[-1], policies)
        for ax in row:
            ax.tick_params(axis="y", length=0)
            ax.tick_params(axis="x", labelbottom=True)
    grid[-1, -1].set_xlabel("percentage points, with the 95 % interval of each gap", fontsize=style.SMALL)
    if groups is not None:
        grid[-1, 0].set_xlabel(f"{wording.outcome(of).title}, share of mentees", fontsize=style.SMALL)
        style.in_percent(grid[-1, 0].xaxis)
    plain = f"{wording.outcome(of).title}: both ends of each identity, and the gap"
    style.heading(figure, findings.titled(_found(contrasts, names, of), plain, style.WIDTH))
    return figure


def _levels(groups: pd.DataFrame, outcome: str, attribute: str, ax: Axes, looks: dict) -> str:
    """Draw both ends of an attribute, a row a policy; say which groups they are, the reference first."""
    mine = groups[(groups["attribute"] == attribute) & (groups["outcome"] == outcome)]
    order = list(dict.fromkeys(mine["group"].astype(str)))
    reference = order[0]
    parts = set(reference.split(AND))
    others = [name for name in order if parts.isdisjoint(name.split(AND))]
    for y, (policy, look) in enumerate(looks.items()):
        ours = mine[(mine["policy"] == policy) & mine["value"].notna()]
        ends = [level_of(ours, [reference]), level_of(ours, others)]
        ax.plot(ends, [y, y], color=style.FAINT, linewidth=3, zorder=1, solid_capstyle="butt")
        for end, face in zip(ends, (look.colour, "white"), strict=True):
            ax.plot(end, y, marker=look.marker, color=look.colour, markerfacecolor=face, markersize=5, linestyle="", zorder=3)
    ax.set_ylim(len(looks) - 0.4, -0.6)
    ax.grid(axis="y", visible=False)
    return f"{words(reference)} (filled), {inside(words(others[0])) if len(others) == 1 else 'all others'} (hollow)"


def level_of(rows: pd.DataFrame, names: list[str]) -> float:
    """The mean level of some groups over runs; within a run all their people count alike."""
    some = rows[rows["group"].astype(str).isin(names)]
    runs = some.assign(summed=some["value"] * some["heads"]).groupby("replicate")[["summed", "heads"]].sum()
    return float((runs["summed"] / runs["heads"]).mean()) if len(runs) else np.nan


def _verdicts(contrasts: pd.DataFrame, name: str, ax: Axes, policies: list[str]) -> None:
    """Write beside each gap what is said of its change from the baseline."""
    rows = contrasts[contrasts["outcome"] == name]
    told = {policy: findings.said(name, verdict) for policy, verdict in zip(rows["policy"], careful(rows), strict=True)}
    for policy, text in (told | dict.fromkeys(rows["baseline"], "baseline")).items():
        ax.annotate(text, (1.02, policies.index(policy)), xycoords=("axes fraction", "data"), fontsize=style.SMALL, va="center",
                    color=style.QUIET, annotation_clip=False)  # fmt: skip


def _found(contrasts: pd.DataFrame | None, names: list[str], of: str) -> str:
    """How many gaps each policy makes narrower and wider; of one gap, its verdicts."""
    if contrasts is None or len(names) == 1:
        return findings.finding(contrasts, names[0])
    return findings.balance(contrasts, names, f"gaps in {inside(wording.outcome(of).title)}", ("narrower", "wider"))
