"""What `mentorship sweep` says, writes and refuses, and how it ends."""

import json
import socket
from concurrent.futures import BrokenExecutor, Future, ThreadPoolExecutor
from contextlib import contextmanager

import pandas as pd
import pytest
from study_folders import everything_in, files_of, is_done, manifest_in, study_in, world_in

from simulation.commands import cluster
from simulation.commands import sweep as module
from simulation.results import manifest_of, save
from simulation.scenario.policy import Policy
from simulation.scenario.world import World

TINY = {"design": {"kind": "sobol", "points": 2}, "replicates": 1}
WISHES = [
    {"field": f"identities.gender.{wish}.girl_or_woman", "values": [0.1, 0.55]}
    for wish in ("wish_same", "wish_different")
]
FAILING = {
    "worlds": ["young.toml"],
    "uncertainties": [{"field": "people.mentees", "values": [12, 13]}, *WISHES],
    "design": {"kind": "list"},
}


def one_line(ended, *parts):
    """It ended with 2, one line that says these things, and nothing else."""
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.count("\n") == 1
    assert ended.err.startswith("mentorship: ")
    for part in parts:
        assert part in ended.err


@pytest.mark.jit_only
def test_a_dry_run_says_what_it_would_take(said, tmp_path):
    study_in(tmp_path)
    ended = said("sweep", "study.toml", "--out", "out", "--dry-run", "--workers", 2)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("8 points, 32 runs; still to do: 32\nabout ")
    assert " s with 2 at a time, and " in ended.out
    assert ended.out.endswith(" MB of disk\n")
    found = json.loads(said("sweep", "study.toml", "--dry-run", "--json").out)
    assert (found["points"], found["runs"], found["waiting"]) == (8, 32, 32)
    assert found["minutes"] > 0.0
    assert found["megabytes"] > 0.0
    assert not (tmp_path / "out").exists()


def test_a_study_is_carried_out_and_gone_on_with(said, tmp_path):
    study_in(tmp_path, **TINY)
    ended = said("sweep", "study.toml", "--out", "out")
    assert (ended.code, ended.out, ended.err) == (0, "4 runs at 2 points are in out\n", "")
    manifest = manifest_in(tmp_path / "out")
    assert manifest["command"] == "mentorship sweep study.toml --out out"
    before = files_of(tmp_path / "out")
    result = json.loads(said("sweep", "study.toml", "--out", "out", "--json", "--workers", 1).out)
    assert result == {"study": "small", "folder": "out", "digest": manifest["digest"], "points": 2, "runs": 4, "lost": 0,
                      "failures": []}  # fmt: skip
    assert files_of(tmp_path / "out") == before
    assert "; still to do: 0" in said("sweep", "study.toml", "--out", "out", "--dry-run").out


@pytest.mark.jit_only
def test_failed_runs_end_with_one_and_a_command_that_replays(said, tmp_path):
    world_in(tmp_path, "young", mentees=40, like="youth_program")
    study_in(tmp_path, replicates=7, **FAILING)
    ended = said("sweep", "study.toml", "--out", "out")
    assert ended.code == 1
    assert ended.out == "28 runs at 2 points are in out\n"
    lines = ended.err.splitlines()
    assert lines[0] == "mentorship: 14 runs failed:"
    assert lines[1].startswith("  young, ad_hoc, point 1, replicate 0: ScenarioError: ")
    assert "add up to more than 1" in lines[1]
    assert lines[11] == "  and 4 more, in the column `error` of the table of outcomes"
    assert lines[12].startswith("  to repeat the first: mentorship run ")
    assert "/young.toml ad_hoc --seed 1 --set " in lines[12], "a command that works from any folder"
    assert is_done(tmp_path / "out")
    again = json.loads(said("sweep", "study.toml", "--out", "out", "--json").out)
    assert [row["point"] for row in again["failures"]] == [1] * 14


