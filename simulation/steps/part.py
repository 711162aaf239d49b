"""Ties that are ending end, well or not, and leave what endings leave."""

from simulation.draws import Purpose, uniform
from simulation.jit import inner, rule
from simulation.rules import part as rules
from simulation.steps.evaluate import offered_path
from simulation.steps.hear import remember
from simulation.steps.seek import unmet
from simulation.ties import OUTSIDE, SEPARATION, close_tie, quality_of

NAMED = 3  # colleagues of whom a mentor thinks for a referral
TRUST = 3.0  # reports that a referral is worth


@inner
def refer(state, setting, month, i, mentor):
    """A mentor names a colleague of the site for the need that is least met, who is from now on in view."""
    domain, _ = unmet(state, setting, i)
    site = state.units[state.mentors[mentor].unit].site
    first = state.units[state.sites[site].first_unit].first_post
    end = state.units[state.sites[site].end_unit - 1].end_post
    luck, best, most = state.streams[month, Purpose.REFERRAL], -1, 0.0
    for k in range(NAMED):
        named = state.posts[first + int(uniform(luck, i, 1 + k) * (end - first))].occupant
        if domain >= 0 and named >= 0 and named != mentor and state.mentors[named].expertise[domain] > most:
            best, most = named, state.mentors[named].expertise[domain]
    if best >= 0:
        remember(state.mentees, i, best, most, TRUST)
        state.mentees[i].referred = best


@inner
def part_in(state, setting, month, i, s):
    """One tie ends."""
    mentees, ties, p = state.mentees, state.ties, setting.rules.part
    mentor, age = ties[i, s].mentor, float(month - ties[i, s].start + 1)
    nth = ties[i, s].nth
    path = 1.0 if offered_path(state, setting, i, s) else 0.0
    luck = uniform(state.streams[0, Purpose.CLEAN], i, nth)
    well = rules.ends_well(luck, path, float(mentees[i].normal), quality_of(ties, i, s), p)
    mentees[i].belonging = rules.hurt(mentees[i].belonging, well, age, p)
    mentees[i].initiative = rules.discouraged(mentees[i].initiative, well, p)
    if well and ties[i, s].reason < OUTSIDE:
        mentees[i].moved_on = 1.0
    close_tie(state, i, s, month, ties[i, s].ender, ties[i, s].reason, 1 if well else 0)
    if well and uniform(state.streams[month, Purpose.REFERRAL], i, 0) < p.referral:
        refer(state, setting, month, i, mentor)


@inner
def part_of(state, setting, month, i):
    """One mentee's endings; a sparked tie takes its time."""
    ties = state.ties
    for s in range(ties.shape[1]):
        if ties[i, s].mentor >= 0 and ties[i, s].phase == SEPARATION:
            takes = setting.rules.evaluate.separation if ties[i, s].spark >= 0 else 0
            if month - ties[i, s].since >= takes:
                part_in(state, setting, month, i, s)


@rule
def part(state, setting, month, mentees_here, mentors_here):
    """What is over ends."""
    for i in mentees_here:
        part_of(state, setting, month, i)
