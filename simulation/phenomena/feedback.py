"""Unintended feedback: matching everybody by gender overloads the few mentors who match, and more of them leave.

Those who stay then carry even more. Time protected for mentoring breaks the loop: the load stays high, but it does not
burn mentors out. The two policies differ only in matching, and people and their luck are the same.
Source: [S1] matching and load; [D15] who the mentors are; [D18] the minority tax; [E13] burnout before exits; [E15]
protected time; Harper et al. 2024, tip 3 ("if desired").
"""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from simulation.allocate import Layout, allocate, lay_out
from simulation.columns import State
from simulation.figures import style
from simulation.figures.panels import HEIGHT, SLIDE, WIDTH, headed
from simulation.figures.strips import LOOKS, NOTE, Measure, mark, ticks_in, with_room
from simulation.phenomena.phenomenon import Arm, Finding, Phenomenon, Seen, mean_finding
from simulation.run import advance_to
from simulation.scenario.policy import Policy
from simulation.scenario.world import World

YEARS = 10  # as in the study from which the exits of this world come (E2)
ENOUGH = 20.0  # hours a month of protected time; with them hardly any mentor is ever overloaded
LOST = Measure("Leaving", "per 100 a year", decimals=2, signed=True)
CHAIN = {  # the links of the loop, by the columns of `see`
    "load": Measure("Load", "mentees each", decimals=2, signed=True),
    "burnout": Measure("Burnout", "points of 100", 100.0, 1, signed=True),
    "lost": LOST,
    "there": Measure("Still there", "of the 60", decimals=2, signed=True),
}
ROWS = (("women", True), ("men", True), ("women", False), ("men", False))  # whom, and whether the mechanism is on
MEN, WOMEN = 0, 1  # places of the groups in the world's first attribute
POLICIES = {True: "identity_required", False: "multi_discipline"}  # whether everybody is matched

# A quarter of the 60 mentors are women, and nearly half of the 200 faculty. Everybody takes part and gets help to choose, and
# leaders support the program, so that the two halves of the study differ only in protected time. Meaning from protected
# mentoring (E15) is off. Otherwise protected time would do more than break the loop, and matching, which gives more women
# a mentee, would lower their losses a little.
SHORT = {
    "people.mentors": 60, "context.awareness": 1.0, "context.volunteers": 1.0, "parameters.mentor_strain.meaning": 0.0,
}  # fmt: skip
CHOSEN = {
    "prioritize.leadership_support": 1.0, "empower.pairing": "facilitated", "empower.first_meetings": 3,
    "empower.workshop_hours": 4.0,
}  # fmt: skip


def played(matched: bool, on: bool) -> tuple[World, Policy]:
    """The world and one policy: everybody or nobody matched by gender, without (`on`) or with protected time."""
    levers = {**CHOSEN, "match.attributes": ["gender"], "prioritize.protected_hours": 0.0 if on else ENOUGH}
    return World.load("junior_faculty").with_(SHORT), Policy.load(POLICIES[matched]).with_(levers)


@cache
def laid_out(matched: bool, on: bool) -> Layout:
    """Lay out ten years of it."""
    return lay_out(*played(matched, on), 12 * YEARS)


def mean_of(state: State, group: int, column: str) -> float:
    """The mean of a column over the mentors of a group who are there."""
    mentors = state.mentors[: state.counts.mentors]
    return float(mentors[column][(mentors["active"] == 1) & (mentors["group"][:, 0] == group)].mean())


def stayed(state: State, group: int) -> tuple[float, float]:
    """The number of mentors of a group (mean over months), and how many left a year, per 100."""
    mentors = state.mentors[: state.counts.mentors]
    ours = mentors[mentors["group"][:, 0] == group]
    gone = ours["exit_month"] >= 0
    months = np.where(gone, ours["exit_month"] + 1, 12 * YEARS) - ours["joined"]
    return float(months.sum() / (12 * YEARS)), float(100.0 * gone.sum() / (months.sum() / 12.0))


def lived(matched: bool, seed: int, on: bool) -> dict[str, float | np.ndarray]:
    """Run ten years under one policy; for each group: burnout at the start and after each year, load, numbers, losses."""
    layout = laid_out(matched, on)
    state = advance_to(allocate(layout, seed, False), layout, 0, 1)
    burnout, load = [], []
    for year in range(YEARS + 1):
        if year > 0:
            state = advance_to(state, layout, max(12 * (year - 1), 1), 12 * year)
            load.append([mean_of(state, group, "load") for group in (MEN, WOMEN)])
        burnout.append([mean_of(state, group, "burnout") for group in (MEN, WOMEN)])
    found: dict[str, float | np.ndarray] = {}
    for group, name in enumerate(("men", "women")):
        found[f"burnout_{name}"], found[f"load_{name}"] = np.array(burnout)[:, group], float(np.mean(load, 0)[group])
        found[f"there_{name}"], found[f"lost_{name}"] = stayed(state, group)
    return found


