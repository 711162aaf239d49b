"""Both sides of every tie weigh it: stay, move with, move on, or part as colleagues."""

from simulation.billing import CHECK_INS, MENTEE_CHECK_INS
from simulation.draws import Purpose, uniform
from simulation.jit import inner, rule
from simulation.rules import evaluate as rules
from simulation.rules import need, norm
from simulation.steps.encounter import best_known
from simulation.steps.who_is_there import aware, is_promoted
from simulation.ties import (
    BY_BOTH,
    BY_MENTEE,
    BY_MENTOR,
    CHOSEN,
    CULTIVATION,
    INITIATION,
    MOVED_ON,
    OUTSIDE,
    REDEFINITION,
    REDUNDANT,
    SEPARATION,
    has_colleague,
    is_live,
    quality_of,
    release,
    serves,
)


@inner
def asked(state, setting, month, mentee):
    """How far a check-in reaches a mentee's ties this month, in [0, 1]: those who know of the program, as far as it is funded."""
    every = state.levers.move_on.check_in_months
    if every == 0 or month == 0 or month % every > 0 or not aware(state.streams, state.levers, state.institution, setting, mentee):
        return 0.0
    return state.institution.funding


@inner
def offered_path(state, setting, mentee, tie):
    """Whether a no-fault path is at hand: known of, or offered by staff to a pair that they visited and that did not meet."""
    offered = tie.visited == 1 and tie.silent > 0
    return offered or (state.levers.move_on.no_fault > 0 and aware(state.streams, state.levers, state.institution, setting, mentee))


@inner
def cost_of(state, setting, month, mentee, tie):
    """What ending this tie would cost the mentee."""
    p = setting.rules
    formal = 0 < tie.via <= CHOSEN and month - tie.start < setting.context.commitment_months
    pledge = p.evaluate.pledge if formal else 0.0
    path = offered_path(state, setting, mentee, tie)
    return norm.cost_of_ending(state.levers.move_on.stigma, mentee.normal == 1, path, pledge, p.norm)


@inner
def alternatives_of(mentors, setting, mentee, tie):
    """What a mentee believes to find elsewhere: the standing of the best mentor heard of, above unknown ones."""
    _, standing = best_known(mentors, setting, mentee, tie.mentor)
    return (standing - 0.5) * 2.0


@inner
def separate(tie, month, ender, reason):
    """A tie is on its way to its end."""
    tie.phase, tie.since, tie.ender, tie.reason = SEPARATION, month, ender, reason


@inner
def next_domain(setting, mentee, slots, mentor, now):
    """The unserved domain in which this mentor could best answer what is felt, if better than `now`; -1 for none."""
    best, most = -1, mentor.expertise[now] * need.felt(mentee.need[now], mentee.skill[now])
    for d in range(setting.domains):
        felt = need.felt(mentee.need[d], mentee.skill[d])
        answer = mentor.expertise[d] * felt
        if answer > most and not rules.redundant(felt, setting.rules.evaluate) and not serves(slots, d):
            best, most = d, answer
    return best


@inner
def finish_work(mentors, slots, setting, month, mentee, tie):
    """A tie that has done its work moves with the mentee, turns collegial, or ends; gives whether it did any of these."""
    p = setting.rules
    if not rules.redundant(need.felt(mentee.need[tie.domain], mentee.skill[tie.domain]), p.evaluate):
        return False
    onward = next_domain(setting, mentee, slots, mentors[tie.mentor], tie.domain)
    if onward >= 0 and quality_of(tie) >= p.spark.level:
        tie.domain = onward
    elif tie.spark >= 0 and not has_colleague(slots):
        release(mentors, tie)
        tie.phase, tie.since = REDEFINITION, month
    else:
        separate(tie, month, BY_BOTH, REDUNDANT)
    return True


@rule
def weigh(state, setting, month, mentee, tie):
    """Both sides of one tie weigh satisfaction, investment and alternatives against what an ending would cost."""
    p, i, nth, luck = setting.rules.evaluate, mentee.row, tie.nth, state.streams[month - tie.start]
    attention = rules.attention(asked(state, setting, month, mentee), p)
    cost, others = cost_of(state, setting, month, mentee, tie), alternatives_of(state.mentors, setting, mentee, tie)
    commitment = rules.committed(tie.satisfaction, tie.investment, others, p)
    mentee_ends = rules.ends(uniform(luck[Purpose.STAY], i, nth), commitment, cost, attention, p)
    commitment = rules.committed(tie.mentor_satisfaction, tie.investment, 0.0, p)
    drawn = uniform(luck[Purpose.MENTOR_STAY], i, nth)
    mentor_ends = rules.ends(drawn, commitment, p.mentor_cost * cost, attention, p)
    if mentee_ends or mentor_ends:
        ender = BY_BOTH if mentee_ends and mentor_ends else (BY_MENTEE if mentee_ends else BY_MENTOR)
        separate(tie, month, ender, MOVED_ON)
    elif uniform(luck[Purpose.OUTSIDE], i, nth) < setting.monthly.mentor_ends:
        separate(tie, month, BY_MENTOR, OUTSIDE)


@inner
def grow_older(setting, month, tie):
    """A tie ages: initiation turns into cultivation, which makes people invest."""
    p = setting.rules.evaluate
    if tie.phase == INITIATION and (tie.spark >= 0 or month - tie.start >= p.initiation):
        tie.phase, tie.since = CULTIVATION, month
    if tie.phase == CULTIVATION:
        tie.investment = rules.invested(tie.investment, quality_of(tie), p)


@inner
def evaluate_of(state, setting, month, mentee):
    """One mentee's ties age, and are weighed."""
    slots, reached, p = state.ties[mentee.row], asked(state, setting, month, mentee), setting.rules.evaluate
    for tie in slots:
        if is_live(tie) and tie.phase < SEPARATION:
            tie.mentee_engagement = rules.mended(tie.mentee_engagement, reached, p)
            tie.mentor_engagement = rules.mended(tie.mentor_engagement, reached, p)
            grow_older(setting, month, tie)
            if not finish_work(state.mentors, slots, setting, month, mentee, tie):
                weigh(state, setting, month, mentee, tie)
    if reached > 0.0 and not is_promoted(setting, month, mentee):
        hours = setting.rules.institution.check_in_hours * reached
        state.institution.spent[CHECK_INS] += hours * setting.prices.staff_hour
        state.institution.spent[MENTEE_CHECK_INS] += hours * setting.prices.mentee_hour


@rule
def evaluate(state, setting, month, mentees):
    """All ties are weighed."""
    for i in mentees:
        evaluate_of(state, setting, month, state.mentees[i])
