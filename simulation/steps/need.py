"""Needs drift with stage, jump with events, and workshops make them clearer."""

from simulation.draws import Purpose, uniform
from simulation.jit import inner, rule
from simulation.rules import learn
from simulation.rules import need as rules
from simulation.scenario.flat import NEW_NEED
from simulation.scenario.levers import Lever
from simulation.steps.presence import aware


@inner
def need_of(state, setting, month, i):
    """One mentee's needs and clarity after a month."""
    mentees, p = state.mentees, setting.rules.need
    year = min(max(month - mentees[i].cohort, 0) // 12, setting.years - 1)
    domains = setting.domains
    for d in range(domains):
        mentees[i].need[d] = rules.drifted(mentees[i].need[d], setting.need[d, year], p)
        mentees[i].skill[d] = rules.practised(mentees[i].skill[d], p)
    if rules.jumps(uniform(state.streams[month, Purpose.NEED_JUMP], i, 0), state.calendar[month, NEW_NEED], p):
        d = int(uniform(state.streams[month, Purpose.NEED_DOMAIN], i, 0) * domains)
        mentees[i].need[d] = rules.jumped(mentees[i].need[d], p)
    hours = state.levers[Lever.WORKSHOP_HOURS] * state.institution.funding / 12.0
    if hours > 0.0 and aware(state, setting, i):
        q = setting.rules.learn
        mentees[i].clarity = learn.taught(mentees[i].clarity, hours, q.workshop, q.course_hours)
        state.institution.month_cost += hours * setting.prices.mentee_hour


@rule
def need(state, setting, month, mentees_here, mentors_here):
    """Every mentee's needs move."""
    for i in mentees_here:
        need_of(state, setting, month, i)
