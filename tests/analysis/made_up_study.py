"""A study whose outcomes are a function of its factors, so that what an analysis should find is known."""

from types import SimpleNamespace

import numpy as np
import pandas as pd

from simulation.scenario.policy import Policy
from simulation.scenario.study import Study
from simulation.scenario.world import World
from simulation.studies.points import distinct, numbers_of, rows_of
from simulation.studies.setup import Setup

FIELDS = {"kind": "match.identity", "a": "hazards.first_year", "b": "hazards.later_years", "c": "hazards.mentors"}


def made_up(
    design,
    function,
    factors=("a", "b", "c"),
    policies=("ad_hoc", "six_tips"),
    replicates=1,
    noise=0.0,
    lost=(),
    named=None,
):
    """A study carried out: the baseline is 0 plus luck, and the last policy is `function` of the factors plus luck."""
    study = Study(
        name="made_up", policies=policies, replicates=replicates, outcomes=("retention",), design=design,
        uncertainties=[{"name": name, "field": FIELDS[name], "low": 0.0, "high": 1.0} for name in factors],
        levers=[{"name": name, "field": FIELDS[name], "values": values} for name, values in (named or {}).items()],
    )  # fmt: skip
    setup = Setup(study, [World.load("teaching_hospital")], [Policy.load(name) for name in policies], {}, None)
    rows = rows_of(setup)
    points = distinct(rows)
    values = function(*(points[name].to_numpy() for name in [*factors, *(named or ())]))
    luck = np.random.default_rng(0).normal(size=(len(points), replicates, 2))
    table = [
        {"world": "teaching_hospital", "policy": policy, "point": point, "replicate": k, "error": "it broke" if point in lost else None,
         "retention": np.nan if point in lost else noise * luck[point, k, 0] + (policy == policies[-1]) * (values[point] + noise * luck[point, k, 1])}
        for point in range(len(points)) for k in range(replicates) for policy in policies
    ]  # fmt: skip
    return SimpleNamespace(
        setup=setup, outcomes=pd.DataFrame(table), points=points.assign(point=range(len(points)))[["point", *points]], rows=numbers_of(rows, points),
    )  # fmt: skip
