"""The institution's month: support, funding and cost; and the levers that it moves by what it knows of itself."""

from simulation.billing import (
    CAMPAIGN,
    CENTRAL_STAFF,
    DIRECTORY,
    END_OF_CASH,
    END_OF_MENTORS,
    END_OF_PROTECTED,
    ITEMS,
    LEADERS,
    WISHES,
)
from simulation.jit import inner, rule
from simulation.rules import reflect as rules
from simulation.scenario.compiled_setting import SUPPORT
from simulation.scenario.levers import NO_EVALUATION, OFF
from simulation.steps.survey import LEAST, MEASURES, survey_all
from simulation.steps.who_is_there import has_directory

NONE = -1
WORKSHOPS, TIME, STAFF, TRAINING = range(4)  # levers that a program can move by itself


@inner
def pull(levers, new):
    """All levers are set as given."""
    levers.prioritize, levers.diversify, levers.match = new.prioritize, new.diversify, new.match
    levers.empower, levers.move_on, levers.evaluate, levers.offer = new.empower, new.move_on, new.evaluate, new.offer


@inner
def roll_out(levers, plan, month):
    """In a rollout by phases the share grows with every step, and from its month on everybody is offered the policy."""
    offer = plan.levers.offer
    if offer.everyone_from <= month - plan.first_month:
        levers.offer = plan.without.offer
    elif offer.steps > 1:
        levers.offer.share = offer.share * (min(1 + (month - plan.start_month) // offer.step_months, offer.steps) / offer.steps)


@rule
def commence(levers, institution, setting, plan, month):
    """The policy starts: its levers are set, its leaders show their support, its means are there. Or it ends.

    A policy that at most evaluates brings no means, so that looking changes nothing but cost.
    """
    if month == plan.start_month:
        pull(levers, plan.levers)
        if plan.brings_means:
            institution.support, institution.funding = levers.prioritize.leadership_support, 1.0
    if plan.start_month <= month < plan.end_month:
        roll_out(levers, plan, month)
    elif month == plan.end_month:
        pull(levers, plan.without)
        institution.trial, institution.pending_month = NONE, NONE
        if plan.brings_means:
            institution.support, institution.funding = 0.0, setting.rules.institution.unsupported


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
def value_of(levers, lever):
    """Where a lever stands that the program can move."""
    if lever == WORKSHOPS:
        return levers.empower.workshop_hours
    if lever == TIME:
        return levers.prioritize.protected_hours
    return levers.prioritize.staff_fte if lever == STAFF else levers.prioritize.training_hours


@inner
def move(levers, lever, value):
    """The program moves one of its levers."""
    if lever == WORKSHOPS:
        levers.empower.workshop_hours = value
    elif lever == TIME:
        levers.prioritize.protected_hours = value
    elif lever == STAFF:
        levers.prioritize.staff_fte = value
    else:
        levers.prioritize.training_hours = value


@inner
def yearly_cost(setting, row, lever, amount):
    """What so much more of a lever costs a year, per mentee, unpaid time included; `row` is the month as counted.

    A program that weighs its next move reckons with the time it asks for, also with that which it need not pay.
    """
    mentors = row.mentors / max(row.mentees, 1)
    served = row.offered / row.mentees if row.mentees > 0 else 1.0
    if lever == WORKSHOPS:
        return served * amount * setting.prices.mentee_hour
    if lever == TIME:
        return 12.0 * amount * mentors * setting.prices.mentor_hour
    if lever == STAFF:
        return served * 12.0 * amount * setting.rules.institution.fte_hours / 100.0 * setting.prices.staff_hour
    return amount * mentors * setting.prices.mentor_hour


@inner
def note_move(counts, kept, month, lever, deficit, before, after, score):
    """Keep that the program moved a lever, when the run is traced."""
    if counts.moved >= len(kept):
        return
    row = kept[counts.moved]
    counts.moved += 1
    row.month, row.lever, row.deficit, row.score = month, lever, deficit, score
    row.before, row.after = before, after
    row.judged, row.kept, row.next_score = NONE, NONE, 0.0


@inner
def note_verdict(counts, moves, month, trial, kept, score):
    """Keep what became of the last move, when the run is traced; `trial` is the lever on trial, -1 for none."""
    if trial >= 0 and 0 < counts.moved <= len(moves):
        row = moves[counts.moved - 1]
        row.judged, row.kept, row.next_score = month, kept, score


@inner
def look_back(state, setting, month):
    """The last move is kept if the score fell, and taken back if not; gives the lever taken back, or -1."""
    institution = state.institution
    trial = institution.trial
    institution.trial = NONE
    kept = trial < 0 or institution.pending_score < institution.trial_score
    note_verdict(state.counts, state.moves, month, trial, kept, institution.pending_score)
    if kept:
        return NONE
    amount = value_of(state.levers, trial) - institution.trial_from
    institution.added_cost -= yearly_cost(setting, state.months[month], trial, amount)
    move(state.levers, trial, institution.trial_from)
    return trial


@inner
def move_own_lever(state, setting, month, taken_back):
    """One lever is moved: the one that answers the largest deficit above what is expected and can still be paid."""
    institution, levers = state.institution, state.levers
    chosen, step, added, worst, answered = NONE, 0.0, 0.0, 1.0, NONE
    for place in range(MEASURES):
        lever, top = move_for(place)
        more = min(setting.rules.institution.step * top, top - value_of(levers, lever))
        price = yearly_cost(setting, state.months[month], lever, more)
        paid = institution.added_cost + price <= levers.evaluate.budget
        if institution.deficits[place] > worst and lever != taken_back and more > 0.0 and paid:
            chosen, step, added, worst, answered = lever, more, price, institution.deficits[place], place
    if chosen >= 0:
        institution.trial, institution.trial_from = chosen, value_of(levers, chosen)
        institution.trial_score = institution.pending_score
        reached = institution.trial_from + step
        move(levers, chosen, reached)
        note_move(state.counts, state.moves, month, chosen, answered, institution.trial_from, reached, institution.trial_score)
        institution.added_cost += added


@inner
def evaluate_program(state, setting, month):
    """Results that are on the table are acted on; a new evaluation starts when it is time and none is on its way."""
    institution, evaluate = state.institution, state.levers.evaluate
    due = evaluate.model != NO_EVALUATION and (month + 1) % evaluate.every_months == 0
    for _ in range(2):  # once before and once after, for results that come without delay
        if institution.pending_month == month:
            institution.pending_month = NONE
            if evaluate.adapt > 0:
                move_own_lever(state, setting, month, look_back(state, setting, month))
        if due and institution.pending_month < 0:
            survey_all(state, setting, month)
            due = False


@inner
def keep_up(state, setting, month):
    """The standing parts of a program cost what they cost this month, whoever uses them.

    Leaders and the campaign reach every mentee; all else is there for those to whom the program is offered.
    """
    levers, p, prices, row = state.levers, setting.rules.institution, setting.prices, state.months[month]
    spent, norm, fte = state.institution.spent, levers.move_on, levers.prioritize.staff_fte * state.institution.funding
    served, everyone = row.offered * prices.staff_hour, row.mentees / 12.0
    spent[CENTRAL_STAFF] += served * fte / 100.0 * p.fte_hours
    if has_directory(levers):
        spent[DIRECTORY] += served * p.directory_hours / 12.0
    if levers.match.identity != OFF:
        spent[WISHES] += served * p.matching_hours / 12.0
    effort = min(1.0 - norm.stigma + norm.role_models + norm.no_fault, 1.0)
    spent[CAMPAIGN] += everyone * p.campaign_hours * effort * prices.staff_hour
    spent[LEADERS] += everyone * p.leaders_hours * levers.prioritize.leadership_support * prices.mentor_hour


@inner
def total(spent, first, end):
    """The sum of some items, always in the same order, so that it is the same to the bit everywhere."""
    money = 0.0
    for item in range(first, end):
        money += spent[item]
    return money


@inner
def settle_accounts(institution, row):
    """The month's items are kept and summed by who pays, and a new account begins."""
    spent = institution.spent
    row.cost_cash, row.cost_protected = total(spent, 0, END_OF_CASH), total(spent, END_OF_CASH, END_OF_PROTECTED)
    row.unpaid_mentor_time = total(spent, END_OF_PROTECTED, END_OF_MENTORS)
    row.unpaid_mentee_time = total(spent, END_OF_MENTORS, ITEMS)
    row.cost = row.cost_cash + row.cost_protected
    institution.cost += row.cost
    for item in range(ITEMS):
        row.spent[item] = spent[item]
        spent[item] = 0.0


@rule
def reflect(state, setting, month):
    """Support and funding follow results; costs are counted; the program evaluates itself when it is time."""
    institution, p, row = state.institution, setting.rules.institution, state.months[month]
    blow = state.calendar[month, SUPPORT] / max(state.calendar[max(month - 1, 0), SUPPORT], LEAST) if month > 0 else 1.0
    institution.support = rules.supported(institution.support, row.mentored_share, p) * min(blow, 1.0)
    institution.funding = rules.funded(institution.funding, institution.support, p)
    keep_up(state, setting, month)
    evaluate_program(state, setting, month)
    row.support, row.funding = institution.support, institution.funding
    settle_accounts(institution, row)
