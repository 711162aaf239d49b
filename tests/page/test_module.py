"""The module of a page is that of these very sources: found, built once, or refused in words."""

import pytest

from simulation.page import module as modules
from simulation.scenario.errors import ScenarioError


@pytest.fixture
def places(tmp_path, monkeypatch):
    """A package and a cache without a module, and a linker that is not there."""
    monkeypatch.setattr(modules, "BUILT", tmp_path / "built")
    monkeypatch.setattr(modules, "cache_root", lambda: tmp_path / "cache")
    monkeypatch.setattr(modules, "LINKER", "no_linker_of_this_name")
    (tmp_path / "built").mkdir()
    return tmp_path


def test_a_wheel_needs_no_linker(places):
    (places / "built" / modules.name()).write_bytes(b"built")
    assert modules.module() == b"built"
    assert not (places / "cache").exists()


def test_what_was_built_once_is_found_again(places, monkeypatch):
    said, made = [], []
    monkeypatch.setattr(modules, "LINKER", "json")
    monkeypatch.setattr(modules, "_build", lambda: made.append(1) or b"made")
    assert [modules.module(said.append) for _ in range(3)] == [b"made"] * 3
    assert len(made) == 1 and said == [modules.BUILDING]


def test_without_a_linker_it_is_said_what_to_install(places):
    with pytest.raises(
        ScenarioError, match=r'its linker is missing; install it: pip install "mentorship\[explorable\]"'
    ):
        modules.module()


def test_a_module_of_other_sources_is_refused(places):
    (places / "built" / "0123456789abcdef.wasm").write_bytes(b"old")
    with pytest.raises(ScenarioError, match="belongs to other sources than these"):
        modules.module()


def test_another_source_is_another_name(monkeypatch):
    before = modules.name()
    monkeypatch.setattr(modules, "SOURCES", ("draws.py",))
    assert modules.name() != before
    assert len(before) == len("0123456789abcdef.wasm")


def test_a_build_that_fails_says_why(places, monkeypatch):
    monkeypatch.setattr(modules, "LINKER", "json")
    monkeypatch.setattr(modules.sys, "executable", "false")
    with pytest.raises(ScenarioError, match="could not be compiled for the browser"):
        modules.module()
    assert not list((places / "cache").glob("*.wasm"))


def test_a_cache_that_cannot_be_written_is_told(places, monkeypatch):
    monkeypatch.setattr(modules, "LINKER", "json")
    (places / "cache").write_text("a file")
    with pytest.raises(ScenarioError, match="the compiled month cannot be kept"):
        modules.module()
