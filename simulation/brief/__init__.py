"""The decision brief of a comparison: one HTML page that a dean can read, print and file."""

import json
from pathlib import Path

import pandas as pd

from simulation.brief.advice import advise, verdicts
from simulation.brief.figures import embedded
from simulation.brief.page import render
from simulation.judgement import turn_gaps

__all__ = ["advise", "render", "verdicts", "write"]


def write(folder: Path | str) -> Path:
    """Write `brief.html` into the folder of a comparison, from its tables, manifest and figures; return its path.

    It needs `outcomes.parquet` and `contrasts.parquet`. It also uses `groups.parquet`, `plausible.parquet`, `manifest.json`
    and `figures/`.
    """
    folder = Path(folder)
    outcomes = pd.read_parquet(folder / "outcomes.parquet")
    differences = turn_gaps(pd.read_parquet(folder / "contrasts.parquet"))
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    also = (folder / f"{name}.parquet" for name in ("plausible", "groups"))
    plausible, groups = (pd.read_parquet(path) if path.exists() else None for path in also)
    page = folder / "brief.html"
    text = render(outcomes, differences, manifest, embedded(folder / "figures"), plausible, groups)
    page.write_text(text, encoding="utf-8")
    return page
