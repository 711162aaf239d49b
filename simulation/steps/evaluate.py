"""Both sides of every tie weigh it: stay, move with, move on, or part as colleagues."""

from simulation.draws import Purpose, uniform
from simulation.jit import inner, rule
from simulation.rules import evaluate as rules
from simulation.rules import need, norm
from simulation.rules.leave import leaves
from simulation.scenario.levers import Lever
from simulation.steps.encounter import best_known
from simulation.steps.presence import aware
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
    quality_of,
    release,
    serves,
)


@inner
def checked_in(state, month):
    """Whether this is a month of check-ins, in which both sides of every tie are asked."""
    every = int(state.levers[Lever.CHECK_IN_MONTHS])
    return every > 0 and month > 0 and month % every == 0


@inner
def offered_path(state, setting, i, s):
    """Whether a no-fault path is at hand: known of, or offered by staff to a pair that they visited and that did not meet."""
    offered = state.ties[i, s].visited == 1 and state.ties[i, s].silent > 0
    return offered or (state.levers[Lever.NO_FAULT] > 0.0 and aware(state, setting, i))


@inner
def cost_of(state, setting, i, s, month):
    """What ending this tie would cost the mentee."""
    ties, p = state.ties, setting.rules
    formal = 0 < ties[i, s].via <= CHOSEN and month - ties[i, s].start < setting.context.commitment_months
    pledge = p.evaluate.pledge if formal else 0.0
    normal, path = state.mentees[i].normal == 1, offered_path(state, setting, i, s)
    return norm.cost_of_ending(state.levers[Lever.STIGMA], normal, path, pledge, p.norm)


@inner
def alternatives_of(state, setting, i, s):
    """What a mentee believes to find elsewhere: the standing of the best mentor heard of, above unknown ones."""
    _, standing = best_known(state, setting, i, state.ties[i, s].mentor)
    return (standing - 0.5) * 2.0


@inner
def separate(ties, i, s, month, ender, reason):
    """A tie is on its way to its end."""
    ties[i, s].phase, ties[i, s].since = SEPARATION, month
    ties[i, s].ender, ties[i, s].reason = ender, reason


@inner
def next_domain(state, setting, i, s):
    """The unserved domain in which this mentor could best answer what is felt, if better than now; -1 for none."""
    mentees, ties, best = state.mentees, state.ties, -1
    j, now = ties[i, s].mentor, ties[i, s].domain
    most = state.mentors[j].expertise[now] * need.felt(mentees[i].need[now], mentees[i].skill[now])
    for d in range(setting.domains):
        answer = state.mentors[j].expertise[d] * need.felt(mentees[i].need[d], mentees[i].skill[d])
        if answer > most and not serves(ties, i, d):
            best, most = d, answer
    return best


@inner
def finish_work(state, setting, month, i, s):
    """A tie that has done its work moves with the mentee, turns collegial, or ends; gives whether it did any of these."""
    mentees, ties, p = state.mentees, state.ties, setting.rules
    d = ties[i, s].domain
    if not rules.redundant(need.felt(mentees[i].need[d], mentees[i].skill[d]), p.evaluate):
        return False
    onward = next_domain(state, setting, i, s)
    if onward >= 0 and quality_of(ties, i, s) >= p.spark.level:
        ties[i, s].domain = onward
    elif ties[i, s].spark >= 0 and not has_colleague(ties, i):
        release(state, i, s)
        ties[i, s].phase, ties[i, s].since = REDEFINITION, month
    else:
        separate(ties, i, s, month, BY_BOTH, REDUNDANT)
    return True


@inner
def weigh(state, setting, month, i, s):
    """Both sides of one tie weigh satisfaction, investment and alternatives against what an ending would cost."""
    ties, p = state.ties, setting.rules.evaluate
    nth, age = ties[i, s].nth, month - ties[i, s].start
    attention = 1.0 if checked_in(state, month) else p.attention
    cost = cost_of(state, setting, i, s, month)
    others = alternatives_of(state, setting, i, s)
    commitment = rules.committed(ties[i, s].satisfaction, ties[i, s].investment, others, p)
    mentee_ends = rules.ends(uniform(state.streams[age, Purpose.STAY], i, nth), commitment, cost, attention, p)
    commitment = rules.committed(ties[i, s].mentor_satisfaction, ties[i, s].investment, 0.0, p)
    luck = uniform(state.streams[age, Purpose.MENTOR_STAY], i, nth)
    mentor_ends = rules.ends(luck, commitment, p.mentor_cost * cost, attention, p)
    if mentee_ends or mentor_ends:
        ender = BY_BOTH if mentee_ends and mentor_ends else (BY_MENTEE if mentee_ends else BY_MENTOR)
        separate(ties, i, s, month, ender, MOVED_ON)
    elif leaves(uniform(state.streams[age, Purpose.OUTSIDE], i, nth), setting.context.mentor_ends):
        separate(ties, i, s, month, BY_MENTOR, OUTSIDE)


@inner
def evaluate_of(state, setting, month, i):
    """One mentee's ties are weighed, and age."""
    ties, p = state.ties, setting.rules.evaluate
    for s in range(ties.shape[1]):
        if ties[i, s].mentor < 0 or ties[i, s].phase >= SEPARATION:
            continue
        if ties[i, s].phase == INITIATION and (ties[i, s].spark >= 0 or month - ties[i, s].start >= p.initiation):
            ties[i, s].phase, ties[i, s].since = CULTIVATION, month
        if ties[i, s].phase == CULTIVATION:
            ties[i, s].investment = rules.invested(ties[i, s].investment, quality_of(ties, i, s), p)
        if not finish_work(state, setting, month, i, s):
            weigh(state, setting, month, i, s)
    if checked_in(state, month):
        hours = setting.rules.institution.check_in_hours
        state.institution.month_cost += hours * setting.prices.staff_hour


@rule
def evaluate(state, setting, month, mentees_here, mentors_here):
    """All ties are weighed."""
    for i in mentees_here:
        evaluate_of(state, setting, month, i)
