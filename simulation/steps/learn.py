"""Skill grows in the domain met; output follows; mentors learn to mentor."""

from simulation.jit import inner, rule
from simulation.rules import learn as rules
from simulation.ties import REDEFINITION, quality_of


@inner
def learn_of(state, setting, i):
    """One mentee's month of learning from the mentors met."""
    mentees, ties, p = state.mentees, state.ties, setting.rules.learn
    for s in range(ties.shape[1]):
        j = ties[i, s].mentor
        if j >= 0 and ties[i, s].phase != REDEFINITION and ties[i, s].contact > 0.0:
            d = ties[i, s].domain
            contact = min(ties[i, s].contact / setting.context.meeting_hours, 1.0)
            expertise = state.mentors[j].expertise[d]
            mentees[i].skill[d] = rules.learned(mentees[i].skill[d], expertise, contact, quality_of(ties, i, s), p)
    total = 0.0
    for d in range(setting.domains):
        total += mentees[i].skill[d]
    mentees[i].output = rules.produced(mentees[i].output, mentees[i].ability, total / setting.domains, p)


@rule
def learn(state, setting, month, mentees_here, mentors_here):
    """Everybody learns."""
    mentors, p = state.mentors, setting.rules.learn
    for i in mentees_here:
        learn_of(state, setting, i)
    for j in mentors_here:
        if mentors[j].given > 0.0:
            mentors[j].skill = rules.practised(mentors[j].skill, mentors[j].given / setting.context.mentor_hours, p)
