"""The product's own intervals against the truth of a large pool: as many hold as they say, at 10 and at 50 replicates."""

import numpy as np
import pytest

from simulation import judgement
from simulation.comparison.compare import compare
from simulation.comparison.compared import contrasts_of
from simulation.comparison.replicates import run_chunk
from simulation.outcomes import EQUITY, headlines
from simulation.scenario.policy import Policy
from simulation.scenario.world import World

pytestmark = [pytest.mark.slow, pytest.mark.jit_only]

WORLD = World.load("teaching_hospital").with_({"people.mentees": 150, "people.mentors": 60, "people.months": 24})
POLICIES = [Policy.load(name) for name in ("ad_hoc", "mentee_choice", "six_tips")]
POOL, DRAWN = 2000, 1000
PLAIN = 0.93  # what a single interval must cover at least, whatever the outcome
LEEWAY = 3.0  # standard errors of a coverage in so many draws


@pytest.fixture(scope="module")
def pool():
    """Many replicates, and the mean differences in them, which stand for the truth."""
    done = compare(WORLD, POLICIES, replicates=POOL, seed=11)
    names = [*headlines("screen"), *(f"gap_{of}_{by}" for of in EQUITY for by in ("gender", "minority"))]
    big = [name for name in names if name not in set(done.contrasts.loc[done.contrasts["small"], "outcome"])]
    assert len(big) > len(headlines("screen"))
    return done.outcomes, big, done.contrasts.set_index(["policy", "outcome"])["difference"]


def least(said, draws=DRAWN):
    """The lowest coverage that is no surprise where so much is said."""
    return said - LEEWAY * np.sqrt(said * (1.0 - said) / draws)


@pytest.mark.parametrize("runs", [10, 50])
def test_intervals_of_differences_cover_the_truth_alone_and_together(pool, runs):
    outcomes, names, truth = pool
    luck, alone, together = np.random.default_rng(runs), [], {"headline": [], "equity": []}
    for _ in range(DRAWN):
        drawn = outcomes[outcomes["replicate"].isin(luck.choice(POOL, runs, replace=False))]
        table = contrasts_of(drawn, names).set_index(["policy", "outcome"])
        true = truth.loc[table.index]
        alone.append((table["low"] <= true) & (true <= table["high"]))
        held = (table["low_all"] <= true) & (true <= table["high_all"])
        for family, all_held in held.groupby(table["family"]):
            together[family].append(all_held.all())
    alone = np.mean(alone, axis=0)
    assert alone.min() > least(PLAIN), dict(zip(names * 2, alone, strict=True))
    assert alone.mean() > 0.94
    for family, held in together.items():
        assert np.mean(held) > least(0.94), (family, np.mean(held))  # changed signs are exact only for symmetric luck


@pytest.mark.parametrize("runs", [10, 50])
def test_the_band_of_a_survival_curve_covers_the_truth_month_by_month(runs):
    """Greenwood's interval of pooled people covered 0.55 to 0.79 of what it said."""
    count = 600
    parts = [run_chunk(WORLD, POLICIES[:1], 12, [replicate]).kept[0, 0, 0] for replicate in range(count)]
    curves = np.array(parts)
    luck, held = np.random.default_rng(runs), []
    for _ in range(DRAWN):
        some = curves[luck.choice(count, runs, replace=False)]
        _, low, high = judgement.mean_share(some.sum(axis=0), (some**2).sum(axis=0), np.full(some.shape[1], runs))
        held.append((low <= curves.mean(axis=0)) & (curves.mean(axis=0) <= high))
    covered = np.mean(held, axis=0)[2:]  # in the first months hardly anybody has left
    assert covered.min() > least(PLAIN), covered
    assert covered.mean() < 0.99
