"""A world small enough to try every design in it, and a search there."""

from pathlib import Path

from simulation.design.aims import affordable, aims_of, front
from simulation.design.search import Search
from simulation.executor import threads_or
from simulation.scenario.study import Factor, Study
from simulation.scenario.world import World
from simulation.studies.setup import Setup, set_up

BUDGET = 20_000.0
LEVERS = {
    "prioritize.training_hours": (0, 8), "prioritize.protected_hours": (0, 2), "diversify.pool": ("own", "all"),
    "empower.pairing": ("ad_hoc", "coordinator", "facilitated"), "move_on.check_in_months": (0, 3),
}  # fmt: skip


def world_of(months=24, **people):
    """A world of 24 mentees and 10 mentors, or others."""
    found = {"mentees": 24, "mentors": 10, "site_mentees": 24, "months": months, **people}
    return World(name="small", people=found, hazards={"first_year": 0.4, "later_years": 0.3})


def setup_of(world, levers=LEVERS):
    """The levers to search in a world."""
    study = Study(name="few", levers=tuple(Factor(field=field, values=values) for field, values in levers.items()))
    found = set_up(study)
    return Setup(found.study, [world], found.policies, found.like, Path())


def searched(setup, designs, replicates, seed=1, workers=1, budget=BUDGET):
    """A search that is over, and its front."""
    with threads_or(None, workers) as executor:
        search = Search(setup, budget, seed, executor)
        return search, search.go(designs, replicates)


def front_of_all(setup, replicates, seed=1, budget=BUDGET):
    """The front when every design has all replicates, with nothing dropped on the way."""
    with threads_or(None, 2) as executor:
        search = Search(setup, budget, seed, executor)
        search.go(10**6, 6)
        search.run(search.designs, replicates, seed)
    counted = search.today.counted
    assert aims_of(setup.worlds[0], budget, ()).names[0] == search.aims.names[0] and len(counted.heads) == replicates
    return search, front([tried for tried in search.designs if affordable(tried, search.aims)], search.aims)


def lost(found, expected, aims):
    """The designs of a front for which the other one has none that is practically as good in everything and costs practically no more."""
    return [
        tried.number for tried in expected
        if not any(
            ((one.shortfall(aims) - tried.shortfall(aims)).mean(axis=1) <= 1.0).all()
            and one.of("cost").mean() <= tried.of("cost").mean() + aims.step
            for one in found
        )
    ]  # fmt: skip
