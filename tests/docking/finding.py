"""How a tie comes about: mentees seek, mentors answer, or an office assigns (ODD, *seek*, *answer* and *assign*)."""

import math

from .chance import sigmoid
from .encounter import encounter, listed_posts, mentee_impression, mentor_impression, offers, preference
from .people import Mentee, Mentor, alike, wishes
from .relationship import begin
from .study import Study

ASKS = 3


def has_room(study: Study, mentee: Mentee) -> bool:
    """Tell whether a mentee may hold one mentor more, by the policy, the slots and their own hours."""
    held = len(mentee.carrying_ties())
    levers = study.levers if study.offers(mentee) else study.policy.ad_hoc
    return (
        held < levers.empower.mentors_at_once
        and None in mentee.slots
        and (held + 1) * study.context.meeting_hours <= mentee.hours
    )


def log_odds_of_asking(study: Study, mentee: Mentee, domain: int, invited: float, facilitated: float) -> float:
    """Give the log odds that a mentee asks for a mentor in a domain of unmet need."""
    seek = study.rules.seek
    return (
        seek.odds
        + seek.initiative * (mentee.initiative - 0.5)
        + seek.need * (mentee.felt(domain) - 0.5)
        - seek.worn * (mentee.burnout - study.rules.strain.burnout)
        + seek.able * (mentee.ability - 0.5)
        + seek.custom * (mentee.unit.usual(mentee) - 0.5)
        + seek.invited * invited
        + seek.facilitated * facilitated
    )


def advised(study: Study, mentee: Mentee) -> bool:
    """Tell whether central staff help a mentee without a mentor to find one this month."""
    alone = study.offers(mentee) and not mentee.carrying_ties()
    return alone and study.chance.monthly_uniform("advice", mentee.row) < study.contact_chance


def invitation(study: Study, mentee: Mentee) -> tuple[bool, float]:
    """Tell whether a mentee is invited to choose, and how far somebody helps in person: an adviser in full."""
    if advised(study, mentee):
        return True, 1.0
    pairing = study.levers.empower.pairing
    invited = pairing in ("choice", "facilitated") and study.aware(mentee)
    return invited, study.funding if invited and pairing == "facilitated" else 0.0


def seek(study: Study) -> None:
    """Let all mentees with room and an unmet need decide whether to ask, then give them their turns."""
    asking = []
    for mentee in study.mentees:
        domain = study.unmet(mentee)
        if domain is None or study.is_promoted(mentee) or not has_room(study, mentee):
            continue
        if study.chance.happens(log_odds_of_asking(study, mentee, domain, *invitation(study, mentee))):
            asking.append((mentee, domain))
    study.chance.shuffle(asking)
    for mentee, domain in asking:
        take_turn(study, mentee, domain)


def take_turn(study: Study, mentee: Mentee, domain: int) -> None:
    """Let one mentee look around, meet some of those in view, be approached, and otherwise ask."""
    invited, help_given = invitation(study, mentee)
    view, shown = encounter(study, mentee, domain, invited)
    met = view[:number_met(study, len(view), invited, help_given)]
    mentor = who_approaches(study, mentee, domain, view, met, shown)
    if mentor is not None:
        begin(study, mentee, mentor, domain, "approached", mentee_chose=False, mentor_chose=True)
        return
    mentor = who_accepts(study, mentee, domain, view, met, shown)
    if mentor is not None:
        chosen = "facilitated" if help_given > 0 else "choice"
        via = chosen if invited and mentor in shown else "ad_hoc"
        begin(study, mentee, mentor, domain, via, mentee_chose=True, mentor_chose=True)


def number_met(study: Study, in_view: int, invited: bool, help_given: float) -> int:
    """Give how many of those in view a mentee gets to talk with, and charge what the program arranged."""
    acquaintances = study.context.acquaintances
    if not invited:
        return acquaintances
    institution = study.rules.institution
    arranged = min(study.levers.empower.first_meetings, max(in_view - acquaintances, 0))
    hours = arranged * institution.meeting_hours
    study.spend(staff=institution.facilitation_hours * help_given, mentee=hours, mentor=hours)
    return acquaintances + arranged


def who_approaches(study: Study, mentee: Mentee, domain: int, view: list, met: list, shown: list) -> Mentor | None:
    """Give the first mentor in view who approaches the mentee and is then willing, if any."""
    message, luck = study.chance.uniform(), study.chance.uniform()
    for mentor in view:
        chance = study.context.approach / len(view)
        warmth = math.exp(study.context.homophily * alike(study.world.identities, mentee, mentor))
        approaches = study.chance.uniform() < chance * warmth / (1 - chance + chance * warmth)
        if approaches and answer(study, mentee, mentor, domain, mentor in met, mentor in shown, message, luck):
            return mentor
    return None


