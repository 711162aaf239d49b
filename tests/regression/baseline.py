"""The numbers that may not change by accident: outcomes of shipped worlds under shipped policies."""

import json
import math
from pathlib import Path

from simulation.run import simulate
from simulation.scenario.policy import Policy
from simulation.scenario.world import World

FILE = Path(__file__).with_name("baseline.json")
WORLDS = ("teaching_hospital", "women_in_engineering")
POLICIES = ("ad_hoc", "six_tips")
SEED, MONTHS = 1, 24


def measured() -> dict[str, dict[str, float | None]]:
    """Every outcome of every pair of world and policy; missing is None."""
    found = {}
    for world in WORLDS:
        for policy in POLICIES:
            outcomes = simulate(World.load(world), Policy.load(policy), seed=SEED, months=MONTHS).outcomes
            found[f"{world} x {policy}"] = {
                str(name): None if math.isnan(value) else float(value) for name, value in outcomes.items()
            }
    return found


def written(outcomes: dict) -> str:
    """The baseline as it stands in its file."""
    return json.dumps(outcomes, indent=1, sort_keys=True) + "\n"


def read() -> dict:
    """The baseline as it was last renewed."""
    return json.loads(FILE.read_text(encoding="utf-8"))
