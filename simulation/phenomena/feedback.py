"""Unintended feedback: matching all by gender loads the few mentors who match, wears them out, and they leave.

Fewer are then left to match, and carry more. Time protected for mentoring breaks the loop: the load stays, the wear does
not. The policies compared are the same but for the matching, and the people and their luck are the same too.
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
from simulation.figures.panels import OFF, ON, on_and_off
from simulation.judgement import Z
from simulation.phenomena.phenomenon import Finding, Phenomenon, Seen, mean_finding
from simulation.run import advance_to
from simulation.scenario.policy import Policy
from simulation.scenario.world import World

YEARS = 10  # as in the roster that gives the world its exits (E2)
ENOUGH = 20.0  # hours a month of protected time with which hardly a mentor is ever asked for more than there is
MEN, WOMEN = 0, 1  # places of the groups in the world's first attribute
POLICIES = {True: "identity_required", False: "multi_discipline"}  # by whether all are matched

# 60 mentors, a quarter of them women, for 200 faculty, nearly half of them women; everybody takes part, is helped to
# choose, and leaders stand behind it, so that the two halves of the study differ in protected time alone. That protected
# mentoring gives meaning (E15) is left out: with it protected time does more than break the loop, and matching, which
# gives more women a mentee, would lower their losses a little.
SHORT = {
    "people.mentors": 60, "context.awareness": 1.0, "context.volunteers": 1.0, "parameters.mentor_strain.meaning": 0.0,
}  # fmt: skip
CHOSEN = {
    "prioritize.leadership_support": 1.0, "empower.pairing": "facilitated", "empower.first_meetings": 3,
    "empower.workshop_hours": 4.0,
}  # fmt: skip


@cache
def laid_out(matched: bool, on: bool) -> Layout:
    """The short supply under one policy: all matched by gender or nobody, without or with enough protected time."""
    levers = {**CHOSEN, "match.attributes": ["gender"], "prioritize.protected_hours": 0.0 if on else ENOUGH}
    world, policy = World.load("junior_faculty").with_(SHORT), Policy.load(POLICIES[matched]).with_(levers)
    return lay_out(world, policy, 12 * YEARS)


def mean_of(state: State, group: int, column: str) -> float:
    """The mean of a column over the mentors of a group who are there."""
    mentors = state.mentors[: state.counts.mentors]
    return float(mentors[column][(mentors["active"] == 1) & (mentors["group"][:, 0] == group)].mean())


def stayed(state: State, group: int) -> tuple[float, float]:
    """How many mentors of a group were there, the mean month, and how many left, per 100 who were there for a year."""
    mentors = state.mentors[: state.counts.mentors]
    ours = mentors[mentors["group"][:, 0] == group]
    gone = ours["exit_month"] >= 0
    months = np.where(gone, ours["exit_month"] + 1, 12 * YEARS) - ours["joined"]
    return float(months.sum() / (12 * YEARS)), float(100.0 * gone.sum() / (months.sum() / 12.0))


def lived(matched: bool, seed: int, on: bool) -> dict[str, float | np.ndarray]:
    """Ten years under one policy: of each group, burnout at the start and after each year, load, numbers, losses."""
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
    """With one seed: of men and women, matched and not: burnout by year (11), load, numbers, losses a year per 100."""
    seen = {}
    for matched, name in ((True, "matched"), (False, "unmatched")):
        seen |= {f"{name}_{what}": value for what, value in lived(matched, seed, on).items()}
    return seen


def find(seen: Sequence[Seen]) -> Finding:
    """Women among mentors who are lost because all are matched, a year per 100, against none (Student's t over seeds)."""
    return mean_finding([each["matched_lost_women"] - each["unmatched_lost_women"] for each in seen])


def also(seen: Sequence[Seen]) -> dict[str, float]:
    """What matching does to the load, to the burnout and to the number of women, and what it does to men."""

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
                mean, error = years.mean(axis=0), years.std(axis=0, ddof=1) / np.sqrt(len(years))
                label = f"{group}, {'all matched' if matched == 'matched' else 'nobody matched'}"
                ax.plot(range(YEARS + 1), mean, color=colour, linestyle=dashes, linewidth=2.8, label=label)
                ax.fill_between(
                    range(YEARS + 1), mean - Z * error, mean + Z * error, color=colour, alpha=0.15, linewidth=0
                )
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
    see=see,
    find=find,
    draw=draw,
    also=also,
)
