"""How tests run a world and look into it: whole runs, single months, and what may differ between two."""

import numpy as np

from simulation.allocate import allocate, lay_out, with_space
from simulation.program import begin_month, has_space, open_site
from simulation.run import advance_to

PEOPLE = ("mentees", "ties", "records", "mentors", "posts")


def ran(world, policy, seed, months=None):
    """The state after a run, and its layout."""
    layout = lay_out(world, policy, world.people.months if months is None else months)
    return advance_to(allocate(layout, seed, False), layout, 0, layout.months), layout


def month_by_month(world, policy, seed):
    """The state after each month, with the month."""
    layout = lay_out(world, policy, world.people.months)
    state = allocate(layout, seed, False)
    for month in range(layout.months):
        state = advance_to(state, layout, month, month + 1)
        yield month, state, layout


def opened(world, policy, seed, month):
    """The state in the middle of a month, before the program brings people together, and its layout."""
    layout = lay_out(world, policy, max(world.people.months, month + 1))
    state = advance_to(allocate(layout, seed, False), layout, 0, month)
    if not has_space(state, layout.setting, month):
        state = with_space(state, layout.setting, month)
    begin_month(state, layout.setting, layout.plan, month)
    for site in range(len(state.sites)):
        open_site(state, layout.setting, month, site)
    return state, layout


def copied(state):
    """A state that shares no row with this one."""
    return type(state)(*(rows.copy() for rows in state))


def used(state) -> dict[str, np.ndarray]:
    """The rows in use, a plain array each."""
    rows = {name: np.asarray(getattr(state, name)) for name in PEOPLE}
    rows["mentors"] = rows["mentors"][: int(state.counts.mentors)]
    rows["records"] = rows["records"][: int(state.counts.records)]
    # what an ended tie leaves behind in its slot is never read again, and how many slots there are is no fact
    live = rows["ties"][rows["ties"]["mentor"] >= 0]
    rows["ties"] = live[np.argsort(live["number"])]
    return rows


def same(one, other, but=()) -> list[str]:
    """The columns, as table.column, in which two sets of rows differ; empty when they are the same to the bit."""
    differing = []
    for table in one:
        a, b = one[table], other[table]
        if a.shape != b.shape:
            differing.append(f"{table} has {a.shape} and {b.shape} rows")
            continue
        for name in a.dtype.names:
            if f"{table}.{name}" not in but and a[name].tobytes() != b[name].tobytes():
                differing.append(f"{table}.{name}")
    return differing


def left(state) -> np.ndarray:
    """The month in which each mentee left; -1 for those who stay or graduated."""
    mentees = np.asarray(state.mentees)
    return np.where(mentees["active"] == 2, mentees["exit_month"], -1)
