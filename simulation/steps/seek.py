"""Mentees decide whether to ask, meet whom they may, rank, ask; mentors answer. Up to three asks fit in a month."""

import numpy as np

from simulation.billing import MENTEE_FIRST_MEETINGS, MENTOR_FIRST_MEETINGS, PAIRING
from simulation.columns import ASKS
from simulation.draws import Purpose, uniform
from simulation.jit import inner, rule, step
from simulation.rules import answer, engage, need
from simulation.rules import encounter as meeting
from simulation.rules import seek as rules
from simulation.rules.evaluate import redundant
from simulation.scenario.levers import AD_HOC, CHOICE, FACILITATED, MENTORS_AT_ONCE
from simulation.steps.acquaint import alike, impression_of_mentee, impression_of_mentor, similarity, wishes
from simulation.steps.encounter import encounter
from simulation.steps.who_is_there import aware, has_directory, is_offered, is_promoted
from simulation.ties import APPROACHED, has_free_slot, held, open_tie, serves


@inner
def unmet(setting, mentee, slots):
    """The domain of a mentee's largest felt need that no live tie serves, and that need; -1 for none.

    A need so small that a tie would have done its work in it is no reason to begin one.
    """
    domain, most = -1, 0.0
    for d in range(setting.domains):
        level = need.felt(mentee.need[d], mentee.skill[d])
        if level > most and not redundant(level, setting.rules.evaluate) and not serves(slots, d):
            domain, most = d, level
    return domain, most


@inner
def has_room(streams, levers, setting, mentee, slots):
    """Whether a mentee may hold one more mentor: by policy, by slots, by hours."""
    count = held(slots)
    most = levers.empower.mentors_at_once if is_offered(streams, levers, mentee) else MENTORS_AT_ONCE
    return (
        count < most
        and has_free_slot(slots)
        and (count + 1) * setting.context.meeting_hours <= mentee.hours
    )


@inner
def advised(state, setting, month, mentee):
    """Whether central staff help a mentee without a mentor to find one this month."""
    chance = state.institution.contact_chance
    if chance <= 0.0 or held(state.ties[mentee.row]) > 0 or not is_offered(state.streams, state.levers, mentee):
        return False
    return uniform(state.streams[month, Purpose.ADVICE], mentee.row, 0) < chance


@inner
def invited(state, setting, month, mentee):
    """Whether the program invites a mentee to choose, and how far someone helps: who facilitates choice, or an adviser."""
    if advised(state, setting, month, mentee):
        return 1.0, 1.0
    pairing = state.levers.empower.pairing
    if pairing < CHOICE or not aware(state.streams, state.levers, state.institution, setting, mentee):
        return 0.0, 0.0
    return 1.0, state.institution.funding if pairing == FACILITATED else 0.0


@inner
def custom_of(units, month, mentee):
    """The share of the others in a mentee's unit who had a mentor when they were counted last, at the end of last month.

    Who has come since was not counted, so there is nobody to leave out.
    """
    unit, oneself = units[mentee.unit], 1 if mentee.cohort < month else 0
    return rules.usual(unit.mentored - oneself * mentee.mentored, unit.counted - oneself)


@inner
def would_ask(luck, units, setting, month, mentee, level, asked, eased):
    """Whether a mentee asks with this luck, for a need of this level, invited and helped so far."""
    p, worn, usual = setting.rules.seek, mentee.burnout - setting.rules.strain.burnout, custom_of(units, month, mentee)
    return rules.seeks(luck, mentee.initiative, level, worn, mentee.ability, usual, asked, eased, p)


@rule
def seeks(state, setting, month, mentee):
    """Whether a mentee asks this month."""
    slots = state.ties[mentee.row]
    if is_promoted(setting, month, mentee) or not has_room(state.streams, state.levers, setting, mentee, slots):
        return False
    domain, level = unmet(setting, mentee, slots)
    if domain < 0:
        return False
    asked, eased = invited(state, setting, month, mentee)
    luck = uniform(state.streams[month, Purpose.SEEK], mentee.row, 0)
    return would_ask(luck, state.units, setting, month, mentee, level, asked, eased)


