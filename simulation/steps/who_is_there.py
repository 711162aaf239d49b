"""Who is there, and who knows of the program."""

import numpy as np

from simulation.draws import Purpose, uniform
from simulation.jit import inner, step
from simulation.scenario.levers import AD_HOC, OWN


@inner
def rows(setting, month):
    """The number of mentee rows that have arrived by a month."""
    count = 0
    for cohort in range(setting.cohorts):
        if setting.cohort_month[cohort] <= month:
            count = setting.cohort_row[cohort + 1]
    return count


@step
def mentees_of(state, setting, month, site):
    """The rows of the mentees who are at a site, in the order of arrival."""
    begins, first, end = state.first_rows, state.sites[site].first_unit, state.sites[site].end_unit
    count = 0
    for cohort in range(setting.cohorts):
        if setting.cohort_month[cohort] <= month:
            count += begins[cohort, end] - begins[cohort, first]
    here, n = np.empty(count, np.int64), 0
    for cohort in range(setting.cohorts):
        if setting.cohort_month[cohort] <= month:
            for i in range(begins[cohort, first], begins[cohort, end]):
                if state.mentees[i].active == 1:
                    here[n] = i
                    n += 1
    return here[:n]


@step
def mentors_of(state, site):
    """The rows of the mentors who are at a site, in the order of posts."""
    first, end = site_posts(state.units, state.sites[site])
    here, n = np.empty(end - first, np.int64), 0
    for post in range(first, end):
        if state.posts[post].occupant >= 0:
            here[n] = state.posts[post].occupant
            n += 1
    return here[:n]


@inner
def is_promoted(setting, month, mentee):
    """Whether a person has outgrown the program, where nobody graduates: asks no more, and is followed on for exits."""
    return not setting.graduates and month - mentee.cohort >= 12 * setting.years


@inner
def site_posts(units, site):
    """The posts of a site: first, and end."""
    return units[site.first_unit].first_post, units[site.end_unit - 1].end_post


@inner
def site_of(sites, units, person):
    """The site where a mentee or a mentor works."""
    return sites[units[person.unit].site]


@inner
def seniority_of(setting, mentor):
    """How senior a mentor is, in [0, 1]."""
    return min(mentor.seniority / setting.rules.arrive.seniority_years, 1.0)


@inner
def has_directory(levers):
    """Whether the program shows whom one could ask: it pairs people, or opens the pool beyond the discipline."""
    return levers.empower.pairing != AD_HOC or levers.diversify.pool != OWN


@step
def take_turns(units, streams):
    """Put the units in the order by lot in which they are offered a program: each gets its place in it, within (0, 1)."""
    drawn = np.empty(len(units))
    for u in range(len(units)):
        drawn[u] = uniform(streams[0, Purpose.OFFER], u, 1)
    order = np.argsort(drawn, kind="mergesort")
    for place in range(len(units)):
        units[order[place]].turn = (place + 0.5) / len(units)


@inner
def is_offered(streams, levers, mentee):
    """Whether the program is offered to a mentee: by lot, group, discipline and name, as far as the policy gives them."""
    offer = levers.offer
    if offer.share < 1.0:
        lot = mentee.turn if offer.whole_units > 0 else uniform(streams[0, Purpose.OFFER], mentee.row, 0)
        if lot >= offer.share:
            return False
    if offer.group[0] >= 0 and mentee.group[offer.group[0]] != offer.group[1]:
        return False
    if offer.disciplines[mentee.discipline] == 0:
        return False
    for number in offer.mentees:
        if number < 0:  # behind the last, so that nobody looks through what is empty
            break
        if number == mentee.row:
            return True
    return offer.mentees[0] < 0  # nobody is named, so everybody is meant


@inner
def aware(streams, levers, institution, setting, mentee):
    """Whether a mentee to whom the program is offered knows of it: likelier the more its leaders support it."""
    if not is_offered(streams, levers, mentee):
        return False
    share = setting.context.awareness + setting.rules.institution.aware * institution.support
    return uniform(streams[0, Purpose.AWARE], mentee.row, 0) < share
