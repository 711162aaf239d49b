"""A mentee as a Mesa agent: the behaviours of a month, each to be overridden by a subclass."""

from typing import Any

import mesa
import numpy as np

from simulation.agents.behaviour import does, lives
from simulation.agents.departure import depart
from simulation.agents.fields import Field, shows
from simulation.agents.names import Discipline, group_of, set_group
from simulation.agents.tie import Tie
from simulation.columns import MENTEE
from simulation.rules import need as rules
from simulation.steps.acquaint import impression_of_mentor
from simulation.steps.encounter import encounter
from simulation.steps.engage import engage_in
from simulation.steps.evaluate import weigh
from simulation.steps.seek import appeal, ask, has_room, pair, seeks, unmet
from simulation.steps.who_is_there import aware


def _people(mentee: Any, found: tuple[np.ndarray, np.ndarray, int]) -> list[tuple[Any, bool]]:
    """Give those in view as people."""
    view, shown, count = found
    seen = zip(view[:count].tolist(), shown[:count].tolist(), strict=True)
    return [(mentee.model.person("mentor", row), by_directory == 1) for row, by_directory in seen]


def _rows(found: list[tuple[Any, bool]]) -> tuple[np.ndarray, np.ndarray, int]:
    """Give those in view as rows."""
    return np.array([mentor.row for mentor, _ in found], int), np.array([int(shown) for _, shown in found], int), len(found)


@shows(MENTEE)
@lives("mentee")
class Mentee(mesa.Agent):
    """A mentee: attributes as in `columns.MENTEE`, with `needs` for its field `need`; `row` is the id.

    Discipline and identities are names, as in the tables: `mentee.discipline`, `mentee.gender`.

    Every step of the month that takes mentees is a method of its name, such as `strain`. A subclass overrides what it does
    otherwise; `super()` is what everybody does.
    """

    kind = "mentee"
    needs, discipline = Field("need"), Discipline()
    __getattr__, __setattr__ = group_of, set_group

    def __init__(self, model: Any, row: int | None = None):
        model.enrol(self, row)
        super().__init__(model)
        self.row, self.unique_id, self.alone = row, row, np.array([row])

    def remove(self) -> None:
        """Leave the field, as in the step of leaving: at the end of the month lived last, or of the one under way."""
        depart(self.model, [self])

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.row})"

    @property
    def record(self) -> Any:
        """The row."""
        return self.model.in_rows[0].mentees[self.row]

    @property
    def live_ties(self) -> list[Tie]:
        """The ties that are live, with colleagues too."""
        mentors = self.model.state.ties["mentor"][self.row].tolist()
        return [Tie(self, slot) for slot, mentor in enumerate(mentors) if mentor >= 0]

    @property
    def loading_ties(self) -> list[Tie]:
        """The live ties that carry load."""
        return [tie for tie in self.live_ties if tie.carries_load]

    def tie(self, number: int) -> Tie:
        """The live tie of a number."""
        return next(tie for tie in self.live_ties if tie.number == number)

    def felt(self, domain: int) -> float:
        """What is felt of a need."""
        return rules.felt(self.needs[domain], self.skill[domain])

    @does(aware)
    def is_aware(self) -> bool:
        """Whether this mentee knows of the program."""

    @does(unmet)
    def unmet(self) -> tuple[int, float]:
        """The domain of the largest felt need that no tie serves, and that need; -1 when all are served."""

    @does(has_room)
    def has_room(self) -> bool:
        """Whether one more mentor may be held: by policy, by slots, by hours."""

    @does(seeks)
    def seek(self) -> bool:
        """Whether to ask this month."""

    @does(ask)
    def ask(self) -> None:
        """Meet who is in view, rank them, and ask until somebody says yes."""

    @does(encounter, as_people=_people, as_rows=_rows)
    def encounter(self, domain: int, directory: bool) -> list[tuple[Any, bool]]:
        """The mentors who come into view with a need in a domain, and whether the directory showed them."""

    @does(appeal)
    def appeal(self, mentor: Any, domain: int, met: bool) -> float:
        """How much a mentor in view appeals, after they `met` or unseen."""

    @does(impression_of_mentor)
    def impression_of(self, mentor: Any) -> float:
        """The first impression of a mentor, in standard deviations."""

    @does(pair)
    def pair(self, mentor: Any, domain: int, via: int, chose: bool, agreed: bool) -> None:
        """A tie begins: both sides start from what they make of each other, and warmer for who chose."""

    @does(engage_in)
    def engage(self, tie: Tie) -> None:
        """Both sides of a tie answer each other for a month."""

    @does(weigh)
    def weigh(self, tie: Tie) -> None:
        """Both sides of a tie decide whether it goes on."""
