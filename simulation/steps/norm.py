"""What people see others do becomes normal, or does not."""

from simulation.draws import Purpose, normal, uniform
from simulation.jit import inner, rule
from simulation.rules import norm as rules
from simulation.scenario.levers import Lever


@inner
def look_around(state, setting, mentees_here):
    """How visible moving on is in each unit of a site; old endings fade."""
    mentees, units, sites = state.mentees, state.units, state.sites
    site = units[mentees[mentees_here[0]].unit].site if len(mentees_here) else 0
    sites[site].moved_on, sites[site].heads = 0.0, 0
    for unit in range(sites[site].first_unit, sites[site].end_unit):
        units[unit].moved_on, units[unit].heads = 0.0, 0
    for i in mentees_here:
        mentees[i].moved_on = rules.faded(mentees[i].moved_on, setting.rules.norm)
        unit = mentees[i].unit
        units[unit].moved_on += mentees[i].moved_on
        sites[site].moved_on += mentees[i].moved_on
        units[unit].heads += 1
        sites[site].heads += 1


@inner
def norm_of(state, setting, i):
    """Whether moving on is normal to one mentee, by what is seen of others."""
    mentees, units, sites = state.mentees, state.units, state.sites
    unit = mentees[i].unit
    site, own = units[unit].site, mentees[i].moved_on
    near = (units[unit].moved_on - own) / max(units[unit].heads - 1, 1)
    far = (sites[site].moved_on - own) / max(sites[site].heads - 1, 1)
    committed = min(setting.context.committed + state.levers[Lever.ROLE_MODELS], 1.0)
    share = rules.seen(near, far, committed, setting.rules.norm)
    z = normal(state.streams[0, Purpose.THRESHOLD], i, 0)
    accepted = rules.normal(mentees[i].normal == 1, share, z, setting.rules.norm)
    devoted = uniform(state.streams[0, Purpose.COMMITTED], i, 0) < committed
    mentees[i].normal = 1 if accepted or devoted else 0


@rule
def norm(state, setting, month, mentees_here, mentors_here):
    """The norm moves."""
    look_around(state, setting, mentees_here)
    for i in mentees_here:
        norm_of(state, setting, i)
