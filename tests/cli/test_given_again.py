"""The same command into the same folder simply works again, also after it was stopped, and leaves what is the user's."""

import json
import os
from pathlib import Path
from types import SimpleNamespace

import matplotlib as mpl
import pandas as pd
import pytest
from study_folders import everything_in, study_in, world_in

import simulation.commands.calibrate
import simulation.commands.phenomenon
import simulation.commands.validate
from simulation.evidence.calibrate import Calibration
from simulation.figures import style
from simulation.phenomena.demonstration import PHENOMENA, Shown
from simulation.phenomena.phenomenon import Finding
from simulation.run import warm

COMMANDS = {
    "run": ("run", "tiny.toml", "ad_hoc", "--out", "out"),
    "traced": ("run", "tiny.toml", "ad_hoc", "--trace", "--months", 5, "--out", "out"),
    "compare": ("compare", "tiny.toml", "ad_hoc", "six_tips", "--replicates", 2, "--out", "out"),
    "sweep": ("sweep", "study.toml", "--out", "out"),
    "sensitivity": ("sensitivity", "study.toml", "--out", "out"),
    "calibrate": ("calibrate", "published", "--out", "out"),
    "validate": ("validate", "--out", "out"),
    "phenomenon": ("phenomenon", "emergence", "--out", "out"),
}
RESULT = {  # a file that each of them writes
    "run": "months.parquet", "traced": "tie_months.parquet", "compare": "figures/retention.png", "sweep": "outcomes/000000.parquet",
    "sensitivity": "analysis/sensitivity.parquet", "calibrate": "tried.parquet", "validate": "patterns.parquet",
    "phenomenon": "emergence.svg",
}  # fmt: skip


class Killed(BaseException):
    """The end of a command that is killed."""


class Pool(SimpleNamespace):
    """Processes that are not needed."""

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None


@pytest.fixture(autouse=True)
def made_up(monkeypatch, tmp_path, sketched):
    """Small inputs, and made-up results where the real ones take minutes; what a first use compiles and says is behind us."""
    warm()
    world_in(tmp_path, mentees=12, like="women_in_engineering")
    factors = [{"field": f"hazards.{name}", "low": 0.0, "high": 0.5} for name in ("first_year", "mentors")]
    study_in(tmp_path, replicates=1, design={"kind": "morris", "points": 1}, outcomes=["retention"], uncertainties=factors)
    tried = pd.DataFrame({"wave": [0], "parameters.seek.odds": [-3.0], "P1.mentored": [0.5], "distance": [0.2], "missed": [0]})
    row = {"id": "P1", "clause": "mentored", "kind": "C", "value": 0.5, "low": 0.4, "high": 0.6, "band_low": 0.4, "band_high": 0.6,
           "in_band": True, "causal": float("nan"), "target": "", "text": "share", "rows": "D1"}  # fmt: skip
    found = Calibration(tried, tried, ("P1.mentored",))
    shown = Shown(PHENOMENA["emergence"], Finding(3.2, 2.0, 4.5, 1.0, 1e-9), Finding(1.1, 0.6, 1.6, 1.0, 0.6), [], [], {"x": 1.0}, {"x": 0.5})
    for module in (simulation.commands.validate, simulation.commands.calibrate, simulation.commands.phenomenon):
        monkeypatch.setattr(module, "compile_first", lambda silent: None)
    monkeypatch.setattr(simulation.commands.calibrate, "calibrate", lambda *how, keep=None, **more: keep(found) or found)
    monkeypatch.setattr(simulation.commands.calibrate, "ProcessPoolExecutor", lambda *how: Pool())
    monkeypatch.setattr(simulation.commands.validate, "validate", lambda **how: pd.DataFrame([row]))
    monkeypatch.setattr(simulation.commands.phenomenon, "phenomenon", lambda *how, **more: shown)
    monkeypatch.setattr(Shown, "figure", property(lambda self: style.axes(None).get_figure()))


def results(folder):
    """What is in every file but the manifests, which tell of versions and files."""
    return {name: content for name, (content, _) in everything_in(folder).items() if not name.endswith("manifest.json")}


@pytest.mark.parametrize("command", COMMANDS)
def test_twice_is_the_same_and_the_users_files_stay(command, said, tmp_path):
    first = said(*COMMANDS[command])
    assert (first.code, "mentorship:" in first.err) == (0, False)
    before = results(tmp_path / "out")
    assert RESULT[command] in before
    copied = tmp_path / "out" / RESULT[command]
    copy = copied.with_name(f"{copied.stem}_backup{copied.suffix}")
    copy.write_bytes(b"mine")
    again = said(*COMMANDS[command])
    assert (again.code, again.out, again.err) == (0, first.out, first.err)
    assert results(tmp_path / "out") == {**before, str(copy.relative_to(tmp_path / "out")): b"mine"}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_of_the_users_under_the_name_of_a_result_is_refused_before_anything_runs(command, said, tmp_path):
    mine = tmp_path / "out" / RESULT[command]
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"mine")
    before = everything_in(tmp_path)
    refused = said(*COMMANDS[command])
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith("mentorship: out")
    assert refused.err.count("\n") == 1
    assert everything_in(tmp_path) == before


