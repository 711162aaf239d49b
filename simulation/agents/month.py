"""The month, agent by agent, in the order of the compiled month; what the institution does is shared with it."""

from typing import Any

import numpy as np

from simulation.allocate import Layout, with_space
from simulation.columns import State
from simulation.program import has_space
from simulation.record import record, tally
from simulation.steps.arrive import arrive
from simulation.steps.assign import assign, assign_optimally, pauses
from simulation.steps.meet import reach
from simulation.steps.who_is_there import mentees_of, mentors_of
from simulation.steps.reflect import commence, reflect
from simulation.steps.strain import count_groups


def come(state: State, layout: Layout, month: int) -> State:
    """The policy starts, people come, staff find their time; gives the state, in larger tables where it needed room."""
    while not has_space(state, layout.setting, month):
        state = with_space(state, layout.setting, month)
    commence(state, layout.plan.levers, layout.plan.start_month, month)
    arrive(state, layout.setting, month)
    reach(state, layout.setting, month)
    return state


def live(scene: Any, layout: Layout) -> None:
    """All agents of all sites live through the month for which people have come."""
    state, month = scene.state, scene.month
    sites = [_who_is_there(state, layout, month, site) for site in range(len(state.sites))]
    waits = pauses(state, layout.setting, month)
    if waits:
        for mentees, mentors in sites:
            _open(*_agents(scene, mentees, mentors))
        assign_optimally(state, layout.setting, month)
    for site, (mentees, mentors) in enumerate(sites):
        people = _agents(scene, mentees, mentors)
        if not waits:
            _open(*people)
            assign(state, layout.setting, month, site)
        _close(scene, layout, mentees, *people)
        record(state, layout.setting, month, mentees, mentors)
    tally(state, month)
    reflect(state, layout.setting, month)


def _who_is_there(state: State, layout: Layout, month: int, site: int) -> tuple[np.ndarray, np.ndarray]:
    return mentees_of(state, layout.setting, month, site), mentors_of(state, site)


def _agents(scene: Any, mentees: np.ndarray, mentors: np.ndarray) -> tuple[list[Any], list[Any]]:
    return [scene.mentees[i] for i in mentees.tolist()], [scene.mentors[j] for j in mentors.tolist()]


def _open(mentees: list[Any], mentors: list[Any]) -> None:
    """The first half of a site's month, until the program brings people together."""
    for mentee in mentees:
        mentee.need()
    for mentee in mentees:
        mentee.hear()
    for mentor in mentors:
        mentor.schedule()


def _close(scene: Any, layout: Layout, rows: np.ndarray, mentees: list[Any], mentors: list[Any]) -> None:
    """The second half of a site's month."""
    for mentee in sorted([mentee for mentee in mentees if mentee.seek()], key=lambda mentee: mentee.turn):
        mentee.ask()
    for mentor in mentors:
        mentor.meet()
    for step in ("meet", "learn"):
        _each(mentees, step)
    _each(mentors, "learn")
    count_groups(scene.state, layout.setting, rows)
    _each(mentees, "strain")
    _each(mentors, "strain")
    _each(mentees, "evaluate")
    _each(mentees, "part")
    _look_around(scene, mentees)
    _each(mentees, "norm")
    _each(mentors, "leave")
    _each(mentees, "leave")


def _each(agents: list[Any], step: str) -> None:
    for agent in agents:
        getattr(agent, step)()


def _look_around(scene: Any, mentees: list[Any]) -> None:
    """How visible moving on is in each unit of a site; old endings fade."""
    if not mentees:
        return
    units, sites = scene.units, scene.sites
    site = units["site"][mentees[0].unit]
    sites["moved_on"][site], sites["heads"][site] = 0.0, 0
    for unit in range(sites["first_unit"][site], sites["end_unit"][site]):
        units["moved_on"][unit], units["heads"][unit] = 0.0, 0
    for mentee in mentees:
        mentee.fade()
        seen, unit = mentee.moved_on, mentee.unit
        units["moved_on"][unit] += seen
        sites["moved_on"][site] += seen
        units["heads"][unit] += 1
        sites["heads"][site] += 1
