"""`mentorship sweep --part` and `mentorship merge`: array jobs, and the whole of them."""

import json
import shutil

import pytest
from study_folders import everything_in, files_of, is_done, manifest_in, study_in

from simulation.cli import main
from simulation.studies.sweep import sweep

TINY = {"design": {"kind": "sobol", "points": 4}, "replicates": 2}
MORRIS = {"design": {"kind": "morris", "points": 2}, "outcomes": ["mentored_share"], "replicates": 1}


def one_line(ended, *parts):
    """It ended with 2, one line that says these things, and nothing else."""
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.count("\n") == 1
    for part in parts:
        assert part in ended.err


@pytest.fixture(scope="module")
def parted(tmp_path_factory):
    """A folder with a study of eight points and replicates, and its three parts, `one` to `three`."""
    folder = tmp_path_factory.mktemp("parted")
    study_in(folder, **TINY)
    for number, name in enumerate(("one", "two", "three"), start=1):
        assert main(["sweep", str(folder / "study.toml"), "--part", f"{number}/3", "--out", str(folder / name), "--quiet"]) == 0
    return folder


@pytest.fixture
def parts(parted, tmp_path, monkeypatch):
    """The same in a folder that a test may change."""
    shutil.copytree(parted, tmp_path / "mine")
    monkeypatch.chdir(tmp_path / "mine")
    return tmp_path / "mine"


