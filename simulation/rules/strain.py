"""Belonging, burnout and satisfaction of mentees and mentors move towards what their life now gives.

Source: [E16] belonging and leaving; [A5], [A6], [A13] bad ties are no better than none; [D16] threat; [A8] role conflict;
[A10] ability; [C10] likeness works through contact; [E13], [E14] burnout; [E15] overload and meaning; [A11], [A14]
what mentors gain.
"""

from simulation.jit import rule


@rule
def threat(own_share, p):
    """Identity threat: one where nobody in the unit shares one's group, none from near parity on."""
    return max(1.0 - own_share / p.threat_parity, 0.0)


@rule
def burden(threat, kin, p):
    """What threat in one attribute costs belonging; `kin` is how much contact there is with a mentor of one's own group."""
    return max(p.threat - p.role_model * kin, 0.0) * threat


@rule
def belonging_level(z, best, worst, covered, burden, p):
    """Where belonging comes to rest.

    `best` and `worst` are what the best and worst live tie give, in [0, 1], 0 without a tie; `burden` is what threat
    costs, over all attributes, `z` the person.
    """
    return min(max(
        p.belonging + p.belonging_spread * z
        + p.good_tie * best - p.bad_tie * worst + p.coverage * covered
        - burden, 0.0), 1.0)  # fmt: skip


@rule
def burnout_level(z, ability, belonging, held, p):
    """Where burnout comes to rest, by ability, belonging and the number of mentors held."""
    return min(max(
        p.burnout + p.burnout_spread * z - p.ability * (ability - 0.5) - p.isolation * (belonging - p.belonging)
        + p.role_conflict * max(held - 1.0, 0.0), 0.0), 1.0)  # fmt: skip


@rule
def moved(now, level, p):
    """A state after a month of moving to where it comes to rest."""
    return now + p.rate * (level - now)


@rule
def satisfied(now, engagement, contact, p):
    """Satisfaction with a tie after a month of own engagement and contact, both in [0, 1]."""
    experience = (1.0 - p.satisfaction_contact) * engagement + p.satisfaction_contact * contact
    return now + p.satisfaction_rate * (experience - now)


@rule
def job_satisfaction(belonging, mentoring, burnout, p):
    """Satisfaction with the job; a tie that satisfies less than `mentoring_none` counts as no tie."""
    return min(max(
        p.job + p.job_belonging * (belonging - p.belonging)
        + p.job_mentoring * max(mentoring - p.mentoring_none, 0.0)
        - p.job_burnout * (burnout - p.burnout), 0.0), 1.0)  # fmt: skip


@rule
def mentor_burnout_level(z, overload, meaning, p):
    """Where a mentor's burnout comes to rest; `meaning` is protected time used in good ties, in [0, 1]."""
    return min(max(p.burnout + p.burnout_spread * z + p.overload * overload - p.meaning * meaning, 0.0), 1.0)


@rule
def mentor_satisfaction_level(joy, mentors_now, support, p):
    """Where a mentor's satisfaction comes to rest, by the mean engagement `joy` of their ties and by visible support."""
    level = p.satisfaction
    if mentors_now:
        level = level + p.joy * (joy - 0.5) + p.supported * support
    return min(max(level, 0.0), 1.0)
