"""Skill grows in the domain met, output follows with a lag, and mentors learn to mentor.

Source: [A1] effects are small; [E18] disparate expertise; [A10] ability matters more for output; [E17] training.
"""

from simulation.exponential import power
from simulation.jit import rule


@rule
def learned(skill, expertise, contact, quality, p):
    """Skill after a month with a mentor: nothing is learned from one who knows no more."""
    return skill + p.rate * contact * quality * max(expertise - skill, 0.0)


@rule
def produced(output, ability, skill, p):
    """Output after a month of following productivity, which is ability and mean skill."""
    return output + p.output_rate * ((1.0 - p.output_skill) * ability + p.output_skill * skill - output)


@rule
def practised(skill, share, p):
    """A mentor's skill after a month of mentoring with the share `share` of a full load."""
    return skill + p.mentor_rate * min(share, 1.0) * (1.0 - skill)


@rule
def taught(level, hours, closed, course):
    """A level in [0, 1] after `hours` of teaching; a course of `course` hours closes the share `closed` of the gap to 1."""
    return level + (1.0 - power(1.0 - closed, hours / course)) * (1.0 - level)
