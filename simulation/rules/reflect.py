"""The institution: support follows visible results, funding follows support, and a program that looks can adapt.

Source: [F3] CIPP, its delay and its burden; [B5] support contacts; [D19] someone responsible; [D20] what CIPP found.
"""

from simulation.jit import rule


@rule
def supported(support, mentored_share, p):
    """Leadership support after a month: it decays, and grows with visible results where there is some."""
    visible = (mentored_share - p.seen) / (1.0 - p.seen) if mentored_share > p.seen else 0.0
    return support + p.results * visible * support * (1.0 - support) - p.decay * (1.0 - visible) * support


@rule
def funded(funding, support, p):
    """Funding after a month of following support; a program without leaders' support keeps a share of its means."""
    return funding + p.funding * ((p.unsupported + (1.0 - p.unsupported) * support) - funding)


@rule
def contact_chance(staff_fte, hundreds, looked_after, p):
    """The chance that central staff make contact this month with one of those they look after: ties, and the unmentored.

    `staff_fte` is per 100 mentees, of whom there are `hundreds`.
    """
    return min(staff_fte * p.contacts_per_fte * hundreds / max(looked_after, 1.0), 1.0)
