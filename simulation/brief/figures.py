"""The figures of a comparison as data in the page."""

import base64
import dataclasses
from collections.abc import Collection
from pathlib import Path

from simulation.figures import captions

LARGEST = 1_500_000  # bytes of an SVG; above it the PNG is embedded


def embedded(folder: Path, names: Collection[str] | None = None) -> list[dict[str, str]]:
    """Embed the figures of a folder, all or those of some file names, in reading order: SVG, or PNG where that is too large."""
    found = []
    files = [path for path in folder.glob("*.[ps][nv]g") if names is None or path.name in names]
    for stem in sorted({path.stem for path in files}, key=captions.order):
        svg, png = folder / f"{stem}.svg", folder / f"{stem}.png"
        small = svg.exists() and (svg.stat().st_size <= LARGEST or not png.exists())
        path, kind = (svg, "svg+xml") if small else (png, "png")
        source = f"data:image/{kind};base64,{base64.b64encode(path.read_bytes()).decode('ascii')}"
        found.append({"stem": stem, "source": source, **dataclasses.asdict(captions.caption(stem))})
    return found
