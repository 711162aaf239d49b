"""A world without a program does not age: years 6 to 8 look like years 18 to 20, whoever has come and gone between."""

from pathlib import Path

import numpy as np
import pytest

from simulation.run import simulate
from simulation.scenario.policy import Policy
from simulation.scenario.world import World

FOLDER = Path(__file__).parents[2] / "scenarios" / "worlds"
ONE_COHORT = "one cohort"  # what a world that is exempt says of itself
WORLDS = sorted(path.stem for path in FOLDER.glob("*.toml") if ONE_COHORT not in path.read_text(encoding="utf-8"))
SHARES = ("mentored_share", "meaningful_share", "spark_share", "need_coverage", "norm_share")
MEANS = ("mentees", "mentors", "quality", "belonging", "burnout", "output", "skill", "mentor_load", "mentor_burnout")
SEEDS = 30


def test_only_a_world_of_one_cohort_is_exempt():
    assert {path.stem for path in FOLDER.glob("*.toml")} - set(WORLDS) == {"women_in_engineering"}
    assert World.load("women_in_engineering").people.years == 1


def around(months, first, name):
    return months.loc[months["month"].between(12 * first, 12 * first + 35), name].mean()


@pytest.mark.slow
@pytest.mark.jit_only
@pytest.mark.parametrize("name", WORLDS)
def test_years_6_to_8_are_like_years_18_to_20(name):
    world = World.load(name)
    runs = [simulate(world, Policy(), seed=seed, months=252).months for seed in range(SEEDS)]
    apart = {}
    for column in (*SHARES, *MEANS):
        early, late = (np.mean([around(months, first, column) for months in runs]) for first in (6, 18))
        far = abs(late - early) > 0.04 if column in SHARES else abs(late - early) > 0.05 * abs(early)
        apart |= {column: (early, late)} if far else {}
    assert not apart
