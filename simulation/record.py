"""What is measured each month, and what makes a mentor current, meaningful or primary."""

from simulation.draws import Purpose, normal
from simulation.jit import inner, rule
from simulation.rules import survey
from simulation.steps.strain import is_recent
from simulation.steps.who_is_there import is_offered, is_promoted
from simulation.ties import carries_load, held, key_of, quality_of

PRIMARY_AGE = 12  # months


@inner
def rating(streams, setting, mentee, mentor, satisfaction):
    """The 1-5 rating that a mentee would give a mentor, by satisfaction with their tie."""
    p, z = setting.rules.survey, normal(streams[0, Purpose.SURVEY], mentee.row, key_of(mentor))
    return survey.answer(satisfaction, z, p.leniency, p)


@rule
def mentor_status(state, setting, month, mentee):
    """Whether a mentee has a current, a meaningful and a primary mentor, and the best rating given (0 for none)."""
    current, primary, best = False, False, 0
    for tie in state.ties[mentee.row]:
        if is_recent(tie):
            current = True
            best = max(best, rating(state.streams, setting, mentee, state.mentors[tie.mentor], tie.satisfaction))
            age = month - tie.start + 1
            primary = primary or (age >= PRIMARY_AGE and tie.streak >= setting.rules.spark.months)
    return current, best >= 4, primary, best


@inner
def record_mentee(state, setting, month, mentee):
    """Add one mentee to the month."""
    row = state.months[month]
    current, meaningful, _, _ = mentor_status(state, setting, month, mentee)
    row.mentees += 1
    row.offered += is_offered(state.streams, state.levers, mentee)
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
    for tie in state.ties[mentee.row]:
        if carries_load(tie):
            row.live_ties += 1
            row.spark_share += tie.spark >= 0
            row.quality += quality_of(tie)


@rule
def record(state, setting, month, mentees, mentors):
    """Add a site to the month: sums, which `tally` makes means."""
    row = state.months[month]
    for i in mentees:
        mentee = state.mentees[i]
        if mentee.active == 1 and not is_promoted(setting, month, mentee):
            record_mentee(state, setting, month, mentee)
    for j in mentors:
        mentor = state.mentors[j]
        if mentor.active == 1:
            row.mentors += 1
            row.mentor_load += mentor.load
            row.reach += mentor.load > 0
            row.mentor_burnout += mentor.burnout
            row.mentor_satisfaction += mentor.satisfaction


@inner
def watch_mentee(counts, kept, month, mentee, slots):
    """Keep a mentee's month."""
    row = kept[counts.mentee_months]
    counts.mentee_months += 1
    row.mentee, row.month, row.normal, row.mentors = mentee.row, month, mentee.normal, held(slots)
    row.belonging, row.burnout, row.need_coverage = mentee.belonging, mentee.burnout, mentee.need_coverage
    row.mentoring_satisfaction, row.job_satisfaction = mentee.mentoring_satisfaction, mentee.job_satisfaction


@inner
def watch_mentor(counts, kept, month, mentor):
    """Keep a mentor's month."""
    row = kept[counts.mentor_months]
    counts.mentor_months += 1
    row.mentor, row.month, row.load, row.available, row.given = mentor.row, month, mentor.load, mentor.available, mentor.given
    row.burnout, row.satisfaction = mentor.burnout, mentor.satisfaction


@rule
def watch(state, month, mentees, mentors):
    """Keep everybody's month, when the run is traced: as they are when it shows who leaves."""
    if len(state.mentee_months) < state.counts.mentee_months + len(mentees):
        return
    for i in mentees:
        watch_mentee(state.counts, state.mentee_months, month, state.mentees[i], state.ties[i])
    if len(state.mentor_months) < state.counts.mentor_months + len(mentors):
        return
    for j in mentors:
        watch_mentor(state.counts, state.mentor_months, month, state.mentors[j])


@rule
def begin_count(state, plan, month):
    """When a study starts, after its burn-in, sums that only the tables and outcomes have are counted anew."""
    if month != plan.first_month:
        return
    for mentee in state.mentees:
        mentee.months_mentored, mentee.months_sparked, mentee.coverage_sum = 0, 0, 0.0
    for mentor in state.mentors:
        mentor.load_sum, mentor.load_max = 0.0, mentor.load
    state.institution.cost = 0.0


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
    row.reach /= mentors
    row.mentor_burnout /= mentors
    row.mentor_satisfaction /= mentors
