"""What each policy takes, and what one person more kept costs: by hand, against the outcomes, and in words."""

import json

import numpy as np
import pytest

from simulation.billing import BILL, ITEMS, PAYERS
from simulation.comparison.compare import compare
from simulation.comparison.costs import by_payer, costs_of, keeping_of, shown_by_payer
from simulation.judgement import ratio
from simulation.results import manifest_of
from simulation.scenario.parameter_sets import ParameterSets
from simulation.scenario.policy import Policy
from simulation.scenario.world import World, has_own_prices

WORLD = World.load("teaching_hospital").with_({"people.mentees": 60, "people.mentors": 24, "people.months": 24})
POLICIES = [Policy.load("ad_hoc"), Policy.load("six_tips")]
PLACES = {item.name: place for place, item in enumerate(BILL)}


@pytest.fixture(scope="module")
def comparison():
    return compare(WORLD, POLICIES, replicates=6, seed=2, workers=1)


def spent_of(**items):
    """One run's money per mentee and year, all of it nothing but some items."""
    row = np.zeros(ITEMS)
    for name, value in items.items():
        row[PLACES[name]] = value
    return row


def test_a_table_by_hand():
    spent = np.array([[spent_of(), spent_of(protected_time=10.0, workshops=4.0)], [spent_of(), spent_of(protected_time=20.0)]])
    costs = costs_of(["plain", "paid"], spent, np.array([[100.0, 100.0], [100.0, 50.0]]))
    row = costs[(costs["policy"] == "paid") & (costs["item"] == "protected_time")].iloc[0]
    assert (row["payer"], row["yearly"], row["per_mentee"]) == ("protected", (1000.0 + 1000.0) / 2, 15.0)
    assert row["low"] < 15.0 < row["high"] and row["high"] - 15.0 == pytest.approx(12.706 * 5.0, rel=1e-3)
    sums = by_payer(costs)
    assert sums.loc["paid", [*PAYERS, "paid", "per_mentee"]].tolist() == [0.0, 1000.0, 0.0, 200.0, 1000.0, 15.0]
    assert (sums.loc["plain"] == 0.0).all()


@pytest.mark.jit_only
def test_items_of_a_comparison_are_its_outcomes(comparison):
    of = {"cash": "cost_cash", "protected": "cost_protected", "mentors": "unpaid_mentor_time", "mentees": "unpaid_mentee_time"}
    for policy in ("ad_hoc", "six_tips"):
        mine = comparison.costs[comparison.costs["policy"] == policy]
        outcomes = comparison.outcomes[comparison.outcomes["policy"] == policy]
        for payer, outcome in of.items():
            assert mine.loc[mine["payer"] == payer, "per_mentee"].sum() == pytest.approx(outcomes[outcome].mean())
        assert by_payer(comparison.costs).loc[policy, "per_mentee"] == pytest.approx(outcomes["cost"].mean())


@pytest.mark.jit_only
def test_a_year_is_what_the_months_took(comparison):
    first = comparison.runs["six_tips"]
    only = compare(WORLD, POLICIES, replicates=1, seed=2, workers=1)
    assert by_payer(only.costs).loc["six_tips", "paid"] == pytest.approx(first.months["cost"].sum() / 2.0)


@pytest.mark.jit_only
def test_people_kept_are_those_who_did_not_leave(comparison):
    left = {name: (run.mentees["exit"] == "left").sum() for name, run in comparison.runs.items()}
    only = compare(WORLD, POLICIES, replicates=1, seed=2, workers=1).keeping.iloc[0]
    assert only["extra_kept"] == pytest.approx((left["ad_hoc"] - left["six_tips"]) / 2.0)
    assert np.isnan(only["price"])  # one replicate tells nothing


