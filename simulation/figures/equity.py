"""Retention and equity at once: the place of each policy, and its cost."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.transforms import Bbox

from simulation.figures import placing, style
from simulation.figures.wording import inside, level, outcome, words
from simulation.judgement import estimate, first_gap

SMALLEST, LARGEST = 3.5, 11.0  # radius of a point, in points


@style.housed
def equity_map(
    outcomes: pd.DataFrame, contrasts: pd.DataFrame | None = None, gap: str | None = None, ax: Axes | None = None
) -> Axes:
    """Draw an equity gap (percentage points) against retention, one point a policy, cost as size.

    Args:
        outcomes: one row a policy and replicate, with `retention`, `cost` and `gap_<outcome>_<attribute>`.
        contrasts: paired differences. With them the bars are 95 % intervals of the difference from the baseline; without
            them, of the policy's own mean.
        gap: the column of the gap; by default that in access to a mentor, by the first identity.
    """
    policies = list(dict.fromkeys(outcomes["policy"]))
    paired = contrasts is not None and len(contrasts) > 0
    baseline = contrasts["baseline"].iloc[0] if paired else policies[0]
    gap = gap or first_gap(outcomes)
    looks = style.looks(policies)
    means = outcomes.groupby("policy", sort=False, observed=True)[["retention", gap, "cost"]].mean()
    sign = -1.0 if means.loc[baseline, gap] < 0 else 1.0
    radius = _radii(means["cost"])
    ax = style.axes(ax, height=4.6)
    ax.axhline(0, color=style.INK, linewidth=0.8, zorder=1)
    points, sizes, bars = [], [], []
    for policy in policies:
        x, y = 100 * means.loc[policy, "retention"], 100 * sign * means.loc[policy, gap]
        if not (np.isfinite(x) and np.isfinite(y)):
            continue
        across, up = (_half_widths(outcomes, contrasts if paired else None, policy, name) for name in ("retention", gap))
        up = up if sign > 0 else up[::-1]
        for xs, ys in (((x - across[0], x + across[1]), (y, y)), ((x, x), (y - up[0], y + up[1]))):
            ax.plot(xs, ys, color=looks[policy].ink, linewidth=1.0, zorder=4)
            bars.append(Bbox.from_extents(xs[0], ys[0], xs[1], ys[1]))
        ax.plot(x, y, marker="o", color=looks[policy].colour, markersize=2 * radius[policy], alpha=0.55, zorder=3,
                markeredgewidth=0)  # fmt: skip
        points.append((x, y, words(policy), looks[policy].ink))
        sizes.append(radius[policy])
    if baseline in means.index:
        dashed = {"color": style.QUIET, "linewidth": 0.8, "linestyle": (0, (4, 3)), "zorder": 1}
        ax.axvline(100 * means.loc[baseline, "retention"], **dashed)
        ax.axhline(100 * sign * means.loc[baseline, gap], **dashed)
    described = outcome(gap)
    ax.set(title="Retention and a gap: right and towards zero is better",
           xlabel="Retention (%)", ylabel=f"{described.title}\n(percentage points; 0 is no gap)")  # fmt: skip
    ax.margins(0.12)
    _explain(ax, means["cost"], radius, inside(words(baseline)) if paired else None)
    placing.label_points(ax, points, sizes, bars)
    return ax


def _half_widths(outcomes: pd.DataFrame, contrasts: pd.DataFrame | None, policy: str, name: str) -> tuple[float, float]:
    """The parts of the interval below and above the mean, in percentage points; 0 where there is none."""
    if contrasts is not None:
        row = contrasts[(contrasts["policy"] == policy) & (contrasts["outcome"] == name)]
        found = row[["difference", "low_all", "high_all"]].to_numpy(float).ravel()
    else:
        found = np.array(estimate(outcomes.loc[outcomes["policy"] == policy, name].to_numpy())[:3])
    if len(found) < 3 or not np.isfinite(found).all():
        return 0.0, 0.0
    return 100 * (found[0] - found[1]), 100 * (found[2] - found[0])


def _radii(cost: pd.Series) -> pd.Series:
    """The radius of each point: its area grows with cost; the same for all where cost does not differ."""
    top = cost.max()
    if not np.isfinite(top) or top <= 0:
        return pd.Series(SMALLEST, index=cost.index)
    return np.sqrt(SMALLEST**2 + (LARGEST**2 - SMALLEST**2) * (cost.fillna(0).clip(lower=0) / top))


def _explain(ax: Axes, cost: pd.Series, radius: pd.Series, baseline: str | None) -> None:
    """Explain the size of the points by the cheapest and the dearest policy, and explain the bars."""
    described = outcome("cost")
    handles = []
    if cost.notna().sum() > 1 and cost.max() > 0:
        for name in dict.fromkeys([cost.idxmin(), cost.idxmax()]):
            label = f"costs {level(cost[name], described)} a mentee and year ({inside(words(name))})"
            look = {"marker": "o", "color": style.FAINT, "markeredgecolor": style.QUIET, "markersize": 2 * radius[name]}
            handles.append(Line2D([], [], linestyle="", label=label, **look))
    bars = f"95 % interval of the difference from {baseline}" if baseline else "95 % interval of the mean"
    handles.append(Line2D([], [], color=style.QUIET, linewidth=1.0, label=bars))
    figure = ax.get_figure(root=True)
    figure.legend(handles=handles, loc="outside lower center", ncols=2, borderpad=1.0, handletextpad=1.0, labelspacing=1.2)
