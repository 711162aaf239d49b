"""In the months of a round, the program brings people together, site by site."""

import numpy as np

from simulation.billing import PAIRING
from simulation.draws import Purpose, uniform
from simulation.jit import inner, rule, step
from simulation.matching.arrival import by_arrival
from simulation.matching.coordinator import by_coordinator
from simulation.matching.lot import by_lot
from simulation.matching.optimal import optimally
from simulation.matching.stable import stably
from simulation.rules import answer
from simulation.scenario.levers import ARRIVAL, COORDINATOR, LOT, OPTIMAL, STABLE
from simulation.steps.acquaint import alike
from simulation.steps.encounter import listed, offered, preferred
from simulation.steps.seek import has_room, pair, unmet, would_ask
from simulation.steps.who_is_there import aware, is_promoted, mentees_of, mentors_of, site_of
from simulation.ties import holds, key_of


@inner
def is_round(levers, setting, month):
    """Whether the program brings people together this month: first in August, then every `round_months`."""
    pairing, every = levers.empower.pairing, setting.rules.institution.round_months
    return LOT <= pairing <= STABLE and month % every == 1 % every


@rule
def pauses(levers, setting, month):
    """Whether the month waits for an optimal assignment, which is not compiled."""
    return levers.empower.pairing == OPTIMAL and is_round(levers, setting, month)


@inner
def registers(streams, units, setting, month, mentee, slots):
    """Whether a mentee puts their name down: as if asking, but the office helps and nobody has to be faced."""
    domain, level = unmet(setting, mentee, slots)
    if domain < 0:
        return False
    luck = uniform(streams[0, Purpose.REGISTER], mentee.row, 0)
    return would_ask(luck, units, setting, month, mentee, level, 1.0, 1.0)


@inner
def waits(state, setting, month, mentee):
    """Whether a mentee waits for the program: knows of it, has room for one more mentor, and an unserved need."""
    slots = state.ties[mentee.row]
    if is_promoted(setting, month, mentee) or not has_room(state.streams, state.levers, setting, mentee, slots):
        return False
    if not aware(state.streams, state.levers, state.institution, setting, mentee):
        return False
    return registers(state.streams, state.units, setting, month, mentee, slots)


@step
def waiting(state, setting, month, site):
    """The rows of the mentees of a site who wait for the program, in the order of arrival."""
    here, n = mentees_of(state, setting, month, site), 0
    for i in here:
        if waits(state, setting, month, state.mentees[i]):
            here[n] = i
            n += 1
    return here[:n]


@inner
def places(levers, institution, setting, mentor):
    """How many more mentees a mentor can serve well."""
    if mentor.volunteer == 0:
        return 0
    hours = mentor.hours + levers.prioritize.protected_hours * institution.funding
    most = min(max(int(hours / setting.context.meeting_hours), 1), setting.context.hard_cap)
    return max(most - mentor.load, 0)


@inner
def wanted(levers, setting, mentee, mentor, domain, noise):
    """What speaks for a mentor on the mentee's side, by what the office can read."""
    p = setting.rules.seek
    near = 1.0 if mentee.discipline == mentor.discipline else 0.0
    want = p.by_expertise * answer.read(mentor.expertise[domain], mentee.clarity, noise) + p.by_nearness * near
    return want + p.by_likeness * preferred(levers, setting, mentee, mentor)


@inner
def liked(setting, mentee, mentor, domain, noise):
    """What speaks for a mentee on the mentor's side, by what the office can read."""
    fit = answer.read(mentor.expertise[domain], mentee.clarity, noise)
    return fit + setting.rules.seek.by_likeness * setting.context.homophily * alike(setting, mentee, mentor)


