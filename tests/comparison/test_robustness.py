"""Parameters that are not known for sure are carried on: which set a replicate has, and what is said of the sets."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.comparison.compare import compare
from simulation.comparison.robustness import over_sets
from simulation.scenario.errors import ScenarioError
from simulation.scenario.parameter_sets import PER_SET, ParameterSets
from simulation.scenario.policy import Policy
from simulation.scenario.world import World

WORLD = World.load("teaching_hospital").with_({"people.mentees": 40, "people.mentors": 16, "people.months": 12})
POLICIES = [Policy.load("ad_hoc"), Policy.load("mentee_choice")]


def sets_in(path, **columns):
    pd.DataFrame(columns).to_parquet(path)
    return path


@pytest.fixture
def two(tmp_path):
    """Two sets that differ in how readily people ask."""
    return ParameterSets.load(sets_in(tmp_path / "two.parquet", **{"parameters.seek.odds": [-6.0, 0.0], "distance": [0.5, 0.9]}))


def outcomes(base, tried, sets):
    """A table as a comparison makes it, of one outcome that is better when higher, its gap, and one better when lower."""
    rows = []
    for k, (before, after, one) in enumerate(zip(base, tried, sets, strict=True)):
        for policy, value in (("ad_hoc", before), ("six_tips", after)):
            rows.append({"policy": policy, "replicate": k, "parameter_set": one, "retention": value, "burnout": value,
                         "gap_retention_gender": -value})  # fmt: skip
    return pd.DataFrame(rows)


def test_sets_are_counted_by_hand():
    # set 0: +0.1 and +0.3, mean 0.2, half width 12.7 * 0.1; set 1: -0.1 twice, so clearly; set 2: +0.2 thrice, so clearly
    base = [0.5] * 7
    tried = [0.6, 0.8, 0.4, 0.4, 0.7, 0.7, 0.7]
    table = over_sets(outcomes(base, tried, [0, 0, 1, 1, 2, 2, 2]), ["retention", "burnout", "gap_retention_gender"]).set_index("outcome")  # fmt: skip
    kept = table.loc["retention"]
    assert (kept["sets"], kept["better"], kept["worse"], kept["clearly_better"], kept["clearly_worse"]) == (3, 2, 1, 1, 1)
    worn = table.loc["burnout"]
    assert (worn["better"], worn["worse"], worn["clearly_better"], worn["clearly_worse"]) == (1, 2, 1, 1)
    # a gap below zero that falls further has widened
    assert (table.loc["gap_retention_gender", "better"], table.loc["gap_retention_gender", "worse"]) == (1, 2)
    # within: 2 * 0.1^2 over 4 free; between: sizes 2, 2, 3 around the mean 0.8 / 7
    means, sizes, middle = np.array([0.2, -0.1, 0.2]), np.array([2, 2, 3]), 0.8 / 7
    luck = 0.02 / 4
    real = ((sizes * (means - middle) ** 2).sum() / 2 - luck) / ((7 - 17 / 7) / 2)
    assert kept["parameter_share"] == pytest.approx(real / (real + luck))


@given(st.lists(st.floats(0.0, 1.0), min_size=4, max_size=20), st.integers(1, 5))
def test_counts_add_up_and_shares_are_shares(values, size):
    sets = np.arange(len(values)) // size
    row = over_sets(outcomes([0.5] * len(values), values, sets), ["retention"]).iloc[0]
    assert row["better"] + row["worse"] <= row["sets"] == len(np.unique(sets))
    assert row["clearly_better"] <= row["better"]
    assert row["clearly_worse"] <= row["worse"]
    assert not row["parameter_share"] < 0.0
    assert not row["parameter_share"] > 1.0


def test_every_few_replicates_have_a_set_and_none_comes_twice_before_all_came(two):
    rows = two.rows(7, range(4 * PER_SET)).reshape(4, PER_SET)
    assert (rows == rows[:, :1]).all()
    assert sorted(rows[:2, 0]) == sorted(rows[2:, 0]) == [0, 1]


@pytest.mark.jit_only
def test_a_comparison_runs_each_replicate_with_its_set(two):
    done = compare(WORLD, POLICIES, replicates=2 * PER_SET, seed=3, workers=2, parameters=two)
    levels = done.outcomes[done.outcomes["policy"] == "ad_hoc"].groupby("parameter_set")["mentored_share"].mean()
    assert levels[0] < levels[1]
    first = done.outcomes.iloc[0]
    alone = done.runs["ad_hoc"]
    assert first["mentored_share"] == alone.outcomes["mentored_share"]
    assert alone.world == two.world(WORLD, 3, 0)
    assert done.plausible.set_index("outcome").loc["retention", "sets"] == 2


@pytest.mark.parametrize(("columns", "says"), [
    ({"seek.odds": [1.0]}, "no set of parameters"),
    ({"parameters.seek.oods": [1.0]}, "set 1: "),
    ({"parameters.seek.odds": [1.0, 99.0]}, "set 2: "),
])  # fmt: skip
def test_sets_that_the_model_does_not_know_are_refused(tmp_path, columns, says):
    with pytest.raises(ScenarioError, match=says):
        ParameterSets.load(sets_in(tmp_path / "bad.parquet", **columns))


def test_what_is_not_there_or_not_parquet_is_refused(tmp_path):
    (tmp_path / "no.parquet").write_text("no")
    with pytest.raises(ScenarioError, match="not a Parquet file"):
        ParameterSets.load(tmp_path / "no.parquet")
    with pytest.raises(ScenarioError, match='no parameters called "posterio"'):
        ParameterSets.load("posterio")
