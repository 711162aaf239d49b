"""Whoever works on a study - threads, processes, a cluster, with some of them killed - its tables are the same bytes."""

import json
import multiprocessing
import os
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

import pytest
from study_folders import command, files_of, is_done, manifest_in, study_in, undisturbed

from simulation.studies.sweep import sweep

pytestmark = pytest.mark.jit_only


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder with a study of 16 chunks and its results, made by one thread."""
    return undisturbed(tmp_path_factory.mktemp("place"), tables=["outcomes", "mentees"])


def same(place, folder):
    assert is_done(folder)
    assert files_of(folder) == files_of(place / "smooth")
    assert manifest_in(folder)["digest"] == manifest_in(place / "smooth")["digest"]


def test_threads(place, tmp_path):
    sweep(place / "study.toml", tmp_path / "out", workers=3)
    same(place, tmp_path / "out")


def processes():
    return ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn"))


@pytest.mark.slow
def test_processes(place, tmp_path):
    with processes() as pool:
        done = sweep(place / "study.toml", tmp_path / "out", pool)
    assert done.lost == 0
    same(place, tmp_path / "out")


@pytest.mark.slow
def test_a_process_that_is_killed_loses_nothing_that_was_done(place, tmp_path):
    def kill_one(done, total, failed, note):
        if done:  # the first call says what is there
            next(iter(pool._processes.values())).kill()

    with processes() as pool, pytest.raises(BrokenProcessPool):
        sweep(place / "study.toml", tmp_path / "out", pool, progress=kill_one)
    done = [chunk for chunk in manifest_in(tmp_path / "out")["chunks"] if chunk["state"] == "done"]
    assert 0 < len(done) < 16
    sweep(place / "study.toml", tmp_path / "out", workers=2)
    same(place, tmp_path / "out")


@pytest.mark.slow
def test_the_order_of_sets_decides_nothing(place, tmp_path):
    for seed in ("1", "2"):
        words = command("sweep", place / "study.toml", "--out", tmp_path / seed, "--json")
        said = subprocess.run(words, env=os.environ | {"PYTHONHASHSEED": seed}, check=True, capture_output=True).stdout
        assert json.loads(said)["digest"] == manifest_in(place / "smooth")["digest"]
        same(place, tmp_path / seed)


@pytest.mark.slow
def test_a_cluster_on_this_machine(place, tmp_path):
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        sweep(place / "study.toml", tmp_path / "out", client.get_executor(pure=False), workers=2)
    same(place, tmp_path / "out")


@contextmanager
def cluster(folder, workers):
    """A real scheduler and real workers on this machine: the address, and the processes by name."""
    pytest.importorskip("distributed")
    card, started = folder / "scheduler.json", {}

    def start(name, module, *words):
        with open(folder / f"{name}.log", "wb") as log:
            words = [sys.executable, "-m", module, *words, "--scheduler-file", str(card), "--host", "127.0.0.1"]
            started[name] = subprocess.Popen([*words, "--no-dashboard"], stdout=log, stderr=log)

    try:
        start("scheduler", "distributed.cli.dask_scheduler", "--port", "0")
        for k in range(workers):
            start(f"worker {k}", "distributed.cli.dask_worker", "--nthreads", "1", "--no-nanny")
        deadline = time.monotonic() + 60
        while not card.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        yield json.loads(card.read_text())["address"], started
    finally:
        for process in started.values():
            process.kill()
            process.wait()


def began(place, folder, address):
    """The command on a cluster, with a few chunks done."""
    words = command("sweep", place / "long.toml", "--out", folder, "--scheduler", address)
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while process.poll() is None and len(list(folder.glob("outcomes/*.parquet"))) < 5:
        time.sleep(0.01)
    return process


@pytest.mark.slow
def test_a_worker_of_a_cluster_that_is_killed_loses_nothing(place, tmp_path):
    study = study_in(place, "long", design={"kind": "sobol", "points": 128})
    with cluster(tmp_path, 2) as (address, started):
        process = began(place, tmp_path / "out", address)
        assert process.poll() is None
        started["worker 0"].kill()
        _, said = process.communicate(timeout=120)
    assert process.returncode == 0, said
    assert "Traceback" not in said
    sweep(study, tmp_path / "threads", workers=2)
    assert files_of(tmp_path / "out") == files_of(tmp_path / "threads")
    assert is_done(tmp_path / "out")


@pytest.mark.slow
def test_a_scheduler_that_goes_away_is_told_and_gone_on_from(place, tmp_path):
    study = study_in(place, "long", design={"kind": "sobol", "points": 128})
    with cluster(tmp_path, 1) as (address, started):
        process = began(place, tmp_path / "out", address)
        started["scheduler"].kill()
        _, said = process.communicate(timeout=120)
    assert process.returncode == 2, said
    assert "Traceback" not in said
    assert "to resume, give the same command again" in said
    sweep(study, tmp_path / "threads", workers=2)
    sweep(study, tmp_path / "out", workers=2)
    assert files_of(tmp_path / "out") == files_of(tmp_path / "threads")
