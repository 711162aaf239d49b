"""The decision brief of a comparison: one HTML page that a dean can read, print and file."""

import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import pandas as pd

from simulation.advice import advise
from simulation.brief.figures import embedded
from simulation.brief.page import render
from simulation.brief.verdicts import verdicts
from simulation.figures.captions import caption
from simulation.folder import FILES
from simulation.judgement import turn_gaps
from simulation.scenario.priorities import Priorities

__all__ = ["render", "verdicts", "write"]


def write(folder: Path | str, undrawn: Mapping[str, str] | None = None) -> Path:
    """Write `brief.html` into the folder of a comparison, from its tables, manifest and figures; return its path.

    It needs `outcomes.parquet` and `contrasts.parquet`. It also uses `groups.parquet`, `plausible.parquet`, `manifest.json`
    and `figures/`, of which it takes what the manifest lists. `undrawn` says why figures, by name, are missing.
    """
    folder = Path(folder)
    outcomes, contrasts = (pd.read_parquet(folder / f"{name}.parquet") for name in ("outcomes", "contrasts"))
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    also = (folder / f"{name}.parquet" for name in ("plausible", "groups", "sets", "turning"))
    plausible, groups, sets, turning = (pd.read_parquet(path) if path.exists() else None for path in also)
    listed = {PurePosixPath(name).name for name in manifest[FILES]} if FILES in manifest else None
    missing = [f"{caption(stem).heading} ({why})" for stem, why in (undrawn or {}).items()]
    page = folder / "brief.html"
    figures = embedded(folder / "figures", listed)
    tables = {"outcomes": outcomes, "contrasts": contrasts, "plausible": plausible, "sets": sets, "turning": turning}
    titles = {one["name"]: one.get("title", "") for one in manifest.get("inputs", {}).get("policies") or []}
    priorities = Priorities(**manifest.get("priorities", {}))
    advice = advise({name: table for name, table in tables.items() if table is not None}, priorities, titles)
    differences = turn_gaps(contrasts)
    page.write_text(render(outcomes, differences, advice, manifest, figures, plausible, groups, missing), encoding="utf-8")
    return page
