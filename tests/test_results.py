"""Tables on disk come back as they were, with the same digest, and nobody's results are overwritten."""

import json
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from simulation import Policy, ScenarioError, World
from simulation.results import digest, load, manifest_of, prepare, read_manifest, refuse_foreign, save, stamped


@pytest.fixture
def tables():
    people = pd.DataFrame(
        {
            "mentee": np.arange(3, dtype=np.int32),
            "gender": pd.Categorical(["man", "woman", None], categories=["woman", "man"]),
            "text": ["a", "é🙂", None],
            "exit_month": pd.array([1, None, 3], dtype="Int64"),
            "burned_out": [True, False, True],
            "meaningful": pd.array([True, None, False], dtype="boolean"),
            "skill": np.array([0.5, np.nan, -0.0], dtype=np.float32),
            "key": np.array([2**64 - 1, 0, 1], dtype=np.uint64),
        }
    )
    return {"mentees": people, "empty": people.iloc[:0]}


@pytest.fixture
def manifest():
    return manifest_of(
        "mentorship run teaching_hospital six_tips",
        World.load("teaching_hospital"),
        Policy.load("six_tips"),
        1,
        months=3,
    )


def test_tables_come_back(tables, manifest, tmp_path):
    complete = save(tmp_path / "new" / "folder", tables, manifest)
    loaded = load(tmp_path / "new" / "folder")
    assert set(loaded) == set(tables)
    pd.testing.assert_frame_equal(loaded["mentees"].astype(object), tables["mentees"].astype(object))
    assert (
        digest(loaded) == digest(tables) == complete["digest"] == read_manifest(tmp_path / "new" / "folder")["digest"]
    )
    assert sorted(path.name for path in (tmp_path / "new" / "folder").iterdir()) == [
        "empty.parquet",
        "manifest.json",
        "mentees.parquet",
    ]


def test_the_digest_is_of_values_not_of_containers(tables):
    table = tables["mentees"]
    same = table.assign(gender=table["gender"].astype(object), mentee=table["mentee"].astype("int64"))
    same = same.assign(skill=table["skill"].astype("float64"))
    assert digest({"x": same, "y": table}) == digest({"y": table, "x": table})


def test_the_digest_sees_every_change(tables):
    table = tables["mentees"]
    seen = {
        digest({"x": table}),
        digest({"y": table}),
        digest({"x": table[table.columns[::-1]]}),
        digest({"x": table.iloc[::-1]}),
    }
    changes = {
        "mentee": 9,
        "gender": "woman",
        "text": "b",
        "exit_month": 0,
        "burned_out": False,
        "meaningful": False,
        "skill": 0.0,
    }
    for column, value in changes.items():
        changed = table.copy()
        changed.loc[0, column] = value
        seen.add(digest({"x": changed}))
    absent = table.copy()
    absent.loc[0, "skill"] = np.nan
    seen.add(digest({"x": absent}))
    seen.add(digest({"x": table.rename(columns={"text": "texts"})}))
    assert len(seen) == 4 + len(changes) + 2
    assert digest({"x": pd.DataFrame({"t": ["ab", "c"]})}) != digest({"x": pd.DataFrame({"t": ["a", "bc"]})})


def test_the_digest_is_the_same_in_another_process(tables):
    code = "import pandas as pd; from simulation.results import digest; print(digest({'x': pd.DataFrame({'a': [1, 2], 'b': ['x', None]})}))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == digest({"x": pd.DataFrame({"a": [1, 2], "b": ["x", None]})})


def test_the_same_study_may_be_written_again_and_another_not(tables, manifest, tmp_path):
    save(tmp_path, tables, manifest)
    save(tmp_path, {"mentees": tables["mentees"]}, {**manifest, "command": "mentorship run ./a.toml b", "version": "9"})
    assert not (tmp_path / "empty.parquet").exists(), "what the study no longer has goes"
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    others = ({"seed": 2}, {"command": "mentorship compare x"}, {"months": 4}, {"inputs": {}}, {"world": "x"})
    for other in others:
        with pytest.raises(ScenarioError, match="another study"):
            save(tmp_path, tables, {**manifest, **other})
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_an_unfinished_study_is_known_and_may_be_finished(tables, manifest, tmp_path):
    (tmp_path / "manifest.json").write_text(json.dumps({**manifest, "digest": None, "tables": {}}))
    with pytest.raises(ScenarioError, match="unfinished"):
        load(tmp_path)
    save(tmp_path, tables, manifest)
    assert set(load(tmp_path)) == set(tables)


def test_bad_folders_are_refused(manifest, tmp_path):
    file = tmp_path / "file"
    file.write_text("mine")
    for folder in (file, file / "under", "/proc/nothing/here", "a\0b", "x" * 5000):
        with pytest.raises(ScenarioError) as caught:
            prepare(folder, manifest)
        assert "\n" not in str(caught.value)
    (tmp_path / "mine.parquet").write_text("mine")
    with pytest.raises(ScenarioError, match="another study"):
        refuse_foreign(tmp_path, manifest)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", "null", "[" * 100_000, '{"digest": "x", "tables": {"../x": 1}}', '{"digest": "x", "tables": 3}'],
)
def test_bad_manifests_are_refused(text, tmp_path):
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(ScenarioError):
        load(tmp_path)


def test_bad_tables_are_refused(tables, manifest, tmp_path):
    save(tmp_path, tables, manifest)
    (tmp_path / "mentees.parquet").write_bytes(b"PAR1 nonsense PAR1")
    with pytest.raises(ScenarioError, match="cannot be read"):
        load(tmp_path)
    (tmp_path / "mentees.parquet").unlink()
    with pytest.raises(ScenarioError, match="is missing"):
        load(tmp_path)


def test_stamped_tables_say_what_they_are_of(tables):
    table = stamped(tables["mentees"], "w", "p", 3)
    assert list(table.columns[:4]) == ["world", "policy", "replicate", "mentee"]
    assert stamped(table, "x", "y", 4).equals(table)
