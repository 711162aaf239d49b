"""Tipping and hysteresis: a norm that feeds itself tips at one point on the way up, and at another on the way down.

The share of people who show that moving on is normal rises and falls again in a slow ramp of months. A norm that only
lags also shows a loop, but this loop closes as the ramp gets slower. So three speeds are run, and the gap between the
two ways is extrapolated to an endless ramp.
Source: [F2] a committed minority tips a convention; Granovetter 1978, threshold models, 10.1086/226707; Jung et al. 1990,
what a loop does as the ramp slows, 10.1103/PhysRevLett.65.1873.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from simulation.allocate import Layout, allocate, lay_out
from simulation.figures import style
from simulation.figures.panels import on_and_off
from simulation.figures.strips import LOOKS, NOTE, Measure, mark, ticks_in, with_room
from simulation.figures.wording import listed
from simulation.phenomena.phenomenon import Arm, Finding, Phenomenon, Seen, mean_finding
from simulation.run import advance_to
from simulation.scenario.policy import Policy
from simulation.scenario.world import World

LENGTHS = (60, 240, 1200)  # months up, and as many down
TOP = 0.20  # share of role models where the ramp turns
SETTLING = 120  # months without role models before it begins
STEPS = 30  # of the ramp, over each of which the share is averaged
TINTS = {60: "#9ECAE1", 240: "#4292C6", 1200: "#08306B"}
TIPPED = 0.5  # the norm has tipped where half of all have it
BACK = 0.10  # a loop closes if the norm comes back to within a tenth of all mentees of where it began
GAP = Measure("Way down less\nway up", "points", 100.0, 1, signed=True)

# One place of one discipline, with a mean climate, where everybody sees everybody, thresholds are similar, and ties are
# weighed every four months (chosen for this experiment; weighed every two months, the loop is smaller).
# With thresholds as far apart as in the shipped worlds (0.08) the norm tips too, but the loop closes as the ramp gets slower.
PLACE = {
    "people.mentees": 200, "people.mentors": 80, "people.unit_mentees": 200, "people.site_mentees": 200,
    "disciplines": [{"name": "surgery", "expertise": {"career": 0.55, "research": 0.50, "clinical": 0.70, "life": 0.30}}],
    "context.climate_time": 0.0, "context.climate_hazard": 0.0,
    "parameters.norm.threshold_spread": 0.02, "parameters.evaluate.attention": 0.25,
}  # fmt: skip
ASKED = {"move_on.stigma": 1.0, "move_on.no_fault": False, "move_on.role_models": 0.0, "move_on.check_in_months": 0}
# With the mechanism off, people still see others, remember as long and have the same thresholds. But the norm changes
# neither the cost of an ending nor the way it goes, and people drop a norm at the same share at which they take it up.
UNHEARD = {"parameters.part.norm": 0.0, "parameters.norm.inertia": 0.0}


def played(on: bool) -> tuple[World, Policy]:
    """The place where everybody sees everybody, and its policy before the ramp."""
    world = World.load("teaching_hospital").with_(PLACE if on else {**PLACE, **UNHEARD})
    return world, Policy.load("six_tips").with_(ASKED if on else {**ASKED, "move_on.stigma": 0.0})


@cache
def laid_out(length: int, on: bool) -> Layout:
    """Lay out the place for a ramp of `length` months each way."""
    return lay_out(*played(on), SETTLING + 2 * length)


def ramped(length: int, seed: int, on: bool) -> tuple[np.ndarray, np.ndarray]:
    """The share of mentees to whom moving on is normal, on the way up and on the way down: `length` months each.

    Both are in the order of rising role models, so that equal places mean equal shares of role models.
    """
    layout = laid_out(length, on)
    state = advance_to(allocate(layout, seed, False), layout, 0, SETTLING)
    rising = TOP * (np.arange(length) + 0.5) / length
    for month, shown in enumerate((*rising, *rising[::-1]), SETTLING):
        state.levers.move_on.role_models = shown
        state = advance_to(state, layout, month, month + 1)
    share = state.months["norm_share"][SETTLING:]
    return share[:length].copy(), share[length:][::-1].copy()


def endless(gaps: Sequence[float], lengths: Sequence[int] = LENGTHS) -> float:
    """Extrapolate the gap to an endless ramp: the value at 0 of the parabola through the gaps against 1 / length.

    A mere lag gives a gap proportional to 1 / length, or less at fast ramps, and so about 0 here. At the edge of tipping
    the gap closes by the power two thirds (Jung et al. 1990), and a fifteenth of the gap at the fastest ramp is left.
    Source: Richardson 1911, the approximate solution by finite differences, 10.1098/rsta.1911.0009.
    """
    return float(np.polyfit(1.0 / np.asarray(lengths), gaps, len(lengths) - 1)[-1])


def see(seed: int, on: bool) -> Seen:
    """Both ways at each speed (30 values each), the gap between them, and the gap at an endless ramp."""
    seen: dict[str, float | np.ndarray] = {}
    for length in LENGTHS:
        up, down = ramped(length, seed, on)
        seen[f"up_{length}"], seen[f"down_{length}"] = (way.reshape(STEPS, -1).mean(axis=1) for way in (up, down))
        seen[f"gap_{length}"] = float(np.mean(down - up))
    return {**seen, "gap": endless([seen[f"gap_{length}"] for length in LENGTHS])}


def find(seen: Sequence[Seen]) -> Finding:
    """The mean gap at an endless ramp, tested against 0 (Student's t over seeds)."""
    return mean_finding([each["gap"] for each in seen])


def also(seen: Sequence[Seen]) -> dict[str, float]:
    """The mean gap at each speed."""
    return {
        f"gap at a ramp of {length // 12} years": float(np.mean([each[f"gap_{length}"] for each in seen]))
        for length in LENGTHS
    }


def loop(ax: Axes, seen: Sequence[Seen], length: int) -> None:
    """Draw one loop, the mean over seeds, with an arrow on each way."""
    shown = TOP * (np.arange(STEPS) + 0.5) / STEPS
    for way, step in ("up", 1), ("down", -1):
        share = np.mean([each[f"{way}_{length}"] for each in seen], axis=0)
        label = f"{length // 12} years" if step > 0 else None
        ax.plot(shown, share, color=TINTS[length], linewidth=2.6, label=label, solid_capstyle="round")
        at = int(np.clip(np.argmin(np.abs(share - 0.5)), 1, STEPS - 2))
        arrow = {"arrowstyle": "-|>", "color": TINTS[length], "linewidth": 0.0, "mutation_scale": 24, "shrinkB": 0.0}
        ax.annotate("", (shown[at + step], share[at + step]), (shown[at], share[at]), arrowprops=arrow)


def half_way(share: np.ndarray) -> bool:
    """Whether the norm comes to half of all mentees."""
    return bool(np.max(share) >= TIPPED)


def closes(seen: Sequence[Seen], length: int) -> bool:
    """Whether a loop tips and closes: half of all take up the norm, and where the ramp ends it is back where it began."""
    up, down = (np.mean([each[f"{way}_{length}"] for each in seen], axis=0) for way in ("up", "down"))
    return half_way(up) and bool(down[0] - up[0] <= BACK)


def claim(seen: Sequence[Seen]) -> str:
    """What the slowest ramp shows: that the norm tips back at another share, or that it stays."""
    if closes(seen, LENGTHS[-1]):
        return "A norm tips up at one share of role models and back at a lower one"
    return f"A norm stays though its role models leave again over {LENGTHS[-1] // 12} years"


def told_of_loops(seen: Sequence[Seen]) -> str:
    """Which loops close, in words."""
    by_end = {True: [], False: []}
    for length in LENGTHS:
        by_end[closes(seen, length)].append(str(length // 12))
    said = {True: "over {years} years it ends\nwhere it began", False: "over {years} years it stays"}
    return ";\n".join(said[end].format(years=listed(years)) for end, years in by_end.items() if years)


def by_speed(ax: Axes, on: Arm, off: Arm) -> None:
    """Draw the gap at each speed of the ramp, and the reported one at an endless ramp, which is extrapolated."""
    places, ends = np.arange(len(LENGTHS)), [on.found.chance]
    for name, arm in (("on", on), ("off", off)):
        colour, shape, fill = LOOKS[name]
        gaps = [mean_finding([each[f"gap_{length}"] for each in arm.seen]) for length in LENGTHS]
        ax.plot(places, [gap.value for gap in gaps], color=colour, linewidth=1.2)
        ax.plot([places[-1], len(places)], [gaps[-1].value, arm.found.value], color=colour, linestyle=(0, (1.2, 1.2)))
        ax.vlines(places, [gap.low for gap in gaps], [gap.high for gap in gaps], color=colour, linewidth=1.6)
        ax.plot(places, [gap.value for gap in gaps], shape, color=colour, markerfacecolor=fill, markersize=6)
        side = "bottom" if arm is max(on, off, key=lambda one: one.found.value) else "top"
        mark(ax, len(places), arm.found, GAP, name, side=side)
        ends += [end for found in (arm.found, *gaps) for end in (found.low, found.high)]
    ax.axhline(on.found.chance, color=style.INK, linewidth=1.4, linestyle=(0, (4, 2)), zorder=2, gid="chance")
    names = [*(str(length // 12) for length in LENGTHS), "∞"]
    ax.set(xlim=(-0.4, len(names) + 0.9), ylim=with_room(ends, GAP), xticks=range(len(names)), xticklabels=names)
    ticks_in(ax, GAP)
    ax.grid(axis="x", visible=False)
    ax.set_title(f"{GAP.label}, {GAP.unit}", fontsize=NOTE)


def draw(on: Arm, off: Arm) -> Figure:
    """Draw the loops at three speeds: the slower, the darker; and the gap against the speed, down to an endless ramp."""

    def fill(ax: Axes, is_on: bool) -> None:
        seen = (on if is_on else off).seen
        for length in LENGTHS:
            loop(ax, seen, length)
        for axis in (ax.xaxis, ax.yaxis):
            style.in_percent(axis)
        if is_on:
            ax.text(0.97, 0.04, told_of_loops(seen), transform=ax.transAxes, ha="right", fontsize=NOTE)
        ax.set(xlim=(0.0, TOP), ylim=(0.0, 1.03), xticks=np.linspace(0.0, TOP, 5))
        if not is_on:
            ax.legend(loc=(0.55, 0.3), handlelength=1.2, title="each way in")

    names = ("the norm feeds itself", "the norm does not feed itself")
    labels = ("Role models that the program puts up", "Mentees who take up the norm")
    key = "years each way\n∞: extrapolated\ndashed: chance alone"
    return on_and_off(on.claimed(claim(on.seen)), names, labels, fill, [lambda ax: by_speed(ax, on, off)], key)


PHENOMENON = Phenomenon(
    name="tipping",
    title="A norm that feeds itself tips up at one share of role models; on the way back it stays at lower ones",
    statistic="people to whom moving on is normal: on the way down less on the way up, at a ramp that never ends (share)",
    measure=GAP,
    switch="that the norm feeds itself: to whom moving on is normal, endings cost and go as to everybody else",
    source="F2; Granovetter 1978, 10.1086/226707; Jung et al. 1990, 10.1103/PhysRevLett.65.1873",
    seeds=12,
    see=see, find=find, draw=draw, also=also,
)  # fmt: skip
