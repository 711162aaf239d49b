"""Who comes: cohorts of mentees, and mentors who fill vacant posts (ODD, *arrive*)."""

import math

from .chance import Chance, logit, sigmoid, unit_interval
from .people import Mentee, Mentor
from .study import Post, Study, Unit, falls_into

TRAITS = 3


def disposition(chance: Chance, mean: float, spread: float) -> float:
    """Draw a disposition around a mean, normal in its log odds; a mean of zero or one does not vary."""
    return mean if mean in (0, 1) else sigmoid(logit(mean) + spread * chance.normal())


def relative_hours(study: Study) -> float:
    """Draw how much time somebody finds, relative to the mean."""
    arrive = study.rules.arrive
    return max(1 + arrive.hours_spread * study.chance.normal(), 0.0)


def draw_groups(study: Study, whose: str) -> list[int]:
    """Draw a group for each identity attribute, by the shares among mentees or mentors."""
    shares = [[getattr(identity, whose).get(group, 0.0) for group in identity.groups]
              for identity in study.world.identities]
    return [falls_into(share, study.chance.uniform()) for share in shares]


def draw_wish(study: Study, attribute: int, group: int) -> int:
    """Draw whether a mentee wishes for a mentor of the same group (1), of another (-1), or does not mind (0)."""
    identity = study.world.identities[attribute]
    name, luck = identity.groups[group], study.chance.uniform()
    same = identity.wish_same.get(name, 0.0)
    if luck < same:
        return 1
    return -1 if luck < same + identity.wish_different.get(name, 0.0) else 0


def mean_need(study: Study, domain: int, year: int) -> float:
    """Give the mean need in a domain in a year of the program; the last year holds for later ones."""
    needs = study.world.domains[domain].need
    return needs[min(year, study.world.people.years - 1, len(needs) - 1)]


def new_mentee(study: Study, cohort: int, unit: Unit) -> Mentee:
    """Draw a mentee of a cohort, who may have been there for years when the study begins."""
    chance, arrive, strain, need = study.chance, study.rules.arrive, study.rules.strain, study.rules.need
    year = (study.month - cohort) // 12
    groups = draw_groups(study, "mentees")
    ability = disposition(chance, 0.5, arrive.spread)
    domains = range(len(study.world.domains))
    belonging = strain.belonging + strain.belonging_spread * chance.normal()
    burnout = strain.burnout + strain.burnout_spread * chance.normal()
    return Mentee(
        row=len(study.all_mentees),
        cohort=cohort,
        unit=unit,
        groups=groups,
        wish=[draw_wish(study, attribute, group) for attribute, group in enumerate(groups)],
        wish_strength=[chance.uniform() for _ in groups],
        traits=[chance.normal() for _ in range(TRAITS)],
        openness=disposition(chance, 0.5, arrive.spread),
        initiative=disposition(chance, 0.5, arrive.spread),
        clarity=disposition(chance, 0.5, arrive.spread),
        ability=ability,
        hours=relative_hours(study) * study.context.mentee_hours,
        need=[unit_interval(mean_need(study, d, year) + need.spread * chance.normal()) for d in domains],
        skill=[1 - (1 - arrive.skill) * (1 - arrive.yearly_skill) ** year for _ in domains],
        output=ability,
        belonging=unit_interval(belonging),
        burnout=unit_interval(burnout),
        liking=chance.normal(),
        likable=chance.normal(),
        resting_belonging=belonging,
        resting_burnout=burnout,
        awareness=chance.uniform(),
        lot=chance.uniform(),
        registering=chance.uniform(),
        conformity=chance.uniform(),
        threshold=max(study.rules.norm.threshold + study.rules.norm.threshold_spread * chance.normal(), 0.0),
        slots=[None] * study.slots,
    )


