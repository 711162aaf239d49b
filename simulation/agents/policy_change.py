"""Another policy in the middle of a study: the one before ends, as at its end month, and the new one starts."""

from typing import Any

from simulation.allocate import Layout, lay_out
from simulation.columns import TIE, State
from simulation.rows import empty
from simulation.scenario.policy import NEVER, Policy
from simulation.steps.reflect import commence


def change_policy(model: Any, policy: Policy) -> tuple[State, Layout]:
    """End what a model's policy has begun; give the state and the layout under which the next month begins with another."""
    state, layout, month = model.state, model.layout, model.month
    first = layout.plan.first_month
    new = lay_out(model.world, policy, layout.months - first)
    if layout.plan.start_month < month < layout.plan.end_month:
        ending = layout.plan._replace(start_month=first + NEVER, end_month=month)
        commence(state.levers, state.institution, layout.setting, ending, month)
    if new.slots > layout.slots:
        ties = empty(TIE, len(state.mentees), new.slots)
        ties[:, : layout.slots] = state.ties
        state = state._replace(ties=ties)
    starts = max(new.plan.start_month, month) if new.plan.end_month > month else first + NEVER
    plan = new.plan._replace(start_month=starts)
    return state, layout._replace(plan=plan, slots=max(new.slots, layout.slots))
