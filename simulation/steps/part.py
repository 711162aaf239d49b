"""Ties that are ending end, well or not, and leave what endings leave."""

from simulation.draws import Purpose, uniform
from simulation.jit import inner, rule
from simulation.rules import part as rules
from simulation.steps.evaluate import offered_path
from simulation.steps.hear import remember
from simulation.steps.seek import unmet
from simulation.steps.who_is_there import site_of, site_posts
from simulation.ties import OUTSIDE, SEPARATION, close_tie, is_live, quality_of

NAMED = 3  # colleagues of whom a mentor thinks for a referral
TRUST = 3.0  # reports that a referral is worth


@rule
def refer(state, setting, month, mentor, mentee):
    """A mentor names a colleague of the site for the need that is least met, who is from now on in view."""
    domain, _ = unmet(setting, mentee, state.ties[mentee.row])
    first, end = site_posts(state.units, site_of(state.sites, state.units, mentor))
    luck, best, most = state.streams[month, Purpose.REFERRAL], -1, 0.0
    for k in range(NAMED):
        named = state.posts[first + int(uniform(luck, mentee.row, 1 + k) * (end - first))].occupant
        if domain >= 0 and named >= 0 and named != mentor.row and state.mentors[named].expertise[domain] > most:
            best, most = named, state.mentors[named].expertise[domain]
    if best >= 0:
        remember(mentee, best, most, TRUST)
        mentee.referred = best


@inner
def part_in(state, setting, month, mentee, tie):
    """One tie ends."""
    mentor, p, age = state.mentors[tie.mentor], setting.rules.part, float(month - tie.start + 1)
    path = 1.0 if offered_path(state, setting, mentee, tie) else 0.0
    luck = uniform(state.streams[0, Purpose.CLEAN], mentee.row, tie.nth)
    well = rules.ends_well(luck, path, float(mentee.normal), quality_of(tie), p)
    mentee.belonging = rules.hurt(mentee.belonging, well, age, p)
    mentee.initiative = rules.discouraged(mentee.initiative, well, p)
    if well and tie.reason < OUTSIDE:
        mentee.moved_on = 1.0
    close_tie(state, month, tie, tie.ender, tie.reason, 1 if well else 0)
    if well and uniform(state.streams[month, Purpose.REFERRAL], mentee.row, 0) < p.referral:
        refer(state, setting, month, mentor, mentee)


@inner
def part_of(state, setting, month, mentee):
    """One mentee's endings; a sparked tie takes its time."""
    for tie in state.ties[mentee.row]:
        if is_live(tie) and tie.phase == SEPARATION:
            takes = setting.rules.evaluate.separation if tie.spark >= 0 else 0
            if month - tie.since >= takes:
                part_in(state, setting, month, mentee, tie)


@rule
def part(state, setting, month, mentees):
    """Ties that are over end."""
    for i in mentees:
        part_of(state, setting, month, state.mentees[i])
