"""What a benchmark measures is printed and kept in `results/reference/benchmarks.json`, newest values first wins."""

import json
import platform
from pathlib import Path

import pytest

KEPT = Path(__file__).parents[2] / "results" / "reference" / "benchmarks.json"


@pytest.fixture
def measured():
    """A function that prints a figure with its bar and keeps it."""

    def keep(name: str, value: float, bar: str) -> None:
        kept = json.loads(KEPT.read_text()) if KEPT.exists() else {}
        kept[name] = {"value": round(float(value), 3), "bar": bar, "python": platform.python_version()}
        KEPT.parent.mkdir(parents=True, exist_ok=True)
        KEPT.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n")
        print(f"\n{name}: {value:.3f} (bar: {bar})")

    return keep
