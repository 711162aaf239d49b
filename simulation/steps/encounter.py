"""Who comes into view: at most `VIEW` mentors a month, from acquaintances, from nearby and from the directory."""

import numpy as np

from simulation.columns import KNOWN, VIEW
from simulation.draws import Purpose, uniform
from simulation.jit import inner, step
from simulation.rules import encounter as rules
from simulation.rules.hear import believed
from simulation.scenario.levers import ALL, OFF, OPTIONAL, REQUIRED, SOME
from simulation.steps.acquaint import alike, wish_met
from simulation.steps.who_is_there import site_of, site_posts
from simulation.ties import holds

ACQUAINTED = 2  # places in view for mentors heard of
SEARCHES = 4  # entries of the directory looked at for one place in view


@inner
def best_known(mentors, setting, mentee, but):
    """The row of the mentor of highest standing among those heard of, other than `but`, and the standing; -1 for none."""
    best, most = -1, 0.5
    for k in range(KNOWN):
        j = mentee.known[k]
        if j >= 0 and j != but and mentors[j].active == 1:
            standing = believed(mentee.known_standing[k], mentee.known_weight[k], setting.rules.hear)
            if standing > most:
                best, most = j, standing
    return best, most


@inner
def nearby(streams, units, site, setting, month, mentee):
    """The posts of the unit where a mentee works this month: first, and end."""
    unit = mentee.unit
    if uniform(streams[month, Purpose.ROTATION], mentee.row, 0) < setting.rotation:
        there = uniform(streams[month, Purpose.PLACE], mentee.row, 0) * (site.end_unit - site.first_unit)
        unit = site.first_unit + int(there)
    return units[unit].first_post, units[unit].end_post


@inner
def listed(levers, units, site, mentee):
    """The posts whose mentors the directory shows to a mentee: first, and end.

    "Some" is half of the site, and always holds the own discipline.
    """
    unit, pool = mentee.unit, levers.diversify.pool
    if pool == ALL:
        return site_posts(units, site)
    low, high, discipline = unit, unit + 1, units[unit].discipline
    while low > site.first_unit and units[low - 1].discipline == discipline:
        low -= 1
    while high < site.end_unit and units[high].discipline == discipline:
        high += 1
    if pool == SOME:
        middle = (site.first_unit + site.end_unit + 1) // 2
        if unit < middle:
            low, high = site.first_unit, max(middle, high)
        else:
            low, high = min(middle, low), site.end_unit
    return units[low].first_post, units[high - 1].end_post


@inner
def suits(levers, setting, mentee, mentor):
    """Whether identity matching lets the program bring these two together: only matching for all forbids anything."""
    if levers.match.identity != REQUIRED:
        return True
    for a in range(setting.attributes):
        if levers.match.attributes[a] == 1 and mentee.group[a] != mentor.group[a]:
            return False
    return True


@inner
def preferred(levers, setting, mentee, mentor):
    """How far a mentor meets the wishes that matching looks at, by their strength, less what is denied; 0 without matching."""
    total = 0.0
    if levers.match.identity != OFF:
        for a in range(setting.attributes):
            if levers.match.attributes[a] == 1:
                total += wish_met(mentee, mentor, a)
    return total


@inner
def offered(levers, setting, mentee, mentor, domain):
    """Whether the directory shows this mentor for this domain: a volunteer of a covered domain, who suits."""
    covered = domain >= 0 and levers.diversify.domains[domain] == 1
    return covered and mentor.volunteer == 1 and suits(levers, setting, mentee, mentor)


@inner
def unseen(mentors, slots, view, count, j):
    """Whether the mentor of a row can still come into view: there, not in view yet, not already one's own."""
    if j < 0 or mentors[j].active != 1 or holds(slots, mentors[j]):
        return False
    for k in range(count):
        if view[k] == j:
            return False
    return True


@inner
def noticed(streams, setting, month, mentee, mentor, newness):
    """Whether a mentee notices this mentor this month."""
    luck = uniform(streams[month, Purpose.NOTICE], mentee.row, mentor.mentor)
    likeness = alike(setting, mentee, mentor)
    return rules.notices(luck, likeness, setting.context.homophily, newness, setting.rules.encounter)


@inner
def entry(posts, luck, mentee, first, end, number):
    """The row of the mentor at a place of the directory that is looked at, or -1."""
    return posts[first + int(uniform(luck, mentee.row, VIEW + number) * (end - first))].occupant


@inner
def prefer(state, setting, month, mentee, domain, first, end, view, shown, count):
    """Where matching is offered, the directory shows a mentor who meets a wish in place of one who meets it less.

    It looks further through the directory, from the post `first` to before `end`, and takes nobody out of view without
    another coming in. A wish of any strength does so; its strength counts where a mentee ranks who is in view.
    """
    luck, slots = state.streams[month, Purpose.CANDIDATE], state.ties[mentee.row]
    for number in range(VIEW * SEARCHES if end > first else 0):
        j = entry(state.posts, luck, mentee, first, end, number)
        if not unseen(state.mentors, slots, view, count, j) or not offered(
            state.levers, setting, mentee, state.mentors[j], domain
        ):
            continue
        least, place = preferred(state.levers, setting, mentee, state.mentors[j]), -1
        for k in range(count):
            if shown[k] == 1:
                met = preferred(state.levers, setting, mentee, state.mentors[view[k]])
                if met < least:
                    least, place = met, k
        if place >= 0:
            view[place] = j


@step
def encounter(state, setting, month, mentee, domain, directory):
    """The rows of the mentors who come into view with a need in a domain, which of them the directory showed, and how many."""
    view, shown, count = np.full(VIEW, -1), np.zeros(VIEW, np.int64), 0
    slots, units, site = state.ties[mentee.row], state.units, site_of(state.sites, state.units, mentee)
    j, _ = best_known(state.mentors, setting, mentee, -1)
    for _ in range(ACQUAINTED):
        if unseen(state.mentors, slots, view, count, j):
            view[count] = j
            count += 1
        j, _ = best_known(state.mentors, setting, mentee, j)
    newness = rules.newness(float(month - mentee.cohort), setting.rules.encounter)
    near, near_end = nearby(state.streams, units, site, setting, month, mentee)
    luck = state.streams[month, Purpose.CANDIDATE]
    first, end = listed(state.levers, units, site, mentee) if directory else (near, near_end)
    for place in range(count, VIEW):
        if directory and place % 2 == 1:
            for search in range(SEARCHES if end > first else 0):
                j = entry(state.posts, luck, mentee, first, end, place * SEARCHES + search)
                if unseen(state.mentors, slots, view, count, j) and offered(
                    state.levers, setting, mentee, state.mentors[j], domain
                ):
                    view[count], shown[count] = j, 1
                    count += 1
                    break
        elif near_end > near:
            j = state.posts[near + int(uniform(luck, mentee.row, place) * (near_end - near))].occupant
            if unseen(state.mentors, slots, view, count, j) and noticed(
                state.streams, setting, month, mentee, state.mentors[j], newness
            ):
                view[count] = j
                count += 1
    if directory and state.levers.match.identity == OPTIONAL:
        prefer(state, setting, month, mentee, domain, first, end, view, shown, count)
    return view, shown, count
