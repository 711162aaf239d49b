"""A folder of results: what a command wrote there is written again or deleted, and nothing else."""

import json

import pytest

from simulation.folder import FILES, listed, read_manifest, refuse_strangers, remove_parts, write_manifest, writing
from simulation.scenario.errors import ScenarioError


@pytest.fixture
def folder(tmp_path):
    """A folder with a manifest and two files that were written here."""
    write_manifest(tmp_path, {"seed": 1})
    wrote(tmp_path, {"a.txt": "first", "figures/b.txt": "second"})
    return tmp_path


def wrote(folder, texts, but=(), replaces=True):
    """Write files, but leave out some of them."""
    with writing(folder, list(texts), replaces) as written:
        for name in set(texts) - set(but):
            (folder / name).write_text(texts[name])
            written.add(name)


def test_what_was_written_is_listed_and_may_be_written_again(folder):
    assert set(listed(folder)) == {"a.txt", "figures/b.txt"}
    wrote(folder, {"a.txt": "other", "c.txt": "new"}, replaces=False)
    assert set(listed(folder)) == {"a.txt", "figures/b.txt", "c.txt"}
    assert (folder / "a.txt").read_text() == "other"
    assert read_manifest(folder)["seed"] == 1


def test_what_is_not_written_again_goes_and_what_is_somebody_elses_stays(folder):
    (folder / "a_copy.txt").write_text("mine")
    (folder / "figures" / "mine.txt").write_text("mine")
    wrote(folder, {"c.txt": "new", "figures/d.txt": "new"})
    assert sorted(path.name for path in folder.rglob("*.txt")) == ["a_copy.txt", "c.txt", "d.txt", "mine.txt"]


def test_what_was_changed_by_somebody_is_neither_written_again_nor_deleted(folder):
    (folder / "a.txt").write_text("changed")
    with pytest.raises(ScenarioError, match=r"a\.txt: a result of that name belongs here.*; rename it") as caught:
        wrote(folder, {"a.txt": "first"})
    assert "\n" not in str(caught.value)
    wrote(folder, {"c.txt": "new"})
    assert (folder / "a.txt").read_text() == "changed"


def test_an_old_file_does_not_stand_for_one_that_could_not_be_written(folder):
    wrote(folder, {"a.txt": "new", "figures/b.txt": "new"}, but=["figures/b.txt"])
    assert not (folder / "figures" / "b.txt").exists()
    assert set(listed(folder)) == {"a.txt"}


def test_after_an_interruption_a_half_written_file_is_known(folder):
    def stopped():
        with writing(folder, ["a.txt", "new.txt"]):
            (folder / "new.txt").write_text("ha")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    refuse_strangers(folder, ["a.txt", "new.txt"])
    wrote(folder, {"new.txt": "half and half"})
    assert not (folder / "a.txt").exists()


def test_a_link_is_not_followed_and_no_file_outside_is_touched(folder, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "mine.txt"
    outside.write_text("mine")
    (folder / "e.txt").symlink_to(outside)
    with pytest.raises(ScenarioError):
        refuse_strangers(folder, ["e.txt"])
    write_manifest(folder, {FILES: {f"../{outside.parent.name}/mine.txt": None, str(outside): None, "a.txt": None}})
    assert set(listed(folder)) == {"a.txt"}
    wrote(folder, {"c.txt": "new"})
    assert outside.read_text() == "mine"


def test_only_what_a_killed_command_left_is_removed(folder):
    for name in (".a.txt.123.part", ".film.mp4.part", ".mine.123.part", "a.txt.123.part"):
        (folder / name).write_text("half")
    remove_parts(folder, ["a.txt"])
    assert {path.name for path in folder.glob("*.part")} == {".film.mp4.part", ".mine.123.part", "a.txt.123.part"}


@pytest.mark.parametrize("files", [None, [], "a.txt", 3])
def test_a_manifest_without_a_list_of_files_lists_none(files, folder):
    (folder / "manifest.json").write_text(json.dumps({FILES: files}))
    with pytest.raises(ScenarioError):
        refuse_strangers(folder, ["a.txt"])
