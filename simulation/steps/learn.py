"""Skill grows in the domain met, and output follows."""

from simulation.jit import inner, rule
from simulation.rules import learn as rules
from simulation.steps.who_is_there import seniority_of
from simulation.ties import carries_load, quality_of


@inner
def learn_of(mentors, slots, setting, mentee):
    """One mentee's month of learning from the mentors met: in the domain of the tie, and some in the others; output follows."""
    p, backing = setting.rules.learn, 0.0
    for tie in slots:
        if carries_load(tie) and tie.contact > 0.0:
            mentor, contact = mentors[tie.mentor], min(tie.contact / setting.context.meeting_hours, 1.0)
            quality, domain, beside = quality_of(tie), tie.domain, contact * setting.rules.strain.beside
            for d in range(setting.domains):
                helps = contact if domain == d else beside
                mentee.skill[d] = rules.learned(mentee.skill[d], mentor.expertise[d], helps, quality, p)
            backing = max(backing, rules.backed(quality, seniority_of(setting, mentor), mentor.resources))
    total = 0.0
    for d in range(setting.domains):
        total += mentee.skill[d]
    mentee.output = rules.produced(mentee.output, mentee.ability, total / setting.domains, backing, p)


@rule
def learn(state, setting, mentees):
    """Every mentee learns."""
    for i in mentees:
        learn_of(state.mentors, state.ties[i], setting, state.mentees[i])
