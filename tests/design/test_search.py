"""The search for what a budget should buy: fronts, choices, new luck, and the front of enumeration."""

import numpy as np
import pytest
from small_search import BUDGET, front_of_all, lost, searched, setup_of, world_of

from simulation.design import choices
from simulation.design.aims import Aims, Tried, affordable, aims_of, front
from simulation.design.search import Search, rungs_of
from simulation.executor import threads_or
from simulation.scenario.policy import Policy
from simulation.scenario.world import World

pytestmark = pytest.mark.jit_only  # searches take minutes of plain Python

AIMS = Aims(("retention", "gap_access_gender", "mentor_burnout"), 5000.0)


def made(number, cost, retention, gap=0.0, burnout=0.4, spread=0.0):
    """A design with these means; replicates differ by so much around them, on luck of its own."""
    tried = Tried(number, world_of(), Policy(), {"any": number})
    noise = spread * np.random.default_rng(number).standard_normal((3, 20))
    noise -= noise.mean(axis=1, keepdims=True)
    levels = {"retention": retention + noise[0], "gap_access_gender": gap + noise[1], "mentor_burnout": burnout + noise[2]}
    tried.outcomes = {**levels, "cost": np.full(20, float(cost))}
    tried.counted = type("Counted", (), {"heads": np.zeros((20, 1))})()
    return tried


def numbers(designs):
    return [tried.number for tried in designs]


def test_a_dearer_design_must_be_better_in_something_by_as_much_as_matters():
    cheap, no_better, keeps, fairer, kinder = (
        made(0, 0, 0.80, gap=0.06), made(1, 1000, 0.809, gap=0.05), made(2, 2000, 0.82, gap=0.06),
        made(3, 3000, 0.80, gap=-0.01), made(4, 4000, 0.80, gap=0.06, burnout=0.37),
    )  # fmt: skip
    assert numbers(front([kinder, fairer, keeps, no_better, cheap], AIMS)) == [0, 2, 3, 4]


def test_a_gap_is_best_at_zero_on_either_side():
    assert numbers(front([made(0, 0, 0.8, gap=0.01), made(1, 1000, 0.8, gap=-0.06)], AIMS)) == [0]


def test_of_designs_that_cost_alike_the_better_one_stays():
    assert numbers(front([made(0, 1000, 0.80), made(1, 1040, 0.85)], AIMS)) == [1]  # a fiftieth of the budget is 100


def test_in_doubt_a_design_stays():
    pair = [made(0, 0, 0.80, spread=0.1), made(1, 1000, 0.80, spread=0.1)]
    assert numbers(front(pair, AIMS)) == [0]
    assert numbers(front(pair, AIMS, doubt=True)) == [0, 1]
    assert numbers(front([made(0, 0, 0.80), made(1, 1000, 0.80)], AIMS, doubt=True)) == [0]


def test_a_design_of_which_a_run_failed_is_on_no_front():
    broken = made(1, 0, 0.9)
    broken.outcomes["cost"][3] = np.nan
    assert numbers(front([made(0, 1000, 0.8), broken], AIMS)) == [0]


def test_what_can_be_paid_is_sure():
    dear = made(0, 4990, 0.8)
    assert affordable(dear, AIMS)
    dear.outcomes["cost"] = 4990.0 + 100.0 * np.resize([-1.0, 1.0], 20)
    assert not affordable(dear, AIMS) and affordable(dear, AIMS, sure=False)


def test_the_three_choices_follow_their_rules():
    today, good, best, fair = made(0, 0, 0.80, gap=0.06), made(1, 1000, 0.845, gap=0.06), made(2, 4000, 0.85, gap=0.06), made(3, 3000, 0.82, gap=0.0)
    unfair = made(4, 500, 0.70, gap=0.0)  # no gap, and fewer stay
    named = choices.named([today, unfair, good, fair, best], today, AIMS)
    assert {name: tried.number for name, tried in named.items()} == {"keeps_most": 2, "narrowest_gaps": 3, "most_for_the_money": 1}
    assert "narrowest_gaps" not in choices.named([today, best], today, Aims(("retention", "mentor_burnout"), 5000.0))


