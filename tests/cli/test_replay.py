"""The command that a failed run is told to be repeated with gives that very run, from any folder."""

import json
import shlex
from contextlib import contextmanager

import pyarrow.parquet as pq
import pytest
from study_folders import study_in, world_in

import simulation.comparison.replicates
import simulation.run
import simulation.studies.chunks
from simulation.comparison.replicates import seed_of
from simulation.scenario.loading import shipped_folder
from simulation.scenario.repeating import run_command, word_of

POLICY = 'extends = "six_tips"\nname = "$my policy$ (a/b)"\n[move_on]\nstigma = 0.3\n'


pytestmark = pytest.mark.usefixtures("sketched")


@pytest.fixture
def failing(monkeypatch):
    """While a command is given, runs with these seeds under a policy that is not shipped fail; their error is their digest."""

    @contextmanager
    def give(seeds):
        real = simulation.run.run_of

        def run_of(world, policy, *more, **acting):
            run = real(world, policy, *more, **acting)
            if policy.name.startswith("$my") and run.seed in seeds:
                raise RuntimeError(run.digest)
            return run

        with monkeypatch.context() as patched:
            patched.setattr(simulation.comparison.replicates, "run_of", run_of)
            patched.setattr(simulation.studies.chunks, "run_of", run_of)
            yield

    return give


@pytest.fixture
def replayed(said, tmp_path, monkeypatch):
    """The digest that is told as the error of the first failed run, and the digest of its replay in another folder."""

    def replay(err):
        lines = err.splitlines()
        line = next(line for line in lines if "mentorship run " in line)
        first = next(line for line in lines if "RuntimeError: " in line)
        (tmp_path / "elsewhere").mkdir(exist_ok=True)
        monkeypatch.chdir(tmp_path / "elsewhere")
        again = said(*shlex.split(line[line.index("mentorship run ") :])[1:], "--digest")
        assert (again.code, again.err) == (0, "")
        return first.rpartition(" ")[2], again.out.split()[0]

    return replay


@pytest.mark.jit_only  # compares digests, which are the same uncompiled, but take long
@pytest.mark.parametrize("parameters", ["", "posterior", "mine.parquet"])
def test_a_run_of_a_comparison(parameters, said, failing, replayed, tmp_path):
    world_in(tmp_path, "my world", mentees=12, like="women_in_engineering")
    (tmp_path / "my policy.toml").write_text(POLICY)
    if parameters.endswith(".parquet"):
        shipped = pq.read_table(shipped_folder("targets") / "posterior.parquet")
        pq.write_table(shipped.slice(3, 4), tmp_path / parameters)
    more = ("--parameters", parameters) if parameters else ()
    with failing([seed_of(7, replicate) for replicate in (5, 6)]):  # of the second set of parameters
        ended = said("compare", "my world.toml", "ad_hoc", "my policy.toml", "--replicates", 7, "--seed", 7, "--out", "out", *more)
    assert ended.code == 1
    assert "2 runs failed" in ended.err
    told, again = replayed(ended.err)
    assert told == again


@pytest.mark.parametrize("levers", [
    [{"field": "move_on.stigma", "low": 0.1, "high": 0.7}],
    [{"field": "match", "like": ["six_tips", "ad_hoc"]}, {"field": "evaluate.adapt", "values": [True, False]}],
])  # fmt: skip
def test_a_run_of_a_sweep(levers, said, failing, replayed, tmp_path):
    world_in(tmp_path, "tiny", mentees=12, like="women_in_engineering")
    (tmp_path / "mine.toml").write_text(POLICY)
    few = {"field": "people.mentees", "low": 12, "high": 20} if len(levers) == 1 else {"field": "people.graduates", "values": [True, False]}
    kind = {"kind": "sobol", "points": 4} if len(levers) == 1 else {"kind": "factorial"}
    study_in(tmp_path, policies=["ad_hoc", "mine.toml"], design=kind, months=9, levers=levers, uncertainties=[few])
    with failing([seed_of(1, 1)]):
        ended = said("sweep", "study.toml", "--out", "out")
    assert ended.code == 1
    told, again = replayed(ended.err)
    assert told == again


def test_the_command_of_a_run_can_be_given_again(said, tmp_path):
    world_in(tmp_path, "tiny", mentees=12, like="women_in_engineering")
    words = ("--seed", "3", "--set", 'policy.match.identity="optional"', "--set", "world.hazards.first_year=0.1", "--months", "7",
             "--parameters", "posterior", "--parameter-set", "5")  # fmt: skip
    digest = said("run", "tiny.toml", "ad_hoc", *words, "--digest", "--out", "out").out
    command = shlex.split(json.loads((tmp_path / "out" / "manifest.json").read_text())["command"])
    assert said(*command[1:], "--digest").out == digest
    assert said("run", "tiny.toml", "ad_hoc", *words[:-1], "6", "--digest").out != digest


@pytest.mark.parametrize(("words", "told"), [
    (("--parameters", "posterior"), "--parameters and --parameter-set belong together"),
    (("--parameter-set", "1"), "--parameters and --parameter-set belong together"),
    (("--parameters", "posterior", "--parameter-set", "36"), "there is no set 36: the sets of posterior have the numbers 0 to 35"),
])  # fmt: skip
def test_a_set_that_is_not_there_is_refused(words, told, said):
    refused = said("run", "women_in_engineering", "ad_hoc", *words)
    assert (refused.code, refused.out, refused.err.count("\n")) == (2, "", 1)
    assert told in refused.err


def test_words_of_files_are_whole_paths(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    world_in(tmp_path, "tiny")
    assert word_of("world", "teaching_hospital") == "teaching_hospital"
    assert word_of("world", "tiny.toml") == str(tmp_path / "tiny.toml")
    assert run_command("a b", "$p", 1) == "mentorship run 'a b' '$p' --seed 1"
