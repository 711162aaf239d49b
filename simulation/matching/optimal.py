"""Optimal assignment: the largest sum of scores over all pairs at once; scipy does it, so it is not compiled.

Source: [Crouse2016] On implementing 2D rectangular assignment algorithms, 10.1109/TAES.2016.140952.
"""

import numpy as np
from scipy.optimize import linear_sum_assignment

FORBIDDEN = 1e6


def optimally(wants, likes, room, luck):
    """A mentor for each mentee, with the largest total score; who may not be paired stays without.

    Of assignments that are as good, luck decides: mentees are taken in its order.
    """
    turn = np.argsort(luck)
    slots = np.repeat(np.arange(len(room)), room)
    chosen = np.full(len(wants), -1)
    if len(slots) == 0 or len(wants) == 0:
        return chosen
    score = (wants + likes.T)[turn][:, slots]
    # every allowed pair is worth more than none: shift scores above zero, so that as many as possible are paired
    allowed = np.isfinite(score)
    if not allowed.any():
        return chosen
    shift = 1.0 + np.abs(score[allowed]).max()
    rows, columns = linear_sum_assignment(np.where(allowed, -(score + shift), FORBIDDEN))
    kept = allowed[rows, columns]
    chosen[turn[rows[kept]]] = slots[columns[kept]]
    return chosen
