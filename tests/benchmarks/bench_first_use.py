"""The first use on a machine: a command that has to compile, in a process of its own with an empty cache."""

import os
import subprocess
import sys
import time

import pytest

COMMAND = [sys.executable, "-m", "simulation", "run", "teaching_hospital", "ad_hoc", "--months", "1", "--quiet"]
BARS = {2: "< 25", 1: "< 35"}  # seconds, by the cores that are free


@pytest.mark.parametrize("cores", BARS)
def bench_first_use(cores, tmp_path, measured):
    free = sorted(os.sched_getaffinity(0))
    if len(free) < cores:
        pytest.skip(f"this process may use {len(free)} cores")
    there = {**os.environ, "MENTORSHIP_CACHE": str(tmp_path)}
    start = time.perf_counter()
    subprocess.run(
        COMMAND, env=there, check=True, capture_output=True, preexec_fn=lambda: os.sched_setaffinity(0, free[:cores])
    )
    measured(f"first use on {cores} {'cores' if cores > 1 else 'core'}, seconds", time.perf_counter() - start, BARS[cores])
