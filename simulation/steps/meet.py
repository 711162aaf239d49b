"""Pairs meet within the hours of both, staff lend a hand, and each side's engagement answers the other's."""

from simulation.draws import Purpose, normal, uniform
from simulation.jit import inner, rule
from simulation.rules import engage, need, perceive, reflect, strain
from simulation.rules import learn as learning
from simulation.rules import meet as rules
from simulation.scenario.flat import CONTACT, MENTOR_TIME
from simulation.scenario.levers import Lever
from simulation.ties import MENTOR_KEY, REDEFINITION, held, quality_of


@inner
def schedule_of(state, setting, month, j):
    """One mentor's month: whether they volunteer, what time they have, and what training they get."""
    mentors, levers, institution = state.mentors, state.levers, state.institution
    key, p = mentors[j].mentor + MENTOR_KEY, setting.rules
    share = setting.context.volunteers + p.institution.volunteer * institution.support
    volunteers = uniform(state.streams[0, Purpose.VOLUNTEER], key, 0) < share
    mentors[j].volunteer = 1 if volunteers else 0
    protected = levers[Lever.PROTECTED_HOURS] * institution.funding if volunteers else 0.0
    busy = uniform(state.streams[month, Purpose.BUSY], key, 0) < setting.context.busy
    shock = state.calendar[month, MENTOR_TIME]
    mentors[j].available = rules.available(mentors[j].hours, protected, busy, p.meet.busy_left, shock)
    mentors[j].protected, mentors[j].given, mentors[j].joy = protected, 0.0, 0.0
    institution.month_cost += protected * setting.prices.mentor_hour
    hours = levers[Lever.TRAINING_HOURS] * institution.funding / 12.0
    if volunteers and hours > 0.0:
        mentors[j].skill = learning.taught(mentors[j].skill, hours, p.learn.training, p.learn.course_hours)
        institution.month_cost += hours * setting.prices.mentor_hour


@inner
def schedule(state, setting, month, mentees_here, mentors_here):
    """Mentors' months are set."""
    for j in mentors_here:
        schedule_of(state, setting, month, j)


@rule
def reach(state, setting, month):
    """What share of ties the central staff can reach this month."""
    staff = state.levers[Lever.STAFF_FTE] * state.institution.funding
    hundreds = max(state.months[max(month - 1, 0)].mentees, 1) / 100.0
    live = float(state.counts.live)
    state.institution.contact_chance = reflect.contact_chance(staff, hundreds, live, setting.rules.meet)


@inner
def visits(state, setting, month, i, s):
    """Whether central staff make contact with a tie: those silent for long first."""
    chance = state.institution.contact_chance
    if chance > 0.0 and state.ties[i, s].silent >= setting.rules.meet.silent_months:
        chance = min(chance + chance, 1.0)
    return uniform(state.streams[month, Purpose.CONTACT], i, state.ties[i, s].nth) < chance


@inner
def meet_in(state, setting, month, i, s, load):
    """One tie's month of contact: the hours met; `load` is the number of ties the mentee holds."""
    ties, mentors, p = state.ties, state.mentors, setting.rules.meet
    j, asked = ties[i, s].mentor, setting.context.meeting_hours
    ties[i, s].visited = 1 if visits(state, setting, month, i, s) else 0
    luck = uniform(state.streams[month - ties[i, s].start, Purpose.MEETING], i, ties[i, s].nth)
    shock = state.calendar[month, CONTACT]
    if not rules.meets(luck, quality_of(ties, i, s), ties[i, s].visited == 1, shock, p):
        ties[i, s].contact = 0.0
        ties[i, s].silent += 1
        return
    mine = state.mentees[i].hours / max(load, 1.0)
    hours = rules.hours(asked, mentors[j].available / max(float(mentors[j].load), 1.0), mine)
    ties[i, s].contact, ties[i, s].silent = hours, 0
    mentors[j].given += hours
    state.mentees[i].last_contact = month
    state.months[month].contact_hours += hours


