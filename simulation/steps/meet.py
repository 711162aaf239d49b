"""Mentors find time, pairs meet within the hours of both, and staff lend a hand."""

from simulation.billing import MENTEE_MEETINGS, MENTOR_MEETINGS, PROTECTED_TIME, TEACHING, TRAINING
from simulation.draws import Purpose, uniform
from simulation.jit import inner, rule
from simulation.rules import learn as learning
from simulation.rules import meet as rules
from simulation.rules import reflect
from simulation.scenario.compiled_setting import CONTACT, MENTOR_TIME
from simulation.steps.engage import engage_in, watch_spark
from simulation.steps.who_is_there import is_offered
from simulation.ties import carries_load, held, key_of, quality_of


@inner
def schedule_of(state, setting, month, mentor):
    """One mentor's month: whether they volunteer, what time they have, and what training they get."""
    levers, institution = state.levers.prioritize, state.institution
    key, p = key_of(mentor), setting.rules
    share = setting.context.volunteers + p.institution.volunteer * institution.support
    volunteers = uniform(state.streams[0, Purpose.VOLUNTEER], key, 0) < share
    mentor.volunteer = 1 if volunteers else 0
    protected = levers.protected_hours * institution.funding if volunteers else 0.0
    busy = uniform(state.streams[month, Purpose.BUSY], key, 0) < setting.context.busy
    shock = state.calendar[month, MENTOR_TIME]
    mentor.available = rules.available(mentor.hours, protected, busy, p.meet.busy_left, shock)
    mentor.protected, mentor.given, mentor.joy = protected, 0.0, 0.0
    institution.spent[PROTECTED_TIME] += protected * setting.prices.mentor_hour
    hours = levers.training_hours * institution.funding / 12.0
    if volunteers and hours > 0.0:
        mentor.skill = learning.taught(mentor.skill, hours, p.learn.training, p.learn.course_hours)
        institution.spent[TRAINING] += hours * setting.prices.mentor_hour
        institution.spent[TEACHING] += hours / p.institution.course_size * setting.prices.staff_hour


@rule
def schedule(state, setting, month, mentors):
    """Mentors' months are set."""
    for j in mentors:
        schedule_of(state, setting, month, state.mentors[j])


@rule
def reach(state, setting, month):
    """The central staff find out what share of ties, and of mentees without a mentor, they can reach this month."""
    staff = state.levers.prioritize.staff_fte * state.institution.funding
    last = state.months[max(month - 1, 0)]
    hundreds, without = max(last.mentees, 1) / 100.0, last.mentees * (1.0 - last.mentored_share)
    reached = float(state.counts.live) + without
    state.institution.contact_chance = reflect.contact_chance(staff, hundreds, reached, setting.rules.meet)


@inner
def visits(streams, levers, institution, setting, month, mentee, tie):
    """Whether central staff make contact with a tie of a mentee whom the program serves: those silent for long first."""
    chance = institution.contact_chance
    if chance <= 0.0 or not is_offered(streams, levers, mentee):
        return False
    if tie.silent >= setting.rules.meet.silent_months:
        chance = min(chance + chance, 1.0)
    return uniform(streams[month, Purpose.CONTACT], mentee.row, tie.nth) < chance


@inner
def bill(institution, prices, mentor, hours):
    """A meeting is billed: the mentee gives every hour of it, the mentor what is not left of protected time."""
    beyond = hours - min(max(mentor.protected - mentor.given, 0.0), hours)
    institution.spent[MENTOR_MEETINGS] += beyond * prices.mentor_hour
    institution.spent[MENTEE_MEETINGS] += hours * prices.mentee_hour


@inner
def meet_in(state, setting, month, mentee, tie, load):
    """One tie's month of contact; `load` is the number of ties that the mentee holds."""
    mentor = state.mentors[tie.mentor]
    tie.visited = 1 if visits(state.streams, state.levers, state.institution, setting, month, mentee, tie) else 0
    luck = uniform(state.streams[month - tie.start, Purpose.MEETING], mentee.row, tie.nth)
    if not rules.meets(luck, quality_of(tie), state.calendar[month, CONTACT], setting.rules.meet):
        tie.contact = 0.0
        tie.silent += 1
        return
    theirs, own = mentor.available / max(float(mentor.load), 1.0), mentee.hours / max(load, 1.0)
    hours = rules.hours(setting.context.meeting_hours, theirs, own)
    tie.contact, tie.silent = hours, 0
    bill(state.institution, setting.prices, mentor, hours)
    mentor.given += hours
    mentee.last_contact = month
    state.months[month].contact_hours += hours


@rule
def trace(counts, kept, tie, month):
    """Keep a tie's month, when the run is traced."""
    if len(kept) == 0:
        return
    row = kept[counts.traced]
    counts.traced += 1
    row.tie, row.month, row.quality = tie.number, month, quality_of(tie)
    row.mentee_engagement, row.mentor_engagement = tie.mentee_engagement, tie.mentor_engagement
    row.perceived_similarity, row.contact_hours = tie.perceived, tie.contact


@inner
def meet_all(state, setting, month, mentee):
    """One mentee's month with all mentors held; colleagues meet without load, so they are left out."""
    slots = state.ties[mentee.row]
    load = float(held(slots))
    for tie in slots:
        if carries_load(tie):
            meet_in(state, setting, month, mentee, tie, load)
            engage_in(state.streams, setting, month, mentee, state.mentors[tie.mentor], tie)
            watch_spark(state.months, setting, month, mentee, tie)
            trace(state.counts, state.trace, tie, month)


@inner
def take_on(setting, mentor):
    """By how much a mentor's ties ask for more than there is time for."""
    load, hours = float(mentor.load), setting.context.meeting_hours
    mentor.overload = rules.overload(load, hours, mentor.available, setting.rules.meet)


@rule
def meet(state, setting, month, mentees, mentors):
    """All pairs meet, or do not."""
    for j in mentors:
        take_on(setting, state.mentors[j])
    for i in mentees:
        meet_all(state, setting, month, state.mentees[i])
