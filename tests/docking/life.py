"""What happens to people from month to month, with a mentor or without (ODD, *need* to *leave*)."""

import math
from collections import Counter

from .arrival import mean_need
from .chance import monthly_chance, unit_interval
from .people import RECENT, Mentee, Mentor
from .relationship import end, kappa
from .study import Study


def taught(study: Study, level: float, hours: float, share: float) -> float:
    """Give the level of skill or clarity after hours of a course that closes this share of the gap when complete."""
    return level + (1 - (1 - share) ** (hours / study.rules.learn.course_hours)) * (1 - level)


def need(study: Study) -> None:
    """Let needs drift and jump, skill grow on the job, and workshops make needs clear."""
    rules, chance = study.rules.need, study.chance
    domains, learned = range(len(study.world.domains)), monthly_chance(study.rules.need.job_learning)
    jump = max(monthly_chance(rules.jump), study.calendar.new_need)
    workshop = study.levers.empower.workshop_hours * study.funding / 12
    for mentee in study.mentees:
        year = (study.month - mentee.cohort) // 12
        for d in domains:
            mentee.need[d] += rules.drift * (mean_need(study, d, year) - mentee.need[d])
            mentee.skill[d] += learned * (1 - mentee.skill[d])
        if chance.uniform() < jump:
            d = chance.index(len(domains))
            mentee.need[d] += rules.jump_size * (1 - mentee.need[d])
        if workshop > 0 and study.aware(mentee):
            mentee.clarity = taught(study, mentee.clarity, workshop, study.rules.learn.workshop)
            study.spend(mentee=workshop, staff=workshop / study.rules.institution.course_size)


def hear(study: Study) -> None:
    """Let mentees forget some of what they heard, and hear of a mentor from a peer in the unit."""
    rules, chance = study.rules.hear, study.chance
    for mentee in study.mentees:
        for heard in mentee.known:
            heard.weight *= rules.keep
        peer = random_peer(study, mentee) if chance.uniform() < rules.chance else None
        if peer is None or peer is mentee or peer.status != "there":
            continue
        if ties := peer.live_ties():
            tie = ties[chance.index(len(ties))]
            mentee.hear(tie.mentor, tie.mentee_satisfaction)


def random_peer(study: Study, mentee: Mentee) -> Mentee | None:
    """Draw somebody whom one of the latest cohorts brought to the unit; they may have left since."""
    cohorts = mentee.unit.cohorts
    latest, so_far = max(cohorts), len(cohorts)
    back = study.chance.index(min(study.world.people.years, so_far))
    people = cohorts.get(latest - 12 * back, [])
    return people[study.chance.index(len(people))] if people else None


def schedule(study: Study) -> None:
    """Let mentors volunteer and find this month's time, with what the program protects, and train volunteers."""
    context, prioritize = study.context, study.levers.prioritize
    volunteers = context.volunteers + study.rules.institution.volunteer * study.support
    training = prioritize.training_hours * study.funding / 12
    for mentor in study.mentors:
        mentor.volunteer = mentor.volunteering < volunteers
        mentor.protected = prioritize.protected_hours * study.funding if mentor.volunteer else 0.0
        left = study.rules.meet.busy_left if study.chance.uniform() < context.busy else 1.0
        mentor.available = (mentor.hours + mentor.protected) * left * study.calendar.mentor_time
        if mentor.volunteer:
            mentor.skill = taught(study, mentor.skill, training, study.rules.learn.training)
            study.spend(paid=True, mentor=mentor.protected + training)
            study.spend(staff=training / study.rules.institution.course_size)


def learn(study: Study) -> None:
    """Let mentees learn from mentors they met, and their output follow."""
    rules = study.rules.learn
    for mentee in study.mentees:
        for tie in mentee.carrying_ties():
            for domain, expertise in enumerate(tie.mentor.expertise):
                helps = 1 if domain == tie.domain else study.rules.strain.beside
                gap = max(expertise - mentee.skill[domain], 0.0)
                mentee.skill[domain] += rules.rate * kappa(study, tie) * helps * tie.quality * gap
        skill = sum(mentee.skill) / len(mentee.skill)
        productivity = (1 - rules.output_skill) * mentee.ability + rules.output_skill * skill
        productivity += rules.means * backing(study, mentee)
        mentee.output += rules.output_rate * (min(productivity, 1.0) - mentee.output)


def backing(study: Study, mentee: Mentee) -> float:
    """Give how far the means of the mentor who lends most of them reach a mentee this month."""
    met = [tie for tie in mentee.carrying_ties() if tie.contact > 0]
    return max((tie.quality * study.senior(tie.mentor) * min(tie.mentor.resources, 1) for tie in met), default=0.0)


def strain(study: Study) -> None:
    """Move belonging, burnout and satisfaction of mentees, then of mentors."""
    for unit in study.units:
        unit.custom = {other.row: other.has_current_mentor() for other in unit.mentees if not study.is_promoted(other)}
    heads = [Counter(pair for mentee in unit.mentees for pair in enumerate(mentee.groups)) for unit in study.units]
    for mentee in study.mentees:
        strain_of_mentee(study, mentee, burden(study, mentee, heads[mentee.unit.number]))
        if not study.is_promoted(mentee):
            mentee.months_there += 1
            mentee.months_mentored += mentee.has_current_mentor()
            mentee.coverage_sum += mentee.need_coverage
    for mentor in study.mentors:
        strain_of_mentor(study, mentor)


