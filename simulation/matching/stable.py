"""Stable matching: deferred acceptance, mentees proposing.

Source: [GaleShapley1962] College admissions and the stability of marriage, Amer. Math. Monthly 69:9, 10.2307/2312726.
"""

import numpy as np

from simulation.jit import inner, step


@inner
def gives_way(likes, luck, one, other):
    """Whether a mentor would rather lose one mentee than another."""
    return likes[one] < likes[other] or (likes[one] == likes[other] and luck[one] > luck[other])


@step
def stably(wants, likes, room, luck):
    """A mentor for each mentee, such that no mentee and mentor would both rather have each other.

    Of mentees whom a mentor likes alike, those with the smaller luck come first; of mentors whom a mentee likes alike, those
    who come first in their order.
    """
    count, mentors = wants.shape
    tried = np.zeros((count, mentors), np.bool_)
    chosen, taken = np.full(count, -1), np.zeros(mentors, np.int64)
    free = np.arange(count)
    n = count
    while n > 0:
        n -= 1
        i = free[n]
        best, most = -1, -np.inf
        for j in range(mentors):
            if not tried[i, j] and room[j] > 0 and wants[i, j] > most:
                best, most = j, wants[i, j]
        if best < 0:
            continue
        tried[i, best] = True
        chosen[i] = best
        taken[best] += 1
        if taken[best] > room[best]:
            worst = -1
            for k in range(count):
                if chosen[k] == best and (worst < 0 or gives_way(likes[best], luck, k, worst)):
                    worst = k
            chosen[worst] = -1
            taken[best] -= 1
            free[n] = worst
            n += 1
    return chosen
