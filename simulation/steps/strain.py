"""Belonging, burnout and satisfaction of both sides move."""

from simulation.draws import Purpose, normal
from simulation.jit import inner, rule
from simulation.rules import need
from simulation.rules import strain as rules
from simulation.steps.acquaint import wishes
from simulation.ties import MENTOR_KEY, REDEFINITION, held, quality_of

RECENT = 2  # months before this one in which contact makes a mentor current


@rule
def count_groups(state, setting, mentees_here):
    """The heads of each group in each unit of a site, and of the units."""
    units, mentees, count = state.units, state.mentees, state.group_counts
    site = units[mentees[mentees_here[0]].unit].site if len(mentees_here) else 0
    for unit in range(state.sites[site].first_unit, state.sites[site].end_unit):
        units[unit].heads = 0
        for group in range(count.shape[1]):
            count[unit, group] = 0
    for i in mentees_here:
        unit = mentees[i].unit
        units[unit].heads += 1
        for a in range(setting.attributes):
            count[unit, setting.first_group[a] + mentees[i].group[a]] += 1


@inner
def threat_of(state, setting, i):
    """A mentee's identity threat: the mean over attributes, by the own group's share of the unit."""
    mentees, total, unit = state.mentees, 0.0, state.mentees[i].unit
    attributes = setting.attributes
    for a in range(attributes):
        own = state.group_counts[unit, setting.first_group[a] + mentees[i].group[a]]
        total += rules.threat(own / max(state.units[unit].heads, 1), setting.rules.strain)
    return total / max(attributes, 1)


@inner
def coverage_of(state, setting, month, i):
    """The share of felt need met by a live tie with fitting expertise and contact in the last three months."""
    mentees, ties = state.mentees, state.ties
    covered, total = 0.0, 0.0
    for d in range(setting.domains):
        felt, best = need.felt(mentees[i].need[d], mentees[i].skill[d]), 0.0
        for s in range(ties.shape[1]):
            j = ties[i, s].mentor
            if j >= 0 and ties[i, s].domain == d and ties[i, s].phase != REDEFINITION and ties[i, s].silent <= RECENT:
                best = max(best, state.mentors[j].expertise[d])
        covered += felt * best
        total += felt
    return covered / total if total > 0.0 else 0.0


@inner
def kinship(state, setting, i, j):
    """The share of identity attributes that two people have in common."""
    attributes, same = setting.attributes, 0.0
    for a in range(attributes):
        if state.mentees[i].group[a] == state.mentors[j].group[a]:
            same += 1.0
    return same / max(attributes, 1)


@inner
def strain_of(state, setting, month, i):
    """One mentee's month: what the ties, the unit and the person make of belonging, burnout and satisfaction."""
    mentees, ties, p = state.mentees, state.ties, setting.rules.strain
    best, worst, kin, wished, satisfaction, now = 0.0, 0.0, 0.0, 0.0, 0.0, False
    for s in range(ties.shape[1]):
        if ties[i, s].mentor >= 0 and ties[i, s].phase != REDEFINITION:
            quality = quality_of(ties, i, s)
            best, worst = max(best, quality), max(worst, 1.0 - quality)
            contact = min(ties[i, s].contact / setting.context.meeting_hours, 1.0)
            kin = max(kin, contact * kinship(state, setting, i, ties[i, s].mentor))
            wished += wishes(state, setting, i, ties[i, s].mentor)
            satisfaction = max(satisfaction, ties[i, s].satisfaction)
            now = now or ties[i, s].silent <= RECENT
    mentees[i].threat = threat_of(state, setting, i)
    mentees[i].need_coverage = coverage_of(state, setting, month, i)
    mentees[i].coverage_sum += mentees[i].need_coverage
    luck = state.streams[0, Purpose.STRAIN]
    level = rules.belonging_level(
        normal(luck, i, 0), best, worst, mentees[i].need_coverage, mentees[i].threat, kin, wished, p
    )
    mentees[i].belonging = rules.moved(mentees[i].belonging, level, p)
    level = rules.burnout_level(
        normal(luck, i, 1), mentees[i].ability, mentees[i].belonging, float(held(ties, i)), p
    )
    mentees[i].burnout = rules.moved(mentees[i].burnout, level, p)
    mentees[i].mentoring_satisfaction = satisfaction
    mentees[i].job_satisfaction = rules.job_satisfaction(mentees[i].belonging, satisfaction, mentees[i].burnout, p)
    mentees[i].months_mentored += 1 if now else 0


@inner
def mentor_strain_of(state, setting, month, j):
    """One mentor's month: overload wears out, protected mentoring in good ties gives meaning."""
    mentors, p = state.mentors, setting.rules.mentor_strain
    load = float(mentors[j].load)
    joy = mentors[j].joy / load if load > 0.0 else 0.0
    meaning = joy * min(min(mentors[j].given, mentors[j].protected) / setting.context.meeting_hours, 1.0)
    z = normal(state.streams[0, Purpose.MENTOR_STRAIN], mentors[j].mentor + MENTOR_KEY, 0)
    level = rules.mentor_burnout_level(z, mentors[j].overload, meaning, p)
    mentors[j].burnout = rules.moved(mentors[j].burnout, level, p)
    level = rules.mentor_satisfaction_level(joy, load > 0.0, state.institution.support, p)
    mentors[j].satisfaction = rules.moved(mentors[j].satisfaction, level, p)
    mentors[j].load_sum += load


@rule
def strain(state, setting, month, mentees_here, mentors_here):
    """Everybody's month leaves its mark."""
    count_groups(state, setting, mentees_here)
    for i in mentees_here:
        strain_of(state, setting, month, i)
    for j in mentors_here:
        mentor_strain_of(state, setting, month, j)
