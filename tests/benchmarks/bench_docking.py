"""The compiled model against the second program of one description, in plain Python: the same world, policy and months."""

import time
from pathlib import Path

import numpy as np
from docking import model, reading

from simulation.run import simulate
from simulation.scenario.policy import Policy
from simulation.scenario.world import World

ROOT, ROUNDS = Path(__file__).parents[2], 3
WORLD, POLICY = "teaching_hospital", "ad_hoc"


def bench_second_program(measured):
    """Both sides by turns, in seconds of this process."""
    description = reading.read_description(ROOT / "simulation" / "ODD.md")
    world = reading.read_world(ROOT / "scenarios" / "worlds" / f"{WORLD}.toml", description)
    policy = reading.read_policy(ROOT / "scenarios" / "policies" / f"{POLICY}.toml", description)
    simulate(World.load(WORLD), Policy.load(POLICY), months=2)
    plain, compiled = np.inf, np.inf
    for seed in range(ROUNDS):
        start = time.process_time()
        model.simulate(world, policy, seed, world.people.months)
        plain = min(plain, time.process_time() - start)
        for turn in range(10):
            start = time.process_time()
            simulate(World.load(WORLD), Policy.load(POLICY), seed=10 * seed + turn)
            compiled = min(compiled, time.process_time() - start)
    measured("the second program, in plain Python, over the compiled model", plain / compiled, "reported")
