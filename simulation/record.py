"""What is measured each month, and what makes a mentor current, meaningful or primary."""

from simulation.draws import Purpose, normal
from simulation.jit import inner, rule
from simulation.rules import survey
from simulation.steps.strain import RECENT
from simulation.ties import MENTOR_KEY, REDEFINITION, quality_of

PRIMARY_AGE = 12  # months


@inner
def is_current(ties, i, s):
    """Whether the tie in a slot is live, carries load and had contact in the last three months."""
    return ties[i, s].mentor >= 0 and ties[i, s].phase != REDEFINITION and ties[i, s].silent <= RECENT


@inner
def rating(state, setting, i, s):
    """The 1-5 rating that a mentee would give the mentor in a slot."""
    p, who = setting.rules.survey, state.mentors[state.ties[i, s].mentor].mentor + MENTOR_KEY
    z = normal(state.streams[0, Purpose.SURVEY], i, who)
    return survey.answer(state.ties[i, s].satisfaction, z, p.leniency, p)


@rule
def standing(state, setting, month, i):
    """Whether a mentee has a current, a meaningful and a primary mentor, and the best rating given (0 for none)."""
    ties, current, primary, best = state.ties, False, False, 0
    for s in range(ties.shape[1]):
        if is_current(ties, i, s):
            current = True
            best = max(best, rating(state, setting, i, s))
            age = month - ties[i, s].start + 1
            primary = primary or (age >= PRIMARY_AGE and ties[i, s].streak >= setting.rules.spark.months)
    return current, best >= 4, primary, best


@inner
def record_mentee(state, setting, month, i):
    """Add one mentee to the month."""
    mentee, row = state.mentees[i], state.months[month]
    current, meaningful, _, _ = standing(state, setting, month, i)
    row.mentees += 1
    row.mentored_share += current
    row.meaningful_share += meaningful
    row.mentoring_satisfaction += mentee.mentoring_satisfaction if current else 0.0
    row.job_satisfaction += mentee.job_satisfaction
    row.need_coverage += mentee.need_coverage
    row.belonging += mentee.belonging
    row.burnout += mentee.burnout
    row.output += mentee.output
    row.norm_share += mentee.normal
    for d in range(setting.domains):
        row.skill += mentee.skill[d] / setting.domains
    for s in range(state.ties.shape[1]):
        tie = state.ties[i, s]
        if tie.mentor >= 0 and tie.phase != REDEFINITION:
            row.live_ties += 1
            row.spark_share += tie.spark >= 0
            row.quality += quality_of(state.ties, i, s)


@rule
def record(state, setting, month, mentees_here, mentors_here):
    """Add a site to the month: sums, which `tally` makes means."""
    row = state.months[month]
    for i in mentees_here:
        if state.mentees[i].active == 1:
            record_mentee(state, setting, month, i)
    for j in mentors_here:
        mentor = state.mentors[j]
        if mentor.active == 1:
            row.mentors += 1
            row.mentor_load += mentor.load
            row.mentor_burnout += mentor.burnout
            row.mentor_satisfaction += mentor.satisfaction


@rule
def tally(state, month):
    """Make the month's sums means over those who are there."""
    row = state.months[month]
    mentees, mentors, ties = max(row.mentees, 1), max(row.mentors, 1), max(row.live_ties, 1)
    if row.mentored_share > 0.0:
        row.mentoring_satisfaction /= row.mentored_share
    row.mentored_share /= mentees
    row.meaningful_share /= mentees
    row.job_satisfaction /= mentees
    row.need_coverage /= mentees
    row.belonging /= mentees
    row.burnout /= mentees
    row.output /= mentees
    row.skill /= mentees
    row.norm_share /= mentees
    row.spark_share /= ties
    row.quality /= ties
    row.mentor_load /= mentors
    row.mentor_burnout /= mentors
    row.mentor_satisfaction /= mentors
