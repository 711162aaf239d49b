"""An instrument: to evaluate without adapting changes nothing but what it costs."""

import numpy as np
from drawn import policies, seeds, worlds
from hypothesis import given
from hypothesis import strategies as st
from running import ran, same, used


@given(worlds(), seeds, st.sampled_from(["survey", "cipp"]), st.data())
def test_looking_changes_nothing(world, seed, model, data):
    policy = data.draw(policies(world, **{"evaluate.adapt": False}))
    blind, seeing = (ran(world, policy.with_({"evaluate.model": way}), seed)[0] for way in ("none", model))
    assert same(used(blind), used(seeing)) == []
    money = "cost", "cost_cash", "unpaid_mentor_time", "unpaid_mentee_time", "spent"
    assert same({"months": np.asarray(blind.months)}, {"months": np.asarray(seeing.months)}, but=[f"months.{name}" for name in money]) == []
    assert all((np.asarray(seeing.months)[name] >= np.asarray(blind.months)[name]).all() for name in money)


def test_looking_costs(small_hospital, policy_of):
    cost = [
        float(ran(small_hospital, policy_of({"evaluate.model": way}), 1)[0].institution.cost)
        for way in ("none", "survey", "cipp")
    ]
    assert cost[0] == 0.0 < cost[1] < cost[2]


def test_adapting_does_change(small_hospital, policy_of):
    way = {"evaluate.model": "cipp", "evaluate.every_months": 2, "evaluate.delay_months": 0, "evaluate.budget": 5000.0}
    still, adapting = (
        ran(small_hospital, policy_of({**way, "evaluate.adapt": adapt}), 1)[0] for adapt in (False, True)
    )
    assert same(used(still), used(adapting)) != []
