"""What people see others do becomes normal, or does not."""

from simulation.draws import Purpose, normal, uniform
from simulation.jit import inner, rule
from simulation.rules import norm as rules
from simulation.steps.who_is_there import is_promoted, site_of


@rule
def look_around(state, setting, month, site, mentees):
    """How visible moving on is among the mentees of each unit of a site; old endings fade."""
    place, units = state.sites[site], state.units
    place.moved_on, place.heads = 0.0, 0
    for unit in range(place.first_unit, place.end_unit):
        units[unit].moved_on, units[unit].heads = 0.0, 0
    for i in mentees:
        mentee = state.mentees[i]
        mentee.moved_on = rules.faded(mentee.moved_on, setting.rules.norm)
        if is_promoted(setting, month, mentee):
            continue
        unit = units[mentee.unit]
        unit.moved_on += mentee.moved_on
        unit.heads += 1
        place.moved_on += mentee.moved_on
        place.heads += 1


@inner
def norm_of(state, setting, month, mentee):
    """Whether moving on is normal to one mentee, by what is seen of others; to the promoted it stays as it was."""
    if is_promoted(setting, month, mentee):
        return
    unit, site, own = state.units[mentee.unit], site_of(state.sites, state.units, mentee), mentee.moved_on
    near = (unit.moved_on - own) / max(unit.heads - 1, 1)
    far = (site.moved_on - own) / max(site.heads - 1, 1)
    committed = min(setting.context.committed + state.levers.move_on.role_models, 1.0)
    share = rules.seen(near, far, committed, setting.rules.norm)
    z = normal(state.streams[0, Purpose.THRESHOLD], mentee.row, 0)
    accepted = rules.normal(mentee.normal == 1, share, z, setting.rules.norm)
    devoted = uniform(state.streams[0, Purpose.COMMITTED], mentee.row, 0) < committed
    mentee.normal = 1 if accepted or devoted else 0


@rule
def norm(state, setting, month, mentees):
    """The norm moves."""
    for i in mentees:
        norm_of(state, setting, month, state.mentees[i])
