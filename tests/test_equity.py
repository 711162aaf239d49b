"""Both ends of an identity, computed by hand."""

import pandas as pd
from pytest import approx

from simulation.equity import COLUMNS, equity
from simulation.judgement import turn_gaps


def groups():
    """Two runs of two policies, by gender with three groups; the crossing and other outcomes are to be left out."""
    levels = {
        ("ad_hoc", 0): ((10, 0.8), (5, 0.6), (15, 0.4)), ("ad_hoc", 1): ((10, 0.6), (10, 0.5), (10, 0.3)),
        ("six_tips", 0): ((10, 0.9), (5, 0.9), (15, 0.8)), ("six_tips", 1): ((10, 0.9), (10, 0.7), (10, None)),
    }  # fmt: skip
    return pd.DataFrame([
        {"policy": policy, "replicate": run, "attribute": attribute, "group": group, "heads": heads, "outcome": outcome, "value": value}
        for (policy, run), cells in levels.items() for attribute in ("gender", "gender_x_minority") for outcome in ("output", "access")
        for group, (heads, value) in zip(("man", "woman", "other"), cells, strict=True)
    ])  # fmt: skip


def contrasts():
    gaps = ("gap_access_gender", "gap_access_gender_x_minority")
    return pd.DataFrame([
        {"policy": "six_tips", "baseline": "ad_hoc", "outcome": gap, "level": 0.275, "difference": -0.2, "low": -0.25,
         "high": -0.15, "low_all": -0.27, "high_all": -0.13, "verdict": "better", "small": False} for gap in gaps
    ])  # fmt: skip


def test_ends_by_hand():
    before, after = equity(groups(), turn_gaps(contrasts())).itertuples()
    assert (before.attribute, before.reference, before.outcome, before.policy) == ("gender", "man", "access", "ad_hoc")
    assert before.top == approx((0.8 + 0.6) / 2)
    assert before.rest == approx(((5 * 0.6 + 15 * 0.4) / 20 + (10 * 0.5 + 10 * 0.3) / 20) / 2)
    assert pd.isna(before.said)
    assert after.rest == approx(((5 * 0.9 + 15 * 0.8) / 20 + 0.7) / 2)  # a group without people does not count
    assert (after.difference, after.low, after.high, after.said) == (-0.2, -0.27, -0.13, "better")


def test_a_world_without_identities_has_no_ends():
    found = equity(groups().query("attribute == 'all'"), contrasts().iloc[:0])
    assert found.empty and tuple(found) == COLUMNS
