"""Emergence: some pairs catch fire and others go cold, though no person is disposed to either.

Pairs come about by lot, and for a year nobody leaves, ends a tie or finds another one: there is no selection. Chance alone
gives one hump. The test is Hartigans' dip test: how far the distribution is from the nearest one with a single hump, against
uniform samples, which of all single humps are the hardest to tell from two.
Source: Hartigan and Hartigan 1985, 10.1214/aos/1176346577; [C6], [P7] for traits before people meet.
"""

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec

import numpy as np
from diptest import dipstat
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from simulation.allocate import Layout, allocate, lay_out
from simulation.evidence.patterns.impressions import MENTEE_KNOWN, MENTOR_KNOWN, SHARED, traits, unexplained
from simulation.figures import style
from simulation.figures.panels import on_and_off
from simulation.figures.strips import OFF, ON, Measure, strip
from simulation.judgement import TAILS, jackknife
from simulation.phenomena.phenomenon import Arm, Finding, Phenomenon, Seen
from simulation.rules.engage import quality
from simulation.run import advance_to
from simulation.scenario.policy import Policy
from simulation.scenario.world import World

# Pairs begin in month 1. Quality is the mean of the last quarter of their first year. In a single month many values are
# exactly zero, where one side has no engagement left, and would make a hump of their own.
MET, YEAR, QUARTER = 2, 13, 3
BY_LOT = {"empower.pairing": "lot", "empower.mentors_at_once": 1, "diversify.pool": "all"}
STILL = {
    **{f"hazards.{who}": 0.0 for who in ("first_year", "later_years", "mentors")},
    **{f"context.{name}": 0.0 for name in ("climate_time", "climate_hazard", "approach", "mentor_ends")},
    "people.graduates": False, "context.awareness": 1.0, "context.volunteers": 1.0,
    "parameters.evaluate.attention": 0.0, "parameters.evaluate.redundant": 0.0,
    # nobody asks anybody; nearly all put their names down for the lot
    "parameters.seek.odds": -8.0, "parameters.seek.initiative": 0.0,
    "parameters.seek.need": 0.0, "parameters.seek.invited": 5.0, "parameters.seek.facilitated": 5.0,
}  # fmt: skip
DEAF = {"parameters.engage.coupling": 0.0, "parameters.engage.mentor_coupling": 0.0}
DRAWS, AGAIN = 9999, 1000
DIP = Measure("Distance from one\nhump (dip, 0 to 0.25)", decimals=3)
FORETOLD = Measure("Foretold from who\nthey are", "%", 100.0, 0)
TOLD = "share of quality that is foretold by who they are"
ENDS = (f"{TOLD}: interval from", f"{TOLD}: interval to")


def played(on: bool) -> tuple[World, Policy]:
    """The world in which everyone stays with the mentor drawn by lot, and its policy."""
    return World.load("teaching_hospital").with_(STILL if on else STILL | DEAF), Policy(name="by_lot").with_(BY_LOT)


@cache
def laid(on: bool) -> Layout:
    """Lay out a year of it."""
    return lay_out(*played(on), YEAR)


def see(seed: int, on: bool) -> Seen:
    """For each pair of one program: quality at the start and after a year, traits, and whether it is the mentor's first."""
    layout = laid(on)
    state = advance_to(allocate(layout, seed, False), layout, 0, MET)
    pairs = np.flatnonzero(state.ties[:, 0].mentor >= 0)
    ties = state.ties[pairs, 0]
    mine = traits(np.asarray(state.mentees)[pairs], MENTEE_KNOWN)
    theirs = traits(np.asarray(state.mentors)[ties.mentor], MENTOR_KNOWN)
    single = np.zeros(len(pairs), bool)
    single[np.unique(ties.mentor, return_index=True)[1]] = True
    first, later = _quality(ties), np.zeros(len(pairs))
    state = advance_to(state, layout, MET, YEAR - QUARTER)
    for month in range(YEAR - QUARTER, YEAR):
        state = advance_to(state, layout, month, month + 1)
        later += _quality(state.ties[pairs, 0]) / QUARTER
    known = np.column_stack([mine, theirs, np.abs(mine[:, :SHARED] - theirs[:, :SHARED])])
    return {"first": first, "later": later, "known": known, "single": single}


def _quality(ties: np.recarray) -> np.ndarray:
    """The current quality of ties."""
    return np.array([quality(*both) for both in zip(ties.mentee_engagement, ties.mentor_engagement, strict=True)])


