"""The rule by hand: who is first, who is ruled out, and how many programs would tell."""

import numpy as np
import pandas as pd
import pytest

from simulation.advice import rule
from simulation.advice.rule import Deciding

DECIDING = [Deciding("retention", 0.01), Deciding("gap_access_gender", 0.02), Deciding("cost", 100.0)]


def programs(levels, count=200, spread=0.002, seed=3):
    """Outcomes of programs whose policies have these levels, and luck of their own of this size."""
    luck, rows = np.random.default_rng(seed), []
    for policy, (retention, gap, cost) in levels.items():
        own = luck.normal(size=(count, 3)) * (spread, spread, 1e4 * spread)
        columns = dict(zip((one.outcome for one in DECIDING), (np.array([retention, gap, cost]) + own).T, strict=True))
        rows.append(pd.DataFrame({"policy": policy, "replicate": range(count), **columns}))
    return pd.concat(rows, ignore_index=True)


def ranked(levels, deciding=DECIDING, **how):
    return rule.rank(programs(levels, **how), list(levels), deciding)


@pytest.mark.parametrize(("levels", "first", "out_at"), [
    ([[0.80, 0.83, 0.81], [0.5, 0.5, 0.5]], [1], [0, 2, 0]),  # beyond the margin: who is ahead in the first outcome
    ([[0.80, 0.805], [0.5, 0.6]], [1], [1, 2]),  # within it the next one decides
    ([[0.80, 0.805], [0.5, 0.51]], [0, 1], [2, 2]),  # within both, both are first
    ([[0.80, 0.812, 0.805], [0.9, 0.5, 0.1]], [1], [0, 2, 1]),  # the best of the rest leads, not the best of all
])  # fmt: skip
def test_first_by_hand(levels, first, out_at):
    kept, out = rule.first(np.array([levels]), np.array([0.01, 0.02]))
    assert list(np.flatnonzero(kept[0])) == first and list(out[0]) == out_at


def test_a_gap_is_better_nearer_to_zero_whoever_is_behind():
    assert ranked({"ad_hoc": (0.8, 0.10, 0), "over": (0.8, -0.10, 0), "even": (0.8, -0.01, 0)}).left == ["even"]


def test_a_better_policy_by_twice_the_margin_is_alone():
    found = ranked({"ad_hoc": (0.80, 0.1, 0), "good": (0.82, 0.1, 900)})
    assert found.left == ["good"] and found.share[0] == 0.0
    assert list(found.out_at) == [0, 3]


def test_at_the_margin_itself_nobody_is_ruled_out():
    named = [ranked({"ad_hoc": (0.80, 0.1, 0), "good": (0.81, 0.1, 900)}, count=60, seed=seed).left for seed in range(20)]
    assert sum(len(left) == 1 for left in named) <= 2


def test_what_was_not_measured_decides_nothing():
    outcomes = programs({"ad_hoc": (0.80, 0.1, 0), "good": (0.80, 0.0, 0)})
    outcomes["gap_access_gender"] = np.nan
    found = rule.rank(outcomes, ["ad_hoc", "good"], DECIDING)
    assert list(found.share) == [1.0, 1.0]


def test_a_failed_run_is_left_out():
    outcomes = programs({"ad_hoc": (0.80, 0.1, 0), "good": (0.82, 0.1, 0)})
    outcomes.loc[0, "retention"] = np.nan
    assert rule.rank(outcomes, ["ad_hoc", "good"], DECIDING).left == ["good"]


@pytest.mark.parametrize("sets", [False, True])
def test_policies_are_compared_on_the_same_programs(sets):
    """Runs of a policy that fail where all do well make it no worse."""
    outcomes = programs({"ad_hoc": (0.80, 0.1, 0), "good": (0.82, 0.1, 0)})
    rich = outcomes["replicate"] % 2 == 0
    outcomes["retention"] += 0.1 * rich
    outcomes.loc[rich & (outcomes["policy"] == "good"), "retention"] = np.nan
    outcomes = outcomes.assign(parameter_set=outcomes["replicate"] // 5) if sets else outcomes
    assert rule.rank(outcomes, ["ad_hoc", "good"], DECIDING).left == ["good"]


def test_programs_of_one_set_are_drawn_together():
    outcomes = programs({"ad_hoc": (0.80, 0.1, 0), "good": (0.813, 0.1, 0)}, spread=0.0)
    apart = np.where(outcomes["replicate"] // 20 % 2 == 0, 0.02, -0.02)  # ten sets that differ much
    outcomes["retention"] += apart * (outcomes["policy"] == "good")
    as_programs = rule.rank(outcomes, ["ad_hoc", "good"], DECIDING)
    as_sets = rule.rank(outcomes.assign(parameter_set=outcomes["replicate"] // 20), ["ad_hoc", "good"], DECIDING)
    assert as_programs.share[0] < as_sets.share[0]


def test_needed_programs_would_tell():
    levels = {"ad_hoc": (0.80, 0.1, 0), "good": (0.8115, 0.1, 5000)}
    outcome, count = rule.needed(ranked(levels, spread=0.005, count=400), "good", "ad_hoc", DECIDING, 400)
    assert outcome == "retention" and 100 < count < 450
    told = [len(ranked(levels, spread=0.005, count=2 * count, seed=seed).left) == 1 for seed in range(8)]
    assert np.mean(told) >= 0.8  # at `count` itself the guess of the difference is as unsure as the difference


def test_the_rival_is_the_one_that_is_nearest():
    found = ranked({"ad_hoc": (0.70, 0.1, 0), "good": (0.83, 0.1, 0), "near": (0.81, 0.1, 0)})
    assert rule.rival(found, ["good"], DECIDING) == ("near", 0)
