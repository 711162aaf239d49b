"""Mentees decide whether to ask, meet whom they may, rank, ask; mentors answer. Up to three asks fit in a month."""

import numpy as np

from simulation.draws import Purpose, bits, normal, uniform
from simulation.jit import inner, rule, step
from simulation.rules import answer, engage, need
from simulation.rules import seek as rules
from simulation.rules.encounter import approaches
from simulation.scenario.levers import AD_HOC, CHOICE, FACILITATED, Lever
from simulation.steps.acquaint import alike, mentee_impression, mentor_impression, similarity, wishes
from simulation.steps.encounter import encounter, standing_of
from simulation.steps.presence import aware, has_directory
from simulation.ties import APPROACHED, MENTOR_KEY, REFERRED, free_slot, held, open_tie, serves

ASKS = 3


@inner
def unmet(state, setting, i):
    """The domain of a mentee's largest felt need that no live tie serves, and that need; -1 when all are served."""
    mentees, domain, most = state.mentees, -1, 0.0
    for d in range(setting.domains):
        level = need.felt(mentees[i].need[d], mentees[i].skill[d])
        if level > most and not serves(state.ties, i, d):
            domain, most = d, level
    return domain, most


@inner
def has_room(state, setting, i):
    """Whether a mentee may hold one more mentor: by policy, by slots, by hours."""
    count = held(state.ties, i)
    return (
        count < state.levers[Lever.MENTORS_AT_ONCE]
        and free_slot(state.ties, i) >= 0
        and (count + 1) * setting.context.meeting_hours <= state.mentees[i].hours
    )


@inner
def invited(state, setting, i):
    """Whether the program invites a mentee to choose, and whether someone facilitates it."""
    pairing = state.levers[Lever.PAIRING]
    if pairing < CHOICE or not aware(state, setting, i):
        return 0.0, 0.0
    return 1.0, state.institution.funding if pairing == FACILITATED else 0.0


@rule
def seeks(state, setting, month, i):
    """Whether a mentee asks this month."""
    if not has_room(state, setting, i):
        return False
    domain, level = unmet(state, setting, i)
    if domain < 0:
        return False
    mentees = state.mentees
    asked, eased = invited(state, setting, i)
    ready = state.sites[state.units[mentees[i].unit].site].readiness
    luck = uniform(state.streams[month, Purpose.SEEK], i, 0)
    return rules.seeks(
        luck, mentees[i].initiative, mentees[i].clarity, level, held(state.ties, i), ready, asked, eased,
        setting.rules.seek,
    )  # fmt: skip


@inner
def answers(state, setting, month, i, mentor, domain, met, nth):
    """Whether a mentor says yes to a mentee's `nth` ask of the month, for help in a domain."""
    mentors, mentees = state.mentors, state.mentees
    if mentors[mentor].load >= setting.context.hard_cap:
        return False
    fit = answer.read(
        mentors[mentor].expertise[domain], mentees[i].clarity,
        uniform(state.streams[month, Purpose.MESSAGE], i, nth),
    )  # fmt: skip
    free = answer.time_left(float(mentors[mentor].load), setting.context.meeting_hours, mentors[mentor].available)
    liked = mentor_impression(state, setting, month, i, mentor) if met else 0.0
    likeness = setting.context.homophily * alike(state, setting, i, mentor)
    luck, record = uniform(state.streams[month, Purpose.ANSWER], i, nth), mentees[i].output
    return answer.says_yes(luck, free, fit, mentors[mentor].willingness, liked, record, likeness, setting.rules.answer)


@inner
def pair(state, setting, month, i, mentor, domain, via, chose, agreed):
    """A tie begins: both sides start from what they make of each other, and warmer for who chose."""
    p = setting.rules.engage
    apart = state.mentees[i].discipline != state.mentors[mentor].discipline
    wish = wishes(state, setting, i, mentor)
    own = engage.begun(mentee_impression(state, setting, month, i, mentor), chose, wish, apart, p)
    other = engage.begun(mentor_impression(state, setting, month, i, mentor), agreed, 0.0, apart, p)
    alikeness = similarity(state, i, mentor)
    open_tie(state, i, free_slot(state.ties, i), mentor, domain, via, month, own, other, alikeness)


@rule
def appeal(state, setting, month, i, mentor, domain, met):
    """How much a mentor in view appeals to a mentee."""
    mentees, mentors = state.mentees, state.mentors
    impression = mentee_impression(state, setting, month, i, mentor) if met else 0.0
    near = 1.0 if mentees[i].discipline == mentors[mentor].discipline else 0.0
    taste = normal(state.streams[month, Purpose.TASTE], i, mentors[mentor].mentor + MENTOR_KEY)
    return rules.appeal(
        mentors[mentor].expertise[domain], mentees[i].clarity, taste, impression,
        standing_of(state, setting, i, mentor), wishes(state, setting, i, mentor), near, setting.rules.seek,
    )  # fmt: skip


@step
def ask(state, setting, month, i):
    """One mentee meets who is in view, ranks them, and asks until somebody says yes."""
    domain, _ = unmet(state, setting, i)
    knows = aware(state, setting, i)
    directory = has_directory(state.levers) and knows
    asked, eased = invited(state, setting, i)
    view, shown, count = encounter(state, setting, month, i, domain, directory)
    meetings = setting.context.acquaintances
    if asked > 0.0:
        arranged = min(int(state.levers[Lever.FIRST_MEETINGS]), max(count - meetings, 0))
        meetings += arranged
        hours = setting.rules.institution.facilitation_hours * eased
        state.institution.month_cost += hours * setting.prices.staff_hour
        hours = setting.rules.institution.meeting_hours * arranged
        state.institution.month_cost += hours * (setting.prices.mentee_hour + setting.prices.mentor_hour)
    luck = state.streams[month, Purpose.APPROACH]
    for k in range(count):
        chance = setting.context.approach / max(count, 1)
        likeness = alike(state, setting, i, view[k])
        if approaches(
            uniform(luck, i, state.mentors[view[k]].mentor), chance, likeness, setting.context.homophily
        ) and answers(state, setting, month, i, view[k], domain, k < meetings, ASKS):
            pair(state, setting, month, i, view[k], domain, APPROACHED, False, True)
            return
    appeals = np.empty(count)
    for k in range(count):
        appeals[k] = appeal(state, setting, month, i, view[k], domain, k < meetings)
    for nth in range(min(ASKS, count)):
        best = np.argmax(appeals)
        appeals[best] = -np.inf
        mentor = view[best]
        if answers(state, setting, month, i, mentor, domain, best < meetings, nth):
            via = REFERRED if mentor == state.mentees[i].referred else AD_HOC
            if shown[best] == 1 and asked > 0.0:
                via = FACILITATED if eased > 0.0 else CHOICE
            pair(state, setting, month, i, mentor, domain, via, True, True)
            return


@step
def turns(state, setting, month, mentees_here):
    """Those who ask this month, in the order in which their turns come."""
    count = len(mentees_here)
    who, order, n = np.empty(count, np.int64), np.empty(count, np.uint64), 0
    luck = state.streams[month, Purpose.TURN]
    for i in mentees_here:
        if seeks(state, setting, month, i):
            who[n], order[n] = i, bits(luck, i, 0)
            n += 1
    return who[:n][np.argsort(order[:n])]


@step
def seek(state, setting, month, mentees_here, mentors_here):
    """All who ask do so in turn."""
    for i in turns(state, setting, month, mentees_here):
        ask(state, setting, month, i)
