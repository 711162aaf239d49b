"""Unintended feedback: matching everybody by gender overloads the few mentors who match, and more of them leave.

Those who stay then carry even more. Time protected for mentoring breaks the loop: the load stays high, but it does not
burn mentors out. The two policies differ only in matching, and people and their luck are the same.
Source: [S1] matching and load; [D15] who the mentors are; [D18] the minority tax; [E13] burnout before exits; [E15]
protected time; Harper et al. 2024, tip 3 ("if desired").
"""

from collections.abc import Sequence
from functools import cache

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MultipleLocator

from simulation.allocate import Layout, allocate, lay_out
from simulation.columns import State
from simulation.figures.panels import OFF, ON, mean_line, on_and_off
from simulation.phenomena.phenomenon import Finding, Phenomenon, Seen, mean_finding
from simulation.run import advance_to
from simulation.scenario.policy import Policy
from simulation.scenario.world import World

YEARS = 10  # as in the study from which the exits of this world come (E2)
ENOUGH = 20.0  # hours a month of protected time; with them hardly any mentor is ever overloaded
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


@cache
def laid_out(matched: bool, on: bool) -> Layout:
    """Lay out the world under one policy: everybody or nobody matched by gender, without (`on`) or with protected time."""
    levers = {**CHOSEN, "match.attributes": ["gender"], "prioritize.protected_hours": 0.0 if on else ENOUGH}
    world, policy = World.load("junior_faculty").with_(SHORT), Policy.load(POLICIES[matched]).with_(levers)
    return lay_out(world, policy, 12 * YEARS)


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


def also(seen: Sequence[Seen]) -> dict[str, float]:
    """The effects of matching on load, burnout and number of women, and on men."""

    def change(what: str) -> float:
        return float(np.mean([np.mean(each[f"matched_{what}"]) - np.mean(each[f"unmatched_{what}"]) for each in seen]))

    return {
        "mentees more of a woman who mentors": change("load_women"),
        "women more among mentors, of the 60": change("there_women"),
        "burnout more of a woman who mentors (0 to 1)": change("burnout_women"),
        "burnout more of a man who mentors (0 to 1)": change("burnout_men"),
        "men lost more a year, per 100": change("lost_men"),
    }


def draw(on: Sequence[Seen], off: Sequence[Seen]) -> Figure:
    """Draw the burnout of women and of men who mentor through ten years, matched and not."""

    def fill(ax: Axes, is_on: bool) -> None:
        for group, colour in (("women", OFF), ("men", ON)):
            for matched, dashes in (("matched", "-"), ("unmatched", (0, (1.5, 1.5)))):
                years = np.array([each[f"{matched}_burnout_{group}"] for each in (on if is_on else off)])
                label = f"{group}, {'all matched' if matched == 'matched' else 'nobody matched'}"
                mean_line(ax, np.arange(YEARS + 1), years, color=colour, linestyle=dashes, linewidth=2.8, label=label)
        ax.yaxis.set_major_locator(MultipleLocator(0.05))
        ax.set(xlim=(0, YEARS), xticks=range(0, YEARS + 1, 2))
        if not is_on:
            ax.legend(loc="upper right", handlelength=2.0)

    names = ("No protected time", "Protected time")
    labels = ("Year", "Burnout of mentors (0 to 1)")
    return on_and_off("Matching all by gender wears out the few women who mentor", names, labels, fill)


PHENOMENON = Phenomenon(
    name="feedback",
    title="Matching all by gender wears out the few women who mentor, and costs some of them; protected time breaks the loop",
    statistic="women among mentors who leave because all are matched by gender (a year, per 100)",
    switch="that mentoring takes time nobody has: every mentor has protected time enough",
    source="S1; D15, D18, E13, E15; Harper et al. 2024, tip 3",
    seeds=160,
    see=see, find=find, draw=draw, also=also,
)  # fmt: skip
