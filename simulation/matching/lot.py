"""By lot: mentees in the order of their luck, each to a mentor drawn from those who have room.

Source: [D8] typical programs assign; the null of [C2].
"""

import numpy as np

from simulation.jit import step


@step
def by_lot(wants, likes, room, luck):
    """A mentor for each mentee, drawn with a chance proportional to the places each has left."""
    left, chosen = room.copy(), np.full(len(wants), -1)
    for i in np.argsort(luck):
        places = 0
        for j in range(len(left)):
            if wants[i, j] > -np.inf:
                places += left[j]
        drawn = int(luck[i] * 1_000_003 % 1.0 * places)
        for j in range(len(left)):
            if wants[i, j] > -np.inf:
                drawn -= left[j]
                if drawn < 0 and left[j] > 0:
                    chosen[i] = j
                    left[j] -= 1
                    break
    return chosen
