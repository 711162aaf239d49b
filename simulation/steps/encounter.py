"""Who comes into view: at most `VIEW` mentors a month, from acquaintances, from nearby and from the directory."""

import numpy as np

from simulation.columns import KNOWN, VIEW
from simulation.draws import Purpose, uniform
from simulation.jit import inner, step
from simulation.rules import encounter as rules
from simulation.rules.hear import believed
from simulation.scenario.levers import ALL, OFF, REQUIRED, SOME, Lever
from simulation.steps.acquaint import alike
from simulation.ties import holds

ACQUAINTED = 2  # places in view for mentors heard of
SEARCHES = 4  # entries of the directory looked at for one place in view


@inner
def standing_of(state, setting, i, mentor):
    """The standing of a mentor in a mentee's ears."""
    mentees = state.mentees
    for k in range(KNOWN):
        if mentees[i].known[k] == mentor:
            return believed(mentees[i].known_standing[k], mentees[i].known_weight[k], setting.rules.hear)
    return 0.5


@inner
def best_known(state, setting, i, but):
    """The mentor of highest standing among those heard of, other than `but`, and the standing; -1 for none."""
    mentees, best, most = state.mentees, -1, 0.5
    for k in range(KNOWN):
        mentor = mentees[i].known[k]
        if mentor >= 0 and mentor != but and state.mentors[mentor].active == 1:
            standing = believed(mentees[i].known_standing[k], mentees[i].known_weight[k], setting.rules.hear)
            if standing > most:
                best, most = mentor, standing
    return best, most


@inner
def nearby(state, setting, month, i):
    """The posts of the unit where a mentee works this month: first, and end."""
    unit = state.mentees[i].unit
    if uniform(state.streams[month, Purpose.ROTATION], i, 0) < setting.rotation:
        site = state.units[unit].site
        first, end = state.sites[site].first_unit, state.sites[site].end_unit
        unit = first + int(uniform(state.streams[month, Purpose.PLACE], i, 0) * (end - first))
    return state.units[unit].first_post, state.units[unit].end_post


@inner
def listed(state, i):
    """The posts whose mentors the directory shows to a mentee: first, and end. Some is half of the site, the own
    discipline included.
    """
    units, sites, unit = state.units, state.sites, state.mentees[i].unit
    site = units[unit].site
    first, end = sites[site].first_unit, sites[site].end_unit
    pool = state.levers[Lever.POOL]
    low, high = unit, unit + 1
    while low > first and units[low - 1].discipline == units[unit].discipline:
        low -= 1
    while high < end and units[high].discipline == units[unit].discipline:
        high += 1
    if pool == SOME:
        middle = (first + end + 1) // 2
        low, high = (first, max(middle, high)) if unit < middle else (min(middle, low), end)
    if pool != ALL:
        first, end = low, high
    return units[first].first_post, units[end - 1].end_post


@inner
def suits(state, setting, i, mentor):
    """Whether identity matching lets the program bring these two together."""
    matching = state.levers[Lever.IDENTITY]
    if matching == OFF:
        return True
    attributes = int(state.levers[Lever.ATTRIBUTES])
    for a in range(setting.attributes):
        if (attributes >> a) & 1:
            same = state.mentees[i].group[a] == state.mentors[mentor].group[a]
            wish = state.mentees[i].wish[a]
            if (matching == REQUIRED and not same) or (matching != REQUIRED and wish != 0 and same != (wish > 0)):
                return False
    return True


@inner
def offered(state, setting, i, mentor, domain):
    """Whether the directory shows this mentor for this domain: a volunteer of a covered domain, who suits."""
    covered = (int(state.levers[Lever.DOMAINS]) >> domain) & 1
    return covered == 1 and state.mentors[mentor].volunteer == 1 and suits(state, setting, i, mentor)


@inner
def unseen(state, view, count, i, mentor):
    """Whether a mentor can still come into view: there, not in view yet, not already one's own."""
    if mentor < 0 or state.mentors[mentor].active != 1 or holds(state.ties, i, mentor):
        return False
    for k in range(count):
        if view[k] == mentor:
            return False
    return True


@inner
def noticed(state, setting, month, i, mentor, newness):
    """Whether a mentee notices this mentor this month."""
    luck = uniform(state.streams[month, Purpose.NOTICE], i, state.mentors[mentor].mentor)
    senior = min(state.mentors[mentor].seniority / setting.rules.arrive.seniority_years, 1.0)
    standing = standing_of(state, setting, i, mentor)
    likeness = alike(state, setting, i, mentor)
    return rules.notices(luck, likeness, setting.context.homophily, senior, standing, newness, setting.rules.encounter)


@step
def encounter(state, setting, month, i, domain, directory):
    """The mentors who come into view of a mentee with a need in a domain, and which of them the directory showed."""
    view, shown, count = np.full(VIEW, -1), np.zeros(VIEW, np.int64), 0
    mentor, _ = best_known(state, setting, i, -1)
    for _ in range(ACQUAINTED):
        if unseen(state, view, count, i, mentor):
            view[count] = mentor
            count += 1
        mentor, _ = best_known(state, setting, i, mentor)
    newness = rules.newness(float(month - state.mentees[i].cohort), setting.rules.encounter)
    near, near_end = nearby(state, setting, month, i)
    luck = state.streams[month, Purpose.CANDIDATE]
    first, end = listed(state, i) if directory else (near, near_end)
    for place in range(count, VIEW):
        if directory and place % 2 == 1:
            for search in range(SEARCHES if end > first else 0):
                post = first + int(uniform(luck, i, VIEW + place * SEARCHES + search) * (end - first))
                mentor = state.posts[post].occupant
                if unseen(state, view, count, i, mentor) and offered(state, setting, i, mentor, domain):
                    view[count], shown[count] = mentor, 1
                    count += 1
                    break
        elif near_end > near:
            mentor = state.posts[near + int(uniform(luck, i, place) * (near_end - near))].occupant
            if unseen(state, view, count, i, mentor) and noticed(state, setting, month, i, mentor, newness):
                view[count] = mentor
                count += 1
    return view, shown, count
