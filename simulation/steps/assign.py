"""In the months of a round, the program brings people together, site by site."""

import numpy as np

from simulation.draws import Purpose, uniform
from simulation.jit import inner, rule, step
from simulation.matching.arrival import by_arrival
from simulation.matching.coordinator import by_coordinator
from simulation.matching.lot import by_lot
from simulation.matching.optimal import optimally
from simulation.matching.stable import stably
from simulation.rules import answer
from simulation.rules import seek as seeking
from simulation.scenario.levers import ARRIVAL, COORDINATOR, LOT, OFF, OPTIMAL, STABLE, Lever
from simulation.steps.acquaint import alike, wishes
from simulation.steps.encounter import listed, offered
from simulation.steps.presence import aware, mentees_of, mentors_of
from simulation.steps.seek import has_room, pair, unmet
from simulation.ties import ASSIGNED, held, holds


@inner
def is_round(state, setting, month):
    """Whether the program brings people together this month: first in August, then every `round_months`."""
    pairing, every = state.levers[Lever.PAIRING], setting.rules.institution.round_months
    return LOT <= pairing <= STABLE and month % every == 1 % every


@rule
def pauses(state, setting, month):
    """Whether the month waits for an optimal assignment, which is not compiled."""
    return state.levers[Lever.PAIRING] == OPTIMAL and is_round(state, setting, month)


@inner
def registers(state, setting, i):
    """Whether a mentee puts their name down: as if asking, but the office helps and it is no one's face."""
    domain, level = unmet(state, setting, i)
    if domain < 0:
        return False
    mentee = state.mentees[i]
    ready = state.sites[state.units[mentee.unit].site].readiness
    luck = uniform(state.streams[0, Purpose.REGISTER], i, 0)
    holds_now = held(state.ties, i)
    return seeking.seeks(luck, mentee.initiative, mentee.clarity, level, holds_now, ready, 1.0, 1.0, setting.rules.seek)


@inner
def waits(state, setting, i):
    """Whether a mentee waits for the program: knows of it, has room, and holds no mentor whom it assigned."""
    ties = state.ties
    for s in range(ties.shape[1]):
        if ties[i, s].mentor >= 0 and 0 < ties[i, s].via <= ASSIGNED:
            return False
    return aware(state, setting, i) and has_room(state, setting, i) and registers(state, setting, i)


@step
def waiting(state, setting, month, site):
    """The mentees of a site who wait for the program, in the order of arrival."""
    here, n = mentees_of(state, setting, month, site), 0
    for i in here:
        if waits(state, setting, i):
            here[n] = i
            n += 1
    return here[:n]


@inner
def places(state, setting, j):
    """How many more mentees a mentor can serve well."""
    mentors = state.mentors
    if mentors[j].volunteer == 0:
        return 0
    hours = mentors[j].hours + state.levers[Lever.PROTECTED_HOURS] * state.institution.funding
    most = min(max(int(hours / setting.context.meeting_hours), 1), setting.context.hard_cap)
    return max(most - mentors[j].load, 0)


@step
def scores(state, setting, month, waiting, mentors):
    """What speaks for each pair on the mentee's and on the mentor's side, by what the office can read."""
    wants = np.full((len(waiting), len(mentors)), -np.inf)
    likes = np.full((len(mentors), len(waiting)), -np.inf)
    luck, p = state.streams[month, Purpose.APPLICATION], setting.rules.seek
    wished = state.levers[Lever.IDENTITY] != OFF
    for m in range(len(waiting)):
        i = waiting[m]
        domain, _ = unmet(state, setting, i)
        first, end = listed(state, i)
        for n in range(len(mentors)):
            j = mentors[n]
            if (
                first <= state.mentors[j].post < end
                and not holds(state.ties, i, j)
                and offered(state, setting, i, j, domain)
            ):
                noise = uniform(luck, i, state.mentors[j].mentor)
                fit = answer.read(state.mentors[j].expertise[domain], state.mentees[i].clarity, noise)
                near = 1.0 if state.mentees[i].discipline == state.mentors[j].discipline else 0.0
                wants[m, n] = p.by_expertise * fit + p.by_nearness * near
                if wished:
                    wants[m, n] += p.by_likeness * wishes(state, setting, i, j)
                likes[n, m] = fit + p.by_likeness * setting.context.homophily * alike(state, setting, i, j)
    return wants, likes


@step
def site_mentors(state, setting, site):
    """The mentors of a site with places left, and the places."""
    who = mentors_of(state, site)
    room, n = np.empty(len(who), np.int64), 0
    for j in who:
        if places(state, setting, j) > 0:
            who[n], room[n] = j, places(state, setting, j)
            n += 1
    return who[:n], room[:n]


@step
def bring_together(state, setting, month, waiting, mentors, chosen):
    """The pairs that the office made become ties, at the cost of its hours."""
    via = int(state.levers[Lever.PAIRING])
    hours = setting.rules.institution.coordination_hours
    for m in range(len(waiting)):
        if chosen[m] >= 0:
            domain, _ = unmet(state, setting, waiting[m])
            pair(state, setting, month, waiting[m], mentors[chosen[m]], domain, via, False, False)
            state.institution.month_cost += hours * setting.prices.staff_hour


@step
def lucks(state, month, waiting):
    """A number in [0, 1) for each who waits."""
    luck, drawn = state.streams[month, Purpose.LOT], np.empty(len(waiting))
    for m in range(len(waiting)):
        drawn[m] = uniform(luck, waiting[m], 0)
    return drawn


@step
def assign(state, setting, month, site):
    """The round of a month at a site, by the procedure of the policy; nothing in other months, or when it pauses."""
    if not is_round(state, setting, month) or pauses(state, setting, month):
        return
    pairing = state.levers[Lever.PAIRING]
    who = waiting(state, setting, month, site)
    mentors, room = site_mentors(state, setting, site)
    wants, likes = scores(state, setting, month, who, mentors)
    luck = lucks(state, month, who)
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
        mentors, room = site_mentors(state, setting, site)
        wants, likes = scores(state, setting, month, who, mentors)
        chosen = optimally(wants, likes, room, lucks(state, month, who))
        bring_together(state, setting, month, who, mentors, chosen)
