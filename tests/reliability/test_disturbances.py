"""A study comes out the same to the byte, whatever happened to it or to its files on the way."""

import errno
import json
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from study_folders import everything_in, files_of, is_done, manifest_in, undisturbed

from simulation.results import MANIFEST
from simulation.scenario.errors import ScenarioError
from simulation.studies import sweep as sweep_module
from simulation.studies.points import rows_of
from simulation.studies.setup import set_up
from simulation.studies.store import Store
from simulation.studies.sweep import sweep

pytestmark = pytest.mark.jit_only


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder with a study and its undisturbed results."""
    design = {"kind": "sobol", "points": 4}
    return undisturbed(tmp_path_factory.mktemp("place"), design=design, tables=["outcomes", "ties"])


@pytest.fixture
def rough(place, tmp_path):
    """A copy of the results, to be damaged."""
    shutil.copytree(place / "smooth", tmp_path / "rough")
    return tmp_path / "rough"


def go_on(place, folder):
    """Carry out the study again, and hold the results to the undisturbed ones; how many chunks were run."""
    boxes = []

    def watched(setup, box, points):
        boxes.append(box)
        return real(setup, box, points)

    real = sweep_module.run_box
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sweep_module, "run_box", watched)
        calls = []
        done = sweep(place / "study.toml", folder, workers=1, progress=lambda *words: calls.append(words[:3]))
    assert files_of(folder) == files_of(place / "smooth")
    assert done.digest == manifest_in(place / "smooth")["digest"]
    assert manifest_in(folder)["tables"] == manifest_in(place / "smooth")["tables"]
    assert is_done(folder)
    assert calls == [(runs, 16, 0) for runs in range(16 - 2 * len(boxes), 17, 2)], "it says how far the whole study is"
    return len(boxes)


def cut_short(content):
    return content[: len(content) // 2]


def flip(content):
    return content[:40] + bytes([content[40] ^ 1]) + content[41:]


@pytest.mark.parametrize(("harm", "name"), [
    (cut_short, "outcomes/000003.parquet"), (flip, "ties/000007.parquet"), (lambda content: b"", "ties/000000.parquet"),
    (lambda content: content + b"x", "outcomes/000001.parquet"), (None, "outcomes/000007.parquet"),
])  # fmt: skip
def test_a_damaged_chunk_is_run_again_and_no_other(harm, name, place, rough):
    path = rough / name
    before = everything_in(rough)
    path.write_bytes(harm(path.read_bytes())) if harm else path.unlink()
    assert go_on(place, rough) == 1
    touched = {file for file, kept in everything_in(rough).items() if kept != before[file]}
    assert touched <= {MANIFEST, f"outcomes/{name[-14:]}", f"ties/{name[-14:]}"}


@pytest.mark.parametrize("harm", [cut_short, flip, None])
def test_damaged_points_are_made_anew(harm, place, rough):
    path = rough / "points.parquet"
    path.write_bytes(harm(path.read_bytes())) if harm else path.unlink()
    assert go_on(place, rough) == 0


@pytest.mark.parametrize("number", [0, 2, 6])
def test_a_lost_line_of_the_manifest_costs_its_chunk_alone(number, place, rough):
    lines = (rough / MANIFEST).read_text().splitlines()
    first = next(place for place, line in enumerate(lines) if line.startswith('  {"world"'))
    del lines[first + number]
    (rough / MANIFEST).write_text("\n".join(lines))
    assert go_on(place, rough) == 1


def test_lines_in_another_order_cost_nothing_but_lines_that_lie_do(place, rough):
    manifest = manifest_in(rough)
    manifest["chunks"].reverse()
    (rough / MANIFEST).write_text(json.dumps(manifest))
    assert go_on(place, rough) == 0
    manifest = manifest_in(rough)
    manifest["chunks"][1]["rows"]["ties"] += 1
    manifest["chunks"][5]["digest"] = manifest["chunks"][4]["digest"]
    (rough / MANIFEST).write_text(json.dumps(manifest))
    assert go_on(place, rough) == 2


def test_without_its_chunks_a_manifest_begins_anew(place, rough):
    for chunks in (None, [None, 3, "x", [], {}, {"seal": 1}]):
        (rough / MANIFEST).write_text(json.dumps({**manifest_in(rough), "chunks": chunks}))
        assert go_on(place, rough) == 8


@pytest.mark.parametrize("runs", [2, 6, 16])
def test_an_interruption_keeps_what_is_done(runs, place, tmp_path):
    def stop(done, total, failed, note):
        if done >= runs:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sweep(place / "study.toml", tmp_path / "out", workers=1, progress=stop)
    assert manifest_in(tmp_path / "out")["digest"] is None
    assert not (tmp_path / "out" / ".lock").exists()
    assert go_on(place, tmp_path / "out") == 8 - runs // 2


@pytest.mark.parametrize("writes", [0, 1, 2, 9])
def test_a_full_disk_is_told_and_gone_on_from(writes, place, tmp_path, monkeypatch):
    def full(stream):
        left.append(stream)
        if len(left) > writes:
            raise OSError(errno.ENOSPC, "No space left on device")

    left = []
    with monkeypatch.context() as patched, pytest.raises(ScenarioError, match="No space left on device") as told:
        patched.setattr("simulation.folder.os.fsync", full)
        sweep(place / "study.toml", tmp_path / "out", workers=1)
    assert "\n" not in str(told.value)
    assert not list((tmp_path / "out").rglob("*.part"))
    go_on(place, tmp_path / "out")


def test_what_a_killed_command_left_half_written_is_swept_away(place, rough):
    (rough / "ties" / ".000001.parquet.123.part").write_bytes(b"half")
    (rough / f".{MANIFEST}.123.part").write_bytes(b"half")
    (rough / ".lock").touch()
    assert go_on(place, rough) == 0


def test_two_commands_do_not_write_into_one_folder(place, rough):
    setup = set_up(place / "study.toml")
    before = everything_in(rough)
    with Store(rough, setup, rows_of(setup)):
        inside = everything_in(rough)
        with pytest.raises(ScenarioError, match="another command is writing into this folder"):
            sweep(place / "study.toml", rough)
        assert everything_in(rough) == inside
    assert {name: kept[0] for name, kept in everything_in(rough).items() if name != MANIFEST} == {
        name: kept[0] for name, kept in before.items() if name != MANIFEST
    }
    late = Store(rough, setup, rows_of(setup))
    go_on(place, rough)
    with pytest.raises(ScenarioError, match="has just written"), late:
        pass
    go_on(place, rough)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)


@st.composite
def damaged(draw, manifest):
    """The text of a manifest that was damaged: facts lost or changed at any depth, or signs of its text."""
    if draw(st.booleans()):
        text = json.dumps(manifest, indent=1)
        at = draw(st.integers(0, len(text) - 1))
        return text[:at] + draw(st.text(max_size=3)) + text[draw(st.sampled_from([at, at + 1, at + 40, len(text)])) :]
    manifest = json.loads(json.dumps(manifest))
    for _ in range(draw(st.integers(1, 2))):
        spot, keys = manifest, []
        while isinstance(spot, dict | list) and len(spot) and (not keys or draw(st.integers(0, 2))):
            inside = spot
            keys = sorted(spot) if isinstance(spot, dict) else list(range(len(spot)))
            key = draw(st.sampled_from(keys))
            spot = spot[key]
        if draw(st.booleans()):
            del inside[key]
        else:
            inside[key] = draw(ANYTHING)
    return json.dumps(manifest)


@settings(max_examples=40)
@given(data=st.data())
def test_a_damaged_manifest_is_refused_or_mended(data, place, tmp_path_factory):
    folder = tmp_path_factory.mktemp("rough") / "out"
    shutil.copytree(place / "smooth", folder)
    text = data.draw(damaged(manifest_in(folder)))
    (folder / MANIFEST).write_text(text, encoding="utf-8", errors="surrogatepass")
    before = everything_in(folder)
    try:
        go_on(place, folder)
    except ScenarioError as error:
        assert str(error).isprintable()
        assert everything_in(folder) == before


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '"manifest"', "[" * 100_000, "1" * 5_000, '{"kind": "study"}', "\ufeff{}"]
)
def test_no_manifest_at_all_is_refused(text, place, rough):
    (rough / MANIFEST).write_text(text)
    before = everything_in(rough)
    with pytest.raises(ScenarioError):
        sweep(place / "study.toml", rough)
    assert everything_in(rough) == before
