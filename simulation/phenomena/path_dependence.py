"""Path dependence: programs that are identical at the start end up more different than chance would make them.

Each person counts once, by whether the last tie ended well that they or their mentor chose to end. If endings do not
influence each other, the number that ended well is binomial, and Fisher's index of dispersion over programs is a
chi-square divided by its degrees of freedom: about 1. Differences between people do not change that, since all programs
draw people from the same distribution. Fixed shares of years in the program make the index a little smaller, mentors whom
several people share a little larger. Sites have no climate here, so that only people, luck and history differ.
Source: Fisher 1925, Statistical methods for research workers, §19; Cochran 1954, 10.2307/3001616.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from scipy import stats

from simulation.allocate import Layout, allocate, lay_out
from simulation.figures import style
from simulation.figures.panels import NOTE, OFF, ON, on_and_off
from simulation.judgement import TAILS
from simulation.phenomena.phenomenon import Finding, Phenomenon, Seen
from simulation.run import advance_to
from simulation.scenario.policy import Policy
from simulation.scenario.world import World
from simulation.ties import REDUNDANT

MONTHS, WINDOW, EVERY = 120, 24, 3  # ten years; every quarter, the endings of the last two years count
DRAWS = 1000
# Twice the people of the shipped hospital, at one site, so that chance alone moves shares less. How often ties are weighed was
# chosen for this experiment, to be near the point at which moving on becomes normal, on twenty programs that it does not show:
# of 0.1, 0.125, 0.15, 0.175, 0.2, 0.225, 0.25 and 0.3 a month they differ most at 0.175, and beyond chance from 0.15 to 0.225.
SAME_PLACE = {
    "parameters.evaluate.attention": 0.175,
    "context.climate_time": 0.0, "context.climate_hazard": 0.0,
    "people.mentees": 600, "people.mentors": 240, "people.site_mentees": 600,
}  # fmt: skip
# Many ties, and stigma for people to whom moving on is not normal. Others see a clean ending; it makes the next one more
# likely and cleaner.
OPEN = {
    "move_on.check_in_months": 0, "empower.pairing": "facilitated", "empower.mentors_at_once": 3,
    "prioritize.leadership_support": 0.8, "prioritize.protected_hours": 2.0,
}  # fmt: skip
ALONE = {
    "parameters.hear.chance": 0.0,
    "parameters.norm.threshold": 1.0, "parameters.norm.threshold_spread": 0.0, "parameters.seek.custom": 0.0,
}  # fmt: skip


@cache
def laid(on: bool) -> Layout:
    """Lay out a hospital in which mentees choose several mentors, near the point at which moving on becomes normal."""
    world = World.load("teaching_hospital").with_(SAME_PLACE if on else SAME_PLACE | ALONE)
    return lay_out(world, Policy.load("mentee_choice").with_(OPEN), MONTHS)


def see(seed: int, on: bool) -> Seen:
    """For each quarter: how many people have a chosen ending, and for how many the last one was good."""
    layout = laid(on)
    state = advance_to(allocate(layout, seed, False), layout, 0, MONTHS)
    records = state.records[: int(state.counts.records)]
    chosen = np.sort(records[(records.end >= 0) & (records.reason <= REDUNDANT)], order=["end", "mentee", "mentor"])
    quarters = np.arange(WINDOW, MONTHS + 1, EVERY)
    counts = [_last_endings(chosen, month - WINDOW, month) for month in quarters]
    return {"month": quarters, "well": np.array([well for well, _ in counts]), "people": np.array([n for _, n in counts])}


def _last_endings(chosen: np.ndarray, first: int, end: int) -> tuple[int, int]:
    """How many people had a good last ending in the months from `first` to before `end`, and how many had any."""
    there = chosen[(chosen["end"] >= first) & (chosen["end"] < end)]
    last = dict(zip(there["mentee"].tolist(), there["ended_well"].tolist(), strict=True))
    return sum(last.values()), len(last)


def dispersion(well: np.ndarray, people: np.ndarray) -> float:
    """Fisher's index of dispersion of shares: their variance divided by the binomial variance at the same mean."""
    mean = well.sum() / people.sum()
    return float(np.sum((well - people * mean) ** 2 / (people * mean * (1.0 - mean))) / (len(well) - 1))


