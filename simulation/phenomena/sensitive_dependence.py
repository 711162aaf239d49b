"""Sensitive dependence: two worlds that differ by one tie in their second month drift apart.

Both have the same people and the same luck, to the last bit, until one tie is removed from one of them. If nothing carries
a difference from one person to another, only the pair is affected: keyed random numbers add no other difference.
Source: Lorenz 1963, 10.1175/1520-0469(1963)020<0130:DNF>2.0.CO;2; Student 1908, 10.2307/2331554.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from simulation.allocate import Layout, allocate, lay_out
from simulation.columns import State
from simulation.figures import style
from simulation.figures.panels import on_and_off
from simulation.figures.strips import NOTE, OFF, ON, Measure, strip
from simulation.phenomena.phenomenon import Arm, Finding, Phenomenon, Seen, mean_finding
from simulation.run import advance_to
from simulation.scenario.policy import Policy
from simulation.scenario.world import World
from simulation.ties import MENTOR_KEY, lose_tie

LOST, MONTHS = 1, 60  # the month in which a tie is lost, and the months for which both worlds are followed
NEVER = 10_000
TOUCHED = Measure("Others who lead another\nlife, five years on", "%", 100.0, 1)
# Mentors have time for all, so that load changes no answer, meeting, gain or stay. Meetings take a tenth of the usual hours.
APART = {
    "context.mentor_hours": 40.0, "context.meeting_hours": 0.1, "context.mentee_hours": 0.4, "context.hard_cap": 100,
    "parameters.answer.time": 0.0, "parameters.answer.odds": 1.2, "parameters.engage.overload": 0.0,
    "parameters.leave.mentor_burnout": 0.0,
    # no word of mouth, no norm or custom, no identity threat, no graduates as mentors, no funding that follows results
    "parameters.seek.custom": 0.0, "parameters.hear.chance": 0.0, "parameters.norm.threshold": 1.0,
    "parameters.norm.threshold_spread": 0.0, "parameters.strain.threat": 0.0, "people.promoted": 0.0,
    "parameters.institution.results": 0.0, "parameters.institution.decay": 0.0,
}  # fmt: skip
NO_STAFF = {"prioritize.staff_fte": 0.0, "evaluate.adapt": False}  # staff who lose a tie have time for the others


def played(on: bool) -> tuple[World, Policy]:
    """All six tips in the default world, or in a world that keeps people apart."""
    world, policy = World.load("teaching_hospital"), Policy.load("six_tips")
    return world if on else world.with_(APART), policy if on else policy.with_(NO_STAFF)


@cache
def laid(on: bool) -> Layout:
    """Lay out five years of it."""
    return lay_out(*played(on), MONTHS)


def see(seed: int, on: bool) -> Seen:
    """The share of other people whose lives differ by the end of each month, and the number of other people."""
    layout = laid(on)
    whole, short = (advance_to(allocate(layout, seed, False), layout, 0, LOST + 1) for _ in range(2))
    same = all(_same(*both) for both in zip(whole, short, strict=True))
    live = np.argwhere(short.ties.mentor >= 0)
    i, slot = (int(place) for place in live[np.random.default_rng(seed).integers(len(live))])
    mentor = int(short.mentors.mentor[short.ties[i, slot].mentor])
    lose_tie(short, LOST, i, slot)
    lives = [_lives(advance_to(state, layout, LOST + 1, MONTHS), i) for state in (whole, short)]
    touched = _first_differences(*lives)
    others = (lives[0].keys() | lives[1].keys()) - {i, MENTOR_KEY + mentor}
    months = [touched[who] for who in others if who in touched]
    curve = np.cumsum(np.bincount(months, minlength=MONTHS)[:MONTHS]) / len(others)
    return {"same_before": same, "curve": curve, "others": len(others)}


def _same(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether two parts of a state hold the same bits, field by field."""
    one, other = np.asarray(one), np.asarray(other)
    fields = one.dtype.names
    parts = [(one[name], other[name]) for name in fields] if fields else [(one, other)]
    return all(a.tobytes() == b.tobytes() for a, b in parts)


