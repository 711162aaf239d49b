"""`mentorship phenomenon` from the command line, with the programs made up."""

import json

import pytest

import simulation.commands.phenomenon
from simulation.cli import main
from simulation.figures import style
from simulation.phenomena.demonstration import PHENOMENA, Shown
from simulation.phenomena.phenomenon import Finding
from simulation.results import load, read_manifest

ON, OFF = Finding(3.2, 2.0, 4.5, 1.0, 1e-9), Finding(1.1, 0.6, 1.6, 1.0, 0.6)


@pytest.fixture
def made_up(monkeypatch, tmp_path):
    def show(name, seeds=None, executor=None, workers=None, progress=None, seed=1):
        progress(1, 1, 0, "")
        on = Finding(*ON[:-1], 0.2) if seeds == 3 else ON
        off = Finding(*OFF[:-1], 0.01) if seeds == 4 else OFF
        return Shown(PHENOMENA[name], on, off, [], [], {"largest share": 0.5}, {"largest share": 0.25})

    figure = style.sheet()
    figure.add_subplot()
    monkeypatch.setattr(Shown, "figure", figure)
    monkeypatch.setattr(simulation.commands.phenomenon, "compile_first", lambda silent: None)
    monkeypatch.setattr(simulation.commands.phenomenon, "phenomenon", show)
    monkeypatch.chdir(tmp_path)


def test_it_says_what_was_measured_and_what_it_means(made_up, capsys, tmp_path):
    assert main(["phenomenon", "path_dependence", "--out", str(tmp_path / "out")]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[0] == PHENOMENA["path_dependence"].title
    assert "  mechanism  value  95 % interval   chance alone\n" in out
    assert "  on         3.200  2.000 to 4.500         1.000  p < 0.001\n" in out
    assert "  off        1.100  0.600 to 1.600         1.000  p = 0.600\n" in out
    assert "Switched off: word of mouth" in out
    assert "Also: largest share: 0.50 with the mechanism, 0.25 without it." in out
    assert "The mechanism causes it." in out
    tables = load(tmp_path / "out")
    assert tables["findings"]["mechanism"].tolist() == ["on", "off"]
    assert tables["findings"]["value"].tolist() == [3.2, 1.1]
    assert tables["further"]["value"].tolist() == [0.5, 0.25]
    assert read_manifest(tmp_path / "out")["seeds"] == PHENOMENA["path_dependence"].seeds
    assert {path.name for path in (tmp_path / "out").glob("path_dependence.*")} == {"path_dependence.png", "path_dependence.svg"}


@pytest.mark.parametrize(("seeds", "said"), [("3", "chance could explain the result"), ("4", "still more than chance")])
def test_it_does_not_claim_what_was_not_found(made_up, capsys, seeds, said):
    assert main(["phenomenon", "emergence", "--seeds", seeds]) == 0
    assert said in capsys.readouterr().out


def test_for_machines(made_up, capsys, tmp_path):
    assert main(["phenomenon", "sensitivity", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["on"]["value"], found["off"]["p"]) == (3.2, 0.6)
    assert found["on"]["also"] == {"largest share": 0.5}
    assert found["appears"] is True
    assert found["vanishes"] is True
    assert (tmp_path / "results" / "phenomena" / "sensitivity" / "sensitivity.png").exists()
    assert set(found) >= {"name", "title", "statistic", "switch", "source", "seeds", "seed", "folder", "figures"}


def test_a_wrong_name_makes_nothing(made_up, capsys, tmp_path):
    assert main(["phenomenon", "path_dependance"]) == 2
    assert "did you mean path_dependence?" in capsys.readouterr().err
    assert main(["phenomenon", "weather"]) == 2
    assert "known: emergence" in capsys.readouterr().err
    assert main(["phenomenon", "emergence", "--seeds", "1"]) == 2
    assert not (tmp_path / "results").exists()


def test_help(capsys):
    assert main(["phenomenon", "--help"]) == 0
    out = capsys.readouterr().out
    assert "--seeds" in out
    assert "--workers" in out
