"""Calibration looks only at what it may, finds what made the data, and refuses what it cannot use."""

import numpy as np
import pandas as pd
import pytest

from simulation.evidence import calibrate as module
from simulation.evidence.calibrate import calibrate, fitted_clauses, studies_for
from simulation.evidence.emulation import Emulator, distance, missed
from simulation.evidence.patterns.clauses import BY_KEY, CLAUSES, Clause
from simulation.evidence.region import mixtures, spread
from simulation.scenario.errors import ScenarioError
from simulation.scenario.loading import shipped_folder
from simulation.scenario.parameters import Parameters
from simulation.scenario.targets import Targets

pytest.importorskip("sklearn")
TRUTH = {"parameters.seek.odds": -3.0, "parameters.engage.start": 0.5}
PRIORS = [
    {"field": "seek.odds", "low": -4.0, "high": -1.0, "source": "made up"},
    {"field": "engage.start", "low": 0.3, "high": 0.6, "source": "made up"},
]


def targets(**more):
    return Targets(**{"name": "made_up", "points": 32, "waves": 4, "wanted": 40, "priors": PRIORS} | more)


def made_up(theory, seed, seeds, names):
    """Two numbers that the two parameters make, bent and mixed, with the luck of few populations."""
    luck = np.random.default_rng([seed, seeds, *np.frombuffer(str(theory).encode(), np.uint8)]).normal(0.0, 0.005, 2)
    odds, start = theory["parameters.seek.odds"], theory["parameters.engage.start"]
    return {"A.odds": np.tanh(odds + 2.5) + start + luck[0], "A.start": start**2 - 0.1 * odds + luck[1]}


@pytest.fixture
def around_the_truth(monkeypatch):
    """Clauses whose narrow bands lie around what the truth gives."""
    at = made_up(TRUTH, 0, 1000, ())
    clauses = [Clause("A", key[2:], "C", value - 0.02, value + 0.02, "", "", "") for key, value in at.items()]
    monkeypatch.setattr(module, "fitted_clauses", lambda targets: clauses)
    return clauses


def test_the_parameters_that_made_the_data_are_found_again(around_the_truth):
    found = calibrate(targets(), workers=1, measure=made_up)
    assert len(found.accepted) >= 20
    for name, value in TRUTH.items():
        spread = found.accepted[name]
        assert spread.min() <= value <= spread.max()
        assert spread.std() < 0.3 * found.tried.loc[found.tried["wave"] == 0, name].std()
        assert found.best[name] == pytest.approx(value, abs=0.1 * (spread.max() - spread.min()) + 0.1)


def test_later_waves_look_where_there_is_hope(around_the_truth):
    tried = calibrate(targets(wanted=1000), workers=1, measure=made_up).tried
    hits = tried.assign(hit=tried["distance"] <= 1.0).groupby("wave")["hit"].mean()
    assert hits.iloc[1:].mean() > 3.0 * max(hits.iloc[0], 0.02)


def test_a_calibration_is_the_same_again_with_any_number_of_workers(around_the_truth):
    one, two = (calibrate(targets(waves=2), workers=workers, measure=made_up) for workers in (1, 2))
    pd.testing.assert_frame_equal(one.tried, two.tried)


def test_only_patterns_that_may_be_fitted_are_looked_at():
    chosen = fitted_clauses(targets())
    assert {clause.kind for clause in chosen} == {"C"}
    assert {clause.key for clause in chosen} == {clause.key for clause in CLAUSES if clause.kind == "C"}
    with pytest.raises(ScenarioError, match="only for validation"):
        fitted_clauses(targets(patterns=("P6",)))
    assert {study.name for study in studies_for(fitted_clauses(targets(patterns=("P9",))))} == {"youth"}


def test_the_shipped_targets_fit_the_schema():
    shipped = Targets.load("published")
    assert all(prior.source for prior in shipped.priors)
    assert module.fields_of(shipped) == [f"parameters.{prior.field}" for prior in shipped.priors]


@pytest.mark.parametrize(("field", "high"), [("seek.oods", 1.0), ("seek", 1.0), ("engage.start", 1.5)])
def test_a_parameter_that_is_not_there_or_a_range_beyond_it_is_refused(field, high):
    bad = targets(priors=[{"field": field, "low": 0.0, "high": high, "source": "made up"}])
    with pytest.raises(ScenarioError):
        calibrate(bad, workers=1, measure=made_up)


def test_distance_is_one_at_the_edge_of_a_band_and_open_bands_have_one_edge():
    closed = Clause("A", "a", "C", 2.0, 4.0, "", "", "")
    above = Clause("A", "b", "C", 1.0, float("inf"), "", "", "")
    below = Clause("A", "c", "C", -float("inf"), 0.05, "", "", "")
    assert distance(np.array([[3.0], [4.0], [2.0], [5.0]]), [closed]).tolist() == [0.0, 1.0, 1.0, 2.0]
    assert distance(np.array([[9.0], [1.0], [0.0]]), [above]).tolist() == [-7.0, 1.0, 2.0]
    assert distance(np.array([[-1.0]]), [below])[0] < 1.0 < distance(np.array([[0.1]]), [below])[0]


def test_an_interruption_changes_nothing(around_the_truth):
    whole = calibrate(targets(waves=3, wanted=1000), workers=1, measure=made_up)
    kept = []
    calibrate(targets(waves=2, wanted=1000), workers=1, measure=made_up, keep=kept.append)
    assert [len(part.tried) for part in kept] == [32, 64]
    again = calibrate(targets(waves=3, wanted=1000), workers=1, measure=made_up, begun=kept[-1].tried)
    pd.testing.assert_frame_equal(again.tried, whole.tried)


