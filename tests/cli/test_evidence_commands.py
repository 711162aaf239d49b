"""`mentorship validate` and `mentorship calibrate` from the command line, with the counting made up."""

import json
from types import SimpleNamespace

import pandas as pd
import pytest

import simulation.commands.calibrate
import simulation.commands.validate
from simulation.cli import main
from simulation.evidence.calibrate import Calibration
from simulation.results import load

ROWS = pd.DataFrame([
    {"id": "P1", "clause": "mentored", "kind": "C", "value": 0.5, "low": 0.45, "high": 0.55, "band_low": 0.42, "band_high": 0.62,
     "in_band": True, "causal": float("nan"), "target": "0.50", "text": "share with a mentor", "rows": "D1"},
    {"id": "P12", "clause": "burnout", "kind": "V", "value": 0.9, "low": 0.8, "high": 1.0, "band_low": 0.4, "band_high": 0.68,
     "in_band": False, "causal": 0.95, "target": "0.52", "text": "odds of burnout", "rows": "D4"},
    {"id": "S4", "clause": "informal", "kind": "V", "value": 0.1, "low": 0.0, "high": 0.2, "band_low": 0.0, "band_high": float("inf"),
     "in_band": True, "causal": float("nan"), "target": "> 0", "text": "quality", "rows": "A3"},
])  # fmt: skip


@pytest.fixture
def made_up(monkeypatch):
    for module in (simulation.commands.validate, simulation.commands.calibrate):
        monkeypatch.setattr(module, "compile_first", lambda silent: None)
    monkeypatch.setattr(simulation.commands.validate, "validate", lambda **how: ROWS)
    tried = pd.DataFrame({"wave": [0, 0], "parameters.seek.odds": [-3.0, -2.0], "P1.mentored": [0.5, 0.7],
                          "distance": [0.2, 1.8], "missed": [0, 1]})  # fmt: skip
    found = Calibration(tried, tried[:1], ("P1.mentored",))
    monkeypatch.setattr(simulation.commands.calibrate, "calibrate", lambda *how, begun=None, keep=None, theory=None, own=None: keep(found) or found)
    monkeypatch.setattr(simulation.commands.calibrate, "ProcessPoolExecutor", lambda *how: Pool())


class Pool(SimpleNamespace):
    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None


def test_validate_says_what_is_in_and_what_is_out(made_up, capsys, tmp_path):
    assert main(["validate", "--out", str(tmp_path / "out")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["value", "95", "%", "interval", "band", "pattern"]
    assert lines[1] == "  P1   C  in    0.50  0.45 to 0.55   0.42 to 0.62  share with a mentor"
    assert lines[2] == "  P12  V  OUT   0.90  0.80 to 1.00   0.4 to 0.68   odds of burnout; in twins 0.95"
    assert "at least 0 " in lines[3]
    assert lines[-2:] == ["In their band: 1 of 1 clause that may be used for fitting.",
                          "In their band: 1 of 2 clauses that may not be used for it."]  # fmt: skip
    assert load(tmp_path / "out")["patterns"]["id"].tolist() == ["P1", "P12", "S4"]


def test_validate_for_machines_has_a_band_of_two_ends(made_up, capsys):
    assert main(["validate", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["patterns"]
    assert [row["band"] for row in rows] == [[0.42, 0.62], [0.4, 0.68], [0.0, None]]
    assert {"id", "clause", "kind", "value", "low", "high", "band", "in_band"} <= set(rows[0])
    assert (rows[0]["causal"], rows[1]["causal"]) == (None, 0.95)


def test_calibrate_keeps_what_was_tried_and_names_the_nearest(made_up, capsys, tmp_path):
    assert main(["calibrate", "published", "--out", str(tmp_path / "out")]) == 0
    out = capsys.readouterr().out
    assert "The patterns (1 clause) are reproduced by 1 of 2 sets of parameters." in out
    assert "seek.odds" in out
    assert "-3.000" in out
    tables = load(tmp_path / "out")
    assert (len(tables["tried"]), len(tables["accepted"])) == (2, 1)


def test_a_fit_that_is_stopped_keeps_its_waves_and_accepts_nothing(made_up, monkeypatch, tmp_path):
    fit = simulation.commands.calibrate.calibrate

    def stopped(*how, begun=None, keep=None, theory=None, own=None):
        fit(*how, begun=begun, keep=keep)
        raise KeyboardInterrupt

    monkeypatch.setattr(simulation.commands.calibrate, "calibrate", stopped)
    assert main(["calibrate", "published", "--out", str(tmp_path / "out")]) == 130
    assert set(load(tmp_path / "out")) == {"tried"}


@pytest.mark.parametrize(("text", "said"), [
    ('patterns = ["P6"]', "only for validation"),
    ("", "low below its high"),
])  # fmt: skip
def test_bad_targets_are_refused_before_anything_is_made(text, said, made_up, capsys, tmp_path):
    low = 2.0 if not text else -3.0
    prior = f'[[priors]]\nfield = "seek.odds"\nlow = {low}\nhigh = -1.0\nsource = "made up"\n'
    (tmp_path / "mine.toml").write_text(f"{text}\n{prior}")
    assert main(["calibrate", str(tmp_path / "mine.toml"), "--out", str(tmp_path / "out")]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_rival_theory_keeps_what_it_changes_and_is_fitted_in_the_rest(made_up, monkeypatch, capsys, tmp_path):
    fit, told = simulation.commands.calibrate.calibrate, {}

    def watched(targets, *how, theory=None, **rest):
        told["priors"], told["theory"] = {f"parameters.{prior.field}" for prior in targets.priors}, theory
        return fit(targets, *how, **rest)

    monkeypatch.setattr(simulation.commands.calibrate, "calibrate", watched)
    assert main(["calibrate", "published", "--theory", "coin", "--out", str(tmp_path / "out")]) == 0
    assert "with 1 of 1 clause in their bands" in capsys.readouterr().out
    assert told["theory"]["parameters.engage.rate"] == 0.0
    assert "parameters.seek.odds" in told["priors"]
    assert "parameters.engage.noise" in told["theory"]
    assert not told["priors"] & set(told["theory"])
    assert main(["calibrate", "published", "--theory", "coyn", "--out", str(tmp_path / "other")]) == 2
    assert "coin" in capsys.readouterr().err