def _lives(state: State, but: int) -> dict[int, dict[Any, int]]:
    """The months of arrival, exit and ties of everyone; ties with the mentee `but` are left out.

    The key of a mentee is the row, the key of a mentor is `MENTOR_KEY` plus the id.
    """
    here = np.flatnonzero(state.mentees.active > 0)
    lives = {i: {"out": end} for i, end in zip(here.tolist(), _months(state.mentees.exit_month[here]), strict=True)}
    mentors, records = state.mentors[: int(state.counts.mentors)], state.records[: int(state.counts.records)]
    ids = (mentors.mentor + MENTOR_KEY).tolist()
    for who, start, end in zip(ids, mentors.joined.tolist(), _months(mentors.exit_month), strict=True):
        lives[who] = {"in": start, "out": end}
    columns = (records.mentee.tolist(), records.mentor.tolist(), records.start.tolist(), _months(records.end))
    for mentee, row, start, end in zip(*columns, strict=True):
        for who in (mentee, ids[row]) if mentee != but else ():
            tie = (mentee, ids[row], start)
            lives[who][*tie, "met"], lives[who][*tie, "parted"] = start, end
    return lives


def _months(months: np.ndarray) -> list[int]:
    """The months as a list, with `NEVER` for missing ones."""
    return np.where(months >= 0, months, NEVER).tolist()


def _first_differences(one: dict[int, dict[Any, int]], other: dict[int, dict[Any, int]]) -> dict[int, int]:
    """The first month in which a life differs, for each life that differs."""
    found = {}
    for who in one.keys() | other.keys():
        mine, yours = one.get(who, {}), other.get(who, {})
        months = [
            min(mine.get(what, NEVER), yours.get(what, NEVER))
            for what in mine.keys() | yours.keys()
            if mine.get(what, NEVER) != yours.get(what, NEVER)
        ]
        if months:
            found[who] = min(months)
    return found


def find(seen: Sequence[Seen]) -> Finding:
    """The mean share of others who are affected at the end; keyed luck alone affects nobody."""
    return mean_finding([one["curve"][-1] for one in seen])


def also(seen: Sequence[Seen]) -> dict[str, float]:
    """Whether both worlds were the same before, and the spread over seeds."""
    last = np.array([one["curve"][-1] for one in seen])
    return {
        "share of worlds that were the same to the last bit until then": float(np.mean([one["same_before"] for one in seen])),
        "share of worlds in which anybody else was touched": float(np.mean(last > 0.0)),
        "largest share of others touched": float(last.max()),
    }  # fmt: skip


def draw(on: Arm, off: Arm) -> Figure:
    """Draw the share of others who are touched, month by month, a line a world."""

    def fill(ax: Axes, is_on: bool) -> None:
        curves = np.array([one["curve"] for one in (on if is_on else off).seen])
        ax.plot(np.arange(MONTHS), curves.T, color=ON if is_on else OFF, linewidth=1.1, alpha=0.55)
        ax.plot(np.arange(MONTHS), curves.mean(axis=0), color=style.INK, linewidth=2.6)
        style.in_percent(ax.yaxis)
        ax.set_xticks(range(0, MONTHS + 1, 12))
        ax.set_xlim(0, MONTHS)
        if is_on:
            ax.text(0.03, 0.95, "a line a program; black: the mean", transform=ax.transAxes, va="top", fontsize=NOTE)
        elif curves.max() == 0.0:
            ax.text(0.5, 0.08, "nobody else, in any program", transform=ax.transAxes, ha="center", fontsize=NOTE)

    names = ("people share mentors, talk, look around", "time for all, no talk, no norm")
    labels = ("Months; one pair is parted in month 1", "Other people who lead another life")
    claim = f"One lost tie, and five years later {TOUCHED.in_unit(on.found.value)} of the others lead another life"
    return on_and_off(on.claimed(claim), names, labels, fill, [lambda ax: strip(ax, TOUCHED, on.found, off.found)])


PHENOMENON = Phenomenon(
    name="sensitivity",
    title="Two worlds that differ by one tie in month 1 drift apart, through people who had no part in it",
    statistic="share of other people whose ties or exit differ five years on",
    measure=TOUCHED,
    switch="whatever carries a difference from one person to another: mentors' bounded time, word of mouth, what is usual, "
    "the norm of moving on, the threat of being few, graduates who become mentors, support that follows results, staff who "
    "share their time",
    source="Lorenz 1963",
    seeds=40,
    see=see, find=find, draw=draw, also=also,
)  # fmt: skip
