"""How much faster the compiled lane is than the same month agent by agent; both timed in turn, in one process.

`make bench` runs it: 300 mentees, 120 mentors, 60 months; a run is timed from the layout to the last month.
"""

import time

import pytest

from simulation import MentorshipModel, Policy, World
from simulation.allocate import allocate, lay_out
from simulation.results import digest
from simulation.run import advance_to
from simulation.tables import tables_of
from simulation.ties import finish_records

HEADS = {"people.mentees": 300, "people.mentors": 120}
MONTHS, ROUNDS, RUNS = 60, 3, 10  # compiled runs are short: each round takes the mean of several


def compiled(world, policy):
    """The tables of a compiled run, and the seconds it took."""
    start = time.perf_counter()
    for _ in range(RUNS):
        layout = lay_out(world, policy, MONTHS)
        state = advance_to(allocate(layout, 1, False), layout, 0, MONTHS)
    seconds = (time.perf_counter() - start) / RUNS
    finish_records(state, MONTHS - 1)
    return tables_of(state, layout, world, MONTHS - 1), seconds


def agents(world, policy):
    """The tables of a run agent by agent, and the seconds it took."""
    start = time.perf_counter()
    model = MentorshipModel(world, policy, rng=1, months=MONTHS, lane="agents")
    model.run_model()
    seconds = time.perf_counter() - start
    return model.tables(), seconds


@pytest.mark.parametrize("name", ["ad_hoc", "six_tips"])
def bench_lanes(name, measured):
    """Print both times, the quickest of all rounds, and their ratio."""
    world, policy = World.load("teaching_hospital").with_(HEADS), Policy.load(name)
    one, other = compiled(world, policy)[0], agents(world, policy)[0]  # compiles, or loads what was compiled
    assert digest(one) == digest(other)
    rounds = [(compiled(world, policy)[1], agents(world, policy)[1]) for _ in range(ROUNDS)]
    quick, plain = (min(times) for times in zip(*rounds, strict=True))
    print(f"\n{name}: compiled {1000 * quick:.1f} ms, agents {plain:.2f} s, the same bits")
    measured(f"Mesa lane over compiled lane, {name}", plain / quick, ">= 100")
