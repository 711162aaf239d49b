"""Adaptation: after a shock, a program that evaluates itself and changes its own levers recovers sooner.

Each program is compared with its own twin: the same people with the same luck in a world without the shock. So gains that
it would have made anyway do not count. A third program adapts by late data from few people.
Source: [F3] evaluation as feedback, its delay and its burden; [B5] support contacts; [E15] protected time; Harper et al.
2024, tip 6.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from simulation.allocate import Layout, allocate, lay_out
from simulation.figures import style
from simulation.figures.panels import mean_line, on_and_off
from simulation.figures.strips import NOTE, OFF, ON, Measure, strip
from simulation.phenomena.phenomenon import Arm, Finding, Phenomenon, Seen, mean_finding
from simulation.run import advance_to
from simulation.scenario.policy import Policy
from simulation.scenario.world import World

AT, BEFORE, AFTER = 36, 6, 48  # month of the shock, and the months kept before and after it
COUNTED = 24  # months of the shock
SAVED = Measure("Fewer lost than\nwithout asking", "points", 100.0, 1, signed=True)
SHOCK = {"name": "two lean years", "month": AT, "months": COUNTED, "contact": 0.5, "mentor_time": 0.3}

# Mentors of this hospital have time until the lean years begin, so that there is little to improve before. Leaders support
# the program, and mentees get help to choose. Each quarter mentors report overload, and pairs report whether they still
# meet. The program may then add staff and up to four protected hours a month.
SLACK = {"context.mentor_hours": 6.0, "context.busy": 0.05, "context.climate_time": 0.0}
HELPED = {"prioritize.leadership_support": 0.8, "empower.pairing": "facilitated"}
LOOKS = {
    "evaluate.model": "cipp", "evaluate.measures": ["input", "process"], "evaluate.every_months": 3,
    "evaluate.sample": 1.0, "evaluate.delay_months": 0, "evaluate.budget": 3000.0,
}  # fmt: skip
PROGRAMS: Mapping[str, Mapping[str, Any]] = {
    "alone": {"evaluate.model": "none"},
    "prompt": LOOKS,
    "late": {**LOOKS, "evaluate.sample": 0.05, "evaluate.delay_months": 12},
}


def played(program: str, adapts: bool, shocked: bool) -> tuple[World, Policy]:
    """The hospital, with or without the shock, and a program in it; the program `alone` never adapts."""
    world = World.load("teaching_hospital").with_(SLACK)
    if shocked:
        world = World.model_validate({**world.model_dump(), "shocks": [SHOCK]})
    levers = {**HELPED, **PROGRAMS[program], "evaluate.adapt": adapts and program != "alone"}
    return world, Policy.load("mentee_choice").with_(levers)


@cache
def laid_out(program: str, adapts: bool, shocked: bool) -> Layout:
    """Lay out the months before and after the shock."""
    return lay_out(*played(program, adapts, shocked), AT + AFTER)


def mentored(program: str, seed: int, adapts: bool, shocked: bool) -> np.ndarray:
    """The share of mentees with a current mentor, month by month."""
    layout = laid_out(program, adapts, shocked)
    return advance_to(allocate(layout, seed, False), layout, 0, layout.months).months["mentored_share"]


def see(seed: int, on: bool) -> Seen:
    """The change by the shock in the share of mentees with a mentor, by program (54 months each), for one seed."""
    return {
        program: (mentored(program, seed, on, True) - mentored(program, seed, on, False))[AT - BEFORE :]
        for program in PROGRAMS
    }


def gained(seen: Seen, program: str, first: int = 0) -> float:
    """The part of the loss of `alone` that a program avoids: the mean over two years, from a month after the shock on."""
    return float((seen[program] - seen["alone"])[BEFORE + first :][:COUNTED].mean())


def find(seen: Sequence[Seen]) -> Finding:
    """The share of mentees saved by prompt data, tested against 0 (Student's t over paired seeds)."""
    return mean_finding([gained(each, "prompt") for each in seen])


def also(seen: Sequence[Seen]) -> dict[str, float]:
    """The loss without evaluation, and the part saved by late data from few."""
    lost = [each["alone"][BEFORE : BEFORE + COUNTED].mean() for each in seen]
    late = mean_finding([gained(each, "late") for each in seen])
    return {
        "share of mentees lost without looking": -float(np.mean(lost)),
        "share saved in the two years after it": float(np.mean([gained(each, "prompt", COUNTED) for each in seen])),
        "share saved by late and few data": late.value,
        "its interval from": late.low,
        "its interval to": late.high,
    }


def draw(on: Arm, off: Arm) -> Figure:
    """Draw the loss of each program to the shock, month by month, with 95 % intervals over seeds; the part saved beside it."""
    looks = {"prompt": (ON, "-", "asks all each quarter"), "late": (OFF, (0, (5, 1.5)), "asks few, and knows a year later"),
             "alone": (style.INK, (0, (1.5, 1.5)), "does not ask")}  # fmt: skip
    months = np.arange(-BEFORE, AFTER)

    def fill(ax: Axes, is_on: bool) -> None:
        seen = (on if is_on else off).seen
        ax.axvspan(0, COUNTED, color=style.FAINT, alpha=0.5, linewidth=0)
        for program, (colour, dashes, label) in looks.items():
            lost = 100.0 * np.array([each[program] for each in seen])
            mean_line(ax, months, lost, color=colour, linestyle=dashes, linewidth=2.6, label=label)
        if all(np.array_equal(each[program], each["alone"]) for each in seen for program in looks):
            ax.text(0.6, 0.25, "all three\nare the same\nin every month", transform=ax.transAxes, fontsize=NOTE)
        ax.set(xlim=(-BEFORE, AFTER - 1), xticks=range(0, AFTER + 1, 12))
        ax.yaxis.set_major_formatter(FuncFormatter(lambda y, _: f"{y:+g}".replace("-", "−") if y else "0"))

    names = ("programs that ask change something", "programs that ask change nothing")
    labels = ("Months from the shock (grey) on", "Mentored, against no shock (points)")
    claim = f"A program that learns loses fewer to two lean years, by {SAVED.in_unit(on.found.value).lstrip('+')}"
    figure = on_and_off(on.claimed(claim), names, labels, fill, [lambda ax: strip(ax, SAVED, on.found, off.found)])
    key = figure.axes[0].get_legend_handles_labels()
    figure.legend(*key, loc="outside lower center", ncols=3, fontsize=NOTE, frameon=False)
    return figure


PHENOMENON = Phenomenon(
    name="adaptation",
    title="A program that looks at itself and moves its own levers loses less to a shock; by late and few data, little less",
    statistic="mentees with a mentor lost to two lean years: fewer than where the program does not look (share)",
    measure=SAVED,
    switch="that it moves its own levers: it looks, and changes nothing",
    source="F3, B5, E15; Harper et al. 2024, tip 6",
    seeds=30,
    see=see, find=find, draw=draw, also=also,
)  # fmt: skip
