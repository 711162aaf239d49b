"""The command of a study killed, interrupted or out of room at any moment: given again, it ends with the same bytes."""

import os
import random
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from study_folders import command, files_of, is_done, manifest_in, study_in

from simulation.results import MANIFEST
from simulation.studies.sweep import sweep

pytestmark = [pytest.mark.slow, pytest.mark.jit_only]
KILLS = 20
LANES = 2


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder with a study of 128 chunks and its undisturbed results."""
    folder = tmp_path_factory.mktemp("place")
    sweep(study_in(folder, design={"kind": "sobol", "points": 64}), folder / "smooth", workers=2)
    return folder


@pytest.fixture
def interruptible():
    """Ctrl-C reaches the commands that are started, also where the tests were started without it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def same(place, folder):
    assert is_done(folder)
    assert files_of(folder) == files_of(place / "smooth")
    assert manifest_in(folder)["digest"] == manifest_in(place / "smooth")["digest"]


def finish(place, folder):
    done = subprocess.run(command("sweep", place / "study.toml", "--out", folder), capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    same(place, folder)


def begun(place, folder):
    """The command, which has begun to write."""
    path = folder / MANIFEST
    before = path.stat().st_ino if path.exists() else None
    words = command("sweep", place / "study.toml", "--out", folder, "--workers", 2)
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    while process.poll() is None and not (path.exists() and path.stat().st_ino != before):
        time.sleep(0.005)
    return process


def written(folder):
    return len(list(folder.glob("outcomes/*.parquet")))


def kill_often(place, lane):
    """Kill the command at random moments, at once or some chunks later, study after study; how far each killed one was."""
    luck, kills, studies, reached = random.Random(lane), 0, 0, []
    while kills < KILLS // LANES:
        folder = place / f"lane_{lane}_{studies}"
        process = begun(place, folder)
        enough = written(folder) + luck.choice((0, 0, 1, 3, 9))  # however fast this machine is
        while process.poll() is None and written(folder) < enough:
            time.sleep(0.002)
        try:
            _, said = process.communicate(timeout=luck.uniform(0.0, 0.1))
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            kills += 1
            reached.append(written(folder))
        else:
            assert (process.returncode, said) == (0, "")
            same(place, folder)
            studies += 1
    finish(place, folder)
    return reached


def test_twenty_kills(place):
    with ThreadPoolExecutor(LANES) as lanes:
        reached = [chunks for lane in lanes.map(lambda lane: kill_often(place, lane), range(LANES)) for chunks in lane]
    assert len(reached) == KILLS
    assert sum(0 < chunks < 128 for chunks in reached) > KILLS // 2, "the kills strike while chunks are written"


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_command_keeps_what_is_done(number, place, tmp_path):
    folder = tmp_path / "out"
    process = begun(place, folder)
    while process.poll() is None and len(list(folder.glob("outcomes/*.parquet"))) < 10:
        time.sleep(0.005)
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said == "mentorship: interrupted; to resume, give the same command again\n"
    manifest = manifest_in(folder)
    kept = sum(chunk["state"] == "done" for chunk in manifest["chunks"])
    assert 9 <= kept < 128
    assert len(list(folder.glob("outcomes/*.parquet"))) - kept in (0, 1), "it may strike between a file and its line"
    assert manifest["digest"] is None
    assert not list(folder.rglob("*.part"))
    finish(place, folder)


@pytest.fixture
def disk(tmp_path):
    """A file system of its own, with room for a few chunks."""
    folder = tmp_path / "disk"
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=500k", "tmpfs", str(folder)]
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or subprocess.run(words, capture_output=True).returncode:
        pytest.skip("only root can make a small disk, and not everywhere")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_told_and_gone_on_from(place, disk):
    words = command("sweep", place / "study.toml", "--out", disk / "out")
    for size in (None, "900k", "2m"):
        if size:
            subprocess.run(["mount", "-o", f"remount,size={size}", str(disk)], check=True)
        full = subprocess.run(words, capture_output=True, text=True)
        assert full.returncode == 2
        assert full.stderr.count("\n") == 1
        assert "No space left on device" in full.stderr
        assert not list(disk.rglob("*.part"))
    subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
    assert 0 < len(list((disk / "out" / "outcomes").iterdir())) < 128
    finish(place, disk / "out")
