"""Who comes into view, and what two people think of each other at first sight (ODD, *encounter* and *impress*)."""

from .chance import sigmoid
from .people import Mentee, Mentor, alike, wishes
from .study import Post, Study

PLACES = 6
LOOKS = 4
HEARD = 2


def impress(study: Study, eyes: tuple[float, float], seen: tuple[float, float, float], pair: tuple) -> float:
    """Add up a first impression, from who looks, who is seen, the two together and the moment."""
    rules, chance = study.rules.impress, study.chance
    spread = rules.trait_spread
    actor = rules.actor_trait * (eyes[0] - 0.5) / spread + (1 - rules.actor_trait ** 2) ** 0.5 * eyes[1]
    trait = (seen[0] + seen[1] - 1) / (spread * 2 ** 0.5)
    partner = rules.partner_trait * trait + (1 - rules.partner_trait ** 2) ** 0.5 * seen[2]
    return (rules.actor * actor + rules.partner * partner + rules.dyad * chance.lasting_normal(*pair)
            + rules.error * chance.monthly_normal(*pair))


def mentee_impression(study: Study, mentee: Mentee, mentor: Mentor) -> float:
    """Give the mentee's first impression of a mentor; within a month it stays the same."""
    seen = (mentor.approachability, mentor.skill, mentor.likable)
    return impress(study, (mentee.openness, mentee.liking), seen, ("mentee", mentee.row, mentor.number))


def mentor_impression(study: Study, mentee: Mentee, mentor: Mentor) -> float:
    """Give the mentor's first impression of a mentee; within a month it stays the same."""
    seen = (mentee.openness, mentee.clarity, mentee.likable)
    return impress(study, (mentor.approachability, mentor.liking), seen, ("mentor", mentee.row, mentor.number))


def listed_posts(study: Study, mentee: Mentee) -> list[Post]:
    """Give the posts that the directory shows to a mentee: of the own discipline, or of every unit of the site."""
    site, own = mentee.unit.site, mentee.unit.discipline
    if study.levers.diversify.pool == "all":
        return site.posts
    return [post for unit in site.units if unit.discipline == own for post in unit.posts]


def looked_at(study: Study) -> list[int]:
    """Give the places of the identity attributes that matching looks at."""
    named = study.levers.match.attributes
    return [a for a, identity in enumerate(study.world.identities) if not named or identity.name in named]


def suits(study: Study, mentee: Mentee, mentor: Mentor) -> bool:
    """Tell whether identity matching lets the directory offer this mentor to this mentee."""
    if study.levers.match.identity != "required":
        return True
    return all(mentee.groups[a] == mentor.groups[a] for a in looked_at(study))


def preference(study: Study, mentee: Mentee, mentor: Mentor) -> float:
    """Give how far a mentor meets the wishes that matching looks at, less what is denied; 0 without matching."""
    return 0.0 if study.levers.match.identity == "off" else wishes(mentee, mentor, looked_at(study))


def offers(study: Study, mentee: Mentee, mentor: Mentor, domain: int) -> bool:
    """Tell whether the directory offers a mentor for a domain: a volunteer, in a covered domain, who suits."""
    covered = study.levers.diversify.domains
    if covered and study.world.domains[domain].name not in covered:
        return False
    return mentor.volunteer and suits(study, mentee, mentor)


def can_come_into_view(mentee: Mentee, mentor: Mentor | None, view: list[Mentor]) -> bool:
    """Tell whether a mentor is there, is not in view yet, and has no live tie with the mentee."""
    return mentor is not None and mentor.there and mentor not in view and not mentee.has_tie_with(mentor)


def heard_of(study: Study, mentee: Mentee) -> list[Mentor]:
    """Give up to two mentors of good standing, by word of mouth, who can come into view."""
    prior = study.rules.hear.prior
    praised = [(mentee.standing(heard.mentor, prior), heard.mentor) for heard in mentee.known]
    ranked = [mentor for standing, mentor in sorted(praised, key=lambda pair: -pair[0])
              if standing > 0.5 and mentor.there]
    view: list[Mentor] = []
    for mentor in ranked[:HEARD]:
        if can_come_into_view(mentee, mentor, view):
            view.append(mentor)
    return view


def look_up(study: Study, mentee: Mentee, domain: int, entries: list[Post], view: list[Mentor]) -> Mentor | None:
    """Look at some entries of the directory and take the first who is offered and can come into view."""
    for post in entries:
        mentor = post.mentor
        if can_come_into_view(mentee, mentor, view) and offers(study, mentee, mentor, domain):
            return mentor
    return None


def prefer(study: Study, mentee: Mentee, domain: int, entries: list[Post], view: list[Mentor], shown: list[Mentor]) -> None:
    """Let those of the directory who meet a wish take the places of those shown who meet it less."""
    for post in entries:
        mentor = post.mentor
        if not can_come_into_view(mentee, mentor, view) or not offers(study, mentee, mentor, domain):
            continue
        least = min(shown, key=lambda other: preference(study, mentee, other), default=None)
        if least is not None and preference(study, mentee, least) < preference(study, mentee, mentor):
            view[view.index(least)] = shown[shown.index(least)] = mentor


def notice(study: Study, mentee: Mentee, nearby: list[Post], view: list[Mentor]) -> Mentor | None:
    """Perhaps notice somebody nearby; whom one overlooks once, one overlooks all month."""
    mentor = nearby[study.chance.index(len(nearby))].mentor if nearby else None
    if not can_come_into_view(mentee, mentor, view):
        return None
    weights = study.rules.encounter
    log_odds = (
        weights.notice
        + study.context.homophily * alike(study.world.identities, mentee, mentor)
        - weights.newcomer * 2 ** (-(study.month - mentee.cohort) / weights.newcomer_months)
    )
    luck = study.chance.monthly_uniform("notice", mentee.row, mentor.number)
    return mentor if luck < sigmoid(log_odds) else None


def encounter(study: Study, mentee: Mentee, domain: int, invited: bool) -> tuple[list[Mentor], list[Mentor]]:
    """Give the mentors in a seeking mentee's view this month, and those of them whom the directory showed."""
    view, shown = heard_of(study, mentee), []
    directory = invited or (study.keeps_directory() and study.aware(mentee))
    listed = listed_posts(study, mentee) if directory else []
    entries = [listed[study.chance.index(len(listed))] for _ in range(PLACES * LOOKS if listed else 0)]
    unit = mentee.unit
    if study.chance.uniform() < study.world.people.rotation:
        unit = unit.site.units[study.chance.index(len(unit.site.units))]
    for place in range(len(view), PLACES):
        if directory and place % 2 == 1:
            mentor = look_up(study, mentee, domain, entries[LOOKS * place:LOOKS * (place + 1)], view)
            shown += [mentor] if mentor else []
        else:
            mentor = notice(study, mentee, unit.posts, view)
        view += [mentor] if mentor else []
    if directory and study.levers.match.identity == "optional":
        prefer(study, mentee, domain, entries, view, shown)
    return view, shown
