"""A tie as an object: a view of one slot of a mentee."""

from typing import Any

from simulation.agents.fields import shows
from simulation.columns import TIE
from simulation.rules import engage
from simulation.ties import REDEFINITION


@shows(TIE)
class Tie:
    """A live tie, seen through its slot. `number` tells which tie it is, for a slot is filled again.

    Attributes are those of `columns.TIE`; `holder` is the mentee, `partner` the mentor, `mentor` the mentor's row.
    """

    def __init__(self, holder: Any, slot: int):
        self.holder, self.slot = holder, slot

    def __repr__(self) -> str:
        return f"Tie({self.number}: mentee {self.holder.row}, mentor {self.partner.mentor}, quality {self.quality:.2f})"

    @property
    def record(self) -> Any:
        """The slot."""
        return self.holder.model.in_rows[0].ties[self.holder.row, self.slot]

    @property
    def partner(self) -> Any:
        """The mentor."""
        return self.holder.model.person("mentor", self.mentor)

    @property
    def quality(self) -> float:
        """The quality of the tie, now."""
        return engage.quality(self.mentee_engagement, self.mentor_engagement)

    @property
    def carries_load(self) -> bool:
        """Whether the tie is more than an acquaintance of colleagues."""
        return self.phase != REDEFINITION