@pytest.mark.parametrize("part", [0.0, 0.5, 0.99])
@pytest.mark.parametrize("command", COMMANDS)
def test_killed_while_it_writes_it_simply_works_again(command, part, said, tmp_path, monkeypatch):
    replace, calls = os.replace, []

    def replacing(source, target):
        """Counts what is written to the folder; a first use may save what it compiled in between."""
        if "out" in Path(target).relative_to(Path(target).anchor).parts:
            calls.append(target)
            if len(calls) > last:
                raise Killed
        replace(source, target)

    last = 10_000
    with monkeypatch.context() as patched:
        patched.setattr("simulation.folder.os.replace", replacing)
        patched.setattr("simulation.studies.store.CALM", 0)  # every manifest is written, however long the one before took
        whole = said(*COMMANDS[command])
        (tmp_path / "out").rename(tmp_path / "whole")
        last = int(part * len(calls))
        calls.clear()
        with pytest.raises(Killed):
            said(*COMMANDS[command])
    again = said(*COMMANDS[command])
    assert (again.code, again.out) == (0, whole.out)
    assert results(tmp_path / "out") == results(tmp_path / "whole")
    assert json.loads((tmp_path / "out" / "manifest.json").read_text())["digest"]


def test_an_edited_brief_is_kept_and_a_lost_picture_is_drawn_again(said, tmp_path):
    assert said(*COMMANDS["compare"]).code == 0
    page, picture = tmp_path / "out" / "brief.html", tmp_path / "out" / "figures" / "retention.svg"
    whole, drawn = page.read_bytes(), picture.read_bytes()
    (picture.parent / "my_holiday.png").write_bytes(b"mine")
    picture.unlink()
    page.unlink()
    assert said("brief", "out").code == 0
    assert (page.read_bytes(), picture.read_bytes()) == (whole, drawn), "without the user's picture"
    page.write_text("my own words")
    for words in (("brief", "out"), COMMANDS["compare"]):
        refused = said(*words)
        assert (refused.code, refused.err.count("\n")) == (2, 1)
        assert "brief.html: a result of that name belongs here" in refused.err
    assert page.read_text() == "my own words"


def test_another_title_or_source_is_no_other_study(said, tmp_path):
    for command in ("run", "compare", "sweep", "sensitivity"):
        assert said(*COMMANDS[command]).code == 0
        text = (tmp_path / "tiny.toml").read_text()
        (tmp_path / "tiny.toml").write_text('title = "Another title"\ntext = "Told anew."\n' + text)
        again = said(*COMMANDS[command])
        assert (again.code, again.err.count("mentorship:")) == (0, 0), again.err
        (tmp_path / "tiny.toml").write_text(text)
        (tmp_path / "out").rename(tmp_path / f"out_{command}")


def test_what_runs_depend_on_makes_another_study(said, tmp_path):
    for command in ("run", "compare", "sweep"):
        assert said(*COMMANDS[command]).code == 0
        text = (tmp_path / "tiny.toml").read_text()
        (tmp_path / "tiny.toml").write_text(text + "[hazards]\nfirst_year = 0.2\n")
        other = said(*COMMANDS[command])
        assert other.code == 2
        assert "choose another --out" in other.err
        (tmp_path / "tiny.toml").write_text(text)
        (tmp_path / "out").rename(tmp_path / f"out_{command}")


def test_a_picture_that_fails_leaves_the_others_and_is_told(said, tmp_path, monkeypatch):
    def broken(*_, **__):
        raise ValueError("no <b>ink</b>\nleft")

    whole = said(*COMMANDS["compare"])
    with monkeypatch.context() as patched:
        patched.setattr("simulation.figures.album.mentoring_networks", broken)
        once = said(*COMMANDS["compare"])
        assert (once.code, once.out) == (0, whole.out)
        told = "mentorship: a figure could not be drawn: Who mentors whom (ValueError: no <b>ink</b> left)\n"
        assert once.err == whole.err + told
        names = {path.stem for path in (tmp_path / "out" / "figures").iterdir()}
        assert "network" not in names, "nor does the old picture stand for it"
        assert names >= {"retention", "ties", "contrasts"}
        page = (tmp_path / "out" / "brief.html").read_text(encoding="utf-8")
        assert "could not be drawn: Who mentors whom (ValueError: no &lt;b&gt;ink&lt;/b&gt; left)" in page
        again = said("brief", "out")
        assert (again.code, again.err) == (0, told)
        assert "could not be drawn" in (tmp_path / "out" / "brief.html").read_text(encoding="utf-8")
    assert said("brief", "out").err == ""
    assert (tmp_path / "out" / "figures" / "network.svg").exists()
    assert "could not be drawn" not in (tmp_path / "out" / "brief.html").read_text(encoding="utf-8")
    assert mpl.rcParams["text.parse_math"], "matplotlib's own settings are as they were"


@pytest.mark.parametrize(("command", "place"), [
    ("sensitivity", "simulation.commands.analysis.sensitivity_lines.importances"),
    ("phenomenon", "simulation.phenomena.demonstration.Shown.figure"),
])  # fmt: skip
def test_so_it_is_with_the_pictures_of_other_commands(command, place, said, tmp_path, monkeypatch):
    def broken(*_, **__):
        raise ValueError("no ink left")

    whole = said(*COMMANDS[command])
    (tmp_path / "out").rename(tmp_path / "whole")
    monkeypatch.setattr(place, property(broken) if place.endswith("Shown.figure") else broken)
    once = said(*COMMANDS[command])
    assert once.code == 0
    assert whole.out.startswith(once.out) or once.out == whole.out
    assert "could not be drawn" in once.err
    assert "(ValueError: no ink left)" in once.err
    assert list((tmp_path / "out").rglob("*.parquet"))


def test_a_schema_does_not_overwrite_what_is_none(said, tmp_path):
    for _ in range(2):
        assert said("list", "--schema", "schemas").code == 0
    mine = tmp_path / "schemas" / "study.schema.json"
    mine.write_text('{"title": "my own"}')
    before = everything_in(tmp_path)
    refused = said("list", "--schema", "schemas")
    assert (refused.code, refused.out, refused.err.count("\n")) == (2, "", 1)
    assert "study.schema.json: this file is no schema that was written here" in refused.err
    assert everything_in(tmp_path) == before