@step
def scores(state, setting, month, waiting, mentors):
    """What speaks for each pair on the mentee's and on the mentor's side; -inf where the program may not pair them."""
    wants = np.full((len(waiting), len(mentors)), -np.inf)
    likes = np.full((len(mentors), len(waiting)), -np.inf)
    luck = state.streams[month, Purpose.APPLICATION]
    for m in range(len(waiting)):
        mentee = state.mentees[waiting[m]]
        slots = state.ties[mentee.row]
        domain, _ = unmet(setting, mentee, slots)
        first, end = listed(state.levers, state.units, site_of(state.sites, state.units, mentee), mentee)
        for n in range(len(mentors)):
            mentor = state.mentors[mentors[n]]
            shown = first <= mentor.post < end and not holds(slots, mentor)
            if shown and offered(state.levers, setting, mentee, mentor, domain):
                noise = uniform(luck, mentee.row, mentor.mentor)
                wants[m, n] = wanted(state.levers, setting, mentee, mentor, domain, noise)
                likes[n, m] = liked(setting, mentee, mentor, domain, noise)
    return wants, likes


@step
def lucks(streams, month, keys):
    """A number in [0, 1) for each mentee or mentor of a round, by their keys."""
    luck, drawn = streams[month, Purpose.LOT], np.empty(len(keys))
    for n in range(len(keys)):
        drawn[n] = uniform(luck, keys[n], 0)
    return drawn


@step
def in_turn(state, month, mentors):
    """Mentors in the order of their luck this month, where an order would favour the first of equals; else in that of posts."""
    if state.levers.empower.pairing < COORDINATOR:
        return mentors
    keys = np.empty(len(mentors), np.int64)
    for n in range(len(mentors)):
        keys[n] = key_of(state.mentors[mentors[n]])
    return mentors[np.argsort(lucks(state.streams, month, keys))]


@step
def site_mentors(state, setting, month, site):
    """The mentors of a site with places left, and the places."""
    who = in_turn(state, month, mentors_of(state, site))
    room, n = np.empty(len(who), np.int64), 0
    for j in who:
        left = places(state.levers, state.institution, setting, state.mentors[j])
        if left > 0:
            who[n], room[n] = j, left
            n += 1
    return who[:n], room[:n]


@step
def bring_together(state, setting, month, waiting, mentors, chosen):
    """The pairs that the office made become ties, at the cost of its hours."""
    via, hours = state.levers.empower.pairing, setting.rules.institution.coordination_hours
    for m in range(len(waiting)):
        if chosen[m] >= 0:
            mentee, mentor = state.mentees[waiting[m]], state.mentors[mentors[chosen[m]]]
            domain, _ = unmet(setting, mentee, state.ties[mentee.row])
            pair(state, setting, month, mentee, mentor, domain, via, False, False)
            state.institution.spent[PAIRING] += hours * setting.prices.staff_hour


@step
def assign(state, setting, month, site):
    """The round of a month at a site, by the procedure of the policy; nothing in other months, or when it pauses."""
    if not is_round(state.levers, setting, month) or pauses(state.levers, setting, month):
        return
    pairing = state.levers.empower.pairing
    who = waiting(state, setting, month, site)
    mentors, room = site_mentors(state, setting, month, site)
    wants, likes = scores(state, setting, month, who, mentors)
    luck = lucks(state.streams, month, who)
    if pairing == LOT:
        chosen = by_lot(wants, likes, room, luck)
    elif pairing == ARRIVAL:
        chosen = by_arrival(wants, likes, room, luck)
    elif pairing == COORDINATOR:
        chosen = by_coordinator(wants, likes, room, luck)
    else:
        chosen = stably(wants, likes, room, luck)
    bring_together(state, setting, month, who, mentors, chosen)


def assign_optimally(state, setting, month):
    """The round of a month for which the compiled run paused."""
    for site in range(len(state.sites)):
        who = waiting(state, setting, month, site)
        mentors, room = site_mentors(state, setting, month, site)
        wants, likes = scores(state, setting, month, who, mentors)
        chosen = optimally(wants, likes, room, lucks(state.streams, month, who))
        bring_together(state, setting, month, who, mentors, chosen)