def find(seen: Sequence[Seen]) -> Finding:
    """The dip of quality over pairs; one pair of each mentor counts, so that pairs are independent.

    The interval is a jackknife over programs (Tukey 1958).
    """
    parts = [one["later"][one["single"]] for one in seen]
    value, low, high = jackknife(lambda runs: dipstat(np.concatenate(runs)), parts)
    chance, p = of_one_hump(value, sum(map(len, parts)))
    return Finding(value, max(low, 0.0), high, chance, p)


def of_one_hump(dip: float, count: int) -> tuple[float, float]:
    """The mean dip of uniform samples of `count` values, and the share of them with a dip at least as large."""
    luck = np.random.default_rng(1)
    drawn = np.array([dipstat(luck.random(count)) for _ in range(DRAWS)])
    return float(drawn.mean()), float((1 + (drawn >= dip).sum()) / (1 + DRAWS))


def also(seen: Sequence[Seen]) -> dict[str, float]:
    """Bimodality after a month and after a year (Sarle's b), and the share a forest predicts, where scikit-learn is."""
    later = np.concatenate([one["later"] for one in seen])
    found = {
        "Sarle's b of quality after a month": sarle(np.concatenate([one["first"] for one in seen])),
        "Sarle's b of quality after a year": sarle(later),
    }
    if find_spec("sklearn") and len(seen) > 5:
        programs = np.repeat(np.arange(len(seen)), [len(one["later"]) for one in seen])
        known = np.concatenate([one["known"] for one in seen])
        found |= dict(zip((TOLD, *ENDS), _foretold(known, later, programs), strict=True))
    return found


def _foretold(known: np.ndarray, later: np.ndarray, programs: np.ndarray) -> tuple[float, float, float]:
    """The share of quality that a forest foretells, and its 95 % interval: a bootstrap over programs."""
    missed, luck = unexplained(known, later, programs), np.random.default_rng(1)
    of = [np.flatnonzero(programs == program) for program in np.unique(programs)]
    again = (np.concatenate([of[k] for k in luck.integers(len(of), size=len(of))]) for _ in range(AGAIN))
    low, high = np.quantile([1.0 - missed[rows].var() / later[rows].var() for rows in again], TAILS)
    return float(1.0 - missed.var() / later.var()), float(low), float(high)


def sarle(values: np.ndarray) -> float:
    """Sarle's coefficient of bimodality: 1/3 for a Gaussian, 5/9 for a uniform distribution, 1 for two points."""
    z = (values - values.mean()) / values.std()
    return float((np.mean(z**3) ** 2 + 1.0) / np.mean(z**4))


def draw(on: Arm, off: Arm) -> Figure:
    """Draw the quality of pairs after a month and after a year; the dip beside it, and how much is foretold."""
    bins = np.linspace(0.0, 1.0, 26)

    def fill(ax: Axes, is_on: bool) -> None:
        later, first = (
            np.concatenate([one[when] for one in (on if is_on else off).seen]) for when in ("later", "first")
        )
        share = np.full(len(later), 1.0 / len(later))
        ax.hist(later, bins, weights=share, color=ON if is_on else OFF, alpha=0.85, label="after a year")
        ax.hist(first, bins, weights=share, histtype="step", color=style.INK, linewidth=1.8, label="after a month")
        style.in_percent(ax.yaxis)
        ax.grid(axis="x", visible=False)
        ax.set_xlim(0.0, 1.0)
        ax.legend(loc="upper right", handlelength=1.2)

    names = ("each answers the other", "each ignores the other")
    labels = ("Quality of the pair (0 cold, 1 on fire)", "Share of pairs")
    strips = [lambda ax: strip(ax, DIP, on.found, off.found)]
    told = ""
    if TOLD in on.also and TOLD in off.also:
        strips.append(lambda ax: strip(ax, FORETOLD, *(_told(arm) for arm in (on, off)), "foretold"))
        told = f"; who they are foretells {FORETOLD.in_unit(on.also[TOLD])} of it"
    return on_and_off(on.claimed(f"A year on, pairs are cold or on fire{told}"), names, labels, fill, strips)


def _told(arm: Arm) -> Finding:
    """The share that is foretold, as a finding; it has no test."""
    return Finding(arm.also[TOLD], *(arm.also[end] for end in ENDS), 0.0, np.nan)


PHENOMENON = Phenomenon(
    name="emergence",
    title="By lot, some pairs catch fire and most go cold: it is made between two people, not in either",
    statistic="how far pairs' quality is from any distribution with a single hump (the dip, 0 to 0.25)",
    measure=DIP,
    switch="that each side answers the other: both respond as if to a mean partner",
    source="Hartigan and Hartigan 1985; C6, C7, P7",
    seeds=20,
    see=see, find=find, draw=draw, also=also,
)  # fmt: skip
