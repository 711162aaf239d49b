"""People hear of mentors from peers in the unit, and forget."""

from simulation.columns import KNOWN
from simulation.draws import Purpose, normal, uniform
from simulation.jit import inner, rule
from simulation.rules import hear as rules
from simulation.steps.presence import member
from simulation.ties import nth_live


@inner
def peer_of(state, setting, month, i):
    """Somebody who came to the same unit, now or in recent years; may be gone. Oneself where nobody is drawn."""
    luck = state.streams[month, Purpose.PEER]
    last = 0
    for cohort in range(setting.cohorts):
        if setting.cohort_month[cohort] <= month:
            last = cohort
    cohort = last - int(uniform(luck, i, 0) * min(setting.years, last + 1))
    unit, units = state.mentees[i].unit, len(state.units)
    first = member(setting, units, cohort, unit, 0)
    count = member(setting, units, cohort, unit + 1, 0) - first
    return first + int(uniform(luck, i, 1) * count) if count > 0 else i


@rule
def remember(mentees, i, mentor, report, weight):
    """What was heard of a mentor joins what is known; the least known is forgotten for it."""
    place = 0
    for k in range(KNOWN):
        if mentees[i].known[k] == mentor:
            standing, known = mentees[i].known_standing[k], mentees[i].known_weight[k]
            mentees[i].known_standing[k] = rules.heard(standing, known, report, weight)
            mentees[i].known_weight[k] = known + weight
            return
        if mentees[i].known_weight[k] < mentees[i].known_weight[place]:
            place = k
    mentees[i].known[place] = mentor
    mentees[i].known_standing[place] = report
    mentees[i].known_weight[place] = weight


@inner
def hear_of(state, setting, month, i):
    """One mentee forgets a little, and may hear a peer speak of a mentor."""
    mentees, ties, p = state.mentees, state.ties, setting.rules.hear
    for k in range(KNOWN):
        mentees[i].known_weight[k] = rules.forgotten(mentees[i].known_weight[k], p)
    if uniform(state.streams[month, Purpose.HEAR], i, 0) >= p.chance:
        return
    peer = peer_of(state, setting, month, i)
    if peer == i or mentees[peer].active != 1:
        return
    luck = state.streams[month, Purpose.REPORT]
    slot = nth_live(ties, peer, uniform(luck, i, 0))
    if slot >= 0:
        report = rules.told(ties[peer, slot].satisfaction, normal(luck, i, 1), p)
        remember(mentees, i, ties[peer, slot].mentor, report, 1.0)


@rule
def hear(state, setting, month, mentees_here, mentors_here):
    """Word of mouth goes round."""
    for i in mentees_here:
        hear_of(state, setting, month, i)
