"""Skill grows in the domain met, output follows with a lag, and teaching makes mentors skilled and needs clear.

Source: [A1] effects are small; [E18] disparate expertise; [A10] ability matters more for output; [E17] training;
[D17] what becomes of mentees follows the resources and status of their mentors.
"""

from simulation.exponential import power
from simulation.jit import rule


@rule
def learned(skill, expertise, contact, quality, p):
    """Skill after a month with a mentor: nothing is learned from one who knows no more."""
    return skill + p.rate * contact * quality * max(expertise - skill, 0.0)


@rule
def backed(quality, senior, resources):
    """How far the means of a mentor reach a mentee, in [0, 1]: the senior have them, and share them with who is close.

    `senior` is in [0, 1]; `resources` beyond those of the reference group count no more.
    """
    return quality * senior * min(resources, 1.0)


@rule
def produced(output, ability, skill, backing, p):
    """Output after a month of following productivity, which is ability and mean skill, and what a mentor's means add."""
    level = (1.0 - p.output_skill) * ability + p.output_skill * skill + p.means * backing
    return output + p.output_rate * (min(level, 1.0) - output)


@rule
def taught(level, hours, closed, course):
    """A level in [0, 1] after `hours` of teaching; a course of `course` hours closes the share `closed` of the gap to 1."""
    return level + (1.0 - power(1.0 - closed, hours / course)) * (1.0 - level)
