"""A recording made ready for drawing: who is there in each month, what each tie does, and whose fate differs.

The page has the same in `static/scenes.js`.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from simulation.scenario.counted import counted
from simulation.ties import MOVED_ON, OUTSIDE, REDEFINITION

STRONG = 60  # ties drawn strongly at once
NEVER = np.iinfo(np.int16).max
LEFT = 2  # how a mentee's time ends: of `active` in the columns
BEGINS, SPARKS, ENDS, BREAKS = range(4)  # what happens to a tie; one that breaks ends badly
WEIGHT = np.array([2.0, 3.0, 1.0, 2.0])  # which are drawn where there are too many


class Scene(NamedTuple):
    """One month: rows of people and ties, as masks or lists of row numbers."""

    here: np.ndarray  # of each mentee, whether there at the end of the month
    holds: np.ndarray  # whether a live tie is held
    warmth: np.ndarray  # of the warmest tie that burns, from 0 to 1; 0 for none
    normal: np.ndarray
    gone: np.ndarray  # who left, this month or before
    mentor_here: np.ndarray
    mentor_holds: np.ndarray
    mentor_warmth: np.ndarray
    ties: np.ndarray  # live ties that carry load
    heat: np.ndarray  # of these, quality from 0 to 1
    happens: np.ndarray  # ties to which something happens, the weightiest first
    what: np.ndarray  # what happens to each


class Scenes:
    """The months of one recording."""

    def __init__(self, recording: Mapping[str, np.ndarray]):
        self.recording = r = recording
        self.months = len(r["y_left"])
        shape = self.months, len(r["p_cohort"])
        self._lived, self._normal = np.zeros(shape, bool), np.zeros(shape, bool)
        self._lived[r["s_m"], r["s_p"]], self._normal[r["s_m"], r["s_p"]] = True, r["s_normal"] > 0
        self._mentor_lived = np.zeros((self.months, len(r["k_joined"])), bool)
        self._mentor_lived[r["g_m"], r["g_k"]] = True
        self._heat = np.zeros((self.months, len(r["t_p"])), "f4")
        self._heat[r["q_m"], r["q_t"]] = np.sqrt(r["q_p"].astype("f4") * r["q_k"]) / 255.0

    def at(self, month: int) -> Scene:
        """Give a month as it is when it ends."""
        r = self.recording
        live = (r["t_start"] <= month) & ((r["t_end"] < 0) | (r["t_end"] > month))
        live &= ~((r["t_phase"] == REDEFINITION) & (r["t_since"] <= month))  # colleagues carry no load
        heat = np.where(live, self._heat[month], 0.0)
        burns = live & (r["t_spark"] >= 0) & (r["t_spark"] <= month)
        holds, warmth = _of_people(r["t_p"], len(r["p_cohort"]), live, burns, heat)
        mentor_holds, mentor_warmth = _of_people(r["t_k"], len(r["k_joined"]), live, burns, heat)
        stays, mentor_stays = (((r[name] < 0) | (r[name] > month)) for name in ("p_exit", "k_exit"))
        ties = np.flatnonzero(live)
        return Scene(
            self._lived[month] & stays, holds, warmth, self._normal[month], ~stays & (r["p_how"] == LEFT),
            self._mentor_lived[month] & mentor_stays, mentor_holds, mentor_warmth, ties, heat[ties],
            *self._happenings(month),
        )  # fmt: skip

    def _happenings(self, month: int) -> tuple[np.ndarray, np.ndarray]:
        """The ties to which something happens in a month, each once, the weightiest first; and what it is."""
        r = self.recording
        begun = (month > 0) | (r["t_start"] >= 0)  # what caught fire before the study is told as of its first month
        ends = r["t_end"] == month
        breaks = ends & (r["t_well"] == 0) & (r["t_why"] >= MOVED_ON) & (r["t_why"] <= OUTSIDE)
        kinds = ((ends, ENDS), (r["t_start"] == month, BEGINS), (breaks, BREAKS), ((r["t_spark"] == month) & begun, SPARKS))
        what = np.full(len(ends), -1)
        for happened, kind in kinds:
            what[happened] = kind
        ties = np.flatnonzero(what >= 0)
        weight = WEIGHT[what[ties]] + self._heat[max(month - 1, 0) : month + 1, ties].max(axis=0) / 1.01
        ties = ties[np.argsort(-weight, kind="stable")][:STRONG]
        return ties, what[ties]

    def said(self, title: str) -> str:
        """One sentence about the run, for those who do not see it."""
        r = self.recording
        last, left = self.at(self.months - 1), int((r["p_how"] == LEFT).sum())
        begun, fire = len(r["t_p"]), int((r["t_spark"] >= 0).sum())
        there, held = counted(int(last.here.sum()), "mentees"), int((last.here & last.holds).sum())
        return (
            f"{title}: in {counted(self.months, 'months')}, {counted(begun, 'ties')} were there or began and {fire:,} of them "
            f"caught fire; {counted(left, 'mentees')} left; at the end {held:,} of {there} have a mentor."
        )


def fates(one: Mapping[str, np.ndarray], other: Mapping[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """The months from which, and before which, each mentee has left in one of two recordings and is there in the other."""
    exits = [np.where(r["p_exit"] < 0, NEVER, r["p_exit"]).astype(int) for r in (one, other)]
    left = [np.where(r["p_how"] == LEFT, month, NEVER) for r, month in zip((one, other), exits, strict=True)]
    first = np.where(left[0] == left[1], NEVER, np.minimum(*left))
    return first, np.maximum(*exits)


def _of_people(
    who: np.ndarray, people: int, live: np.ndarray, burns: np.ndarray, heat: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Whether each person holds a live tie, and the heat of the hottest that burns."""
    holds, warmth = np.zeros(people, bool), np.zeros(people)
    holds[who[live]] = True
    np.maximum.at(warmth, who[burns], heat[burns])
    return holds, warmth
