"""Outcomes of mentors, of the network and of money: retention, load, diversity, live ties and cost."""

import numpy as np

from simulation.billing import ITEMS
from simulation.draws import Purpose, normal
from simulation.jit import rule, step
from simulation.outcomes.people import kept
from simulation.rules import survey
from simulation.ties import key_of


@rule
def of_mentors(state, months, at_risk, left, sums, weights):
    """Count the retention of mentors over the study."""
    for j in range(state.counts.mentors):
        mentor = state.mentors[j]
        last = (mentor.exit_month if mentor.exit_month >= 0 else months - 1) - max(mentor.joined, 0)
        at_risk[last] += 1
        left[last] += mentor.exit_month >= 0
    for month in range(months - 2, -1, -1):
        at_risk[month] += at_risk[month + 1]
    sums.mentor_retention = kept(at_risk, left, months)
    weights.mentor_retention = 1


@rule
def of_present_mentors(state, setting, loads, sums, weights):
    """Count satisfaction and burnout of the mentors who are there, and how their load is spread."""
    p, luck = setting.rules.survey, state.streams[0, Purpose.MENTOR_SURVEY]
    for j in range(state.counts.mentors):
        mentor = state.mentors[j]
        if mentor.active == 1:
            z = normal(luck, key_of(mentor), 0)
            sums.mentor_satisfaction += survey.answer(mentor.satisfaction, z, p.leniency + p.mentor_offset, p)
            weights.mentor_satisfaction += 1
            sums.mentor_burnout += mentor.burnout
            weights.mentor_burnout += 1
            sums.mentor_load += mentor.load
            weights.mentor_load += 1
            sums.reach += mentor.load > 0
            weights.reach += 1
            loads[mentor.load] += 1
    sums.mentor_load_gini = gini(loads, sums.mentor_load)
    weights.mentor_load_gini = 1


@rule
def gini(loads, total):
    """The Gini coefficient of load, from the number of mentors at each load; missing when nobody carries any."""
    before, ranked = 0.0, 0.0
    for load in range(len(loads)):
        ranked += loads[load] * load * (2.0 * before + loads[load])
        before += loads[load]
    return ranked / (before * total) - 1.0 if total > 0.0 else np.nan


@step
def of_attributes(state, setting, months, sums, weights):
    """Count how load is shared between mentors in the reference group and the other mentors, over the study."""
    for a in range(setting.attributes):
        load, years = np.zeros(2), np.zeros(2)
        for j in range(state.counts.mentors):
            mentor = state.mentors[j]
            side = 1 if mentor.group[a] > 0 else 0
            load[side] += mentor.load_sum
            years[side] += (mentor.exit_month if mentor.exit_month >= 0 else months - 1) - max(mentor.joined, 0) + 1
        if years[0] > 0.0 and years[1] > 0.0 and load[0] > 0.0:
            sums.load_ratio[a] = load[1] / years[1] / (load[0] / years[0])
            weights.load_ratio[a] = 1


@rule
def of_diversity(state, setting, sums, weights):
    """Count the mentors who are there and not in the reference group of each attribute."""
    for a in range(setting.attributes):
        for j in range(state.counts.mentors):
            if state.mentors[j].active == 1:
                sums.mentor_diversity[a] += state.mentors[j].group[a] > 0
                weights.mentor_diversity[a] += 1


@rule
def of_program(state, month, sums, weights):
    """Count live ties and the norm, as the month has them."""
    row = state.months[month]
    if row.mentees > 0:
        sums.degree = row.live_ties
        weights.degree = row.mentees
        sums.norm_share = row.norm_share
        weights.norm_share = 1


@rule
def of_bill(months, count, spent):
    """Add the money of some months to the items of the bill."""
    for month in range(count):
        for item in range(ITEMS):
            spent[item] += months[month].spent[item]


@rule
def of_cost(state, at_risk, left, sums, weights):
    """Count money by the years and by the people it was spent on; `at_risk` and `left` are those of all mentees."""
    years, months = at_risk.sum() / 12.0, len(at_risk)
    for month in range(months):
        row = state.months[month]
        sums.cost += row.cost
        sums.cost_cash += row.cost_cash
        sums.cost_protected += row.cost_protected
        sums.unpaid_mentor_time += row.unpaid_mentor_time
        sums.unpaid_mentee_time += row.unpaid_mentee_time
    weights.cost = years
    weights.cost_cash = years
    weights.cost_protected = years
    weights.unpaid_mentor_time = years
    weights.unpaid_mentee_time = years
    sums.cost_per_retained = sums.cost
    weights.cost_per_retained = at_risk[0] - left.sum()
    of_bill(state.months, months, sums.spent)
    for item in range(ITEMS):  # no outcomes: what tables of costs are made of
        weights["spent"][item] = years
    sums["heads"] = at_risk.sum()
    weights["heads"] = months
