"""Needs drift with stage, jump with events, and workshops make them clearer."""

from simulation.billing import TEACHING, WORKSHOPS
from simulation.draws import Purpose, uniform
from simulation.jit import inner, rule
from simulation.rules import learn
from simulation.rules import need as rules
from simulation.scenario.compiled_setting import NEW_NEED
from simulation.steps.who_is_there import aware


@inner
def need_of(state, setting, month, mentee):
    """One mentee's needs and clarity after a month."""
    p, luck = setting.rules.need, state.streams[month]
    year = min(max(month - mentee.cohort, 0) // 12, setting.years - 1)
    for d in range(setting.domains):
        mentee.need[d] = rules.drifted(mentee.need[d], setting.need[d, year], p)
        mentee.skill[d] = rules.practised(mentee.skill[d], setting.monthly.job_learning)
    drawn, shock = uniform(luck[Purpose.NEED_JUMP], mentee.row, 0), state.calendar[month, NEW_NEED]
    if rules.jumps(drawn, shock, setting.monthly.need_jump):
        d = int(uniform(luck[Purpose.NEED_DOMAIN], mentee.row, 0) * setting.domains)
        mentee.need[d] = rules.jumped(mentee.need[d], p)
    hours = state.levers.empower.workshop_hours * state.institution.funding / 12.0
    if hours > 0.0 and aware(state.streams, state.levers, state.institution, setting, mentee):
        q = setting.rules.learn
        mentee.clarity = learn.taught(mentee.clarity, hours, q.workshop, q.course_hours)
        taught = hours / setting.rules.institution.course_size
        state.institution.spent[WORKSHOPS] += hours * setting.prices.mentee_hour
        state.institution.spent[TEACHING] += taught * setting.prices.staff_hour


@rule
def need(state, setting, month, mentees):
    """Every mentee's needs move."""
    for i in mentees:
        need_of(state, setting, month, state.mentees[i])
