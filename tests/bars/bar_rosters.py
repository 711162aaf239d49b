"""A hundred thousand drawn pairs of sheets, with mappings and mishaps: no traceback, no hang; and 60,000 rows in seconds."""

import csv
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "roster"))
from drawn_sheets import WORLD, drawn

from simulation.roster import read_roster

EXAMPLES, SLOWEST = 100_000, 5.0  # seconds in which one pair of small sheets must be read
GUIDED = Path(__file__).parents[1] / "roster" / "guided_sheets.py"


def bar_any_sheets_end_well(measured, tmp_path):
    seen = {"pairs": 0, "worlds": 0, "slowest": 0.0}

    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(seed=st.integers(0, 10**12))
    def each(seed):
        start = time.process_time()
        seen["worlds"] += not drawn(tmp_path, seed)
        seen["pairs"] += 1
        seen["slowest"] = max(seen["slowest"], time.process_time() - start)

    each()
    measured("drawn pairs of sheets without a traceback", seen["pairs"], f"{EXAMPLES:,}")
    measured("share of them that made a world", seen["worlds"] / seen["pairs"], "told")
    measured("seconds for the slowest of them", seen["slowest"], f"under {SLOWEST:g}")
    assert seen["pairs"] >= EXAMPLES and seen["slowest"] < SLOWEST


def bar_guided_by_coverage(measured):
    pytest.importorskip("atheris")
    done = subprocess.run([sys.executable, GUIDED, "-runs=5000", "-timeout=20", "-max_len=4000"], capture_output=True, text=True)
    measured("mutated sheets, guided by coverage, without a traceback", 5_000 * (done.returncode == 0), "5,000")
    assert done.returncode == 0, done.stderr[-3000:]


def bar_sixty_thousand_rows(measured, tmp_path):
    draws = random.Random(1)
    with (tmp_path / "mentees.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["Name", "E-mail", "What is your department?", "PGY", "Gender identity", "Race/Ethnicity", "Notes"])
        for i in range(60_000):
            rows.writerow([f"P {i}", f"p{i}@example.org", draws.choice(["Medicine", "medicine ", "Surgery", "Psych; Med"]),
                           draws.choice(["PGY-1", "PGY2", "3rd year", ""]), draws.choice(["F", "M", "Woman", ""]), draws.choice(["White", "Asian; White"]), f"note, {i}"])  # fmt: skip
    (tmp_path / "mentors.csv").write_text("Dept\nMedicine\n")
    start = time.process_time()
    reading = read_roster(tmp_path / "mentors.csv", tmp_path / "mentees.csv", WORLD)
    measured("seconds for 60,000 rows of CSV", time.process_time() - start, "under 10")
    assert len(reading.people["mentees"]) == 60_000
