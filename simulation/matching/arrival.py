"""By arrival: mentees in the order in which they came, each to the first mentor on the list who has room.

Source: [D8] typical programs assign.
"""

import numpy as np

from simulation.jit import step


@step
def by_arrival(wants, likes, room, luck):
    """A mentor for each mentee, down the list."""
    left, chosen = room.copy(), np.full(len(wants), -1)
    for i in range(len(wants)):
        for j in range(len(left)):
            if left[j] > 0 and wants[i, j] > -np.inf:
                chosen[i] = j
                left[j] -= 1
                break
    return chosen
