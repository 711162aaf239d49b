"""The institution's month: support, funding and cost; and, when it evaluates itself, what it sees and what it moves."""

import numpy as np

from simulation.draws import Purpose, normal, uniform
from simulation.jit import inner, rule
from simulation.rules import reflect as rules
from simulation.rules import survey
from simulation.scenario.flat import SUPPORT
from simulation.scenario.levers import NO_EVALUATION, Lever
from simulation.scenario.levers import SURVEY as BY_SURVEY
from simulation.steps.presence import has_directory, rows
from simulation.ties import MENTOR_KEY, REDEFINITION

MEASURES = 5  # unmet need, overload, silence, discontent, load gap: places of `deficits`
NONE = -1
LEAST = 1e-9
# plain numbers, for a lever that is chosen by a number
WORKSHOPS, TIME = int(Lever.WORKSHOP_HOURS), int(Lever.PROTECTED_HOURS)
STAFF, TRAINING = int(Lever.STAFF_FTE), int(Lever.TRAINING_HOURS)


@rule
def commence(state, levers, start_month, month):
    """The policy starts: its levers are set, its leaders show their support, its means are there.

    A policy that at most evaluates brings no means, so that looking changes nothing but cost.
    """
    if month != start_month:
        return
    changed = False
    for lever in range(len(levers)):
        changed = changed or (lever < Lever.MODEL and state.levers[lever] != levers[lever])
        state.levers[lever] = levers[lever]
    if changed:
        state.institution.support = levers[Lever.LEADERSHIP_SUPPORT]
        state.institution.funding = 1.0


@inner
def asks_mentee(state, setting, month, i):
    """Whether a mentee is in the sample and answers."""
    luck = uniform(state.streams[month, Purpose.ANSWERED], i, 0)
    return luck < state.levers[Lever.SAMPLE] * setting.rules.survey.response


@inner
def hear_mentees(state, setting, month):
    """What sampled mentees say: how many answer, and their unmet need, silent ties and discontent, each in [0, 1]."""
    mentees, ties, p = state.mentees, state.ties, setting.rules.survey
    answers, discontent, unmet, silent, live = 0, 0.0, 0.0, 0.0, 0.0
    luck = state.streams[month, Purpose.SURVEY]
    for i in range(rows(setting, month)):
        if mentees[i].active != 1 or not asks_mentee(state, setting, month, i):
            continue
        answers += 1
        said = survey.answer(mentees[i].mentoring_satisfaction, normal(luck, i, 0), p.leniency, p)
        discontent += 1.0 - (said - 1) / 4.0
        said = survey.answer(mentees[i].need_coverage, normal(luck, i, 1), p.leniency, p)
        unmet += 1.0 - (said - 1) / 4.0
        for s in range(ties.shape[1]):
            if ties[i, s].mentor >= 0 and ties[i, s].phase != REDEFINITION:
                live += 1.0
                silent += 1.0 if ties[i, s].silent > 0 else 0.0
    n = max(answers, 1)
    return answers, unmet / n, silent / max(live, 1.0), discontent / n


@inner
def answers_survey(state, month, j):
    """Whether a mentor is there, in the sample, and answers."""
    luck = uniform(state.streams[month, Purpose.MENTOR_SURVEY], state.mentors[j].mentor + MENTOR_KEY, 0)
    return state.mentors[j].active == 1 and luck < state.levers[Lever.SAMPLE]


@inner
def hear_mentors(state, setting, month):
    """What sampled mentors say: the share overloaded, and by how much the least loaded group falls short of the most."""
    mentors, answers, over, gap = state.mentors, 0, 0.0, 0.0
    for j in range(state.counts.mentors):
        if answers_survey(state, month, j):
            answers += 1
            over += 1.0 if mentors[j].overload > 0.0 else 0.0
    for a in range(setting.attributes):
        least, most = np.inf, 0.0
        for g in range(setting.group_count[a]):
            load, heads = 0.0, 0.0
            for j in range(state.counts.mentors):
                if mentors[j].group[a] == g and answers_survey(state, month, j):
                    load, heads = load + mentors[j].load, heads + 1.0
            if heads > 0.0:
                least, most = min(least, load / heads), max(most, load / heads)
        if most > 0.0:
            gap = max(gap, (most - least) / most)
    return over / max(answers, 1), gap


@inner
def measured(levers, place):
    """Whether the evaluation looks at a deficit; a satisfaction survey looks at discontent alone."""
    if levers[Lever.MODEL] == BY_SURVEY:
        return place == 3
    return (int(levers[Lever.MEASURES]) >> place) & 1 == 1