def see(seed: int, on: bool) -> Seen:
    """For men and women, matched and not: burnout by year (11 values), load, numbers, and losses a year per 100."""
    seen = {}
    for matched, name in ((True, "matched"), (False, "unmatched")):
        seen |= {f"{name}_{what}": value for what, value in lived(matched, seed, on).items()}
    return seen


def find(seen: Sequence[Seen]) -> Finding:
    """The additional loss of women who mentor when all are matched, a year per 100, tested against 0 (Student's t over seeds)."""
    return mean_finding([each["matched_lost_women"] - each["unmatched_lost_women"] for each in seen])


def changed(seen: Sequence[Seen], what: str, whom: str) -> Finding:
    """How a link of the loop changes for women or men when all are matched: the mean over seeds, tested against 0."""
    return mean_finding(
        [np.mean(each[f"matched_{what}_{whom}"]) - np.mean(each[f"unmatched_{what}_{whom}"]) for each in seen]
    )


def also(seen: Sequence[Seen]) -> dict[str, float]:
    """The effects of matching on load, burnout and number of women, and on men."""
    return {
        "mentees more of a woman who mentors": changed(seen, "load", "women").value,
        "women more among mentors, of the 60": changed(seen, "there", "women").value,
        "burnout more of a woman who mentors (0 to 1)": changed(seen, "burnout", "women").value,
        "burnout more of a man who mentors (0 to 1)": changed(seen, "burnout", "men").value,
        "men lost more a year, per 100": changed(seen, "lost", "men").value,
    }


def link(ax: Axes, what: str, on: Arm, off: Arm) -> None:
    """Draw one link of the loop: its change by matching for women and men, with the mechanism on and off."""
    measure, ends = CHAIN[what], [0.0]
    for row, (whom, is_on) in enumerate(ROWS):
        arm, name = (on, "on") if is_on else (off, "off")
        found = arm.found if (what, whom) == ("lost", "women") else changed(arm.seen, what, whom)
        mark(ax, row, found, measure, name, "" if found is arm.found else f"{what} of {whom}", across=True)
        ends += [found.value, found.low, found.high]
    ax.axvline(0.0, color=style.INK, linewidth=1.4, linestyle=(0, (4, 2)), zorder=1, gid="chance")
    ax.set_title(f"{measure.label},\n{measure.unit}", fontsize=NOTE + 1)
    ticks_in(ax, measure, across=True)
    ax.set(ylim=(len(ROWS) - 0.4, -0.6), yticks=range(len(ROWS)))
    ax.set_xlim(with_room(ends, measure, 0.24))
    ax.axhline(1.5, color=style.FAINT, linewidth=1.0)
    ax.grid(axis="y", visible=False)
    ax.tick_params(axis="y", length=0)


def draw(on: Arm, off: Arm) -> Figure:
    """Draw the loop link by link, from load to burnout to exits to numbers: what matching changes at each."""
    with mpl.rc_context(SLIDE):
        figure = style.sheet(WIDTH, HEIGHT)
        panels = figure.subplots(1, len(CHAIN), sharey=True)
        for ax, what in zip(panels, CHAIN, strict=True):
            link(ax, what, on, off)
        said = [f"{'On' if is_on else 'Off'}: {whom},\n{'no ' if is_on else ''}protected\ntime" for whom, is_on in ROWS]
        panels[0].set_yticks(range(len(ROWS)), said)
        for label, (_, is_on) in zip(panels[0].get_yticklabels(), ROWS, strict=True):
            label.set_color(LOOKS["on" if is_on else "off"][0])
        for before, after in pairwise(panels):
            arrow = {"arrowstyle": "-|>", "color": style.QUIET, "linewidth": 1.6, "mutation_scale": 16}
            after.annotate("", (0.0, 1.09), (1.0, 1.09), xycoords=after.transAxes, textcoords=before.transAxes, arrowprops=arrow,
                           annotation_clip=False)  # fmt: skip
        key = (f"What changes over {YEARS} years when all are matched by gender, the same people and luck; lines: 95 % intervals; "
               "dashed: no change")  # fmt: skip
        figure.supxlabel(key, fontsize=NOTE - 1)
        claim = "Matching all by gender wears out women who mentor, and more leave"
        headed(figure, on.claimed(claim))
    return figure


PHENOMENON = Phenomenon(
    name="feedback",
    title="Matching all by gender wears out the few women who mentor, and costs some of them; protected time breaks the loop",
    statistic="women among mentors who leave because all are matched by gender (a year, per 100)",
    measure=LOST,
    switch="that mentoring takes time nobody has: every mentor has protected time enough",
    source="S1; D15, D18, E13, E15; Harper et al. 2024, tip 3",
    seeds=160,
    see=see, find=find, draw=draw, also=also,
)  # fmt: skip
