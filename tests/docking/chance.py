"""Chance, and the few functions of numbers that the whole model shares."""

import math
import random
from collections.abc import Callable, Hashable


def sigmoid(x: float) -> float:
    """Give the probability that has these log odds."""
    return 1 / (1 + math.exp(-x)) if x > -700 else 0.0


def logit(share: float) -> float:
    """Give the log odds of a probability."""
    return math.log(share / (1 - share))


def unit_interval(x: float) -> float:
    """Hold a number within zero and one."""
    return min(max(x, 0.0), 1.0)


def monthly_chance(yearly_hazard: float) -> float:
    """Give the chance of an event in a month from its rate per year."""
    return 1 - math.exp(-yearly_hazard / 12)


class Chance:
    """The random numbers of one run.

    A draw is fresh (`uniform`, `normal`), or the same all month for the same key, or the same for good: the same
    two people have one liking for each other, and one glance at each other in a month.
    """

    def __init__(self, seed: int) -> None:
        """Begin the random numbers of a seed."""
        self._random = random.Random(seed)
        self._lasting: dict[Hashable, float] = {}
        self._monthly: dict[Hashable, float] = {}
        self.uniform = self._random.random

    def normal(self) -> float:
        """Draw the sum of four uniform numbers, brought to mean zero and standard deviation one."""
        draw = self.uniform
        return (draw() + draw() + draw() + draw() - 2) * math.sqrt(3)

    def happens(self, log_odds: float) -> bool:
        """Draw whether something with these log odds happens."""
        return self.uniform() < sigmoid(log_odds)

    def lasting_normal(self, *key: Hashable) -> float:
        """Draw a normal number at the first call with a key, and give the same ever after."""
        return self._kept(self._lasting, key, self.normal)

    def monthly_normal(self, *key: Hashable) -> float:
        """Draw a normal number at the month's first call with a key, and give the same until the next month."""
        return self._kept(self._monthly, key, self.normal)

    def monthly_uniform(self, *key: Hashable) -> float:
        """Draw a uniform number at the month's first call with a key, and give the same until the next month."""
        return self._kept(self._monthly, key, self.uniform)

    def new_month(self) -> None:
        """Forget the draws of the month that is over."""
        self._monthly.clear()

    def index(self, length: int) -> int:
        """Draw one of so many places."""
        return int(self.uniform() * length)

    def shuffle(self, people: list) -> None:
        """Bring people into a random order."""
        self._random.shuffle(people)

    @staticmethod
    def _kept(memory: dict, key: Hashable, draw: Callable[[], float]) -> float:
        if key not in memory:
            memory[key] = draw()
        return memory[key]
