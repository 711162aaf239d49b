"""Studies of many runs: what is not simulation, memory, workers, Dask, Mesa's own runner; both sides in one session."""

import json
import subprocess
import sys
import time

import mesa
import pytest

from simulation.allocate import allocate, lay_out
from simulation.model import MentorshipModel
from simulation.run import advance_to, warm
from simulation.scenario.policy import Policy
from simulation.scenario.study import Study
from simulation.scenario.world import World
from simulation.studies.sweep import sweep

WORLD, NAMES = World.load("teaching_hospital"), ("ad_hoc", "six_tips")
POLICIES = [Policy.load(name) for name in NAMES]
MEMORY = """
import json, resource, sys
from simulation.studies.sweep import sweep
from simulation.run import simulate
from simulation.scenario.study import Study
from simulation import Policy, World
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
before = peak()
sweep(Study(name="memory", policies=("ad_hoc", "six_tips"), replicates=int(sys.argv[1]) // 2, months=int(sys.argv[2])), sys.argv[3])
print(json.dumps({"before": before, "peak": peak()}))
"""


def _study(runs: int) -> Study:
    return Study(name="bench", policies=NAMES, replicates=runs // len(NAMES))


def _swept(folder, runs: int, **how) -> float:
    start = time.perf_counter()
    sweep(_study(runs), folder, **how)
    return time.perf_counter() - start


def _kernel(runs: int) -> float:
    """Seconds of the months alone, on one thread."""
    start = time.perf_counter()
    for policy in POLICIES:
        layout = lay_out(WORLD, policy, WORLD.people.months)
        for seed in range(runs // len(POLICIES)):
            advance_to(allocate(layout, seed, False), layout, 0, layout.months)
    return time.perf_counter() - start


def bench_a_study_is_mostly_simulation(measured, tmp_path):
    warm()
    kernel = _kernel(2_000)
    study = tmp_path / "bench.toml"
    study.write_text('policies = ["ad_hoc", "six_tips"]\nreplicates = 5000\n')
    command = [sys.executable, "-m", "simulation", "sweep", str(study), "--workers", "1", "--quiet", "--out"]
    start = time.perf_counter()
    subprocess.run([*command, str(tmp_path / "out")], check=True, capture_output=True)
    whole = time.perf_counter() - start
    kernel = (kernel + _kernel(2_000)) / 4_000 * 10_000
    measured("sweep of 10,000 runs: share of the whole process that is simulation", kernel / whole, ">= 0.85")


def bench_memory_of_a_study(measured, tmp_path):
    grew = {}
    for runs in (10_000, 100_000):
        command = [sys.executable, "-c", MEMORY, str(runs), "12", str(tmp_path / str(runs))]
        said = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        grew[runs] = said["peak"] - said["before"]
        measured(f"sweep of {runs:,} runs: peak memory above the imports, MB", grew[runs], "< 500")
    measured("sweep: memory at 100,000 runs over that at 10,000", grew[100_000] / grew[10_000], "about 1")


def bench_two_workers_of_a_study(measured, tmp_path):
    took = {1: [], 2: []}
    for turn in range(3):
        for workers in took:
            took[workers].append(_swept(tmp_path / f"{turn}-{workers}", 1_500, workers=workers))
    measured("sweep: one worker over two", min(took[1]) / min(took[2]), ">= 1.85")


@pytest.mark.filterwarnings("ignore")
def bench_dask(measured, tmp_path):
    distributed = pytest.importorskip("distributed")
    local, dask = [], []
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        client.run(warm)
        for turn in range(3):
            local.append(_swept(tmp_path / f"local-{turn}", 3_000, workers=2))
            dask.append(_swept(tmp_path / f"dask-{turn}", 3_000, executor=client.get_executor(pure=False), workers=2))
    measured("sweep: throughput of Dask with two workers over that of two threads", min(local) / min(dask), ">= 0.85")


class Batched(MentorshipModel):
    """The model as Mesa's own runner drives it: built with keywords, stepped until it stops."""

    def __init__(self, luck=1, rng=None):
        super().__init__(WORLD, POLICIES[0], rng=luck)


@pytest.mark.filterwarnings("ignore")
def bench_mesa_batch_run(measured, tmp_path):
    study = Study(name="mesa", policies=NAMES[:1], replicates=500)
    start = time.perf_counter()
    sweep(study, tmp_path / "one", workers=1)
    one = time.perf_counter() - start
    start = time.perf_counter()
    sweep(study, tmp_path / "two")
    two = time.perf_counter() - start
    start = time.perf_counter()
    rows = mesa.batch_run(Batched, {"luck": list(range(500))}, max_steps=WORLD.people.months, display_progress=False)
    theirs = time.perf_counter() - start
    assert len(rows) >= 500
    measured("500 runs: Mesa's batch_run over a sweep, both as they come", theirs / two, "reported")
    measured("500 runs: Mesa's batch_run over a sweep on one worker", theirs / one, "reported")


def bench_full_sobol(measured, tmp_path):
    command = [sys.executable, "-m", "simulation", "sensitivity", "what_decides", "--quiet", "--out"]
    start = time.perf_counter()
    subprocess.run([*command, str(tmp_path / "out")], check=True, capture_output=True)
    measured("Sobol, 12 factors, N = 512, two policies: minutes", (time.perf_counter() - start) / 60, "minutes")
