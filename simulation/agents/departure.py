"""People whom somebody takes out: `agent.remove()` is the step of leaving, decided by hand.

They leave at the end of the month that was lived last, which is then counted again; during a step, at the end of the month
under way, since others reckon with them until then.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np

from simulation.agents.fields import in_rows
from simulation.columns import MONTH
from simulation.record import record, tally
from simulation.rows import empty
from simulation.steps.leave import drop_ties, resign, withdraw
from simulation.steps.who_is_there import mentees_of, mentors_of
from simulation.ties import MENTOR_LEFT

OUTSIDE = 1  # where those go whom somebody takes out: no other school of the world takes them
# What a month counts as it happens; all else is counted at its end, over those who are still there.
AS_IT_HAPPENS = (
    "new_ties", "new_sparks", "closures", "moving_on", "ended_well", "left", "graduated", "mentors_left", "support",
    "funding", "cost", "cost_cash", "cost_protected", "unpaid_mentor_time", "unpaid_mentee_time", "spent", "contact_hours",
)  # fmt: skip


def depart(model: Any, people: Iterable[Any]) -> None:
    """Take people out now, or during a step at its end. Who is gone already only leaves Mesa's lists."""
    here = [person for person in people if person.active == 1]
    for person in people:
        if person.active != 1:
            model.forget(person)
    if model.going is not None:
        model.going += [person for person in here if person not in model.going]
    elif here:
        for person in here:
            _go(model, max(model.month - 1, 0), person)
        if model.month > 0:
            count_again(model, model.month - 1)


def _go(model: Any, month: int, person: Any) -> None:
    """One person leaves in a month, as in the step of leaving."""
    state, done = model.in_rows[0], model.text.own
    if person.kind == "mentee":
        done(withdraw)(state, month, person.record, OUTSIDE)
    else:
        done(resign)(state.posts, state.months[month], month, person.record)
        for row in np.flatnonzero((state.ties["mentor"] == person.row).any(axis=1)):
            done(drop_ties)(state, month, state.mentees[row], MENTOR_LEFT)
    model.forget(person)


def count_again(model: Any, month: int) -> None:
    """Count a month again, over those who are there now."""
    state, setting = model.in_rows
    again = state._replace(months=in_rows(empty(MONTH, len(state.months))))
    for site in range(len(state.sites)):
        record(again, setting, month, mentees_of(again, setting, month, site), mentors_of(again, site))
    tally(again, month)
    for name in MONTH.names:
        if name not in AS_IT_HAPPENS:
            state.months[name][month] = again.months[name][month]
