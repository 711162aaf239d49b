"""Needs drift with stage, jump with events, and workshops make them clearer."""

from simulation.draws import Purpose, stream, uniform
from simulation.jit import rule
from simulation.rules import learn
from simulation.rules import need as rules
from simulation.scenario.flat import NEW_NEED
from simulation.scenario.levers import Lever
from simulation.steps.presence import aware


@rule
def need_of(state, setting, seed, month, i):
    """One mentee's needs and clarity after a month."""
    mentees, p = state.mentees, setting.rules.need
    year = min(max(month - mentees[i].cohort, 0) // 12, setting.years - 1)
    domains = setting.domains
    for d in range(domains):
        mentees[i].need[d] = rules.drifted(mentees[i].need[d], setting.need[d, year], p)
        mentees[i].skill[d] = rules.practised(mentees[i].skill[d], p)
    if rules.jumps(uniform(stream(seed, Purpose.NEED_JUMP, month), i, 0), state.calendar[month, NEW_NEED], p):
        d = int(uniform(stream(seed, Purpose.NEED_DOMAIN, month), i, 0) * domains)
        mentees[i].need[d] = rules.jumped(mentees[i].need[d], p)
    hours = state.levers[Lever.WORKSHOP_HOURS] * state.institution.funding / 12.0
    if hours > 0.0 and aware(state, setting, seed, i):
        q = setting.rules.learn
        mentees[i].clarity = learn.taught(mentees[i].clarity, hours, q.workshop, q.course_hours)
        state.institution.month_cost += hours * setting.prices.mentee_hour


@rule
def need(state, setting, seed, month, mentees_here, mentors_here):
    """Every mentee's needs move."""
    for i in mentees_here:
        need_of(state, setting, seed, month, i)
