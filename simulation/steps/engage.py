"""Each side's engagement answers the other's, and whether a tie has sparked is measured."""

from simulation.draws import Purpose, normal
from simulation.jit import inner, rule
from simulation.rules import engage as rules
from simulation.rules import need, perceive, strain
from simulation.ties import quality_of


@rule
def engage_in(streams, setting, month, mentee, mentor, tie):
    """One tie's month of engagement: each side answers the other, and similarity comes to be perceived."""
    p, d = setting.rules, tie.domain
    i, nth, luck = mentee.row, tie.nth, streams[month - tie.start]
    fit = rules.answered_need(mentor.expertise[d], need.felt(mentee.need[d], mentee.skill[d]), p.engage)
    contact = min(tie.contact / setting.context.meeting_hours, 1.0)
    gain = rules.gain(fit, mentor.skill, contact, tie.similarity, mentor.overload, p.engage)
    back = rules.gain(fit, mentee.clarity, contact, tie.similarity, mentor.overload, p.engage)
    own, other = tie.mentee_engagement, tie.mentor_engagement
    z = normal(luck[Purpose.ENGAGEMENT], i, nth)
    tie.mentee_engagement = rules.engaged(own, other, gain, z, p.engage.coupling, p.engage)
    z = normal(luck[Purpose.RESPONSE], i, nth)
    tie.mentor_engagement = rules.engaged(other, own, back, z, p.engage.mentor_coupling, p.engage)
    z = normal(luck[Purpose.PERCEPTION], i, nth)
    tie.perceived = perceive.perceived(tie.perceived, tie.mentee_engagement, tie.similarity, z, p.perceive)
    tie.satisfaction = strain.satisfied(tie.satisfaction, tie.mentee_engagement, contact, p.strain)
    tie.mentor_satisfaction = strain.satisfied(tie.mentor_satisfaction, tie.mentor_engagement, contact, p.strain)
    mentor.joy += tie.mentor_engagement


@inner
def watch_spark(months, setting, month, mentee, tie):
    """Whether a tie has sparked is measured here and acts on nothing but its phase."""
    quality = quality_of(tie)
    tie.quality_sum += quality
    tie.streak = rules.running(tie.streak, quality, setting.rules.spark)
    if tie.spark < 0 and tie.streak >= setting.rules.spark.months:
        tie.spark = month
        mentee.sparks += 1
        months[month].new_sparks += 1
        if mentee.first_spark < 0:
            mentee.first_spark = month
