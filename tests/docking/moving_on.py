"""How ties are weighed and end, and how moving on becomes normal (ODD, *evaluate*, *part* and *norm*)."""

from .chance import monthly_chance, sigmoid
from .people import FORMAL, REDEFINITION, SEPARATION, Mentee, Tie
from .relationship import end
from .study import Study


def evaluate(study: Study) -> None:
    """Let both sides of every tie that is not ending weigh whether to stay, to move with or to move on."""
    for mentee in study.mentees:
        for tie in mentee.carrying_ties():
            if tie.phase != SEPARATION:
                mend(study, tie)
                cultivate(study, tie)
                if not work_done(study, tie):
                    weigh(study, tie)
    reached = sum(check_in(study, mentee) for mentee in study.program_mentees)
    hours = study.rules.institution.check_in_hours * reached
    study.spend(staff=hours, mentee=hours)


def check_in(study: Study, mentee: Mentee) -> float:
    """Tell how far this month's check-in reaches somebody, from not at all to in full."""
    every = study.levers.move_on.check_in_months
    today = every > 0 and study.month > 0 and study.month % every == 0
    return study.funding if today and study.aware(mentee) else 0.0


def mend(study: Study, tie: Tie) -> None:
    """Close some of the gap to full engagement on both sides, in a check-in."""
    share = study.rules.evaluate.mend * check_in(study, tie.mentee)
    tie.mentee_engagement += share * (1 - tie.mentee_engagement)
    tie.mentor_engagement += share * (1 - tie.mentor_engagement)


def cultivate(study: Study, tie: Tie) -> None:
    """Lead a tie from initiation into cultivation, and let joint investment grow there."""
    rules = study.rules.evaluate
    if tie.phase == "initiation" and (tie.sparked or study.month - tie.start >= rules.initiation):
        tie.phase, tie.since = "cultivation", study.month
    if tie.phase == "cultivation":
        tie.investment += rules.accrual * (tie.quality - tie.investment)


def work_done(study: Study, tie: Tie) -> bool:
    """Tell whether a tie has done its work in its domain; if so it moves to another, turns collegial or separates."""
    mentee, mentor = tie.mentee, tie.mentor
    if mentee.felt(tie.domain) >= study.rules.evaluate.redundant:
        return False
    worth = [expertise * mentee.felt(domain) for domain, expertise in enumerate(mentor.expertise)]
    served = {other.domain for other in mentee.carrying_ties()}
    redundant = study.rules.evaluate.redundant
    unserved = [domain for domain in range(len(worth)) if domain not in served and mentee.felt(domain) >= redundant]
    best = max(unserved, key=lambda domain: worth[domain], default=tie.domain)
    if worth[best] > worth[tie.domain] and tie.quality >= study.rules.spark.level:
        tie.domain = best
    elif tie.sparked and not any(other.phase == REDEFINITION for other in mentee.live_ties()):
        tie.phase, tie.since = REDEFINITION, study.month
        mentor.load -= 1
    else:
        separate(study, tie, "both", "redundant")
    return True


def separate(study: Study, tie: Tie, ender: str, reason: str) -> None:
    """Begin the end of a tie."""
    tie.phase, tie.since, tie.ender, tie.reason = SEPARATION, study.month, ender, reason


def weigh(study: Study, tie: Tie) -> None:
    """Let mentee and mentor weigh a tie; what neither ends may still end for the mentor's outside reasons."""
    rules, cost = study.rules.evaluate, cost_of_ending(study, tie)
    others = better_elsewhere(study, tie)
    by_mentee = gives_up(study, tie, tie.mentee_satisfaction, others, cost)
    by_mentor = gives_up(study, tie, tie.mentor_satisfaction, 0.0, rules.mentor_cost * cost)
    if by_mentee or by_mentor:
        separate(study, tie, "both" if by_mentee and by_mentor else "mentee" if by_mentee else "mentor", "moved on")
    elif study.chance.uniform() < monthly_chance(study.context.mentor_ends):
        separate(study, tie, "mentor", "outside")