@rule
def answers(streams, setting, month, mentor, mentee, domain, met, agreed, nth):
    """Whether a mentor says yes to a mentee's `nth` ask of the month, for help in a domain.

    `met` tells whether the two have met, `agreed` whether the program shows the mentor as one who has agreed beforehand.
    """
    if mentor.load >= setting.context.hard_cap:
        return False
    luck = streams[month]
    fit = answer.read(mentor.expertise[domain], mentee.clarity, uniform(luck[Purpose.MESSAGE], mentee.row, nth))
    free = answer.time_left(float(mentor.load), setting.context.meeting_hours, mentor.available)
    liked = impression_of_mentee(streams, setting, month, mentor, mentee) if met else 0.0
    likeness = setting.context.homophily * alike(setting, mentee, mentor)
    drawn, p = uniform(luck[Purpose.ANSWER], mentee.row, nth), setting.rules.answer
    return answer.says_yes(drawn, free, fit, mentor.willingness, liked, mentee.output, likeness, agreed, p)


@rule
def approaches(streams, setting, month, mentor, mentee, chance):
    """Whether a mentor in view offers help to a mentee who is seeking: likelier to one like oneself."""
    luck = uniform(streams[month, Purpose.APPROACH], mentee.row, mentor.mentor)
    return meeting.approaches(luck, chance, alike(setting, mentee, mentor), setting.context.homophily)


@rule
def pair(state, setting, month, mentee, mentor, domain, via, chose, agreed):
    """A tie begins: both sides start from what they make of each other, and warmer for who chose.

    Nothing begins where the mentee has no free slot, or where there is no room for one more record. The month itself never
    asks for that, but a class of agents that behaves otherwise may.
    """
    if not has_free_slot(state.ties[mentee.row]) or state.counts.records >= len(state.records):
        return
    p, apart = setting.rules.engage, mentee.discipline != mentor.discipline
    liking = impression_of_mentor(state.streams, setting, month, mentee, mentor)
    own = engage.begun(liking, chose, apart, p)
    liking = impression_of_mentee(state.streams, setting, month, mentor, mentee)
    other = engage.begun(liking, agreed, apart, p)
    open_tie(state, month, mentee, mentor, domain, via, own, other, similarity(mentee, mentor))


@rule
def appeal(streams, setting, month, mentee, mentor, domain, met):
    """How much a mentor in view appeals to a mentee, after they `met` or unseen."""
    impression = impression_of_mentor(streams, setting, month, mentee, mentor) if met else 0.0
    near = 1.0 if mentee.discipline == mentor.discipline else 0.0
    wish, p = wishes(setting, mentee, mentor), setting.rules.seek
    return rules.appeal(mentor.expertise[domain], impression, wish, near, p)


@inner
def arrange(levers, institution, setting, eased, found):
    """The program arranges first meetings with mentors found beyond one's acquaintances; gives how many."""
    arranged = min(levers.empower.first_meetings, max(found - setting.context.acquaintances, 0))
    p, prices = setting.rules.institution, setting.prices
    institution.spent[PAIRING] += p.facilitation_hours * eased * prices.staff_hour
    hours = p.meeting_hours * arranged
    institution.spent[MENTOR_FIRST_MEETINGS] += hours * prices.mentor_hour
    institution.spent[MENTEE_FIRST_MEETINGS] += hours * prices.mentee_hour
    return arranged


@rule
def note(counts, kept, month, mentee, mentor, domain, approached, shown, yes):
    """Keep an ask, or an offer, and its answer, when the run is traced; the month itself never asks for more room."""
    if counts.asked >= len(kept):
        return
    row = kept[counts.asked]
    counts.asked += 1
    row.mentee, row.month, row.mentor, row.domain = mentee.row, month, mentor.row, domain
    row.approached, row.shown, row.yes = approached, shown, yes


