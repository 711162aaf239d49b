"""Belonging, burnout and satisfaction of both sides move."""

from simulation.draws import Purpose, normal
from simulation.jit import inner, rule
from simulation.rules import need
from simulation.rules import strain as rules
from simulation.steps.who_is_there import is_promoted
from simulation.ties import carries_load, held, key_of, quality_of

RECENT = 2  # months before this one in which contact makes a mentor current


@inner
def is_recent(tie):
    """Whether a slot holds a tie that carries load and had contact in the last three months."""
    return carries_load(tie) and tie.silent <= RECENT


@inner
def has_mentor(slots):
    """Whether a mentee has a current mentor."""
    for tie in slots:
        if is_recent(tie):
            return True
    return False


@rule
def count_groups(state, setting, month, site, mentees):
    """The heads of each group in each unit of a site, and of the units; and which of the program's people have a mentor."""
    units, count = state.units, state.group_counts
    for unit in range(state.sites[site].first_unit, state.sites[site].end_unit):
        units[unit].heads, units[unit].counted, units[unit].mentored = 0, 0, 0
        for group in range(count.shape[1]):
            count[unit, group] = 0
    for i in mentees:
        mentee = state.mentees[i]
        units[mentee.unit].heads += 1
        for a in range(setting.attributes):
            count[mentee.unit, setting.first_group[a] + mentee.group[a]] += 1
        if not is_promoted(setting, month, mentee):
            mentee.mentored = 1 if has_mentor(state.ties[i]) else 0
            units[mentee.unit].counted += 1
            units[mentee.unit].mentored += mentee.mentored


@inner
def threat_of(units, group_counts, setting, mentee, a):
    """A mentee's identity threat in an attribute: by the own group's share of the unit, as far as the world knows of threat."""
    own = group_counts[mentee.unit, setting.first_group[a] + mentee.group[a]]
    share = own / max(units[mentee.unit].heads, 1)
    return setting.threat[a] * rules.threat(share, setting.rules.strain)


@inner
def kinship(mentors, slots, setting, mentee, a):
    """How much contact a mentee has this month, in [0, 1], with a mentor of the own group of an attribute."""
    most = 0.0
    for tie in slots:
        if carries_load(tie) and mentee.group[a] == mentors[tie.mentor].group[a]:
            most = max(most, min(tie.contact / setting.context.meeting_hours, 1.0))
    return most


@inner
def burden_of(state, setting, mentee, slots):
    """What being few costs a mentee, over attributes: threat, less what a mentor of the own group lifts; and the threat."""
    burden, threat = 0.0, 0.0
    for a in range(setting.attributes):
        felt = threat_of(state.units, state.group_counts, setting, mentee, a)
        threat += felt
        if felt > 0.0:
            burden += rules.burden(felt, kinship(state.mentors, slots, setting, mentee, a), setting.rules.strain)
    return burden, threat


@inner
def coverage_of(mentors, setting, mentee, slots):
    """The share of felt need met by the expertise of mentors with contact in the last three months.

    A tie helps in full in its own domain, and at a declared share in the others that the mentor knows.
    """
    covered, total = 0.0, 0.0
    for d in range(setting.domains):
        felt, best = need.felt(mentee.need[d], mentee.skill[d]), 0.0
        for tie in slots:
            if is_recent(tie):
                helps = 1.0 if tie.domain == d else setting.rules.strain.beside
                best = max(best, helps * mentors[tie.mentor].expertise[d])
        covered += felt * best
        total += felt
    return covered / total if total > 0.0 else 0.0


@inner
def strain_of(state, setting, month, mentee):
    """One mentee's month: what the ties, the unit and the person make of belonging, burnout and satisfaction."""
    slots, p = state.ties[mentee.row], setting.rules.strain
    best, worst, satisfaction, now, burning = 0.0, 0.0, 0.0, False, False
    for tie in slots:
        if carries_load(tie):
            quality = quality_of(tie)
            best, worst = max(best, quality), max(worst, 1.0 - quality)
            satisfaction = max(satisfaction, tie.satisfaction)
            now, burning = now or is_recent(tie), burning or tie.spark >= 0
    burden, mentee.threat = burden_of(state, setting, mentee, slots)
    mentee.need_coverage = coverage_of(state.mentors, setting, mentee, slots)
    z = normal(state.streams[0, Purpose.STRAIN], mentee.row, 0)
    level = rules.belonging_level(z, best, worst, mentee.need_coverage, burden, p)
    mentee.belonging = rules.moved(mentee.belonging, level, p)
    z = normal(state.streams[0, Purpose.STRAIN], mentee.row, 1)
    level = rules.burnout_level(z, mentee.ability, mentee.belonging, float(held(slots)), p)
    mentee.burnout = rules.moved(mentee.burnout, level, p)
    mentee.mentoring_satisfaction = satisfaction
    mentee.job_satisfaction = rules.job_satisfaction(mentee.belonging, satisfaction, mentee.burnout, p)
    if not is_promoted(setting, month, mentee):
        mentee.coverage_sum += mentee.need_coverage
        mentee.months_mentored += 1 if now else 0
        mentee.months_sparked += 1 if burning else 0


@inner
def mentor_strain_of(streams, institution, setting, mentor):
    """One mentor's month: overload wears out, protected mentoring in good ties gives meaning."""
    p, load = setting.rules.mentor_strain, float(mentor.load)
    joy = mentor.joy / load if load > 0.0 else 0.0
    meaning = joy * min(min(mentor.given, mentor.protected) / setting.context.meeting_hours, 1.0)
    z = normal(streams[0, Purpose.MENTOR_STRAIN], key_of(mentor), 0)
    mentor.burnout = rules.moved(mentor.burnout, rules.mentor_burnout_level(z, mentor.overload, meaning, p), p)
    level = rules.mentor_satisfaction_level(joy, load > 0.0, institution.support, p)
    mentor.satisfaction = rules.moved(mentor.satisfaction, level, p)
    mentor.load_sum += load


@rule
def strain(state, setting, month, mentees, mentors):
    """Everybody's month leaves its mark."""
    for j in mentors:
        mentor_strain_of(state.streams, state.institution, setting, state.mentors[j])
    for i in mentees:
        strain_of(state, setting, month, state.mentees[i])
