"""What goes on within a tie: it begins, the two meet, answer each other, and it ends (ODD, *engage* and *meet*)."""

import math
from types import SimpleNamespace

from .chance import sigmoid, unit_interval
from .encounter import mentee_impression, mentor_impression
from .people import REDEFINITION, Mentee, Mentor, Tie
from .study import Study


def begin(study: Study, mentee: Mentee, mentor: Mentor, domain: int, via: str, *,
          mentee_chose: bool, mentor_chose: bool) -> None:
    """Begin a tie in the first empty slot of the mentee, with engagement from the first impression."""
    rules = study.rules.engage
    base = rules.start - rules.distance * (mentee.unit.discipline != mentor.unit.discipline)
    ours = base + rules.impression * mentee_impression(study, mentee, mentor) + rules.chosen * mentee_chose
    theirs = base + rules.impression * mentor_impression(study, mentee, mentor) + rules.chosen * mentor_chose
    ours, theirs = unit_interval(ours), unit_interval(theirs)
    tie = Tie(
        mentee=mentee, mentor=mentor, domain=domain, via=via, start=study.month, since=study.month,
        mentee_engagement=ours, mentor_engagement=theirs, mentee_satisfaction=ours, mentor_satisfaction=theirs,
        perceived=ours, similarity=similarity(mentee.traits, mentor.traits),
    )
    mentee.slots[mentee.slots.index(None)] = tie
    mentor.ties.append(tie)
    mentor.load += 1
    study.ties.append(tie)


def end(study: Study, tie: Tie, ender: str, reason: str) -> None:
    """End a tie and empty its slot."""
    tie.end, tie.ender, tie.reason = study.month, ender, reason
    tie.mentee.slots[tie.mentee.slots.index(tie)] = None
    tie.mentor.ties.remove(tie)
    if tie.phase != REDEFINITION:
        tie.mentor.load -= 1


def similarity(own: list[float], other: list[float]) -> float:
    """Give the actual deep similarity of two people's traits, in standard deviations."""
    dimensions = len(own)
    distance = sum((x - y) ** 2 for x, y in zip(own, other, strict=True))
    return (2 * dimensions - distance) / math.sqrt(8 * dimensions)


def reach(study: Study) -> None:
    """Take the chance that central staff contact a tie, or a mentee without a mentor, this month."""
    meet, levers = study.rules.meet, study.levers.prioritize
    live = sum(len(mentee.live_ties()) for mentee in study.mentees)
    heads = max(study.mentees_last_month, 1)
    contacts = levers.staff_fte * study.funding * meet.contacts_per_fte * heads / 100
    without = study.mentees_last_month * (1 - study.mentored_last_month)
    study.contact_chance = min(contacts / max(live + without, 1), 1.0)


def meet(study: Study) -> None:
    """Let the pairs meet, then let both sides of each tie answer, perceive and be more or less satisfied."""
    context, cap = study.context, study.rules.meet.overload_cap
    for mentor in study.mentors:
        mentor.given = 0.0
        asked = mentor.load * context.meeting_hours
        over = asked / mentor.available - 1 if mentor.available > 0 else (cap if asked else 0.0)
        mentor.overload = min(max(over, 0.0), cap)
    for mentee in study.mentees:
        ties = mentee.carrying_ties()
        for tie in ties:
            contact(study, tie, len(ties))
            engage(study, tie)
            perceive(study, tie)
            satisfy(study, tie)
    for mentor in study.mentors:
        study.spend(mentor=max(mentor.given - mentor.protected, 0.0), mentee=mentor.given)


def contact(study: Study, tie: Tie, held: int) -> None:
    """Draw whether staff contact the tie and whether the pair meets, and for how long."""
    rules, chance = study.rules.meet, study.chance
    twice = 2 if tie.silent >= rules.silent_months else 1
    tie.visited = chance.uniform() < min(study.contact_chance * twice, 1.0) and study.offers(tie.mentee)
    probability = rules.floor + (1 - rules.floor) * tie.quality
    if chance.uniform() < probability * study.calendar.contact:
        mentor, mentee = tie.mentor, tie.mentee
        tie.contact = min(study.context.meeting_hours, mentor.available / mentor.load, mentee.hours / held)
        mentor.given += tie.contact
        tie.silent = 0
    else:
        tie.contact = 0.0
        tie.silent += 1


def kappa(study: Study, tie: Tie) -> float:
    """Give the hours met this month relative to what a tie asks for."""
    return unit_interval(tie.contact / study.context.meeting_hours)


def engage(study: Study, tie: Tie) -> None:
    """Move the engagement of both sides at once towards the response to the other's, and count a spark's months."""
    rules, spark, noise = study.rules.engage, study.rules.spark, study.chance.normal
    felt = tie.mentee.felt(tie.domain)
    answered_need = tie.mentor.expertise[tie.domain] * felt / (felt + rules.half_need)
    shared = (
        rules.gain
        + rules.fit * (answered_need - 0.5)
        + rules.contact * (kappa(study, tie) - 0.5)
        + rules.similarity * tie.similarity
        - rules.overload * tie.mentor.overload
    )
    mentee_gain = shared + rules.skill * (tie.mentor.skill - 0.5)
    mentor_gain = shared + rules.skill * (tie.mentee.clarity - 0.5)
    ours, theirs = tie.mentee_engagement, tie.mentor_engagement
    to_mentor = response(rules, theirs, rules.coupling, mentee_gain)
    to_mentee = response(rules, ours, rules.mentor_coupling, mentor_gain)
    tie.mentee_engagement = unit_interval(ours + rules.rate * (to_mentor - ours) + rules.noise * noise())
    tie.mentor_engagement = unit_interval(theirs + rules.rate * (to_mentee - theirs) + rules.noise * noise())
    tie.streak = min(tie.streak + 1, spark.months) if tie.quality >= spark.level else 0
    if tie.streak == spark.months and not tie.sparked:
        tie.spark = study.month


def response(rules: SimpleNamespace, partner: float, coupling: float, gain: float) -> float:
    """Give the engagement with which somebody answers a partner's, through a gain and a steep threshold."""
    stimulus = (coupling * partner + (1 - coupling) * rules.threshold) * gain
    return sigmoid(rules.steepness * (stimulus - rules.threshold))


def perceive(study: Study, tie: Tie) -> None:
    """Move perceived similarity towards own engagement and actual similarity."""
    rules = study.rules.perceive
    level = rules.engagement * tie.mentee_engagement + (1 - rules.engagement) * sigmoid(tie.similarity)
    step = rules.rate * (level - tie.perceived) + rules.noise * study.chance.normal()
    tie.perceived = unit_interval(tie.perceived + step)


def satisfy(study: Study, tie: Tie) -> None:
    """Move the satisfaction of both sides towards this month's experience."""
    strain, met = study.rules.strain, kappa(study, tie)
    rate, share = strain.satisfaction_rate, strain.satisfaction_contact
    tie.mentee_satisfaction += rate * ((1 - share) * tie.mentee_engagement + share * met - tie.mentee_satisfaction)
    tie.mentor_satisfaction += rate * ((1 - share) * tie.mentor_engagement + share * met - tie.mentor_satisfaction)
