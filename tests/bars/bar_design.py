"""What a search for a budget finds, against every design of a small world; and whether what it tells of a choice holds.

Bars, decided before the runs: of the designs on the front of enumeration at most one in ten is lost (the search has none that
is practically as good in everything at practically the same cost), also where it may try only half of the designs; the
interval of what the choice that keeps most gains, on new luck, holds the mean of 400 further replicates in nine of ten seeds.
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "design"))

from small_search import BUDGET, LEVERS, front_of_all, lost, setup_of, world_of

from simulation.design import choices
from simulation.design.search import Search
from simulation.executor import threads_or
from simulation.judgement import estimate

SEEDS, REPLICATES, POOL = 20, 54, 400
SETUP = setup_of(world_of(), {**LEVERS, "empower.workshop_hours": (0, 4)})  # 96 designs


def bar_front(measured):
    seen = {96: [0, 0, 0], 48: [0, 0, 0]}
    for seed in range(1, 6):
        _, expected = front_of_all(SETUP, REPLICATES, seed)
        for designs, counts in seen.items():
            with threads_or(None, None) as executor:
                search = Search(SETUP, BUDGET, seed, executor)
                found = search.go(designs, REPLICATES)
            there = {tried.policy.model_dump_json(exclude={"name"}) for tried in found}
            same = sum(tried.policy.model_dump_json(exclude={"name"}) in there for tried in expected)
            counts[:] = np.add(counts, [len(expected), same, len(lost(found, expected, search.aims))])
    for designs, (of, same, gone) in seen.items():
        measured(f"design, {designs} of 96 tried: on the front of enumeration, found themselves, share", same / of, "told")
        measured(f"design, {designs} of 96 tried: on the front of enumeration, lost, share", gone / of, "<= 0.1")
    assert all(gone <= 0.1 * of for of, _, gone in seen.values())


def bar_new_luck(measured):
    held, flattered = [], []
    for seed in range(1, SEEDS + 1):
        with threads_or(None, None) as executor:
            search = Search(SETUP, BUDGET, seed, executor)
            front = search.go(96, 18)
            best = choices.keeps_most(front, search.today, search.aims)
            pair = [search.today, best]
            (today, told), pool = search.afresh(pair, 10_000 + seed), []
            for tried in pair:
                again = type(tried)(tried.number, tried.counted.world, tried.policy, tried.values)
                search.run([again], POOL, 20_000 + seed)
                pool.append(again.of("retention").mean())
        truth = pool[1] - pool[0]
        for found, (before, after) in ((held, (today, told)), (flattered, pair)):
            gain = estimate(after.of("retention") - before.of("retention"))
            found.append((gain.low <= truth <= gain.high, gain.value - truth))
    for name, found in (("new luck", held), ("luck of the search", flattered)):
        inside, bias = np.mean(found, axis=0)
        measured(f"design, what keeps most gains, {name}: interval holds the mean of {POOL}, share", inside, ">= 0.9" if found is held else "told")
        measured(f"design, what keeps most gains, {name}: told less true, points", 100.0 * bias, "told")
    assert np.mean(held, axis=0)[0] >= 0.9
