"""Cohorts enter in July; vacant posts are filled, some by graduates who stay."""

from simulation.billing import RECRUITING
from simulation.columns import GENERATION, GRADUATE, TRAITS
from simulation.draws import Purpose, normal, uniform
from simulation.exponential import exp
from simulation.jit import inner, rule
from simulation.rules import arrive as rules
from simulation.scenario.compiled_setting import HIRING
from simulation.steps.who_is_there import site_of
from simulation.ties import key_of


@inner
def drawn_group(luck, cumulative, count):
    """The group into which a number in [0, 1) falls, by cumulative shares."""
    for group in range(count - 1):
        if luck < cumulative[group]:
            return group
    return count - 1


@inner
def identify(luck, setting, mentee):
    """A mentee's groups, drawn where no roster has them, and wishes about a mentor's; `luck` is each purpose's stream for life."""
    i = mentee.row
    for a in range(setting.attributes):
        if mentee.group[a] < 0:
            drawn = uniform(luck[Purpose.IDENTITY], i, a)
            mentee.group[a] = drawn_group(drawn, setting.mentee_groups[a], setting.group_count[a])
        group = mentee.group[a]
        same, different = setting.wish_same[a, group], setting.wish_different[a, group]
        mentee.wish[a] = rules.wished(uniform(luck[Purpose.WISH], i, a), same, different)
        mentee.wish_strength[a] = uniform(luck[Purpose.WISH_STRENGTH], i, a)


@inner
def settled(level, spread, z):
    """A level in [0, 1] at which a person starts, `z` standard deviations from the mean."""
    return min(max(level + spread * z, 0.0), 1.0)


@inner
def welcome(streams, units, setting, mentee, cohort, unit):
    """A mentee comes into a unit: identity, traits, wishes, needs and skills."""
    p, i, luck = setting.rules.arrive, mentee.row, streams[0]
    mentee.cohort, mentee.unit, mentee.active = cohort, unit, 1
    mentee.discipline, mentee.turn = units[unit].discipline, units[unit].turn
    identify(luck, setting, mentee)
    for k in range(TRAITS):
        mentee.trait[k] = normal(luck[Purpose.TRAIT], i, k)
    mentee.openness = rules.inclined(0.5, normal(luck[Purpose.OPENNESS], i, 0), p)
    mentee.initiative = rules.inclined(0.5, normal(luck[Purpose.INITIATIVE], i, 0), p)
    mentee.clarity = rules.inclined(0.5, normal(luck[Purpose.CLARITY], i, 0), p)
    mentee.ability = rules.inclined(0.5, normal(luck[Purpose.ABILITY], i, 0), p)
    mentee.hours = rules.hours_found(setting.context.mentee_hours, normal(luck[Purpose.HOURS], i, 0), p)
    years = max(-cohort, 0) // 12
    for d in range(setting.domains):
        mean = setting.need[d, min(years, setting.years - 1)]
        mentee.need[d] = rules.needed(mean, normal(luck[Purpose.NEED], i, d), setting.rules.need)
        mentee.skill[d] = rules.skilled(years, p)
    mentee.output = mentee.ability
    q, strain = setting.rules.strain, luck[Purpose.STRAIN]
    mentee.belonging = settled(q.belonging, q.belonging_spread, normal(strain, i, 0))
    mentee.burnout = settled(q.burnout, q.burnout_spread, normal(strain, i, 1))


@inner
def appoint(state, setting, post, key, month, seniority):
    """A person takes a vacant post as mentor; gives the row. Who they are depends on their id `key` alone."""
    row = state.counts.mentors
    mentor, place, p, luck = state.mentors[row], state.posts[post], setting.rules.arrive, state.streams[0]
    state.counts.mentors += 1
    place.occupant = row
    place.generation += 1
    mentor.mentor, mentor.row, mentor.post, mentor.unit, mentor.exit_month = key, row, post, place.unit, -1
    mentor.discipline = state.units[place.unit].discipline
    mentor.active, mentor.joined, mentor.resources, mentor.seniority = 1, month, 1.0, seniority
    who = key_of(mentor)
    for a in range(setting.attributes):
        drawn = uniform(luck[Purpose.MENTOR_IDENTITY], who, a)
        mentor.group[a] = drawn_group(drawn, setting.mentor_groups[a], setting.group_count[a])
    for k in range(TRAITS):
        mentor.trait[k] = normal(luck[Purpose.MENTOR_TRAIT], who, k)
    for d in range(setting.domains):
        mean = setting.expertise[mentor.discipline, d]
        mentor.expertise[d] = rules.expert(mean, normal(luck[Purpose.EXPERTISE], who, d), p)
    mentor.skill = rules.inclined(setting.context.mentoring_skill, normal(luck[Purpose.SKILL], who, 0), p)
    mentor.approachability = rules.inclined(0.5, normal(luck[Purpose.APPROACHABLE], who, 0), p)
    mentor.willingness = rules.inclined(0.5, normal(luck[Purpose.WILLING], who, 0), p)
    q = setting.rules.mentor_strain
    mentor.burnout = settled(q.burnout, q.burnout_spread, normal(luck[Purpose.MENTOR_STRAIN], who, 0))
    mentor.satisfaction = q.satisfaction
    if place.generation == 1:
        come_from_roster(setting, place, mentor)
    return row


