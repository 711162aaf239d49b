"""Outcomes of ties: closure, length, quality, who ended them and how well, and ties across groups.

Source: Newman 2003, 10.1103/PhysRevE.67.026126, assortativity by a mixing matrix whose two sides are two kinds of people.
"""

import numpy as np

from simulation.jit import rule, step
from simulation.outcomes.people import YEAR, seen
from simulation.scenario.compiled_setting import DISCIPLINES
from simulation.ties import BY_MENTOR, GRADUATED, MENTEE_LEFT, OUTSIDE

LONGEST = 30  # months for which closure is told


@rule
def count_closures(state, months, at_risk, closed):
    """Count by age how many ties could still close and how many did; graduation and the end of the study are no closure."""
    for k in range(state.counts.records):
        tie = state.records[k]
        age = (tie.end if tie.end >= 0 else months - 1) - tie.start
        for month in range(max(-tie.start, 0), min(age + 1, LONGEST)):  # one that began before the study joins at its age
            at_risk[month] += 1
        if tie.end >= 0 and tie.reason != GRADUATED and age < LONGEST:
            closed[age] += 1


@rule
def of_ties(state, setting, months, at_risk, closed, sums, weights):
    """Add every tie there ever was."""
    count_closures(state, months, at_risk, closed)
    share = 1.0 - seen(at_risk, closed, YEAR)
    sums.closure_12 += share
    weights.closure_12 += share == share  # missing where no tie was watched so long, unless all had closed
    share = 1.0 - seen(at_risk, closed, LONGEST)
    sums.closure_30 += share
    weights.closure_30 += share == share
    for k in range(state.counts.records):
        tie = state.records[k]
        mentee, mentor = state.mentees[tie.mentee], state.mentors[tie.mentor]
        last = tie.end if tie.end >= 0 else months
        sums.tie_months += last - tie.start
        weights.tie_months += 1
        sums.tie_quality += tie.quality
        weights.tie_quality += 1
        sums.cross_discipline_share += mentee.discipline != mentor.discipline
        weights.cross_discipline_share += 1
        if setting.attributes:
            sums.same_identity_share += mentee.group[0] == mentor.group[0]
            weights.same_identity_share += 1
        if tie.end >= 0 and tie.reason < MENTEE_LEFT:
            sums.mentor_ended_share += int(tie.ended_by == BY_MENTOR or tie.reason > OUTSIDE)
            weights.mentor_ended_share += 1
            if tie.reason <= OUTSIDE:
                sums.ended_well_share += int(tie.ended_well)
                weights.ended_well_share += 1


@rule
def assortativity(mixing):
    """Newman's coefficient of a table of ties, mentees' kinds by mentors'; missing without ties, or where all are of one kind."""
    ties, alike, chance = 0.0, 0.0, 0.0
    for k in range(len(mixing)):
        mentees, mentors = 0.0, 0.0
        for other in range(len(mixing)):
            mentees += mixing[k, other]
            mentors += mixing[other, k]
        ties += mentees
        alike += mixing[k, k]
        chance += mentees * mentors
    # in whole numbers, so that it is exact when nothing is left to chance
    return (ties * alike - chance) / (ties * ties - chance) if ties * ties > chance else np.nan


@step
def of_mixing(state, setting, sums, weights):
    """Count how far ties there ever were join people who are alike: by discipline, and by each identity attribute."""
    mixing = np.zeros((DISCIPLINES, DISCIPLINES))
    for k in range(state.counts.records):
        tie = state.records[k]
        mixing[state.mentees[tie.mentee].discipline, state.mentors[tie.mentor].discipline] += 1
    sums.discipline_assortativity = assortativity(mixing)
    weights.discipline_assortativity = 1
    for a in range(setting.attributes):
        mixing = np.zeros((setting.group_count[a], setting.group_count[a]))
        for k in range(state.counts.records):
            tie = state.records[k]
            mixing[state.mentees[tie.mentee].group[a], state.mentors[tie.mentor].group[a]] += 1
        sums.assortativity[a] = assortativity(mixing)
        weights.assortativity[a] = 1