def test_the_whole_of_the_parts_is_that_of_one_run_in_one_go(parts, capsys):
    whole = sweep("study.toml", "whole")
    capsys.readouterr()
    assert main(["merge", "three", "one", "two", "--out", "merged", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {"study": "small", "folder": "merged", "digest": whole.digest, "points": 4, "runs": 16, "lost": 0, "failures": []}
    assert is_done(parts / "merged")
    assert manifest_in(parts / "merged")["command"] == "mentorship merge three one two --out merged"
    sizes = [len(manifest_in(parts / name)["chunks"]) for name in ("one", "two", "three")]
    assert max(sizes) - min(sizes) <= 1
    merged = sweep("study.toml", "merged")  # which takes it as its own, and runs nothing
    assert merged.outcomes.drop(columns="replay").equals(whole.outcomes.drop(columns="replay"))
    for name in ("points.parquet", "design.parquet"):
        assert files_of(parts / "merged")[name] == files_of(parts / "whole")[name]


def test_a_merged_study_runs_nothing_again_and_may_grow(parts, monkeypatch):
    main(["merge", "one", "two", "three", "--out", "merged", "--quiet"])
    before = files_of(parts / "merged")
    monkeypatch.setattr("simulation.studies.sweep.run_box", None)
    assert main(["sweep", "study.toml", "--out", "merged", "--quiet"]) == 0
    assert files_of(parts / "merged") == before
    monkeypatch.undo()
    monkeypatch.chdir(parts)
    study_in(parts, **(TINY | {"replicates": 3}))
    assert sweep("study.toml", "merged").digest == sweep("study.toml", "afresh").digest
    assert before.items() <= files_of(parts / "merged").items()


def test_merging_again_changes_nothing(parts):
    words = ["merge", "one", "two", "three", "--out", "merged", "--quiet"]
    assert main(words) == 0
    before = files_of(parts / "merged")
    (parts / "merged" / "outcomes" / "000001.parquet").unlink()
    assert main(words) == 0
    assert files_of(parts / "merged") == before


def test_a_part_resumes_as_a_sweep_does(parts, monkeypatch, said):
    monkeypatch.chdir(parts)

    def stop(done, total, failed, note):
        if done >= 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sweep("study.toml", "rough", workers=1, progress=stop, part=(2, 3))
    one_line(said("merge", "one", "rough", "three", "--out", "merged"), "rough: part 2 of 3 of the study is unfinished")
    assert not (parts / "merged").exists()
    assert said("sweep", "study.toml", "--part", "2/3", "--out", "rough").code == 0
    assert files_of(parts / "rough") == files_of(parts / "two")


def spoil(folder):
    """Damage a file of the second part."""
    path = next((folder / "two" / "outcomes").glob("*.parquet"))
    path.write_bytes(path.read_bytes()[:-9] + b"x" * 9)


def other_study(folder):
    """Run the second part of a study that has another seed."""
    sweep(study_in(folder, "another", **(TINY | {"seed": 2})), folder / "another", part=(2, 3))


def others(folder):
    """Put a file into the folder of the whole."""
    (folder / "merged").mkdir()
    (folder / "merged" / "notes.txt").write_text("mine")


CASES = {
    "a missing part": (None, ("one", "three"), "missing of the 3 parts of the study: 2"),
    "a doubled part": (lambda at: shutil.copytree(at / "two", at / "copy"), ("one", "two", "copy", "three"), "copy: the folder holds part 2 of 3, as two does"),
    "the same part twice": (None, ("one", "two", "two", "three"), "two: the folder holds part 2 of 3, as two does"),
    "a part of another study": (other_study, ("one", "another", "three"), "another: the folder holds part 2 of 3 of another study than one, with another seed"),
    "a whole": (lambda at: sweep(at / "study.toml", at / "all"), ("one", "all"), "all: the folder holds the whole of a study, and no part"),
    "no study": (lambda at: (at / "empty").mkdir(), ("one", "empty"), "empty: no results here"),
    "a damaged file": (spoil, ("one", "two", "three"), "this file is damaged or missing; give its command again: mentorship sweep"),
    "other files": (others, ("one", "two", "three"), "merged: the folder holds other files; choose another --out"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_makes_no_whole_is_refused_in_a_sentence(case, parts, said, monkeypatch):
    monkeypatch.chdir(parts)
    prepare, folders, told = CASES[case]
    if prepare:
        prepare(parts)
    before = everything_in(parts)
    one_line(said("merge", *folders, "--out", "merged"), told)
    assert everything_in(parts) == before


def test_a_part_is_not_taken_for_another_nor_for_the_whole(parts, said, monkeypatch):
    monkeypatch.chdir(parts)
    before = everything_in(parts)
    one_line(said("sweep", "study.toml", "--out", "one"), "part 1 of 3 of this study, and the whole was asked for")
    one_line(said("sweep", "study.toml", "--part", "2/3", "--out", "one"), "part 1 of 3 of this study, and part 2 of 3 was asked for")
    one_line(said("merge", "one", "two", "three", "--out", "two"), "two: the folder holds part 2 of 3 of a study")
    one_line(said("sweep", "study.toml", "--part", "1/99", "--out", "new"), "this study can be done in at most 8 parts")
    for text in ("0/3", "4/3", "3", "a/b", "1/"):
        one_line(said("sweep", "study.toml", "--part", text, "--out", "new"), "--part", "such as 3/20")
    assert everything_in(parts) == before
    study_in(parts, **(TINY | {"replicates": 3}))
    one_line(said("sweep", "study.toml", "--part", "1/3", "--out", "one"), "a part of a study cannot grow; merge its parts")


def test_a_dry_run_of_a_part_counts_its_runs(parts, said, monkeypatch):
    monkeypatch.chdir(parts)
    told = [json.loads(said("sweep", "study.toml", "--part", f"{k}/3", "--dry-run", "--json").out)["runs"] for k in (1, 2, 3)]
    assert sum(told) == 16 and max(told) - min(told) <= 2


@pytest.mark.jit_only
def test_sensitivity_works_on_the_merged_folder(said, tmp_path):
    pytest.importorskip("SALib")
    study_in(tmp_path, **MORRIS)
    for number in (1, 2):
        assert said("sweep", "study.toml", "--part", f"{number}/2", "--out", f"part{number}").code == 0
    assert said("merge", "part1", "part2", "--out", "merged").out == "8 runs at 4 points are in merged\n"
    merged = said("sensitivity", "study.toml", "--out", "merged", "--json")
    assert merged.code == 0
    whole = json.loads(said("sensitivity", "study.toml", "--out", "whole", "--json").out)
    assert json.loads(merged.out)["rows"] == whole["rows"]