def test_the_price_of_one_by_hand():
    spent = np.array([[spent_of(), spent_of(central_staff=value)] for value in (9.0, 10.0, 11.0, 10.0)])
    kept = np.array([[0.0, value] for value in (2.0, 2.1, 1.9, 2.0)])
    row = keeping_of(["plain", "paid"], spent, np.full((4, 2), 10.0), kept).iloc[0]
    assert (row["extra_cost"], row["extra_kept"], row["price"]) == (100.0, 2.0, 50.0)
    assert 0.0 < row["low"] < 50.0 < row["high"]
    unpaid = np.array([[spent_of(), spent_of(mentee_meetings=9.0)]] * 4)
    assert keeping_of(["plain", "given"], unpaid, np.full((4, 2), 10.0), kept)["price"].iloc[0] == 0.0


def test_a_ratio_holds_what_it_promises():
    """Of 1,000 made-up comparisons, the interval covers the true ratio in 95 %: in 930 to 970, but for a chance of 1 in 300."""
    luck, covered, known = np.random.default_rng(5), 0, 0
    for _ in range(1000):
        under = luck.normal(1.0, 1.0, 30)
        over = 3.0 + luck.normal(0.0, 2.0, 30) + 0.5 * (under - 1.0)
        value, low, high = ratio(over, under)
        known += np.isfinite(value)
        covered += low <= 3.0 <= high
    assert known > 990 and 930 <= covered <= 970


@pytest.mark.parametrize("under", [[1.0, -1.0, 0.5, -0.2], [-1.0, -1.1, -0.9, -1.0], [1.0], [np.nan, np.nan]])
def test_no_price_where_it_is_not_clear_that_more_are_kept(under):
    assert np.isnan(ratio(np.arange(len(under), dtype=float), np.array(under))).all()


def test_intervals_count_sets_of_parameters():
    spent = np.array([[spent_of(central_staff=value)] for value in (1.0, 1.0, 3.0, 3.0)])
    alone = costs_of(["one"], spent, np.ones((4, 1)))
    by_set = costs_of(["one"], spent, np.ones((4, 1)), np.array([7, 7, 8, 8]))
    assert alone["per_mentee"].iloc[0] == by_set["per_mentee"].iloc[0] == 2.0
    assert by_set["high"].iloc[0] - 2.0 == pytest.approx(12.706, rel=1e-3)
    assert alone["high"].iloc[0] - 2.0 < 2.0


@pytest.mark.jit_only
def test_costs_over_sets_of_parameters():
    sets = ParameterSets.load("posterior")
    found = compare(WORLD, POLICIES, replicates=10, seed=2, workers=1, parameters=sets)
    assert found.costs["low"].notna().all() and len(found.costs) == 2 * ITEMS


def test_shown_sums_add_up():
    spent = np.array([[spent_of(central_staff=1_000.0, training=23_456.0, workshops=4.0)]])
    shown = shown_by_payer(costs_of(["one"], spent, np.ones((1, 1)))).loc["one"]
    assert shown[["cash", "protected", "paid"]].tolist() == [1_000.0, 23_500.0, 24_500.0]


def test_prices_are_somebodys_where_a_file_gives_them(tmp_path):
    (tmp_path / "ours.toml").write_text('extends = "teaching_hospital"\n[prices]\nstaff_hour = 50\n')
    (tmp_path / "later.toml").write_text('extends = "ours.toml"\n')
    ours, later = World.load(tmp_path / "ours.toml"), World.load(tmp_path / "later.toml")
    assert has_own_prices(ours) and has_own_prices(later) and has_own_prices(World.load("youth_program"))
    assert not has_own_prices(WORLD) and not has_own_prices(World(name="bare"))
    assert has_own_prices(WORLD.with_({"prices.staff_hour": 50.0})) and has_own_prices(ours.with_({"people.months": 3}))
    for world in (ours, WORLD):  # kept through a round trip
        (tmp_path / "again.toml").write_text(world.to_toml())
        assert World.load(tmp_path / "again.toml") == world
        assert has_own_prices(World.load(tmp_path / "again.toml")) == has_own_prices(world)
    assert json.dumps(manifest_of("", WORLD, POLICIES, 1)["inputs"]["world"]["prices"])  # written out all the same
