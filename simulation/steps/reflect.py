"""The institution's month: support, funding and cost; and, when it evaluates itself, what it sees and what it moves."""

from simulation.draws import Purpose, normal, uniform
from simulation.jit import inner, rule
from simulation.rules import reflect as rules
from simulation.rules import survey
from simulation.scenario.flat import SUPPORT
from simulation.scenario.levers import CONTEXT, INPUT, LOAD_BY_IDENTITY, NO_EVALUATION, PROCESS, PRODUCT, Lever
from simulation.scenario.levers import SURVEY as BY_SURVEY
from simulation.steps.presence import rows
from simulation.ties import MENTOR_KEY, REDEFINITION

NOTHING, MORE_CLARITY, MORE_TIME, MORE_CONTACT, MORE_TRAINING = range(5)


@rule
def commence(state, levers, start_month, month):
    """The policy starts: its levers are set, its leaders show their support, its means are there.

    A policy that changes no lever brings no means, so that it is ad hoc mentoring to the bit.
    """
    if month != start_month:
        return
    changed = False
    for lever in range(len(levers)):
        changed = changed or state.levers[lever] != levers[lever]
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
    """What sampled mentees say: answers, mean satisfaction and share mentored, unmet need, silent ties; each in [0, 1]."""
    mentees, ties, p = state.mentees, state.ties, setting.rules.survey
    answers, product, unmet, silent, live = 0, 0.0, 0.0, 0.0, 0.0
    luck = state.streams[month, Purpose.SURVEY]
    for i in range(rows(setting, month)):
        if mentees[i].active != 1 or not asks_mentee(state, setting, month, i):
            continue
        answers += 1
        said = survey.answer(mentees[i].mentoring_satisfaction, normal(luck, i, 0), p.leniency, p)
        product += (said - 1) / 4.0
        unmet += 1.0 - mentees[i].need_coverage
        for s in range(ties.shape[1]):
            if ties[i, s].mentor >= 0 and ties[i, s].phase != REDEFINITION:
                live += 1.0
                silent += 1.0 if ties[i, s].silent > 0 else 0.0
    n = max(answers, 1)
    return answers, product / n, unmet / n, silent / max(live, 1.0)


@inner
def hear_mentors(state, setting, month):
    """What sampled mentors say: the share overloaded, and the load of the most against the least loaded group, less one."""
    mentors = state.mentors
    luck = state.streams[month, Purpose.MENTOR_SURVEY]
    answers, over, worst = 0, 0.0, 0.0
    for j in range(state.counts.mentors):
        if mentors[j].active == 1 and uniform(luck, mentors[j].mentor + MENTOR_KEY, 0) < state.levers[Lever.SAMPLE]:
            answers += 1
            over += 1.0 if mentors[j].overload > 0.0 else 0.0
    for a in range(setting.attributes):
        least, most = 1e9, 0.0
        for g in range(setting.group_count[a]):
            load, heads = 0.0, 0.0
            for j in range(state.counts.mentors):
                if mentors[j].active == 1 and mentors[j].group[a] == g:
                    load, heads = load + mentors[j].load, heads + 1.0
            if heads > 0.0:
                least, most = min(least, load / heads), max(most, load / heads)
        if most > 0.0:
            worst = max(worst, min((most - least) / most, 1.0))
    return over / max(answers, 1), worst


@rule
def measured(levers, measure):
    """Whether the evaluation looks at a measure; a satisfaction survey looks at the product alone."""
    if levers[Lever.MODEL] == BY_SURVEY:
        return measure == PRODUCT
    return (int(levers[Lever.MEASURES]) & measure) > 0


@inner
def diagnose(levers, product, unmet, overloaded, silent, load_gap):
    """What seems to need most, among what is measured: an answer to the largest deficit."""
    worst, answer = 0.0, NOTHING
    if measured(levers, CONTEXT) and unmet > worst:
        worst, answer = unmet, MORE_CLARITY
    if measured(levers, INPUT) and overloaded > worst:
        worst, answer = overloaded, MORE_TIME
    if measured(levers, PROCESS) and silent > worst:
        worst, answer = silent, MORE_CONTACT
    if measured(levers, PRODUCT) and 1.0 - product > worst:
        worst, answer = 1.0 - product, MORE_TRAINING
    if measured(levers, LOAD_BY_IDENTITY) and load_gap > worst:
        worst, answer = load_gap, MORE_TIME
    return answer


