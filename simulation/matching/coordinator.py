"""By a coordinator's score: mentees in turn, each to the mentor who scores best for both and has room.

Source: [B1] externally matched programs; [D19] someone responsible.
"""

import numpy as np

from simulation.jit import step


@step
def by_coordinator(wants, likes, room, luck):
    """A mentor for each mentee, greedily, in the order of their luck."""
    left, chosen = room.copy(), np.full(len(wants), -1)
    for i in np.argsort(luck):
        most = -np.inf
        for j in range(len(left)):
            score = wants[i, j] + likes[j, i]
            if left[j] > 0 and score > most:
                chosen[i], most = j, score
        if chosen[i] >= 0:
            left[chosen[i]] -= 1
    return chosen
