"""People leave by hazard and graduate; nobody gone holds a tie."""

from simulation.draws import Purpose, uniform
from simulation.jit import inner, rule
from simulation.rules import leave as rules
from simulation.scenario.flat import EXIT_HAZARD
from simulation.ties import BY_EXIT, GRADUATED, MENTEE_LEFT, MENTOR_KEY, MENTOR_LEFT, close_tie


@inner
def mentor_leave_of(state, setting, month, j):
    """One mentor leaves, or stays."""
    mentors = state.mentors
    base = setting.hazards.mentors * state.calendar[month, EXIT_HAZARD]
    worn = mentors[j].burnout - setting.rules.mentor_strain.burnout
    hazard = rules.mentor_hazard(base, worn, setting.rules.leave)
    if rules.leaves(uniform(state.streams[month, Purpose.MENTOR_LEAVE], mentors[j].mentor + MENTOR_KEY, 0), hazard):
        mentors[j].active, mentors[j].exit_month = 0, month
        state.posts[mentors[j].post].occupant = -1
        state.months[month].mentors_left += 1


@inner
def drop_ties(state, month, i, reason):
    """All ties of a mentee end with an exit; with the reason of mentors who left, only theirs."""
    ties = state.ties
    for s in range(ties.shape[1]):
        j = ties[i, s].mentor
        if j >= 0 and (reason != MENTOR_LEFT or state.mentors[j].active == 0):
            close_tie(state, i, s, month, BY_EXIT, reason, 0)


@inner
def leave_of(state, setting, month, i):
    """One mentee leaves, graduates or stays; ties with mentors who left end."""
    mentees, p = state.mentees, setting.rules
    drop_ties(state, month, i, MENTOR_LEFT)
    age = month - mentees[i].cohort
    base = setting.hazards.first_year if age < 12 else setting.hazards.later_years
    for a in range(setting.attributes):
        base *= setting.hazard_ratio[a, mentees[i].group[a]]
    base *= state.calendar[month, EXIT_HAZARD] * state.sites[state.units[mentees[i].unit].site].hazard
    belonging = mentees[i].belonging - p.strain.belonging
    hazard = rules.hazard(base, belonging, mentees[i].burnout - p.strain.burnout, p.leave)
    if rules.leaves(uniform(state.streams[month, Purpose.LEAVE], i, 0), hazard):
        elsewhere = uniform(state.streams[0, Purpose.DESTINATION], i, 0) < setting.hazards.other_school
        mentees[i].active, mentees[i].exit_month = 2, month
        mentees[i].exit_to = 0 if elsewhere else 1
        drop_ties(state, month, i, MENTEE_LEFT)
        state.months[month].left += 1
    elif setting.graduates and age + 1 == 12 * setting.years:
        mentees[i].active, mentees[i].exit_month = 3, month
        drop_ties(state, month, i, GRADUATED)
        state.months[month].graduated += 1


@rule
def leave(state, setting, month, mentees_here, mentors_here):
    """Those who go, go."""
    for j in mentors_here:
        mentor_leave_of(state, setting, month, j)
    for i in mentees_here:
        leave_of(state, setting, month, i)