BAD = {
    "no folder": (("study.toml",), {}, "--out DIR"),
    "no study": (("stduy.toml", "--out", "out"), {}, "did you mean study.toml?"),
    "an unknown study": (("first_swep", "--out", "out"), {}, "did you mean first_sweep?"),
    "a shipped world": (("youth_program", "--out", "out"), {}, "is a world; please give a study"),
    "the file of a world": (("tiny.toml", "--out", "out"), {}, "tiny.toml:"),
    "no workers": (("study.toml", "--out", "out", "--workers", "0"), {}, "--workers"),
    "an unknown lever": (("study.toml", "--out", "out"), {"levers": [{"field": "move_on.stigm", "values": [0.1]}]}, "stigma"),
    "a range outside": (("study.toml", "--out", "out"), {"levers": [{"field": "move_on.stigma", "low": 0, "high": 2}]}, "allowed"),
    "a hundred points": (("study.toml", "--out", "out"), {"design": {"kind": "sobol", "points": 100}}, "64 or 128"),
    "an address": (("study.toml", "--out", "out", "--scheduler", "here:8786"), {}, "tcp://host:8786"),
    "a file": (("study.toml", "--out", "study.toml"), {}, "this is a file"),
    "below a file": (("study.toml", "--out", "study.toml/x"), {}, "cannot be used"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_one_line_and_nothing_is_touched(case, said, tmp_path):
    if case == "an address":
        pytest.importorskip("distributed")
    words, changes, part = BAD[case]
    study_in(tmp_path, **(TINY | changes))
    before = everything_in(tmp_path)
    one_line(said("sweep", *words), part)
    assert everything_in(tmp_path) == before


def test_other_results_are_not_mixed_with_those_of_a_study(said, tmp_path):
    study_in(tmp_path, **TINY)
    world = World.load(world_in(tmp_path, "small", mentees=20))
    save(
        tmp_path / "compared",
        {"outcomes": pd.DataFrame()},
        manifest_of("mentorship compare small.toml", world, Policy(), 1),
    )
    assert said("sweep", "study.toml", "--out", "swept").code == 0
    before = everything_in(tmp_path)
    one_line(said("sweep", "study.toml", "--out", "compared"), 'the results of "mentorship compare small.toml')
    for words in (("compare", "small.toml", "ad_hoc", "six_tips"), ("run", "small.toml", "ad_hoc")):
        one_line(said(*words, "--out", "swept"), "another study")
    assert everything_in(tmp_path) == before


class KilledWorker(Exception):
    """What Dask says of a piece of work whose workers died."""


class Losing(ThreadPoolExecutor):
    """Threads that lose the first piece of work."""

    def __init__(self, error):
        super().__init__(1)
        self.error = error

    def submit(self, work, *words):
        if self.error is None:
            return super().submit(work, *words)
        future, error, self.error = Future(), self.error, None
        future.set_exception(error)
        return future


def losing(monkeypatch, error):
    """The command with an executor that loses work once."""

    @contextmanager
    def executor_at(scheduler, workers, silent):
        with Losing(error) as executor:
            yield executor, 1

    monkeypatch.setattr(module, "executor_at", executor_at)


def test_lost_chunks_end_with_one_and_are_run_by_the_same_command(said, tmp_path, monkeypatch):
    study_in(tmp_path, **TINY)
    with monkeypatch.context() as patched:
        losing(patched, KilledWorker("worker 1"))
        ended = said("sweep", "study.toml", "--out", "out")
        assert (ended.code, ended.out) == (1, "")
        assert ended.err == "mentorship: the workers of 1 chunk stopped; to run what is missing, give the same command again\n"
        losing(patched, KilledWorker("worker 1"))
        assert json.loads(said("sweep", "study.toml", "--out", "out", "--json").out)["lost"] == 1
    assert said("sweep", "study.toml", "--out", "out").code == 0
    assert is_done(tmp_path / "out")


def test_workers_that_are_gone_are_told_in_one_line(said, tmp_path, monkeypatch):
    study_in(tmp_path, **TINY)
    with monkeypatch.context() as patched:
        losing(patched, BrokenExecutor("a process died"))
        one_line(
            said("sweep", "study.toml", "--out", "out"), "the workers stopped", "to resume, give the same command again"
        )
    assert said("sweep", "study.toml", "--out", "out").code == 0


def test_an_interruption_ends_with_130(said, tmp_path, monkeypatch):
    study_in(tmp_path, **TINY)
    with monkeypatch.context() as patched:
        losing(patched, KeyboardInterrupt())
        ended = said("sweep", "study.toml", "--out", "out")
    assert (ended.code, ended.err) == (130, "mentorship: interrupted; to resume, give the same command again\n")
    assert manifest_in(tmp_path / "out")["digest"] is None
    assert said("sweep", "study.toml", "--out", "out").code == 0


def test_progress_is_shown_on_a_terminal_only(said, tmp_path, monkeypatch):
    study_in(tmp_path, **TINY)
    monkeypatch.setattr("simulation.commands.console.sys.stdout.isatty", lambda: True, raising=False)
    assert "4 of 4 runs" in said("sweep", "study.toml", "--out", "out").err
    assert said("sweep", "study.toml", "--out", "quiet", "--quiet").err == ""


@pytest.mark.parametrize("listening", [True, False])
def test_a_scheduler_that_does_not_answer_is_told(listening, said, tmp_path, monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr(cluster, "PATIENCE", 0.3)
    study_in(tmp_path, **TINY)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        if listening:
            silent.listen()
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        ended = said("sweep", "study.toml", "--out", "out", "--scheduler", address)
    one_line(ended, "no scheduler answers at", address, "`dask scheduler`")
    assert not (tmp_path / "out").exists()
