"""Outcomes of mentees, for everyone and for every group.

Row 0 is everyone; then come the groups of each identity attribute; then, with two attributes or more, their crossings.
A mean is `sums` over `weights`, two records with a field an outcome; it is missing where the weight is 0.
"""

import numpy as np

from simulation.draws import Purpose, normal
from simulation.jit import rule
from simulation.record import mentor_status
from simulation.rules import survey
from simulation.steps.who_is_there import is_promoted

YEAR, THREE_YEARS, FIVE_YEARS = 12, 36, 60


@rule
def rows_of(setting, mentee, k):
    """The k-th row that a mentee belongs to, or -1. The order is: everyone, the group of each attribute, the crossing."""
    if k == 0:
        return 0
    if k <= setting.attributes:
        return 1 + setting.first_group[k - 1] + mentee.group[k - 1]
    if k == setting.attributes + 1 and setting.attributes > 1:
        cell = 0
        for a in range(setting.attributes):
            cell = cell * setting.group_count[a] + mentee.group[a]
        return 1 + setting.first_group[setting.attributes] + cell
    return -1


@rule
def count_exits(state, setting, months, at_risk, left):
    """Count who was at risk and who left, by months since arrival (or since month 0): rows x months each."""
    for i in range(len(state.mentees)):
        mentee = state.mentees[i]
        if mentee.active == 0:
            continue
        entry = max(mentee.cohort, 0)
        last = (mentee.exit_month if mentee.exit_month >= 0 else months - 1) - entry
        for k in range(setting.attributes + 2):
            row = rows_of(setting, mentee, k)
            if row >= 0:
                at_risk[row, last] += 1
                if mentee.active == 2:
                    left[row, last] += 1
    for row in range(len(at_risk)):
        for month in range(months - 2, -1, -1):
            at_risk[row, month] += at_risk[row, month + 1]


@rule
def kept(at_risk, left, until):
    """The Kaplan-Meier share of those who have not left after `until` months; graduation and the study's end censor.

    It is missing where nobody was ever at risk: a product of nothing is no measurement.
    """
    if until > len(at_risk) or at_risk[0] == 0:
        return np.nan
    share = 1.0
    for month in range(until):
        if at_risk[month] > 0:
            share *= 1.0 - left[month] / at_risk[month]
    return share


@rule
def seen(at_risk, left, until):
    """The share kept after `until` months; missing where nobody was followed so long, unless all had left."""
    share = kept(at_risk, left, until)
    return share if share == 0.0 or (until <= len(at_risk) and at_risk[until - 1] > 0.0) else np.nan


@rule
def months_as_mentee(setting, month, mentee):
    """The months so far in which a person was a mentee of the program, until exit or, where nobody graduates, promotion."""
    last = mentee.exit_month if mentee.exit_month >= 0 else month
    if is_promoted(setting, last, mentee):
        last = mentee.cohort + 12 * setting.years - 1
    return last - max(mentee.cohort, 0) + 1


@rule
def add_mentee(setting, month, mentee, sums, weights):
    """Add what one mentee had over the study to the sums and weights of a row."""
    entry = max(mentee.cohort, 0)
    months = months_as_mentee(setting, month, mentee)
    sums.mentored_share += mentee.months_mentored
    weights.mentored_share += months
    sums.spark_rate += mentee.sparks
    weights.spark_rate += mentee.ties
    sums.spark_months += 12.0 * mentee.months_sparked
    weights.spark_months += months
    sums.need_coverage += mentee.coverage_sum
    weights.need_coverage += months
    sums.access += mentee.ties > 0
    weights.access += 1
    sums.sparked_share += mentee.sparks > 0
    weights.sparked_share += 1
    if mentee.first_tie >= 0:
        sums.months_to_first_tie += mentee.first_tie - entry
        weights.months_to_first_tie += 1
    if mentee.first_spark >= 0:
        sums.months_to_first_spark += mentee.first_spark - entry
        weights.months_to_first_spark += 1


@rule
def add_present(state, setting, month, mentee, sums, weights):
    """Add how a mentee is who is there now to the sums and weights of a row."""
    p, i, luck = setting.rules.survey, mentee.row, state.streams[0, Purpose.SURVEY]
    current, meaningful, primary, _ = mentor_status(state, setting, month, mentee)
    if current:
        answer = survey.answer(mentee.mentoring_satisfaction, normal(luck, i, 0), p.leniency, p)
        sums.mentoring_satisfaction += answer
        weights.mentoring_satisfaction += 1
    sums.job_satisfaction += survey.answer(mentee.job_satisfaction, normal(luck, i, 1), p.leniency, p)
    weights.job_satisfaction += 1
    sums.burnout += mentee.burnout
    weights.burnout += 1
    sums.belonging += mentee.belonging
    weights.belonging += 1
    sums.output += mentee.output
    weights.output += 1
    for d in range(setting.domains):
        sums.skill += mentee.skill[d] / setting.domains
    weights.skill += 1
    sums.meaningful_share += meaningful
    weights.meaningful_share += 1
    sums.primary_share += primary
    weights.primary_share += 1


@rule
def of_present_people(state, setting, month, sums, weights):
    """Count every row over the mentees who are there at the end of a month."""
    for i in range(len(state.mentees)):
        mentee = state.mentees[i]
        if mentee.active == 1 and not is_promoted(setting, month, mentee):
            for k in range(setting.attributes + 2):
                row = rows_of(setting, mentee, k)
                if row >= 0:
                    add_present(state, setting, month, mentee, sums[row], weights[row])


@rule
def of_people(state, setting, months, at_risk, left, sums, weights):
    """Count every row over all mentees who ever came, and its retention from the exits."""
    for i in range(len(state.mentees)):
        mentee = state.mentees[i]
        if mentee.active > 0:
            for k in range(setting.attributes + 2):
                row = rows_of(setting, mentee, k)
                if row >= 0:
                    add_mentee(setting, months - 1, mentee, sums[row], weights[row])
    for row in range(len(sums)):
        sums[row].retention = kept(at_risk[row], left[row], months)
        weights[row].retention = 1
        sums[row].retention_12 = seen(at_risk[row], left[row], YEAR)
        weights[row].retention_12 = 1
        sums[row].retention_36 = seen(at_risk[row], left[row], THREE_YEARS)
        weights[row].retention_36 = 1
        sums[row].retention_60 = seen(at_risk[row], left[row], FIVE_YEARS)
        weights[row].retention_60 = 1
