"""The list of what is published, the studies that measure it, and the line between fitting and validating."""

import numpy as np
import pandas as pd
import pytest

from simulation.evidence.patterns.clauses import BY_KEY, CLAUSES
from simulation.evidence.patterns.impressions import decomposed, explained
from simulation.evidence.patterns.virtual import CAUSAL, measured, totals
from simulation.evidence.validate import STUDIES, validate

pytest.importorskip("sklearn")
pytestmark = pytest.mark.jit_only
QUICK = tuple(study for study in STUDIES if study.name in ("meetings", "pairings"))
FITTED = {"P1", "P2", "P4", "P5", "P8", "P9", "P11", "P12", "P14"}  # patterns of which every clause may be fitted


def test_patterns_are_all_there_and_each_clause_once():
    assert len(BY_KEY) == len(CLAUSES)
    assert {clause.pattern for clause in CLAUSES} == {f"P{k}" for k in range(1, 17)} | {f"S{k}" for k in range(1, 6)}
    assert all(clause.low < clause.high and clause.kind in "CV" for clause in CLAUSES)


def test_what_may_be_fitted_is_what_the_evidence_says():
    for clause in CLAUSES:
        expected = clause.pattern in FITTED or clause.key == "P7.dyad_explained"
        assert (clause.kind == "C") == expected, clause.key


def test_every_clause_has_a_study():
    measured = [key for study in STUDIES for key in study.clauses]
    lacking = [f"{key} lacks a study, or its study a place in STUDIES of simulation/evidence/validate.py" for key in BY_KEY if key not in measured]
    lacking += [f"{study.name} lacks its clauses in simulation/evidence/patterns/clauses.py" for study in STUDIES if not study.clauses]
    assert not lacking, "; ".join(lacking)
    assert sorted(measured) == sorted(BY_KEY)


@pytest.mark.slow
def test_every_clause_is_measured_by_exactly_one_study():
    found = [key for study in STUDIES for key in study.state(totals(measured(study, {}, (1, 2))))]
    clauses = [key for key in found if key in BY_KEY]
    assert sorted(clauses) == sorted(BY_KEY)
    assert all(key.removeprefix(CAUSAL) in BY_KEY for key in found if key.startswith(CAUSAL))


def test_the_table_does_not_depend_on_workers_and_says_what_is_in_its_band():
    one = validate(seeds=4, workers=1, studies=QUICK)
    two = validate(seeds=4, workers=2, studies=QUICK)
    pd.testing.assert_frame_equal(one, two)
    assert set(one["id"]) == {"P4", "P5", "P6", "S4"}
    inside = (one["value"] >= one["band_low"]) & (one["value"] <= one["band_high"])
    assert (one["in_band"] == inside).all()
    assert (one["low"] <= one["high"]).all()


def test_a_theory_changes_what_is_measured():
    stock = validate(seeds=3, studies=QUICK[:1]).set_index("clause")["value"]
    shy = validate({"parameters.seek.odds": -6.0}, seeds=3, studies=QUICK[:1]).set_index("clause")["value"]
    assert shy["contact"] < stock["contact"]
    assert shy["unfacilitated"] > stock["unfacilitated"]


def test_a_block_of_known_parts_is_decomposed():
    luck = np.random.default_rng(2)
    actor, partner = luck.normal(size=200), 2.0 * luck.normal(size=150)
    found = decomposed(actor[:, None] + partner[None, :] + 0.0)
    np.testing.assert_allclose(found[0], actor - actor.mean(), atol=1e-9)
    np.testing.assert_allclose(found[1], partner - partner.mean(), atol=1e-9)
    np.testing.assert_allclose(found[2], 0.0, atol=1e-9)


def test_a_forest_explains_what_there_is_and_nothing_of_noise():
    luck = np.random.default_rng(4)
    features = luck.normal(size=(600, 3))
    noise = luck.normal(size=600)
    assert explained(features, features[:, 0], np.arange(600)) > 0.8
    assert explained(features, noise, np.arange(600)) < 0.05