@inner
def survey_all(state, setting, month):
    """An evaluation takes place: it costs hours, and its results will be on the table after the delay.

    A deficit counts in units of what would be expected; the score is the mean of those that are measured.
    """
    institution, levers, p = state.institution, state.levers, setting.rules.institution
    answers, unmet, silent, discontent = hear_mentees(state, setting, month)
    overloaded, gap = hear_mentors(state, setting, month)
    hours = p.survey_hours * answers
    institution.month_cost += hours * (setting.prices.mentee_hour + setting.prices.staff_hour)
    if levers[Lever.MODEL] != BY_SURVEY:
        institution.month_cost += p.cipp_hours * state.months[month].mentees * setting.prices.staff_hour
    institution.pending_month = month + int(levers[Lever.DELAY_MONTHS])
    found = (
        unmet / max(p.expected_unmet, LEAST), overloaded / max(p.expected_overload, LEAST),
        silent / max(p.expected_silence, LEAST), discontent / max(p.expected_discontent, LEAST),
        gap / max(p.expected_load_gap, LEAST),
    )  # fmt: skip
    total, count = 0.0, 0
    for place in range(MEASURES):
        institution.deficits[place] = found[place] if measured(levers, place) else 0.0
        if measured(levers, place):
            total, count = total + found[place], count + 1
    institution.pending_score = total / max(count, 1)


@inner
def move_for(place):
    """The lever that answers a deficit, and the top to which a program may move it by itself."""
    if place == 0:
        return WORKSHOPS, 16.0
    if place == 2:
        return STAFF, 1.0
    if place == 3:
        return TRAINING, 16.0
    return TIME, 4.0


@inner
def yearly_cost(setting, state, month, lever, amount):
    """What so much more of a lever costs a year, per mentee."""
    mentors = state.months[month].mentors / max(state.months[month].mentees, 1)
    if lever == WORKSHOPS:
        return amount * setting.prices.mentee_hour
    if lever == TIME:
        return 12.0 * amount * mentors * setting.prices.mentor_hour
    if lever == STAFF:
        return 12.0 * amount * setting.rules.institution.fte_hours / 100.0 * setting.prices.staff_hour
    return amount * mentors * setting.prices.mentor_hour


@inner
def look_back(state, setting, month):
    """The last move is kept if the score fell, and taken back if not; gives the lever taken back, or -1."""
    institution, levers = state.institution, state.levers
    trial = institution.trial
    institution.trial = NONE
    if trial < 0 or institution.pending_score < institution.trial_score:
        return NONE
    amount = levers[trial] - institution.trial_from
    institution.added_cost -= yearly_cost(setting, state, month, trial, amount)
    levers[trial] = institution.trial_from
    return trial


@inner
def move_own_lever(state, setting, month, taken_back):
    """One lever is moved: the one that answers the largest deficit above what is expected and can still be paid."""
    institution, levers = state.institution, state.levers
    chosen, step, added, worst = NONE, 0.0, 0.0, 1.0
    for place in range(MEASURES):
        lever, top = move_for(place)
        more = min(setting.rules.institution.step * top, top - levers[lever])
        price = yearly_cost(setting, state, month, lever, more)
        paid = institution.added_cost + price <= levers[Lever.BUDGET]
        if institution.deficits[place] > worst and lever != taken_back and more > 0.0 and paid:
            chosen, step, added, worst = lever, more, price, institution.deficits[place]
    if chosen >= 0:
        institution.trial, institution.trial_from = chosen, levers[chosen]
        institution.trial_score = institution.pending_score
        levers[chosen] += step
        institution.added_cost += added


@inner
def evaluate_program(state, setting, month):
    """Results that are on the table are acted on; a new evaluation starts when it is time and none is on its way."""
    institution, levers = state.institution, state.levers
    due = levers[Lever.MODEL] != NO_EVALUATION and (month + 1) % int(levers[Lever.EVERY_MONTHS]) == 0
    for _ in range(2):  # once before and once after, for results that come without delay
        if institution.pending_month == month:
            institution.pending_month = NONE
            if levers[Lever.ADAPT] > 0.0:
                move_own_lever(state, setting, month, look_back(state, setting, month))
        if due and institution.pending_month < 0:
            survey_all(state, setting, month)
            due = False


@inner
def upkeep(state, setting, month):
    """What the standing parts of a program cost this month, whoever uses them."""
    levers, p, prices = state.levers, setting.rules.institution, setting.prices
    hours = p.directory_hours if has_directory(levers) else 0.0
    hours += p.matching_hours if levers[Lever.IDENTITY] > 0.0 else 0.0
    hours += p.campaign_hours * min(
        1.0 - levers[Lever.STIGMA] + levers[Lever.ROLE_MODELS] + levers[Lever.NO_FAULT], 1.0
    )
    leaders = p.leaders_hours * levers[Lever.LEADERSHIP_SUPPORT]
    yearly = hours * prices.staff_hour + leaders * prices.mentor_hour
    staff = levers[Lever.STAFF_FTE] * state.institution.funding / 100.0 * p.fte_hours * prices.staff_hour
    return state.months[month].mentees * (yearly / 12.0 + staff)


@rule
def reflect(state, setting, month):
    """Support and funding follow results; costs are counted; the program evaluates itself when it is time."""
    institution, p, row = state.institution, setting.rules.institution, state.months[month]
    blow = state.calendar[month, SUPPORT] / max(state.calendar[max(month - 1, 0), SUPPORT], LEAST) if month > 0 else 1.0
    institution.support = rules.supported(institution.support, row.mentored_share, p) * min(blow, 1.0)
    institution.funding = rules.funded(institution.funding, institution.support, p)
    institution.month_cost += upkeep(state, setting, month)
    evaluate_program(state, setting, month)
    row.support, row.funding, row.cost = institution.support, institution.funding, institution.month_cost
    institution.cost += institution.month_cost
    institution.month_cost = 0.0