@inner
def engage_in(state, setting, month, i, s):
    """One tie's month of engagement: each side answers the other, and similarity comes to be perceived."""
    ties, mentors, mentees, p = state.ties, state.mentors, state.mentees, setting.rules
    j, d = ties[i, s].mentor, ties[i, s].domain
    nth, age = ties[i, s].nth, month - ties[i, s].start
    felt = need.felt(mentees[i].need[d], mentees[i].skill[d])
    fit = engage.answered_need(mentors[j].expertise[d], felt, p.engage)
    contact = min(ties[i, s].contact / setting.context.meeting_hours, 1.0)
    overload, alike = mentors[j].overload, ties[i, s].similarity
    gain = engage.gain(fit, mentors[j].skill, contact, alike, overload, p.engage)
    back = engage.gain(fit, mentees[i].clarity, contact, alike, overload, p.engage)
    luck = state.streams[age, Purpose.ENGAGEMENT]
    own, other = ties[i, s].mentee, ties[i, s].mentor_engagement
    own_now = engage.engaged(own, other, gain, normal(luck, i, nth), p.engage.coupling, p.engage)
    z = normal(state.streams[age, Purpose.RESPONSE], i, nth)
    other_now = engage.engaged(other, own, back, z, p.engage.mentor_coupling, p.engage)
    ties[i, s].mentee, ties[i, s].mentor_engagement = own_now, other_now
    z = normal(state.streams[age, Purpose.PERCEPTION], i, nth)
    ties[i, s].perceived = perceive.perceived(ties[i, s].perceived, own_now, alike, z, p.perceive)
    ties[i, s].satisfaction = strain.satisfied(ties[i, s].satisfaction, own_now, contact, p.strain)
    ties[i, s].mentor_satisfaction = strain.satisfied(ties[i, s].mentor_satisfaction, other_now, contact, p.strain)
    mentors[j].joy += other_now


@inner
def watch_spark(state, setting, month, i, s):
    """Whether a tie has sparked is measured here and acts on nothing but its phase."""
    ties, mentees = state.ties, state.mentees
    quality = quality_of(ties, i, s)
    ties[i, s].quality_sum += quality
    ties[i, s].streak = engage.running(ties[i, s].streak, quality, setting.rules.spark)
    if ties[i, s].spark < 0 and ties[i, s].streak >= setting.rules.spark.months:
        ties[i, s].spark = month
        mentees[i].sparks += 1
        state.months[month].new_sparks += 1
        if mentees[i].first_spark < 0:
            mentees[i].first_spark = month


@rule
def trace(state, i, s, month):
    """Keep a tie's month, when the run is traced."""
    if len(state.trace) == 0:
        return
    row, tie = state.trace[state.counts.traced], state.ties[i, s]
    state.counts.traced += 1
    row.tie, row.month, row.quality = tie.number, month, quality_of(state.ties, i, s)
    row.mentee_engagement, row.mentor_engagement = tie.mentee, tie.mentor_engagement
    row.perceived_similarity, row.contact_hours = tie.perceived, tie.contact


@inner
def meet_all(state, setting, month, i):
    """One mentee's month with all mentors held; colleagues meet without load, so they are left out."""
    ties, load = state.ties, float(held(state.ties, i))
    for s in range(ties.shape[1]):
        if ties[i, s].mentor >= 0 and ties[i, s].phase != REDEFINITION:
            meet_in(state, setting, month, i, s, load)
            engage_in(state, setting, month, i, s)
            watch_spark(state, setting, month, i, s)
            trace(state, i, s, month)


@rule
def meet(state, setting, month, mentees_here, mentors_here):
    """All pairs meet, or do not."""
    mentors = state.mentors
    for j in mentors_here:
        hours = setting.context.meeting_hours
        mentors[j].overload = rules.overload(float(mentors[j].load), hours, mentors[j].available, setting.rules.meet)
    for i in mentees_here:
        meet_all(state, setting, month, i)
