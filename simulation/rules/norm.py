"""What an ending costs a person follows what others are seen to do: the norm can tip.

Source: [F2] a committed minority tips a convention; [B10] fear holds people in bad ties; Harper et al. 2024, tip 5.
"""

from simulation.jit import rule


@rule
def seen(unit_share, site_share, committed, p):
    """The share of acquainted people seen to have moved on cleanly, the committed among them."""
    share = (1.0 - p.reach) * unit_share + p.reach * site_share
    return committed + (1.0 - committed) * share


@rule
def normal(was, seen, z, p):
    """Whether moving on is normal to a person whose threshold is `z` standard deviations from the mean."""
    threshold = max(p.threshold + p.threshold_spread * z, 0.0)
    return seen >= (threshold - p.inertia if was else threshold)


@rule
def faded(moved_on, p):
    """How visible a clean ending still is after a month."""
    return moved_on * (1.0 - p.fade)


@rule
def cost_of_ending(stigma, normal, path, pledge, p):
    """What ending a tie costs in [0, 2]: stigma unless it is normal or a no-fault path is offered, and a pledge."""
    feared = 0.0 if normal else stigma
    return (p.path * feared if path else feared) + pledge
