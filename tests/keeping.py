"""What a long measurement saw: printed, and kept in `results/reference`, where the newest value replaces the last one."""

import json
import os
import platform
from collections.abc import Callable
from pathlib import Path

REFERENCE = Path(__file__).parents[1] / "results" / "reference"


def kept_in(name: str) -> Callable[[str, float, str], None]:
    """Give the function that prints a figure with its bar, and keeps it in a file of `results/reference`."""
    path = REFERENCE / name

    def keep(figure: str, value: float, bar: str) -> None:
        known = json.loads(path.read_text()) if path.exists() else {}
        known[figure] = {"value": round(float(value), 3), "bar": bar, "python": platform.python_version()}
        if hasattr(os, "getloadavg"):  # 1 where this was all that the machine did on one core
            known[figure]["load_per_core"] = round(os.getloadavg()[0] / (os.cpu_count() or 1), 1)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n")
        print(f"\n{figure}: {value:.3f} (bar: {bar})")

    return keep
