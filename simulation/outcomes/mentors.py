"""Outcomes of mentors, of the network and of money: retention, load, diversity, live ties and cost."""

import numpy as np

from simulation.draws import Purpose, normal
from simulation.jit import rule, step
from simulation.outcomes.people import kept
from simulation.rules import survey
from simulation.ties import key_of


@rule
def of_mentors(state, setting, months, at_risk, left, loads, sums, weights):
    """Count retention, satisfaction and burnout of mentors, and how their load is spread."""
    p, luck = setting.rules.survey, state.streams[0, Purpose.MENTOR_SURVEY]
    for j in range(state.counts.mentors):
        mentor = state.mentors[j]
        last = (mentor.exit_month if mentor.exit_month >= 0 else months - 1) - max(mentor.joined, 0)
        at_risk[last] += 1
        left[last] += mentor.exit_month >= 0
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
    for month in range(months - 2, -1, -1):
        at_risk[month] += at_risk[month + 1]
    sums.mentor_retention = kept(at_risk, left, months)
    weights.mentor_retention = 1
    sums.mentor_load_gini = gini(loads, sums.mentor_load)
    weights.mentor_load_gini = 1


@rule
def gini(loads, total):
    """The Gini coefficient of load, from the number of mentors at each load; 0 when the total is 0."""
    before, ranked = 0.0, 0.0
    for load in range(len(loads)):
        ranked += loads[load] * load * (2.0 * before + loads[load])
        before += loads[load]
    return ranked / (before * total) - 1.0 if total > 0.0 else 0.0


@step
def of_attributes(state, setting, months, sums, weights):
    """Count how load and posts are shared between mentors in the reference group and the other mentors."""
    for a in range(setting.attributes):
        load, years, here = np.zeros(2), np.zeros(2), np.zeros(2)
        for j in range(state.counts.mentors):
            mentor = state.mentors[j]
            side = 1 if mentor.group[a] > 0 else 0
            load[side] += mentor.load_sum
            years[side] += (mentor.exit_month if mentor.exit_month >= 0 else months - 1) - max(mentor.joined, 0) + 1
            here[side] += mentor.active == 1
        if years[0] > 0.0 and years[1] > 0.0 and load[0] > 0.0:
            sums.load_ratio[a] = load[1] / years[1] / (load[0] / years[0])
            weights.load_ratio[a] = 1
        sums.mentor_diversity[a] = here[1]
        weights.mentor_diversity[a] = here[0] + here[1]


@rule
def of_program(state, months, at_risk, left, sums, weights):
    """Count live ties, the norm, and money; `at_risk` and `left` are those of all mentees."""
    month = state.months[months - 1]
    if month.mentees > 0:
        sums.degree = month.live_ties
        weights.degree = month.mentees
        sums.norm_share = month.norm_share
        weights.norm_share = 1
    sums.cost = state.institution.cost
    weights.cost = max(at_risk.sum() / 12.0, 1.0)
    sums.cost_per_retained = state.institution.cost
    weights.cost_per_retained = max(at_risk[0] - left.sum(), 1.0)