def burden(study: Study, mentee: Mentee, heads: Counter) -> float:
    """Add up over attributes what being few costs, less what contact with a mentor of the own group lifts of it."""
    rules, people, total = study.rules.strain, len(mentee.unit.mentees), 0.0
    for attribute, group in enumerate(mentee.groups):
        shortfall = max(1 - heads[attribute, group] / people / rules.threat_parity, 0.0)
        kin = max((min(tie.contact / study.context.meeting_hours, 1) for tie in mentee.carrying_ties()
                   if tie.mentor.groups[attribute] == group), default=0.0)
        felt = study.world.identities[attribute].threat * shortfall
        total += max(rules.threat - rules.role_model * kin, 0.0) * felt
    return total


def coverage(mentee: Mentee, beside: float) -> float:
    """Give the share of felt need that the expertise of mentors met of late covers, in full in the domain of their tie."""
    covered = total = 0.0
    recent = [tie for tie in mentee.carrying_ties() if tie.silent <= RECENT]
    for domain in range(len(mentee.need)):
        felt = mentee.felt(domain)
        total += felt
        covered += felt * max((tie.mentor.expertise[domain] * (1 if tie.domain == domain else beside) for tie in recent),
                              default=0.0)
    return covered / total if total > 0 else 0.0


def strain_of_mentee(study: Study, mentee: Mentee, burden: float) -> None:
    """Move a mentee's belonging and burnout towards where this month's ties and unit draw them."""
    rules, ties = study.rules.strain, mentee.carrying_ties()
    best = max((tie.quality for tie in ties), default=0.0)
    worst = max((1 - tie.quality for tie in ties), default=0.0)
    mentee.need_coverage = coverage(mentee, rules.beside)
    belonging = unit_interval(
        mentee.resting_belonging
        + rules.good_tie * best
        - rules.bad_tie * worst
        + rules.coverage * mentee.need_coverage
        - burden
    )
    mentee.belonging += rules.rate * (belonging - mentee.belonging)
    burnout = unit_interval(
        mentee.resting_burnout
        - rules.ability * (mentee.ability - 0.5)
        - rules.isolation * (mentee.belonging - rules.belonging)
        + rules.role_conflict * max(len(ties) - 1, 0)
    )
    mentee.burnout += rules.rate * (burnout - mentee.burnout)
    mentee.mentoring_satisfaction = max((tie.mentee_satisfaction for tie in ties), default=0.0)
    mentee.job_satisfaction = unit_interval(
        rules.job
        + rules.job_belonging * (mentee.belonging - rules.belonging)
        + rules.job_mentoring * max(mentee.mentoring_satisfaction - rules.mentoring_none, 0.0)
        - rules.job_burnout * (mentee.burnout - rules.burnout)
    )


def strain_of_mentor(study: Study, mentor: Mentor) -> None:
    """Move a mentor's burnout and satisfaction by overload, protected and meaningful time, joy and support."""
    rules, ties = study.rules.mentor_strain, mentor.carrying_ties()
    joy = sum(tie.mentor_engagement for tie in ties) / len(ties) if ties else 0.0
    protected = min(mentor.given, mentor.protected)
    meaning = joy * min(protected / study.context.meeting_hours, 1.0)
    burnout = unit_interval(mentor.resting_burnout + rules.overload * mentor.overload - rules.meaning * meaning)
    mentor.burnout += rules.rate * (burnout - mentor.burnout)
    mentored = rules.joy * (joy - 0.5) + rules.supported * study.support if ties else 0.0
    mentor.satisfaction += rules.rate * (unit_interval(rules.satisfaction + mentored) - mentor.satisfaction)


def leave(study: Study) -> None:
    """Let mentors leave, then mentees leave or graduate; their ties end with them."""
    for post in study.posts:
        if post.mentor is not None and study.chance.uniform() < monthly_chance(mentor_hazard(study, post.mentor)):
            for tie in list(post.mentor.ties):
                end(study, tie, "exit", "mentor left")
            post.mentor.there, post.mentor = False, None
    for mentee in study.mentees:
        months = study.month - mentee.cohort
        if study.chance.uniform() < monthly_chance(mentee_hazard(study, mentee)):
            go(study, mentee, "left")
        elif study.world.people.graduates and months == 12 * study.world.people.years - 1:
            go(study, mentee, "graduated")
    study.mentees = [mentee for mentee in study.mentees if mentee.status == "there"]


def mentor_hazard(study: Study, mentor: Mentor) -> float:
    """Give a mentor's hazard of leaving, per year."""
    excess = mentor.burnout - study.rules.mentor_strain.burnout
    base = study.world.hazards.mentors * study.calendar.exit_hazard
    return base * math.exp(study.rules.leave.mentor_burnout * excess)


def mentee_hazard(study: Study, mentee: Mentee) -> float:
    """Give a mentee's hazard of leaving, per year."""
    hazards, rules, strain_rules = study.world.hazards, study.rules.leave, study.rules.strain
    base = hazards.first_year if study.month - mentee.cohort < 12 else hazards.later_years
    for identity, group in zip(study.world.identities, mentee.groups, strict=True):
        base *= identity.hazard_ratio.get(identity.groups[group], 1.0)
    burnout = rules.burnout * (mentee.burnout - strain_rules.burnout)
    belonging = rules.belonging * (mentee.belonging - strain_rules.belonging)
    success = rules.output * (mentee.output - 0.5)
    return base * study.calendar.exit_hazard * mentee.unit.site.hazard * math.exp(burnout - belonging - success)


def go(study: Study, mentee: Mentee, status: str) -> None:
    """Let a mentee go, and all their ties end."""
    for tie in mentee.live_ties():
        end(study, tie, "exit", "graduated" if status == "graduated" else "mentee left")
    mentee.status, mentee.exit_month = status, study.month
    mentee.unit.mentees.remove(mentee)
