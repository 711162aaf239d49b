"""Cohorts enter in July; vacant posts are filled, some by graduates who stay."""

import math

from simulation.columns import GENERATION, GRADUATE, TRAITS
from simulation.draws import Purpose, normal, uniform
from simulation.jit import inner, rule
from simulation.rules import arrive as rules
from simulation.scenario.flat import HIRING
from simulation.scenario.levers import Lever
from simulation.steps.presence import member
from simulation.ties import MENTOR_KEY


@inner
def drawn_group(luck, cumulative, count):
    """The group into which a number in [0, 1) falls, by cumulative shares."""
    for group in range(count - 1):
        if luck < cumulative[group]:
            return group
    return count - 1


@inner
def welcome(state, setting, i, cohort, unit):
    """A mentee comes into a unit: identity, traits, wishes, needs and skills."""
    mentees, p = state.mentees, setting.rules.arrive
    mentees[i].cohort, mentees[i].unit, mentees[i].active = cohort, unit, 1
    mentees[i].discipline = state.units[unit].discipline
    identity, wish = state.streams[0, Purpose.IDENTITY], state.streams[0, Purpose.WISH]
    strength, trait = state.streams[0, Purpose.WISH_STRENGTH], state.streams[0, Purpose.TRAIT]
    for a in range(setting.attributes):
        group = drawn_group(uniform(identity, i, a), setting.mentee_groups[a], setting.group_count[a])
        mentees[i].group[a] = group
        mentees[i].wish[a] = rules.wished(
            uniform(wish, i, a), setting.wish_same[a, group], setting.wish_different[a, group]
        )
        mentees[i].wish_strength[a] = uniform(strength, i, a)
    for k in range(TRAITS):
        mentees[i].trait[k] = normal(trait, i, k)
    mentees[i].openness = rules.inclined(0.5, normal(state.streams[0, Purpose.OPENNESS], i, 0), p)
    mentees[i].initiative = rules.inclined(0.5, normal(state.streams[0, Purpose.INITIATIVE], i, 0), p)
    mentees[i].clarity = rules.inclined(0.5, normal(state.streams[0, Purpose.CLARITY], i, 0), p)
    mentees[i].ability = rules.inclined(0.5, normal(state.streams[0, Purpose.ABILITY], i, 0), p)
    mentees[i].hours = rules.hours_found(setting.context.mentee_hours, normal(state.streams[0, Purpose.HOURS], i, 0), p)
    years = max(-cohort, 0) // 12
    need = state.streams[0, Purpose.NEED]
    for d in range(setting.domains):
        mentees[i].need[d] = rules.needed(
            setting.need[d, min(years, setting.years - 1)], normal(need, i, d), setting.rules.need
        )
        mentees[i].skill[d] = rules.skilled(years, p)
    mentees[i].output = mentees[i].ability
    z = normal(state.streams[0, Purpose.STRAIN], i, 0)
    mentees[i].belonging = min(
        max(setting.rules.strain.belonging + setting.rules.strain.belonging_spread * z, 0.0), 1.0
    )
    z = normal(state.streams[0, Purpose.STRAIN], i, 1)
    mentees[i].burnout = min(max(setting.rules.strain.burnout + setting.rules.strain.burnout_spread * z, 0.0), 1.0)


@inner
def appoint(state, setting, post, key, month, seniority):
    """A person takes a vacant post as mentor; gives the row. Who they are depends on their id `key` alone."""
    mentors, p = state.mentors, setting.rules.arrive
    row = state.counts.mentors
    state.counts.mentors += 1
    unit, who, unborn = state.posts[post].unit, key + MENTOR_KEY, 0
    state.posts[post].occupant = row
    state.posts[post].generation += 1
    mentors[row].mentor, mentors[row].post, mentors[row].unit = key, post, unit
    mentors[row].discipline = state.units[unit].discipline
    mentors[row].active, mentors[row].joined = 1, month
    identity, trait = state.streams[unborn, Purpose.MENTOR_IDENTITY], state.streams[unborn, Purpose.MENTOR_TRAIT]
    mentors[row].resources = 1.0
    for a in range(setting.attributes):
        group = drawn_group(uniform(identity, who, a), setting.mentor_groups[a], setting.group_count[a])
        mentors[row].group[a] = group
    for k in range(TRAITS):
        mentors[row].trait[k] = normal(trait, who, k)
    expertise = state.streams[unborn, Purpose.EXPERTISE]
    for d in range(setting.domains):
        mean = setting.expertise[mentors[row].discipline, d]
        mentors[row].expertise[d] = rules.expert(mean, normal(expertise, who, d), p)
    mentors[row].skill = rules.inclined(
        setting.context.mentoring_skill, normal(state.streams[unborn, Purpose.SKILL], who, 0), p
    )
    mentors[row].approachability = rules.inclined(0.5, normal(state.streams[unborn, Purpose.APPROACHABLE], who, 0), p)
    mentors[row].willingness = rules.inclined(0.5, normal(state.streams[unborn, Purpose.WILLING], who, 0), p)
    mentors[row].seniority = seniority
    z = normal(state.streams[unborn, Purpose.MENTOR_STRAIN], who, 0)
    q = setting.rules.mentor_strain
    mentors[row].burnout = min(max(q.burnout + q.burnout_spread * z, 0.0), 1.0)
    mentors[row].satisfaction = q.satisfaction
    return row


