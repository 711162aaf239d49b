"""Size, memory and speed of the compiled lane; both sides of every ratio run in one session on the same work."""

import json
import statistics
import subprocess
import sys
import time

from simulation.allocate import lay_out
from simulation.commands.compare import POLICIES
from simulation.comparison.compare import compare
from simulation.comparison.replicates import run_chunk
from simulation.draws import stream, uniform
from simulation.jit import step
from simulation.outcomes import headlines
from simulation.run import run_of
from simulation.scenario.policy import Policy
from simulation.scenario.world import World

WORLD = World.load("teaching_hospital")
LUCK = {"retention": ">= 20", "need_coverage": ">= 9"}
SCALE = """
import json, resource, time
from simulation.run import simulate
from simulation.scenario.policy import Policy
from simulation.scenario.world import World
world, policy = World.load("teaching_hospital"), Policy.load("ad_hoc")
simulate(world, policy, months=2)
large = world.with_({"people.mentees": 1_000_000, "people.mentors": 250_000})
start = time.perf_counter()
run = simulate(large, policy)
print(json.dumps({"seconds": time.perf_counter() - start, "ties": int(run.state.counts.records),
                  "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                  "retention": run.outcomes["retention"]}))
"""


def _mentee_month(mentees: int, seed: int) -> float:
    """Seconds of this process for a month of one mentee."""
    world = WORLD.with_({"people.mentees": mentees, "people.mentors": mentees // 4})
    layout = lay_out(world, Policy.load("ad_hoc"), world.people.months)
    start = time.process_time()
    run = run_of(world, Policy(), layout, seed)
    return (time.process_time() - start) / run.state.months["mentees"].sum()


def bench_time_per_mentee_month_does_not_grow(measured):
    _mentee_month(300, 1)
    small, large = [], []
    for turn in range(3):  # by turns, so that both sides meet the same load
        small += [_mentee_month(1_000, seed) for seed in range(10 * turn, 10 * turn + 10)]
        large.append(_mentee_month(100_000, turn))
    measured("five years of one of 100,000 mentees, microseconds", 60e6 * min(large), "<= 52")
    measured("time per mentee-month, 100,000 over 1,000 mentees", min(large) / min(small), "<= 1.4")


def bench_a_million_mentees(measured):
    done = subprocess.run([sys.executable, "-c", SCALE], capture_output=True, text=True, check=True)
    said = json.loads(done.stdout)
    measured("a million mentees, 60 months: seconds", said["seconds"], "runs")
    measured("a million mentees: peak memory, MB", said["peak_mb"], "< 1500")
    measured("a million mentees: ties kept", said["ties"], "all")


def bench_a_comparison_is_mostly_kernel(measured, tmp_path):
    policies = [Policy.load(name) for name in POLICIES]
    run_chunk(WORLD, policies, 1, [0])
    command = [sys.executable, "-m", "simulation", "compare", "--quiet", "--out"]
    start = time.perf_counter()
    subprocess.run([*command, str(tmp_path / "out")], check=True, capture_output=True)
    whole = time.perf_counter() - start
    start = time.perf_counter()
    run_chunk(WORLD, policies, 1, list(range(200)))
    kernel = time.perf_counter() - start
    measured("compare, 5 policies x 200: whole process over the kernel's own time", whole / kernel, "<= 3")


def bench_two_workers(measured):
    policies = [Policy.load(name) for name in POLICIES]
    took = {1: [], 2: []}
    for _ in range(3):
        for workers in took:
            start = time.perf_counter()
            compare(WORLD, policies, replicates=100, workers=workers)
            took[workers].append(time.perf_counter() - start)
    measured("compare: one worker over two", min(took[1]) / min(took[2]), ">= 1.8")


def bench_common_luck(measured):
    contrasts = compare(WORLD, [Policy.load(name) for name in POLICIES], replicates=200).contrasts
    names = ["retention", "mentored_share", "need_coverage"]
    wanted = names + [f"gap_{name}_{identity.name}" for name in names for identity in WORLD.identities]
    ratios = contrasts.loc[contrasts["outcome"].isin(wanted), "variance_ratio"]
    measured("keyed draws: median variance ratio", statistics.median(ratios), ">= 5")
    for name in headlines("screen"):
        ratio = contrasts.loc[contrasts["outcome"] == name, "variance_ratio"].median()
        measured(f"keyed draws: variance ratio, {name}", ratio, LUCK.get(name, "reported"))


@step
def _sum(luck, count):
    total = 0.0
    for i in range(count):
        total += uniform(luck, i, 7)
    return total


def bench_a_draw(measured):
    luck, count = stream(1, 2, 3), 50_000_000
    _sum(luck, 10)
    start = time.perf_counter()
    _sum(luck, count)
    measured("a keyed draw, nanoseconds", (time.perf_counter() - start) / count * 1e9, "1 to 2")


def bench_help(measured):
    def took(*command):
        times = []
        for _ in range(7):
            start = time.perf_counter()
            subprocess.run([sys.executable, *command], check=True, capture_output=True)
            times.append(time.perf_counter() - start)
        return min(times)

    measured(
        "mentorship --help over import numpy", took("-m", "simulation", "--help") / took("-c", "import numpy"), "<= 2.5"
    )
