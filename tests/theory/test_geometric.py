"""A constant hazard and no graduation: months until leaving are geometric, whatever the policy."""

import numpy as np
import pytest
from running import ran
from scipy import stats

from simulation.jit import COMPILED
from simulation.scenario.policy import Policy

ALPHA = 1e-6
MONTHS = 24 if COMPILED else 8
YEARLY = 0.8


@pytest.mark.parametrize("name", ["ad_hoc", "six_tips"])
def test_retention_is_geometric(small_hospital, name):
    heads = 3000 if COMPILED else 40
    world = small_hospital.with_({
        "people.mentees": heads, "people.mentors": heads // 4, "people.graduates": False,
        "hazards.first_year": YEARLY, "hazards.later_years": YEARLY, "context.climate_time": 0.0,
        "parameters.leave.belonging": 0.0, "parameters.leave.burnout": 0.0, **still_sites(small_hospital),
    })  # fmt: skip
    state, _ = ran(world, Policy.load(name), 5, MONTHS)
    rows = np.asarray(state.mentees)
    exits = rows["exit_month"][(rows["active"] > 0) & (rows["cohort"] <= 0)]
    counts = np.append(np.bincount(exits[exits >= 0], minlength=MONTHS), (exits < 0).sum())
    monthly = 1.0 - np.exp(-YEARLY / 12.0)
    due = monthly * (1.0 - monthly) ** np.arange(MONTHS)
    due = np.append(due, (1.0 - monthly) ** MONTHS) * len(exits)
    assert stats.chisquare(counts, due).pvalue > ALPHA


def still_sites(world):
    """What makes all sites alike."""
    return {f"context.{name}": 0.0 for name in type(world.context).model_fields if name.startswith("climate_")}
