"""The first use compiles in two processes, and a second process that brings nothing costs nothing but time."""

import subprocess
import sys
import time

import pytest

from simulation import first_use
from simulation.jit import fingerprint


@pytest.fixture
def alone(monkeypatch):
    """A first use in which this process compiles nothing; gives the list of what it was asked to compile."""
    asked = []
    monkeypatch.setattr(first_use, "cores", lambda: 2)
    monkeypatch.setattr(first_use, "compile_steps", asked.append)
    monkeypatch.setattr(first_use, "counted", lambda *given: None)
    return asked


def test_on_one_core_nothing_is_started(alone, monkeypatch):
    monkeypatch.setattr(first_use, "cores", lambda: 1)
    monkeypatch.setattr(subprocess, "Popen", None)
    first_use.compile_month()
    assert alone == []


@pytest.mark.parametrize("executable", ["", "/nowhere/python"])
def test_where_no_process_starts_all_is_compiled_here(alone, monkeypatch, executable):
    monkeypatch.setattr(sys, "executable", executable)
    first_use.compile_month()
    assert alone == []


def _instead(monkeypatch, path, does: str) -> list:
    """Put a script in Python's place; gives the list of the processes that are started."""
    path.write_text(f"#!/bin/sh\n{does}\n")
    path.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(path))
    started, start = [], subprocess.Popen
    monkeypatch.setattr(
        subprocess, "Popen", lambda *given, **named: started.append(start(*given, **named)) or started[-1]
    )
    return started


@pytest.mark.skipif(sys.platform == "win32", reason="the process is played by a shell script")
@pytest.mark.parametrize("does", ["exit 3", "exec sleep 60"])
def test_a_second_process_that_fails_or_hangs_holds_nobody_up(alone, monkeypatch, tmp_path, does):
    monkeypatch.setattr(first_use, "PATIENCE", 0.5)
    started, start = _instead(monkeypatch, tmp_path / "python", does), time.monotonic()
    first_use.compile_month()
    assert len(alone) == len(started) == 1
    assert started[0].poll() is not None
    assert time.monotonic() - start < 30.0


@pytest.mark.skipif(sys.platform == "win32", reason="the process is played by a shell script")
def test_an_interruption_ends_the_second_process(alone, monkeypatch, tmp_path):
    started = _instead(monkeypatch, tmp_path / "python", "exec sleep 60")

    def interrupted(steps):
        raise KeyboardInterrupt

    monkeypatch.setattr(first_use, "compile_steps", interrupted)
    with pytest.raises(KeyboardInterrupt):
        first_use.compile_month()
    assert started[0].poll() is not None


def test_other_sources_bring_nothing_into_the_cache(alone, tmp_path):
    first_use.help_with(tmp_path / "of_other_sources")
    assert alone == []


@pytest.mark.jit_only
def test_every_step_of_the_month_is_compiled_by_one_of_the_two():
    own, known = first_use.own_steps(), first_use.kinds()
    assert {"meet", "evaluate", "strain", "mentees_of"} <= {step.__name__ for step in own}
    assert not set(own) & set(first_use.HELPED)
    assert {
        step.__name__: set(first_use.takes(step)) - known.keys()
        for step in own
        if set(first_use.takes(step)) - known.keys()
    } == {}


@pytest.mark.slow
@pytest.mark.jit_only
def test_the_second_process_keeps_its_steps_and_nothing_else(monkeypatch, tmp_path):
    monkeypatch.setattr(first_use, "cache_folder", lambda: tmp_path / fingerprint())
    monkeypatch.setattr(first_use, "cores", lambda: 2)
    with first_use.second_process() as helper:
        assert helper.wait(600) == 0
    assert sorted(path.name.split("-")[0] for path in tmp_path.rglob("*.nbi")) == [
        "assign.assign",
        "reflect.reflect",
        "seek.seek",
    ]
