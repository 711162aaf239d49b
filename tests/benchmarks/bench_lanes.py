"""What it costs that agents behave otherwise: a run in which one behaviour is overridden, or all, over a compiled run.

`make bench` runs it: 300 mentees, 120 mentors, 60 months, ad hoc; all in turn in one process.
"""

import time

import pytest

from simulation import MentorshipModel, Policy, World
from simulation.agents import Mentee, Mentor
from simulation.agents.behaviour import behaviours
from simulation.results import digest

HEADS = {"people.mentees": 300, "people.mentors": 120}
MONTHS, ROUNDS = 60, 3


def overriding(kind, *names):
    """A class of agents that overrides behaviours with what everybody does."""

    def same(name):
        return lambda self, *given: getattr(super(other, self), name)(*given)

    other = type(f"Other{kind.__name__}", (kind,), {name: same(name) for name in names})
    return other


def ran(**classes):
    """The tables of a run, and the seconds it took."""
    world = World.load("teaching_hospital").with_(HEADS)
    start = time.perf_counter()
    model = MentorshipModel(world, Policy(), rng=1, months=MONTHS, **classes)
    model.run_model()
    seconds = time.perf_counter() - start
    return model.tables(), seconds


OVERRIDDEN = {
    "strain": {"mentee_class": overriding(Mentee, "strain")},
    "seek": {"mentee_class": overriding(Mentee, "seek")},
    "appeal": {"mentee_class": overriding(Mentee, "appeal")},
    "weigh": {"mentee_class": overriding(Mentee, "weigh")},
    "answer": {"mentor_class": overriding(Mentor, "answer")},
    "everything": {
        "mentee_class": overriding(Mentee, *behaviours(Mentee)),
        "mentor_class": overriding(Mentor, *behaviours(Mentor)),
    },
}


@pytest.mark.parametrize("name", OVERRIDDEN)
def bench_overriding(name, measured):
    """Print both times, the quickest of all rounds, and their ratio."""
    assert digest(ran()[0]) == digest(ran(**OVERRIDDEN[name])[0])
    rounds = [(ran()[1], ran(**OVERRIDDEN[name])[1]) for _ in range(ROUNDS)]
    quick, slow = (min(times) for times in zip(*rounds, strict=True))
    print(f"\n{name} overridden: {slow:.2f} s; nothing: {1000 * quick:.1f} ms; the same bits")
    measured(f"{name} overridden over compiled", slow / quick, "30 for one behaviour")
