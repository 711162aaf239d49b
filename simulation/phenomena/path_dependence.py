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
from simulation.figures.panels import on_and_off
from simulation.figures.strips import NOTE, OFF, ON, Measure, strip
from simulation.judgement import TAILS
from simulation.phenomena.phenomenon import Arm, Finding, Phenomenon, Seen
from simulation.run import advance_to
from simulation.scenario.policy import Policy
from simulation.scenario.world import World
from simulation.ties import REDUNDANT

MONTHS, WINDOW, EVERY = 120, 24, 3  # ten years; every quarter, the endings of the last two years count
DRAWS = 1000
HALF_WAY = 60  # month at which programs are parted for the figure, by where they stand then
SPREAD = Measure("Variance ratio,\nprograms to chance", "", decimals=2)
STAYS = Measure("Correlation with own\nshare 2 years before", decimals=2, signed=True)
OWN = "correlation with the program's own share {years} years before"
ENDS = (f"{OWN}: interval from", f"{OWN}: interval to")
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


def played(on: bool) -> tuple[World, Policy]:
    """A hospital in which mentees choose several mentors, near the point at which moving on becomes normal."""
    world = World.load("teaching_hospital").with_(SAME_PLACE if on else SAME_PLACE | ALONE)
    return world, Policy.load("mentee_choice").with_(OPEN)


@cache
def laid(on: bool) -> Layout:
    """Lay out ten years of it."""
    return lay_out(*played(on), MONTHS)


def see(seed: int, on: bool) -> Seen:
    """For each quarter: how many people have a chosen ending, and for how many the last one was good."""
    layout = laid(on)
    state = advance_to(allocate(layout, seed, False), layout, 0, MONTHS)
    records = state.records[: int(state.counts.records)]
    chosen = np.sort(records[(records.end >= 0) & (records.reason <= REDUNDANT)], order=["end", "mentee", "mentor"])
    quarters = np.arange(WINDOW, MONTHS + 1, EVERY)
    counts = [_last_endings(chosen, month - WINDOW, month) for month in quarters]
    return {
        "month": quarters,
        "well": np.array([well for well, _ in counts]),
        "people": np.array([n for _, n in counts]),
    }


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
        **{name.format(years=years): value for years, quarters in back.items()
           for name, value in zip((OWN, *ENDS), correlation(shares[:, -1], shares[:, -1 - quarters]), strict=True)},
    }  # fmt: skip


def correlation(one: np.ndarray, other: np.ndarray) -> tuple[float, float, float]:
    """The correlation and its 95 % interval by Fisher's z; the ends are missing for fewer than four values.

    Source: Fisher 1921, On the "probable error" of a coefficient of correlation.
    """
    found = float(np.corrcoef(one, other)[0, 1])
    if len(one) < 4:
        return found, np.nan, np.nan
    half = stats.norm.ppf(TAILS[1]) / np.sqrt(len(one) - 3.0)
    low, high = np.tanh(np.arctanh(np.clip(found, -1.0 + 1e-12, 1.0 - 1e-12)) + np.array([-half, half]))
    return found, float(low), float(high)


def _apart(seen: Sequence[Seen]) -> tuple[np.ndarray, np.ndarray]:
    """The distance of each program's share from the mean, in points; and the distance that chance exceeds in 5 %."""
    well, people = (np.array([one[what] for one in seen], float) for what in ("well", "people"))
    mean = well.sum(axis=0) / people.sum(axis=0)
    return 100.0 * (well / np.maximum(people, 1) - mean), 196.0 * np.sqrt(mean * (1.0 - mean) / people.mean(axis=0))


def draw(on: Arm, off: Arm) -> Figure:
    """Draw how far each program is from the mean, those dark that stood high half way; the spread and its staying beside it."""
    years = on.seen[0]["month"] / 12
    farthest = max(np.abs(_apart(arm.seen)[0]).max() for arm in (on, off))
    half_way = int(np.searchsorted(on.seen[0]["month"], HALF_WAY))

    def fill(ax: Axes, is_on: bool) -> None:
        apart, half = _apart((on if is_on else off).seen)
        order, part = np.argsort(-apart[:, half_way], kind="stable"), max(len(apart) // 4, 1)
        ax.fill_between(years, -half, half, color=style.FAINT, linewidth=0)
        ax.plot(years, apart[order[part:-part]].T, color=style.QUIET, linewidth=0.7, alpha=0.35)
        for rows, dashes in ((order[:part], "-"), (order[-part:], (0, (1.5, 1.2)))):
            ax.plot(years, apart[rows].T, color=ON if is_on else OFF, linewidth=1.0, alpha=0.6, linestyle=dashes)
            ax.plot(years, apart[rows].mean(axis=0), color=ON if is_on else OFF, linewidth=4.0, linestyle=dashes)
        outside = int((np.abs(apart[:, -1]) > half[-1]).sum())
        told = f"{outside} of {len(apart)} end outside the grey\n(by chance it would be {0.05 * len(apart):.0f})"
        ax.text(0.03, 0.97, told, transform=ax.transAxes, va="top", fontsize=NOTE)
        ax.text(0.03, 0.03, "thick: the quarter that stood highest in\nyear 5, and dotted the lowest", transform=ax.transAxes,
                fontsize=NOTE)  # fmt: skip
        ax.axvline(HALF_WAY / 12, 0.17, 0.83, color=style.QUIET, linewidth=0.8)
        ax.set_xlim(years[0], years[-1])
        ax.set_ylim(-1.6 * farthest, 1.6 * farthest)

    names = ("people see and hear of each other", "nobody sees or hears of others")
    labels = ("Years since the start", "Endings that went well:\npoints from the mean program")
    strips = [lambda ax: strip(ax, SPREAD, on.found, off.found),
              lambda ax: strip(ax, STAYS, *(_stays(arm) for arm in (on, off)), "stays")]  # fmt: skip
    claim = f"The same program {len(on.seen)} times: {SPREAD.said(on.found.value)} times the variance that chance gives"
    return on_and_off(on.claimed(claim), names, labels, fill, strips)


def _stays(arm: Arm) -> Finding:
    """The correlation of programs with themselves two years before, as a finding; it has no test of its own."""
    return Finding(*(arm.also[name.format(years="two")] for name in (OWN, *ENDS)), 0.0, np.nan)


PHENOMENON = Phenomenon(
    name="path_dependence",
    title="Identical programs end up more different than chance makes them: what happens is seen, heard of and repeated",
    statistic="how much programs differ in the share of endings that went well, ten years on (variance over the binomial one)",
    measure=SPREAD,
    switch="word of mouth, what is usual in a unit, and the norm of moving on",
    source="Fisher 1925; Cochran 1954; F2",
    seeds=40,
    see=see, find=find, draw=draw, also=also,
)  # fmt: skip
