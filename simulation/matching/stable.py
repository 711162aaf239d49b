"""Stable matching: deferred acceptance, mentees proposing.

Source: [GaleShapley1962] College admissions and the stability of marriage, Amer. Math. Monthly 69:9, 10.2307/2312726.
"""

import numpy as np

from simulation.jit import step


@step
def stably(wants, likes, room, luck):
    """A mentor for each mentee, such that no mentee and mentor would both rather have each other."""
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
                if chosen[k] == best and (worst < 0 or likes[best, k] < likes[best, worst]):
                    worst = k
            chosen[worst] = -1
            taken[best] -= 1
            free[n] = worst
            n += 1
    return chosen