def test_every_point_has_populations_of_its_own_and_the_last_wave_has_more(around_the_truth):
    asked, told, waves = {}, [], []

    def watched(theory, seed, seeds, names):
        asked[seed] = theory, seeds
        return made_up(theory, seed, seeds, names)

    once = calibrate(targets(), workers=1, measure=made_up)
    last = calibrate(targets(again=5), workers=1, measure=watched, progress=lambda *now: told.append(now), keep=waves.append)
    pd.testing.assert_frame_equal(once.tried, last.tried)
    assert len(waves) == once.tried["wave"].nunique()
    late = {seed: one for seed, one in asked.items() if seed >= module.AGAIN}
    assert told[-1][0] == told[-1][1] == len(late) == len(once.accepted) + module.LAST + module.MIXED
    assert len(asked) == len(once.tried) + len(late)
    assert {seeds for _, seeds in late.values()} == {5}
    fields, keys = list(TRUTH), [clause.key for clause in around_the_truth]
    measured = {tuple(theory.values()): made_up(theory, seed, 5, ()) for seed, (theory, _) in late.items()}
    for row in last.accepted.to_dict("records"):
        assert measured[tuple(row[name] for name in fields)] == {key: row[key] for key in keys}
    assert len(last.accepted) >= 20
    assert (missed(last.accepted[keys].to_numpy(), around_the_truth) == 0).all()
    assert last.accepted["distance"].is_monotonic_increasing
    assert not set(map(tuple, last.accepted[fields].to_numpy())) <= set(map(tuple, once.tried[fields].to_numpy()))


def test_a_theory_is_fitted_to_the_clauses_that_it_can_reach(around_the_truth):
    around_the_truth.append(Clause("A", "never", "C", 0.0, 1.0, "", "", ""))
    held = {"parameters.engage.rate": 0.0}

    def rival(theory, seed, seeds, names):
        assert theory["parameters.engage.rate"] == 0.0
        return made_up({name: theory[name] for name in TRUTH}, seed, seeds, names) | {"A.never": 5.0}

    found = calibrate(targets(), workers=1, measure=rival, theory=held)
    assert (found.accepted.empty, found.nearest["missed"]) == (True, 1)
    hits = found.tried.assign(hit=found.tried["missed"] == 1).groupby("wave")["hit"].mean()
    assert hits.iloc[-1] > 3.0 * max(hits.iloc[0], 0.02)


def test_the_luck_of_few_populations_gives_no_hope():
    """What a clause is on average is known well from many points, however much each of them is blurred."""
    luck = np.random.default_rng(1)
    emulator = Emulator(luck.uniform(size=(200, 1)), luck.normal(0.0, 1.0, size=(200, 1)))
    misfit = emulator.misfit(np.linspace(0.2, 0.8, 5)[:, None], [Clause("A", "a", "C", 1.0, 3.0, "", "", "")])
    assert (misfit > 4.0).all()


def test_points_are_spread_over_a_whole_region_and_none_lies_outside():
    """A thin ring, from one point of it: chains go all around."""
    luck = np.random.default_rng(1)
    points = spread(lambda x: np.abs(np.hypot(*(x - 0.5).T) - 0.3), 0.02, np.array([[0.8, 0.5]]), 200, luck)
    assert (np.abs(np.hypot(*(points - 0.5).T) - 0.3) <= 0.02).all()
    quarters, _ = np.histogram(np.arctan2(*(points - 0.5).T), bins=4, range=(-np.pi, np.pi))
    assert quarters.min() > 20


def test_mixtures_lie_between_the_points():
    corners = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    mixed = mixtures(corners, 200, np.random.default_rng(1))
    assert (mixed >= 0.0).all() and (mixed.sum(axis=1) <= 1.0 + 1e-12).all()
    assert len(np.unique(mixed, axis=0)) > 150


def test_a_last_wave_may_find_what_no_wave_before_it_found(around_the_truth):
    found = calibrate(targets(waves=1, points=16, again=5), workers=1, measure=made_up)
    assert (found.tried["missed"] > 0).all()
    assert len(found.accepted) > 0


def test_the_worst_clauses_can_be_left_out_of_a_distance():
    near, far = Clause("A", "a", "C", 2.0, 4.0, "", "", ""), Clause("A", "b", "C", 2.0, 4.0, "", "", "")
    assert distance(np.array([[3.5, 9.0]]), [near, far]).tolist() == [6.0]
    assert distance(np.array([[3.5, 9.0]]), [near, far], 1).tolist() == [0.5]
    assert missed(np.array([[3.5, 9.0], [2.0, np.nan]]), [near, far]).tolist() == [1, 1]


def test_the_defaults_are_the_middle_of_the_posterior_that_ships():
    """Many sets, each with all clauses that may be fitted in their bands, and none of the others among its columns."""
    table = pd.read_parquet(shipped_folder("targets") / "posterior.parquet")
    clauses = [name for name in table.columns if name in BY_KEY]
    assert len(table) >= 20
    assert set(clauses) == {clause.key for clause in fitted_clauses(Targets.load("published"))}
    for name in clauses:
        assert table[name].between(BY_KEY[name].low, BY_KEY[name].high).all()
    fields = [name for name in table.columns if name.startswith("parameters.")]
    assert fields == module.fields_of(Targets.load("published"))
    defaults = Parameters()
    for name in fields:
        _, section, field = name.split(".")
        assert getattr(getattr(defaults, section), field) == module.middle_of(table, fields)[name]
