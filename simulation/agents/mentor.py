"""A mentor as a Mesa agent: the behaviours of a month, each to be overridden by a subclass."""

from typing import Any

import mesa
import numpy as np

from simulation.agents.behaviour import does, lives
from simulation.agents.departure import depart
from simulation.agents.fields import shows
from simulation.agents.names import Discipline, group_of, set_group
from simulation.columns import MENTOR
from simulation.steps.acquaint import impression_of_mentee
from simulation.steps.seek import answers, approaches
from simulation.ties import MENTOR_KEY


@shows(MENTOR)
@lives("mentor")
class Mentor(mesa.Agent):
    """A mentor: attributes as in `columns.MENTOR`; `mentor` is the id.

    Discipline and identities are names, as in the tables: `mentor.discipline`, `mentor.gender`.

    Every step of the month that takes mentors is a method of its name, such as `strain`. A subclass overrides what it does
    otherwise; `super()` is what everybody does.
    """

    kind = "mentor"
    discipline = Discipline()
    __getattr__, __setattr__ = group_of, set_group

    def __init__(self, model: Any, row: int | None = None):
        model.enrol(self, row)
        super().__init__(model)
        self.row, self.alone = row, np.array([row])
        self.key = self.mentor + MENTOR_KEY  # by which luck is drawn
        self.unique_id = self.key

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.mentor})"

    def remove(self) -> None:
        """Leave, as in the step of leaving: at the end of the month lived last, or of the one under way."""
        depart(self.model, [self])

    @property
    def record(self) -> Any:
        """The row."""
        return self.model.in_rows[0].mentors[self.row]

    @does(approaches)
    def approaches(self, mentee: Any, chance: float) -> bool:
        """Whether to offer help to a mentee who is seeking, likelier to one like oneself."""

    @does(answers)
    def answer(self, mentee: Any, domain: int, met: bool, agreed: bool, nth: int) -> bool:
        """Whether to say yes to a mentee's `nth` ask of the month, for help in a domain.

        `met` tells whether the two have met, `agreed` whether the program shows this mentor as one who agreed beforehand.
        """

    @does(impression_of_mentee)
    def impression_of(self, mentee: Any) -> float:
        """The first impression of a mentee, in standard deviations."""