@rule
def resource(state, setting, row):
    """A mentor's means follow identity: resources, and with them the hours found for mentoring."""
    mentors = state.mentors
    for a in range(setting.attributes):
        mentors[row].resources *= setting.resources[a, mentors[row].group[a]]
    z = normal(state.streams[0, Purpose.MENTOR_HOURS], mentors[row].mentor + MENTOR_KEY, 0)
    found = rules.hours_found(setting.context.mentor_hours, z, setting.rules.arrive)
    site = state.units[mentors[row].unit].site
    mentors[row].hours = found * mentors[row].resources * state.sites[site].time


@inner
def recruit(state, setting, row):
    """A targeted hire belongs to the group and knows the domain that the program recruits for."""
    levers, mentors = state.levers, state.mentors
    attribute, domain = int(levers[Lever.RECRUIT_ATTRIBUTE]), int(levers[Lever.RECRUIT_DOMAIN])
    luck = uniform(state.streams[0, Purpose.RECRUIT], mentors[row].mentor + MENTOR_KEY, 0)
    if (attribute < 0 and domain < 0) or luck >= levers[Lever.RECRUIT_SHARE]:
        return
    if attribute >= 0:
        mentors[row].group[attribute] = int(levers[Lever.RECRUIT_GROUP])
    if domain >= 0:
        mentors[row].expertise[domain] = 1.0 - (1.0 - mentors[row].expertise[domain]) ** 2
    hours = setting.rules.institution.recruit_hours
    state.institution.month_cost += hours * setting.prices.staff_hour


@inner
def graduate_of(state, setting, unit, month):
    """The first graduate of a unit's last cohort who is not a mentor yet, or -1."""
    for cohort in range(setting.cohorts):
        if setting.cohort_month[cohort] == month - 12 * setting.years:
            first = member(setting, len(state.units), cohort, unit, 0)
            for i in range(first, member(setting, len(state.units), cohort, unit + 1, 0)):
                if state.mentees[i].active == 3:
                    return i
    return -1


@inner
def promote(state, setting, post, i, month):
    """A graduate takes a vacant post and stays who they are: identity, traits, and the skills learned."""
    state.mentees[i].active = 4
    row = appoint(state, setting, post, GRADUATE + i, month, 0.0)
    for a in range(setting.attributes):
        state.mentors[row].group[a] = state.mentees[i].group[a]
    for k in range(TRAITS):
        state.mentors[row].trait[k] = state.mentees[i].trait[k]
    for d in range(setting.domains):
        state.mentors[row].expertise[d] = max(state.mentors[row].expertise[d], state.mentees[i].skill[d])
    return row


@inner
def hire(state, setting, month):
    """Vacant posts are filled; a person's id is post and generation, so that supply never differs by accident."""
    posts = state.posts
    senior, chance = state.streams[0, Purpose.SENIORITY], state.streams[month, Purpose.HIRE]
    promotion = state.streams[month, Purpose.PROMOTION]
    filled = state.calendar[month, HIRING]
    for post in range(len(posts)):
        if posts[post].occupant >= 0 or (month > 0 and uniform(chance, post, 0) >= filled):
            continue
        graduate = -1
        if month > 0 and uniform(promotion, post, 0) < setting.promoted:
            graduate = graduate_of(state, setting, posts[post].unit, month)
        if graduate >= 0:
            row = promote(state, setting, post, graduate, month)
        else:
            key = post + int(posts[post].generation) * GENERATION
            years = uniform(senior, key, 0) * setting.rules.arrive.seniority_years
            row = appoint(
                state, setting, post, key, month, years if month == 0 else setting.rules.arrive.hired_seniority * years
            )
            if month > 0:
                recruit(state, setting, row)
        resource(state, setting, row)


@inner
def settle(state, setting):
    """Sites differ before anybody comes: in the time that mentors find, and in how readily people ask."""
    luck = state.streams[0, Purpose.CLIMATE]
    for site in range(len(state.sites)):
        state.sites[site].time = math.exp(setting.context.climate_time * normal(luck, site, 0))
        state.sites[site].hazard = math.exp(setting.context.climate_hazard * normal(luck, site, 2))
        state.sites[site].readiness = setting.context.climate_readiness * normal(luck, site, 1)


@rule
def arrive(state, setting, month):
    """Newcomers enter and vacant posts are filled, once a year."""
    if month % 12 > 0:
        return
    if month == 0:
        settle(state, setting)
    units = len(state.units)
    for cohort in range(setting.cohorts):
        arrival = setting.cohort_month[cohort]
        if arrival == month or (month == 0 and arrival < 0):
            for unit in range(units):
                first = member(setting, units, cohort, unit, 0)
                for i in range(first, member(setting, units, cohort, unit + 1, 0)):
                    welcome(state, setting, i, arrival, unit)
    hire(state, setting, month)