def who_accepts(study: Study, mentee: Mentee, domain: int, view: list, met: list, shown: list) -> Mentor | None:
    """Ask up to three mentors in falling order of appeal, and give the first who says yes, if any."""
    ranked = sorted(view, key=lambda mentor: -appeal(study, mentee, mentor, domain, mentor in met))
    for mentor in ranked[:ASKS]:
        message, luck = study.chance.uniform(), study.chance.uniform()
        if answer(study, mentee, mentor, domain, mentor in met, mentor in shown, message, luck):
            return mentor
    return None


def appeal(study: Study, mentee: Mentee, mentor: Mentor, domain: int, met: bool) -> float:
    """Give how much a mentor appeals to a mentee who looks for one in a domain."""
    seek = study.rules.seek
    return (
        seek.by_expertise * mentor.expertise[domain]
        + seek.by_impression * (mentee_impression(study, mentee, mentor) if met else 0.0)
        + seek.by_likeness * wishes(mentee, mentor)
        + seek.by_nearness * (mentee.unit.discipline == mentor.unit.discipline)
    )


def answer(study: Study, mentee: Mentee, mentor: Mentor, domain: int, met: bool, agreed: bool, message: float, luck: float) -> bool:
    """Tell whether a mentor takes a mentee on, from the time left and from what the message lets them see."""
    rules, context = study.rules.answer, study.context
    if mentor.load >= context.hard_cap:
        return False
    fit = mentee.clarity * mentor.expertise[domain] + (1 - mentee.clarity) * message
    asked = (mentor.load + 1) * context.meeting_hours
    time_left = max(1 - asked / mentor.available, -1) if mentor.available > 0 else -1
    log_odds = (
        rules.odds
        + rules.time * time_left
        + rules.fit * (fit - 0.5)
        + rules.willingness * (mentor.willingness - 0.5)
        + rules.impression * (mentor_impression(study, mentee, mentor) if met else 0.0)
        + rules.record * (mentee.output - 0.5)
        + context.homophily * alike(study.world.identities, mentee, mentor)
        + rules.agreed * agreed
    )
    return luck < sigmoid(log_odds)


def assign(study: Study) -> None:
    """Let a coordinator pair those who wait with volunteers who have places, in the months of a round."""
    months = study.rules.institution.round_months
    if study.levers.empower.pairing != "coordinator" or study.month % months != 1 % months:
        return
    for site in study.sites:
        places = {post.mentor: places_of(study, post.mentor) for post in site.posts if post.mentor is not None}
        waiting = [mentee for unit in site.units for mentee in unit.mentees if waits(study, mentee)]
        waiting.sort(key=lambda mentee: mentee.row)
        pairs = []
        order = waiting.copy()
        study.chance.shuffle(order)
        for mentee in order:
            mentor = best_possible(study, mentee, places)
            if mentor is not None:
                places[mentor] -= 1
                pairs.append((mentee, mentor))
        for mentee, mentor in sorted(pairs, key=lambda pair: pair[0].row):
            begin(study, mentee, mentor, study.unmet(mentee), "coordinator", mentee_chose=False, mentor_chose=False)
            study.spend(staff=study.rules.institution.coordination_hours)


def waits(study: Study, mentee: Mentee) -> bool:
    """Tell whether a mentee waits to be paired: aware, with room and need, and on the list."""
    domain = study.unmet(mentee)
    if domain is None or study.is_promoted(mentee) or not study.aware(mentee) or not has_room(study, mentee):
        return False
    return mentee.registering < sigmoid(log_odds_of_asking(study, mentee, domain, 1.0, 1.0))


def places_of(study: Study, mentor: Mentor) -> int:
    """Give how many mentees more the office may send to a mentor, who must be a volunteer."""
    if not mentor.volunteer:
        return 0
    time = mentor.hours + study.levers.prioritize.protected_hours * study.funding
    fitting = max(math.floor(time / study.context.meeting_hours), 1)
    return max(min(fitting, study.context.hard_cap) - mentor.load, 0)


def best_possible(study: Study, mentee: Mentee, places: dict[Mentor, int]) -> Mentor | None:
    """Give the possible mentor with a place left for whom the scores of both sides add up to most."""
    domain, best, best_score = study.unmet(mentee), None, -math.inf
    for mentor in (post.mentor for post in listed_posts(study, mentee)):
        if mentor is None or places[mentor] == 0 or mentee.has_tie_with(mentor):
            continue
        if offers(study, mentee, mentor, domain) and (score := joint_score(study, mentee, mentor, domain)) > best_score:
            best, best_score = mentor, score
    return best


def joint_score(study: Study, mentee: Mentee, mentor: Mentor, domain: int) -> float:
    """Add up the scores that the two sides of a possible pair get from the office."""
    seek, clarity = study.rules.seek, mentee.clarity
    fit = clarity * mentor.expertise[domain] + (1 - clarity) * study.chance.uniform()
    near = seek.by_nearness * (mentee.unit.discipline == mentor.unit.discipline)
    wished = seek.by_likeness * preference(study, mentee, mentor)
    likeness = seek.by_likeness * study.context.homophily * alike(study.world.identities, mentee, mentor)
    return (seek.by_expertise * fit + near + wished) + (fit + likeness)
