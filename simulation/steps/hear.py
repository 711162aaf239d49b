"""People hear of mentors from peers in the unit, and forget."""

from simulation.columns import KNOWN
from simulation.draws import Purpose, uniform
from simulation.jit import inner, rule
from simulation.rules import hear as rules
from simulation.ties import nth_live


@inner
def peer_of(streams, first_rows, setting, month, mentee):
    """The row of somebody who came to the same unit, now or in recent years, and may be gone; oneself where nobody is drawn."""
    luck = streams[month, Purpose.PEER]
    last = 0
    for cohort in range(setting.cohorts):
        if setting.cohort_month[cohort] <= month:
            last = cohort
    cohort = last - int(uniform(luck, mentee.row, 0) * min(setting.years, last + 1))
    first = first_rows[cohort, mentee.unit]
    count = first_rows[cohort, mentee.unit + 1] - first
    return first + int(uniform(luck, mentee.row, 1) * count) if count > 0 else mentee.row


@rule
def remember(mentee, mentor, report):
    """What was heard of a mentor, given by row, joins what is known; the least known is forgotten for it."""
    place = 0
    for k in range(KNOWN):
        if mentee.known[k] == mentor:
            known = mentee.known_weight[k]
            mentee.known_standing[k] = rules.heard(mentee.known_standing[k], known, report)
            mentee.known_weight[k] = known + 1.0
            return
        if mentee.known_weight[k] < mentee.known_weight[place]:
            place = k
    mentee.known[place] = mentor
    mentee.known_standing[place] = report
    mentee.known_weight[place] = 1.0


@inner
def hear_of(state, setting, month, mentee):
    """One mentee forgets a little, and may hear a peer speak of a mentor."""
    p = setting.rules.hear
    for k in range(KNOWN):
        mentee.known_weight[k] = rules.forgotten(mentee.known_weight[k], p)
    if uniform(state.streams[month, Purpose.HEAR], mentee.row, 0) >= p.chance:
        return
    peer = peer_of(state.streams, state.first_rows, setting, month, mentee)
    if peer == mentee.row or state.mentees[peer].active != 1:
        return
    slots = state.ties[peer]
    slot = nth_live(slots, uniform(state.streams[month, Purpose.REPORT], mentee.row, 0))
    if slot >= 0:
        remember(mentee, slots[slot].mentor, slots[slot].satisfaction)


@rule
def hear(state, setting, month, mentees):
    """Word of mouth goes round."""
    for i in mentees:
        hear_of(state, setting, month, state.mentees[i])