def find(seen: Sequence[Seen]) -> Finding:
    """The index over programs at the end, its bootstrap interval over programs, and a two-sided chi-square test."""
    well, people = (np.array([one[what][-1] for one in seen], float) for what in ("well", "people"))
    value, free, luck = dispersion(well, people), len(seen) - 1, np.random.default_rng(1)
    again = (luck.integers(len(seen), size=len(seen)) for _ in range(DRAWS))
    low, high = np.quantile([dispersion(well[k], people[k]) for k in again], TAILS)
    p = 2.0 * min(stats.chi2.cdf(value * free, free), stats.chi2.sf(value * free, free))
    return Finding(value, float(low), float(high), 1.0, min(float(p), 1.0))


def also(seen: Sequence[Seen]) -> dict[str, float]:
    """The spread of programs, and the correlation with their shares two and five years before."""
    shares = np.array([one["well"] / np.maximum(one["people"], 1) for one in seen])
    back = {"two": 24 // EVERY, "five": 60 // EVERY}
    return {
        "mean share of last endings that ended well": float(shares[:, -1].mean()),
        "lowest share among programs": float(shares[:, -1].min()),
        "highest share among programs": float(shares[:, -1].max()),
        **{f"correlation with the program's own share {years} years before":
           float(np.corrcoef(shares[:, -1], shares[:, -1 - quarters])[0, 1]) for years, quarters in back.items()},
    }  # fmt: skip


def _apart(seen: Sequence[Seen]) -> tuple[np.ndarray, np.ndarray]:
    """The distance of each program's share from the mean, in points; and the distance that chance exceeds in 5 %."""
    well, people = (np.array([one[what] for one in seen], float) for what in ("well", "people"))
    mean = well.sum(axis=0) / people.sum(axis=0)
    return 100.0 * (well / np.maximum(people, 1) - mean), 196.0 * np.sqrt(mean * (1.0 - mean) / people.mean(axis=0))


def draw(on: Sequence[Seen], off: Sequence[Seen]) -> Figure:
    """Draw the distance of each program's share from the mean, and the band that holds 95 % under chance alone."""
    years = on[0]["month"] / 12
    farthest = max(np.abs(_apart(seen)[0]).max() for seen in (on, off))

    def fill(ax: Axes, is_on: bool) -> None:
        apart, half = _apart(on if is_on else off)
        outside, colour = np.abs(apart[:, -1]) > half[-1], ON if is_on else OFF
        ax.fill_between(years, -half, half, color=style.FAINT, linewidth=0)
        ax.plot(years, apart[~outside].T, color=colour, linewidth=1.0, alpha=0.35)
        ax.plot(years, apart[outside].T, color=colour, linewidth=2.2)
        told = f"{outside.sum()} of {len(apart)} programs end outside the grey\n(by chance it would be {0.05 * len(apart):.0f})"
        ax.text(0.03, 0.96, told, transform=ax.transAxes, va="top", fontsize=NOTE)
        ax.set_xlim(years[0], years[-1])
        ax.set_ylim(-1.1 * farthest, 1.55 * farthest)

    names = ("People see and hear of each other", "Nobody sees or hears of others")
    labels = ("Years since the start", "Endings that went well:\npoints from the mean program")
    return on_and_off(f"The same program {len(on)} times: history takes each its own way", names, labels, fill)


PHENOMENON = Phenomenon(
    name="path_dependence",
    title="Identical programs end up more different than chance makes them: what happens is seen, heard of and repeated",
    statistic="how much programs differ in the share of endings that went well, ten years on (variance over the binomial one)",
    switch="word of mouth, what is usual in a unit, and the norm of moving on",
    source="Fisher 1925; Cochran 1954; F2",
    seeds=40,
    see=see, find=find, draw=draw, also=also,
)  # fmt: skip