def better_elsewhere(study: Study, tie: Tie) -> float:
    """Give how good the best other mentor is of whom the mentee has heard, and who is still there."""
    prior = study.rules.hear.prior
    standings = [tie.mentee.standing(heard.mentor, prior) for heard in tie.mentee.known
                 if heard.mentor is not tie.mentor and heard.mentor.there]
    return max(2 * (max(standings, default=0.5) - 0.5), 0.0)


def gives_up(study: Study, tie: Tie, satisfaction: float, others: float, cost: float) -> bool:
    """Tell whether one side pays attention to a tie this month and then ends it."""
    rules = study.rules.evaluate
    commitment = rules.satisfaction * satisfaction + rules.investment * tie.investment - rules.alternatives * others
    attention = rules.attention + check_in(study, tie.mentee) * (rules.check_in - rules.attention)
    log_odds = rules.odds - rules.commitment * commitment - rules.cost * cost
    return study.chance.uniform() < attention * sigmoid(log_odds)


def on_path(study: Study, tie: Tie) -> bool:
    """Tell whether a no-fault path is at hand: the policy's, if known, or that of staff who look after the tie."""
    return (tie.visited and tie.silent > 0) or (study.levers.move_on.no_fault and study.aware(tie.mentee))


def cost_of_ending(study: Study, tie: Tie) -> float:
    """Give what it costs the mentee to end a tie: stigma, and the pledge of a formal tie."""
    stigma = 0.0 if tie.mentee.normal else study.levers.move_on.stigma
    if on_path(study, tie):
        stigma *= study.rules.norm.path
    pledged = tie.via in FORMAL and study.month - tie.start < study.context.commitment_months
    return stigma + (study.rules.evaluate.pledge if pledged else 0.0)


def part(study: Study) -> None:
    """End the ties whose separation is over: at once without a spark, some months later with one."""
    for mentee in study.mentees:
        for tie in mentee.carrying_ties():
            wait = study.rules.evaluate.separation if tie.sparked else 0
            if tie.phase == SEPARATION and study.month - tie.since >= wait:
                end(study, tie, tie.ender, tie.reason)
                leave_traces(study, tie)


def leave_traces(study: Study, tie: Tie) -> None:
    """Draw whether a tie ends well, and let the mentee carry away what follows from it."""
    rules, mentee = study.rules.part, tie.mentee
    log_odds = rules.clean + rules.path * on_path(study, tie) + rules.norm * mentee.normal + rules.quality * tie.quality
    if not study.chance.happens(log_odds):
        if study.month - tie.start + 1 < rules.early:
            mentee.belonging = max(mentee.belonging - rules.harm, 0.0)
    elif tie.reason in ("moved on", "redundant"):
        mentee.moved_on = 1.0


def norm(study: Study) -> None:
    """Let what is seen of clean endings fade, and let mentees take moving on for normal when they see enough."""
    rules = study.rules.norm
    for mentee in study.mentees:
        mentee.moved_on *= 1 - rules.fade
    committed = min(study.context.committed + study.levers.move_on.role_models, 1.0)
    for site in study.sites:
        everywhere = visible([mentee for unit in site.units for mentee in unit.mentees if not study.is_promoted(mentee)])
        for unit in site.units:
            nearby = visible([mentee for mentee in unit.mentees if not study.is_promoted(mentee)])
            for mentee in unit.mentees:
                if study.is_promoted(mentee):
                    continue
                near, far = among_others(mentee, *nearby), among_others(mentee, *everywhere)
                seen = committed + (1 - committed) * ((1 - rules.reach) * near + rules.reach * far)
                needed = mentee.threshold - (rules.inertia if mentee.normal else 0.0)
                mentee.normal = seen >= needed or mentee.conformity < committed


def visible(people: list[Mentee]) -> tuple[float, int]:
    """Give how many clean endings are visible among people, and how many people they are."""
    return sum(mentee.moved_on for mentee in people), len(people)


def among_others(mentee: Mentee, total: float, heads: int) -> float:
    """Give how visible it is, on average among the others, that they moved on cleanly."""
    return (total - mentee.moved_on) / (heads - 1) if heads > 1 else 0.0