def test_each_part_of_the_budget_buys_what_it_buys():
    today, good, best = made(0, 0, 0.80, spread=0.01), made(1, 1000, 0.84, spread=0.01), made(2, 4000, 0.841, spread=0.01)
    within = choices.best_within([today, good, best], today, AIMS)
    assert numbers(within) == [1, 1, 1, 2]
    found = choices.steps(within, today, AIMS)
    assert found["gain"].to_list() == pytest.approx([0.04, 0.0, 0.0, 0.001])
    assert found["rest"].to_list() == pytest.approx([0.001, 0.001, 0.001, 0.0])
    assert choices.enough(found) == 1000.0
    more = made(3, 4000, 0.90, spread=0.01)
    assert choices.enough(choices.steps([good, good, good, more], today, AIMS)) == np.inf  # what more would buy was not looked at
    assert choices.enough(choices.steps([today, today, today, today], today, AIMS)) == 0.0


def test_gaps_are_of_the_first_attribute_and_not_of_few_people():
    world = World.load("teaching_hospital")
    assert aims_of(world, 1.0, ()).names == ("retention", "gap_access_gender", "gap_need_coverage_gender", "mentor_burnout")
    assert aims_of(world, 1.0, {"gap_access_gender"}).names == ("retention", "gap_need_coverage_gender", "mentor_burnout")
    assert aims_of(world_of(), 1.0, ()).names == ("retention", "mentor_burnout")


def test_replicates_grow_threefold():
    assert (rungs_of(90), rungs_of(18), rungs_of(7)) == ([10, 30, 90], [6, 18], [7])


def test_with_the_same_replicates_the_front_is_that_of_enumeration():
    setup = setup_of(world_of())
    (search, found), (every, expected) = searched(setup, designs=48, replicates=9), front_of_all(setup, replicates=9)
    assert numbers(found) == numbers(expected) and len(found) > 2
    assert len(search.designs) == len(every.designs) == 48
    for one, other in zip(found, expected, strict=True):
        assert all(np.array_equal(one.of(name), other.of(name), equal_nan=True) for name in (*search.aims.names, "cost"))


def test_where_few_replicates_drop_designs_one_practically_as_good_is_found():
    setup = setup_of(world_of())
    (search, found), (every, expected) = searched(setup, designs=48, replicates=18), front_of_all(setup, replicates=18)
    assert sum(tried.replicates for tried in search.designs) < 0.6 * sum(tried.replicates for tried in every.designs)
    assert lost(found, expected, search.aims) == []


def test_a_search_that_cannot_try_all_is_the_same_for_any_number_of_workers():
    setup = setup_of(world_of(months=12), {**{f"prioritize.{name}": (0, 1, 2, 4) for name in ("training_hours", "protected_hours", "staff_fte")}, "empower.pairing": ("coordinator", "choice")})
    one, two = (searched(setup, designs=30, replicates=6, seed=3, workers=workers) for workers in (1, 2))
    assert numbers(one[1]) == numbers(two[1])
    assert [tried.policy for tried in one[0].designs] == [tried.policy for tried in two[0].designs]
    assert 30 <= len(one[0].designs) < 30 + 24 < 128
    assert all(affordable(tried, one[0].aims) for tried in one[1]) and one[0].aims.budget == BUDGET


def test_new_luck_is_new_and_paired():
    with threads_or(None, 1) as executor:
        search = Search(setup_of(world_of(months=6), {"prioritize.training_hours": (0, 8)}), BUDGET, 1, executor)
        found = search.go(4, 6)
        renewed, again = search.afresh([search.today, *found], 77), search.afresh([search.today], 77)
    assert not np.array_equal(renewed[0].of("retention"), search.today.of("retention"))
    assert renewed[0].number == 0 and renewed[0].replicates == search.today.replicates == 6
    assert np.array_equal(again[0].of("retention"), renewed[0].of("retention"))
