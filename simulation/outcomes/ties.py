"""Outcomes of ties: closure, length, quality, who ended them and how well, and ties across groups."""

from simulation.jit import rule
from simulation.ties import BY_MENTOR, MENTEE_LEFT, OUTSIDE


@rule
def of_ties(state, setting, months, sums, weights):
    """Add every tie of the run, live or ended."""
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
        if tie.start + 12 <= months:
            sums.closure_12 += 0 <= tie.end < tie.start + 12
            weights.closure_12 += 1
        if tie.start + 30 <= months:
            sums.closure_30 += 0 <= tie.end < tie.start + 30
            weights.closure_30 += 1
        if tie.end >= 0 and tie.reason < MENTEE_LEFT:
            sums.mentor_ended_share += int(tie.ended_by == BY_MENTOR or tie.reason > OUTSIDE)
            weights.mentor_ended_share += 1
            if tie.reason <= OUTSIDE:
                sums.ended_well_share += int(tie.ended_well)
                weights.ended_well_share += 1