@inner
def see(counts, kept, month, mentee, mentors, domain, view, shown, count, meetings):
    """Keep who is in view of a mentee, when the run is traced; the first `meetings` of them the mentee meets."""
    if counts.viewed + count > len(kept):
        return
    for k in range(count):
        row = kept[counts.viewed]
        counts.viewed += 1
        row.mentee, row.month, row.mentor, row.domain = mentee.row, month, mentors[view[k]].row, domain
        row.shown, row.met, row.offered, row.asked, row.yes = shown[k], k < meetings, 0, 0, 0


@inner
def mark(kept, place, offered, asked, yes):
    """Keep what came of a mentor in view, when the run is traced."""
    if place < len(kept):
        row = kept[place]
        row.offered, row.asked, row.yes = max(row.offered, offered), max(row.asked, asked), yes


@step
def ask(state, setting, month, mentee):
    """One mentee meets who is in view, ranks them, and asks until somebody says yes."""
    domain, _ = unmet(setting, mentee, state.ties[mentee.row])
    if domain < 0:
        return
    asked, eased = invited(state, setting, month, mentee)
    directory = asked > 0.0
    if not directory and has_directory(state.levers):
        directory = aware(state.streams, state.levers, state.institution, setting, mentee)
    view, shown, count = encounter(state, setting, month, mentee, domain, directory)
    meetings = setting.context.acquaintances
    if asked > 0.0:
        meetings += arrange(state.levers, state.institution, setting, eased, count)
    seen = state.counts.viewed
    see(state.counts, state.views, month, mentee, state.mentors, domain, view, shown, count, meetings)
    chance = setting.context.approach / max(count, 1)
    for k in range(count):
        mentor = state.mentors[view[k]]
        if not approaches(state.streams, setting, month, mentor, mentee, chance):
            continue
        yes = answers(state.streams, setting, month, mentor, mentee, domain, k < meetings, shown[k] == 1, ASKS)
        note(state.counts, state.asks, month, mentee, mentor, domain, 1, shown[k], yes)
        mark(state.views, seen + k, 1, 0, yes)
        if yes:
            pair(state, setting, month, mentee, mentor, domain, APPROACHED, False, True)
            return
    appeals = np.empty(count)
    for k in range(count):
        appeals[k] = appeal(state.streams, setting, month, mentee, state.mentors[view[k]], domain, k < meetings)
    for nth in range(min(ASKS, count)):
        best = np.argmax(appeals)
        appeals[best] = -np.inf
        mentor = state.mentors[view[best]]
        yes = answers(state.streams, setting, month, mentor, mentee, domain, best < meetings, shown[best] == 1, nth)
        note(state.counts, state.asks, month, mentee, mentor, domain, 0, shown[best], yes)
        mark(state.views, seen + best, 0, nth + 1, yes)
        if yes:
            chosen = FACILITATED if eased > 0.0 else CHOICE
            via = chosen if shown[best] == 1 and asked > 0.0 else AD_HOC
            pair(state, setting, month, mentee, mentor, domain, via, True, True)
            return


@step
def turns(state, setting, month, mentees):
    """The rows of those who ask this month, in the order in which their turns come."""
    count = len(mentees)
    who, order, n = np.empty(count, np.int64), np.empty(count), 0
    luck = state.streams[month, Purpose.TURN]
    for i in mentees:
        if seeks(state, setting, month, state.mentees[i]):
            who[n], order[n] = i, uniform(luck, i, 0)
            n += 1
    return who[:n][np.argsort(order[:n])]


@step
def seek(state, setting, month, mentees):
    """All who ask do so in turn."""
    for i in turns(state, setting, month, mentees):
        ask(state, setting, month, state.mentees[i])