@inner
def come_from_roster(setting, place, mentor):
    """The first to hold a post is the roster's mentor, in whatever the roster says of them."""
    for a in range(setting.attributes):
        if place.group[a] >= 0:
            mentor.group[a] = place.group[a]
    for d in range(setting.domains):
        if place.expertise[d] >= 0.0:
            mentor.expertise[d] = place.expertise[d]


@rule
def resource(streams, site, setting, mentor):
    """A mentor's means follow identity: resources, and with them the hours found for mentoring."""
    for a in range(setting.attributes):
        mentor.resources *= setting.resources[a, mentor.group[a]]
    z = normal(streams[0, Purpose.MENTOR_HOURS], key_of(mentor), 0)
    found = rules.hours_found(setting.context.mentor_hours, z, setting.rules.arrive)
    mentor.hours = found * mentor.resources * site.time


@inner
def recruit(state, setting, mentor):
    """A targeted hire belongs to the group and knows the domain that the program recruits for."""
    levers = state.levers.diversify
    attribute, group, domain = levers.recruit_identity[0], levers.recruit_identity[1], levers.recruit_domain
    luck = uniform(state.streams[0, Purpose.RECRUIT], key_of(mentor), 0)
    if (attribute < 0 and domain < 0) or luck >= levers.recruit_share:
        return
    if attribute >= 0:
        mentor.group[attribute] = group
    if domain >= 0:
        lack = 1.0 - mentor.expertise[domain]
        mentor.expertise[domain] = 1.0 - lack * lack
    state.institution.spent[RECRUITING] += setting.rules.institution.recruit_hours * setting.prices.staff_hour


@inner
def graduate_of(mentees, first_rows, setting, unit, month):
    """The row of the first graduate of a unit's last cohort who is not a mentor yet, or -1."""
    for cohort in range(setting.cohorts):
        if setting.cohort_month[cohort] == month - 12 * setting.years:
            for i in range(first_rows[cohort, unit], first_rows[cohort, unit + 1]):
                if mentees[i].active == 3:
                    return i
    return -1


@inner
def promote(state, setting, post, mentee, month):
    """A graduate takes a vacant post and stays who they are: identity, traits, and the skills learned."""
    mentee.active = 4
    row = appoint(state, setting, post, GRADUATE + mentee.row, month, 0.0)
    mentor = state.mentors[row]
    for a in range(setting.attributes):
        mentor.group[a] = mentee.group[a]
    for k in range(TRAITS):
        mentor.trait[k] = mentee.trait[k]
    for d in range(setting.domains):
        mentor.expertise[d] = max(mentor.expertise[d], mentee.skill[d])
    return row


@inner
def fill(state, setting, month, post):
    """Somebody takes a vacant post: a graduate of the unit who stays, or a new person, whose id is post and generation."""
    place, graduate = state.posts[post], -1
    if month > 0 and uniform(state.streams[month, Purpose.PROMOTION], post, 0) < setting.promoted:
        graduate = graduate_of(state.mentees, state.first_rows, setting, place.unit, month)
    if graduate >= 0:
        row = promote(state, setting, post, state.mentees[graduate], month)
    else:
        key = post + int(place.generation) * GENERATION
        seniority = uniform(state.streams[0, Purpose.SENIORITY], key, 0) * setting.rules.arrive.seniority_years
        row = appoint(state, setting, post, key, month, seniority)
        if month > 0:
            recruit(state, setting, state.mentors[row])
    mentor = state.mentors[row]
    resource(state.streams, site_of(state.sites, state.units, mentor), setting, mentor)


@inner
def hire(state, setting, month):
    """Vacant posts are filled; a person's id is post and generation, so that supply never differs by accident."""
    chance, filled = state.streams[month, Purpose.HIRE], state.calendar[month, HIRING]
    for post in range(len(state.posts)):
        if state.posts[post].occupant < 0 and (month == 0 or uniform(chance, post, 0) < filled):
            fill(state, setting, month, post)


@inner
def settle(streams, sites, setting):
    """Sites differ before anybody comes: in the time that mentors find, and in how many people leave."""
    luck, context = streams[0, Purpose.CLIMATE], setting.context
    for number in range(len(sites)):
        site = sites[number]
        site.time = exp(context.climate_time * normal(luck, number, 0))
        site.hazard = exp(context.climate_hazard * normal(luck, number, 2))


@rule
def arrive(state, setting, month):
    """Newcomers enter and vacant posts are filled, once a year; those who are there at the start may have come before."""
    if month % 12 > 0 or (month == 0 and state.counts.mentors > 0):
        return
    if month == 0:
        settle(state.streams, state.sites, setting)
    for cohort in range(setting.cohorts):
        arrival = setting.cohort_month[cohort]
        if arrival == month or (month == 0 and arrival < 0):
            for unit in range(len(state.units)):
                for i in range(state.first_rows[cohort, unit], state.first_rows[cohort, unit + 1]):
                    welcome(state.streams, state.units, setting, state.mentees[i], arrival, unit)
    hire(state, setting, month)
