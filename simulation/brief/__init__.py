"""The decision brief of a comparison: one HTML page that a dean can read, print and file."""

import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import pandas as pd

from simulation.brief.advice import advise, verdicts
from simulation.brief.figures import embedded
from simulation.brief.page import render
from simulation.figures.captions import caption
from simulation.folder import FILES
from simulation.judgement import turn_gaps

__all__ = ["advise", "render", "verdicts", "write"]


def write(folder: Path | str, undrawn: Mapping[str, str] | None = None) -> Path:
    """Write `brief.html` into the folder of a comparison, from its tables, manifest and figures; return its path.

    It needs `outcomes.parquet` and `contrasts.parquet`. It also uses `groups.parquet`, `plausible.parquet`, `manifest.json`
    and `figures/`, of which it takes what the manifest lists. `undrawn` says why figures, by name, are missing.
    """
    folder = Path(folder)
    outcomes = pd.read_parquet(folder / "outcomes.parquet")
    differences = turn_gaps(pd.read_parquet(folder / "contrasts.parquet"))
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    also = (folder / f"{name}.parquet" for name in ("plausible", "groups"))
    plausible, groups = (pd.read_parquet(path) if path.exists() else None for path in also)
    listed = {PurePosixPath(name).name for name in manifest[FILES]} if FILES in manifest else None
    missing = [f"{caption(stem).heading} ({why})" for stem, why in (undrawn or {}).items()]
    page = folder / "brief.html"
    figures = embedded(folder / "figures", listed)
    page.write_text(render(outcomes, differences, manifest, figures, plausible, groups, missing), encoding="utf-8")
    return page
