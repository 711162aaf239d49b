"""People leave by hazard and graduate; nobody gone holds a tie."""

from simulation.draws import Purpose, uniform
from simulation.jit import inner, rule
from simulation.rules import leave as rules
from simulation.scenario.compiled_setting import EXIT_HAZARD
from simulation.steps.who_is_there import site_of
from simulation.ties import BY_EXIT, GRADUATED, MENTEE_LEFT, MENTOR_LEFT, close_tie, is_live, key_of


@inner
def resign(posts, row, month, mentor):
    """A mentor leaves, and the post is vacant; `row` is the month's."""
    mentor.active, mentor.exit_month = 0, month
    posts[mentor.post].occupant = -1
    row.mentors_left += 1


@inner
def mentor_leave_of(state, setting, month, mentor):
    """One mentor leaves, or stays."""
    base = setting.hazards.mentors * state.calendar[month, EXIT_HAZARD]
    worn = mentor.burnout - setting.rules.mentor_strain.burnout
    hazard = rules.mentor_hazard(base, worn, setting.rules.leave)
    if rules.leaves(uniform(state.streams[month, Purpose.MENTOR_LEAVE], key_of(mentor), 0), hazard):
        resign(state.posts, state.months[month], month, mentor)


@inner
def drop_ties(state, month, mentee, reason):
    """All ties of a mentee end with an exit; with the reason of mentors who left, only theirs."""
    for tie in state.ties[mentee.row]:
        if is_live(tie) and (reason != MENTOR_LEFT or state.mentors[tie.mentor].active == 0):
            close_tie(state, month, tie, BY_EXIT, reason, 0)


@inner
def withdraw(state, month, mentee, exit_to):
    """A mentee leaves, for another school (0) or outside (1)."""
    mentee.active, mentee.exit_month, mentee.exit_to = 2, month, exit_to
    drop_ties(state, month, mentee, MENTEE_LEFT)
    state.months[month].left += 1


@inner
def hazard_of(calendar, sites, units, setting, month, mentee):
    """The yearly hazard of a mentee this month, after what the month did to them."""
    p = setting.rules
    base = setting.hazards.first_year if month - mentee.cohort < 12 else setting.hazards.later_years
    for a in range(setting.attributes):
        base *= setting.hazard_ratio[a, mentee.group[a]]
    base *= calendar[month, EXIT_HAZARD] * site_of(sites, units, mentee).hazard
    belonging, burnout = mentee.belonging - p.strain.belonging, mentee.burnout - p.strain.burnout
    return rules.hazard(base, belonging, burnout, mentee.output, p.leave)


@rule
def odds_of_leaving(state, setting, month, row):
    """The chance that a mentee had of leaving in a month that is over, and the luck; who is told of it must have been there."""
    hazard = hazard_of(state.calendar, state.sites, state.units, setting, month, state.mentees[row])
    return rules.chance(hazard), uniform(state.streams[month, Purpose.LEAVE], row, 0)


@inner
def leave_of(state, setting, month, mentee):
    """One mentee leaves, graduates or stays; ties with mentors who left end."""
    age = month - mentee.cohort
    drop_ties(state, month, mentee, MENTOR_LEFT)
    hazard = hazard_of(state.calendar, state.sites, state.units, setting, month, mentee)
    if rules.leaves(uniform(state.streams[month, Purpose.LEAVE], mentee.row, 0), hazard):
        elsewhere = uniform(state.streams[0, Purpose.DESTINATION], mentee.row, 0) < setting.hazards.other_school
        withdraw(state, month, mentee, 0 if elsewhere else 1)
    elif setting.graduates and age + 1 == 12 * setting.years:
        mentee.active, mentee.exit_month = 3, month
        drop_ties(state, month, mentee, GRADUATED)
        state.months[month].graduated += 1


@rule
def leave(state, setting, month, mentees, mentors):
    """People leave, graduate or stay."""
    for j in mentors:
        mentor_leave_of(state, setting, month, state.mentors[j])
    for i in mentees:
        leave_of(state, setting, month, state.mentees[i])
