"""The decision brief of a comparison: one HTML page that a dean can read, print and file; page one is for the dean alone."""

import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import pandas as pd

from simulation.advice import Advice, advise
from simulation.brief.figures import embedded
from simulation.brief.page import render, titles
from simulation.brief.said import Study
from simulation.figures.captions import caption
from simulation.folder import FILES
from simulation.judgement import turn_gaps
from simulation.scenario.priorities import Priorities

__all__ = ["embedded", "read", "render", "write"]

# Tables that the page uses where they lie there.
ALSO = ("groups", "people", "early", "plausible", "sets", "turning", "costs", "keeping")


def read(folder: Path | str) -> Study:
    """Read the folder of a comparison: it needs `outcomes.parquet` and `contrasts.parquet`, and uses the manifest and others."""
    folder = Path(folder)
    paths = {name: folder / f"{name}.parquet" for name in ("outcomes", "contrasts", *ALSO)}
    tables = {name: pd.read_parquet(path) for name, path in paths.items() if name not in ALSO or path.exists()}
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    differences = turn_gaps(tables["contrasts"])
    baseline = differences["baseline"].iloc[0] if len(differences) else tables["outcomes"]["policy"].iloc[0]
    names = list(dict.fromkeys([baseline, *tables["outcomes"]["policy"]]))
    return Study(tables, differences, manifest, baseline, titles(manifest, names))


def write(folder: Path | str, undrawn: Mapping[str, str] | None = None, advice: Advice | None = None) -> Path:
    """Write `brief.html` into the folder of a comparison, from its tables, manifest and figures; return its path.

    Of `figures/` it takes what the manifest lists. `undrawn` says why figures, by name, are missing.
    `advice` is taken from the tables where it is not given.
    """
    folder, study = Path(folder), read(folder)
    listed = {PurePosixPath(name).name for name in study.manifest[FILES]} if FILES in study.manifest else None
    missing = [f"{caption(stem).heading} ({why})" for stem, why in (undrawn or {}).items()]
    if advice is None:
        priorities = Priorities(**study.manifest.get("priorities", {}))
        advice = advise(study.tables, priorities, study.titles, study.manifest.get("budget"))
    page = folder / "brief.html"
    page.write_text(render(study, advice, embedded(folder / "figures", listed), missing), encoding="utf-8")
    return page
