"""A mentor's standing is the mean of what was heard about them, with forgetting.

Source: [D12] informal access runs through who is known; [C7] own judgement is what people can report.
"""

from simulation.jit import rule


@rule
def heard(standing, weight, report):
    """The mean standing after one more report, which weighs one."""
    return (standing * weight + report) / (weight + 1.0)


@rule
def forgotten(weight, p):
    """The weight of old reports after a month."""
    return weight * p.keep


@rule
def believed(standing, weight, p):
    """The standing that is acted upon: one half when nothing was heard."""
    return (standing * weight + 0.5 * p.prior) / (weight + p.prior)