@inner
def survey_all(state, setting, month):
    """An evaluation takes place: it costs hours, and its results will be on the table after the delay."""
    institution, levers, p = state.institution, state.levers, setting.rules.institution
    answers, product, unmet, silent = hear_mentees(state, setting, month)
    overloaded, load_gap = hear_mentors(state, setting, month)
    hours = p.survey_hours * answers
    institution.month_cost += hours * (setting.prices.mentee_hour + setting.prices.staff_hour)
    if levers[Lever.MODEL] != BY_SURVEY:
        institution.month_cost += p.cipp_hours * state.months[month].mentees * setting.prices.staff_hour
    institution.pending_month = month + int(levers[Lever.DELAY_MONTHS])
    institution.pending_score = product
    institution.pending_worst = diagnose(levers, product, unmet, overloaded, silent, load_gap)


@inner
def move_for(answer):
    """The lever that answers a diagnosis, the top of its range and its unit's hours: lever, range."""
    if answer == MORE_CLARITY:
        return Lever.WORKSHOP_HOURS, 16.0
    if answer == MORE_TIME:
        return Lever.PROTECTED_HOURS, 4.0
    if answer == MORE_CONTACT:
        return Lever.STAFF_FTE, 1.0
    return Lever.TRAINING_HOURS, 16.0


@inner
def yearly_cost(setting, state, month, lever, amount):
    """What so much more of a lever costs a year, per mentee."""
    mentors = state.months[month].mentors / max(state.months[month].mentees, 1)
    if lever == Lever.WORKSHOP_HOURS:
        return amount * setting.prices.mentee_hour
    if lever == Lever.PROTECTED_HOURS:
        return 12.0 * amount * mentors * setting.prices.mentor_hour
    if lever == Lever.STAFF_FTE:
        return 12.0 * amount * setting.rules.institution.fte_hours / 100.0 * setting.prices.staff_hour
    return amount * mentors * setting.prices.mentor_hour


@inner
def adapt(state, setting, month):
    """Results are on the table: the last move is kept if it helped, and one more lever is moved within the budget."""
    institution, levers = state.institution, state.levers
    trial = institution.trial
    if trial >= 0 and institution.pending_score <= institution.trial_score:
        amount = levers[trial] - institution.trial_from
        institution.added_cost -= yearly_cost(setting, state, month, trial, amount)
        levers[trial] = institution.trial_from
    institution.trial = -1
    if institution.pending_worst == NOTHING:
        return
    lever, top = move_for(institution.pending_worst)
    step = min(setting.rules.institution.step * top, top - levers[lever])
    added = yearly_cost(setting, state, month, lever, step)
    if step <= 0.0 or institution.added_cost + added > levers[Lever.BUDGET]:
        return
    institution.trial, institution.trial_from = lever, levers[lever]
    institution.trial_score = institution.pending_score
    levers[lever] += step
    institution.added_cost += added


@rule
def reflect(state, setting, month):
    """Support and funding follow results; costs are counted; the program evaluates itself when it is time."""
    institution, levers, p = state.institution, state.levers, setting.rules.institution
    mentored = state.months[month].mentored_share
    institution.support = rules.supported(institution.support, mentored, p) * state.calendar[month, SUPPORT]
    institution.funding = rules.funded(institution.funding, institution.support, p)
    staff = levers[Lever.STAFF_FTE] * institution.funding * state.months[month].mentees / 100.0
    institution.month_cost += staff * p.fte_hours * setting.prices.staff_hour
    if levers[Lever.MODEL] != NO_EVALUATION and (month + 1) % int(levers[Lever.EVERY_MONTHS]) == 0:
        survey_all(state, setting, month)
    if institution.pending_month == month:
        institution.pending_month = -1
        if levers[Lever.ADAPT] > 0.0:
            adapt(state, setting, month)
    state.months[month].support, state.months[month].funding = institution.support, institution.funding
    state.months[month].cost = institution.month_cost
    institution.cost += institution.month_cost
    institution.month_cost = 0.0
