"""Ties that are ending end, well or not, and leave what endings leave."""

from simulation.draws import Purpose, uniform
from simulation.jit import inner, rule
from simulation.rules import part as rules
from simulation.steps.evaluate import offered_path
from simulation.ties import OUTSIDE, SEPARATION, close_tie, is_live, quality_of


@inner
def part_in(state, setting, month, mentee, tie):
    """One tie ends."""
    p, age = setting.rules.part, float(month - tie.start + 1)
    path = 1.0 if offered_path(state, setting, mentee, tie) else 0.0
    luck = uniform(state.streams[0, Purpose.CLEAN], mentee.row, tie.nth)
    well = rules.ends_well(luck, path, float(mentee.normal), quality_of(tie), p)
    mentee.belonging = rules.hurt(mentee.belonging, well, age, p)
    if well and tie.reason < OUTSIDE:
        mentee.moved_on = 1.0
    close_tie(state, month, tie, tie.ender, tie.reason, 1 if well else 0)


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