def new_mentor(study: Study, post: Post, graduate: Mentee | None = None) -> Mentor:
    """Draw a mentor for a post; a graduate who stays keeps own groups and traits and what they have learned."""
    chance, arrive, strain = study.chance, study.rules.arrive, study.rules.mentor_strain
    unit = post.unit
    means = study.world.disciplines[unit.discipline].expertise
    expertise = [disposition(chance, means.get(domain.name, 0.5), arrive.expertise_spread)
                 for domain in study.world.domains]
    seniority = arrive.seniority_years * chance.uniform()
    groups, traits = draw_groups(study, "mentors"), [chance.normal() for _ in range(TRAITS)]
    if graduate is not None:
        expertise = [max(drawn, own) for drawn, own in zip(expertise, graduate.skill, strict=True)]
        groups, traits, seniority = graduate.groups, graduate.traits, 0.0
    resources = 1.0
    for identity, group in zip(study.world.identities, groups, strict=True):
        resources *= identity.resources.get(identity.groups[group], 1.0)
    resting_burnout = strain.burnout + strain.burnout_spread * chance.normal()
    return Mentor(
        number=len(study.all_mentors),
        unit=unit,
        joined=study.month,
        groups=groups,
        traits=traits,
        expertise=expertise,
        skill=disposition(chance, study.context.mentoring_skill, arrive.spread),
        approachability=disposition(chance, 0.5, arrive.spread),
        willingness=disposition(chance, 0.5, arrive.spread),
        seniority=seniority,
        resources=resources,
        hours=relative_hours(study) * study.context.mentor_hours * resources * unit.site.time,
        burnout=unit_interval(resting_burnout),
        satisfaction=strain.satisfaction,
        liking=chance.normal(),
        likable=chance.normal(),
        volunteering=chance.uniform(),
        resting_burnout=resting_burnout,
    )


def cohort_enters(study: Study, cohort: int, heads: int) -> None:
    """Let a cohort enter, spread over sites, disciplines and units in turn (ODD, section 5)."""
    years, everybody = study.world.people.years, study.world.people.mentees
    turn = (cohort // 12 + years - 1) % years

    def entered(before: int) -> int:
        return (heads * before * years + turn * everybody) // (everybody * years)

    before = 0
    for unit in study.units:
        unit.cohorts[cohort] = []
        here = entered(before + unit.block) - entered(before)
        for _ in range((unit.nth + 1) * here // unit.among - unit.nth * here // unit.among):
            mentee = new_mentee(study, cohort, unit)
            for those in (study.mentees, study.all_mentees, unit.mentees, unit.cohorts[cohort]):
                those.append(mentee)
        if unit.nth == unit.among - 1:
            before += unit.block


def in_each_year(study: Study) -> list[float]:
    """Give the share of mentees who are in each year: alike where people graduate, else those whom exits would leave."""
    people, hazards = study.world.people, study.world.hazards
    if people.graduates:
        return [1 / people.years] * people.years
    left = [1.0]
    for year in range(people.years - 1):
        left.append(left[-1] * math.exp(-(hazards.first_year if year == 0 else hazards.later_years)))
    return [share / sum(left) for share in left]


def mentees_arrive(study: Study) -> None:
    """Bring all cohorts of the start in month 0, and one cohort each July after."""
    people, shares = study.world.people, in_each_year(study)
    if study.month == 0:
        bound = 0
        for year in reversed(range(people.years)):
            reached = math.floor(people.mentees * sum(shares[year:]) + 1e-9)
            cohort_enters(study, -12 * year, reached - bound)
            bound = reached
    else:
        cohort_enters(study, study.month, max(1, round(people.mentees * shares[0])))


def fill_post(study: Study, post: Post) -> None:
    """Fill a vacant post, with a graduate of the unit who stays or with somebody new."""
    people, graduate = study.world.people, None
    if study.month > 0:
        if study.chance.uniform() >= study.calendar.hiring:
            return
        if study.chance.uniform() < people.promoted:
            cohort = post.unit.cohorts.get(study.month - 12 * people.years, [])
            graduate = next((mentee for mentee in cohort if mentee.status == "graduated"), None)
    post.mentor = new_mentor(study, post, graduate)
    if graduate is not None:
        graduate.status = "mentor"
    study.all_mentors.append(post.mentor)


def arrive(study: Study) -> None:
    """Let a cohort enter and fill vacant posts, in Julys."""
    if study.month % 12 != 0:
        return
    mentees_arrive(study)
    for post in study.posts:
        if post.mentor is None:
            fill_post(study, post)
