"""Names that columns of tables have are taken, and the list of them is that of the tables of a run."""

import pandas as pd
import pytest

from simulation.comparison.compare import compare
from simulation.run import simulate
from simulation.scenario import taken
from simulation.scenario.errors import ScenarioError
from simulation.scenario.policy import Policy
from simulation.scenario.study import Study
from simulation.scenario.world import World
from simulation.studies.setup import ABOUT_RUNS, set_up


def with_attribute(name):
    shares = {"a": 0.5, "b": 0.5}
    return World.model_validate({
        "name": "named", "people": {"mentees": 12, "mentors": 4},
        "identities": [{"name": name, "groups": ["a", "b"], "mentees": shares, "mentors": shares}],
    })  # fmt: skip


def test_the_list_is_that_of_the_tables():
    run = simulate(with_attribute("mine"), Policy(), months=2)
    for table, listed in ((run.mentees, taken.OF_MENTEES), (run.mentors, taken.OF_MENTORS)):
        assert set(table.columns) - {"mine"} == set(listed)
    traced = simulate(with_attribute("mine"), Policy(), months=2, trace=True).tie_months
    assert {f"{side}_{name}" for side in ("mentee", "mentor") for name in taken.OF_SIDES} <= set(traced.columns)
    assert {"attribute", "group"} <= set(run.groups.columns) and "month" in run.months


@pytest.mark.parametrize("name", ["site", "unit", "post", "seed", "point", "id", "career", "sex_x_age", "two words", *taken.TAKEN])
def test_a_taken_name_is_refused(name):
    with pytest.raises(ValueError, match="cannot be called"):
        with_attribute(name)


@pytest.mark.parametrize("name", [*ABOUT_RUNS, "retention", "gap_retention_gender", "mentor_diversity_gender"])
def test_a_factor_does_not_hide_an_outcome(name):
    lever = {"field": "start_month", "name": name, "values": [0, 6]}
    with pytest.raises(ScenarioError, match="cannot be called so"):
        set_up(Study.model_validate({"name": "tried", "policies": ["six_tips"], "levers": [lever]}))


def test_policies_that_are_compared_have_names_of_their_own():
    policy = Policy.load("six_tips")
    with pytest.raises(ScenarioError, match='two of the policies have the name "six_tips"'):
        compare(with_attribute("mine"), [Policy(), policy, policy.with_({"move_on.stigma": 0.9})], replicates=1)


def test_a_wildcard_matches_outcomes_only():
    setup = set_up(Study.model_validate({"name": "tried", "outcomes": ["*"]}))
    assert not set(setup.outcomes) & set(ABOUT_RUNS)
    assert pd.Series(setup.outcomes).is_unique
    with pytest.raises(ScenarioError, match='no outcome is called "seed"'):
        set_up(Study.model_validate({"name": "tried", "outcomes": ["seed"]}))
