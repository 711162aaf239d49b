"""Recovery: populations simulated with known parameters are the data, and other populations find these parameters again."""

import numpy as np
import pytest

from simulation.evidence import calibrate as module
from simulation.evidence.patterns.clauses import Clause
from simulation.scenario.targets import Targets

TRUTH = {"parameters.seek.odds": -2.3, "parameters.evaluate.odds": 0.6}
BANDS = {"P1.mentored": 0.05, "P9.closed_12": 0.02, "P9.closed_30": 0.02}
PRIORS = [
    {"field": "seek.odds", "low": -4.0, "high": -1.0, "source": "made up"},
    {"field": "evaluate.odds", "low": -1.5, "high": 2.5, "source": "made up"},
]


def bar_recovery(monkeypatch, measured):
    said = module.measure_theory(TRUTH, 501, 24, ("residents", "youth"))
    clauses = [Clause(*key.split("."), "C", said[key] - half, said[key] + half, "", "", "") for key, half in BANDS.items()]
    monkeypatch.setattr(module, "fitted_clauses", lambda targets: clauses)
    found = module.calibrate(Targets(name="made_up", priors=PRIORS, seeds=12, points=24, waves=3, wanted=20), workers=2)
    measured("recovery: accepted sets", len(found.accepted), ">= 5")
    assert len(found.accepted) >= 5
    for prior in PRIORS:
        name, width = f"parameters.{prior['field']}", prior["high"] - prior["low"]
        accepted = found.accepted[name]
        off, spread = (accepted.mean() - TRUTH[name]) / width, accepted.std() / width * np.sqrt(12.0)
        measured(f"recovery: {prior['field']}, mean less truth, as a share of the prior's width", off, "-0.15 to 0.15")
        measured(f"recovery: {prior['field']}, spread over the prior's", spread, "< 0.5")
        assert accepted.min() <= TRUTH[name] + 0.1 * width
        assert accepted.max() >= TRUTH[name] - 0.1 * width
        assert off == pytest.approx(0.0, abs=0.15)
        assert spread < 0.5
