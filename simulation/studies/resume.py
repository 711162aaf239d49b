"""Resuming a study: whether a folder holds this study, and which runs are missing.

A study may grow: more points, replicates, worlds or policies. Runs that are there are not run again.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from simulation import __version__
from simulation.folder import MANIFEST, foreign, read_manifest, unwritable
from simulation.jit import fingerprint
from simulation.results import facts
from simulation.scenario.counted import counted
from simulation.scenario.errors import ScenarioError, shown
from simulation.scenario.privacy import disclosed
from simulation.scenario.study import DesignKind, Factor
from simulation.studies.checksums import is_unchanged, sha
from simulation.studies.chunks import Box
from simulation.studies.points import bytes_of, distinct, numbers_of, read_points
from simulation.studies.setup import Setup

FORMAT = 1
POINTS, DESIGN = "points.parquet", "design.parquet"
PROGRESS = ("digest", "tables", "chunks")  # the parts of a manifest that change as the work goes on


Part = tuple[int, int]  # the number of a part of a study, from 1, and how many parts there are


def held_in(folder: Path, setup: Setup, part: Part | None = None) -> dict[str, Any] | None:
    """Read the manifest of a folder that holds this study, or this part of it; None for a new folder; any other is refused."""
    held = stored_in(folder)
    if held is None:
        return None
    if held["science"] != fingerprint():
        raise foreign(folder, "runs of the model as it was before its code, or numba, was changed")
    now = _as_json(fixed(setup))
    if setup.study.design.kind is DesignKind.ONE_BY_ONE:  # the points that are there leave a new factor alone
        now["factors"] = [factor for factor in now["factors"] if factor in held["fixed"]["factors"]]
    if held["fixed"] != now:
        differ = [name for name in now if held["fixed"].get(name) != now[name]]
        raise foreign(folder, f"the study {shown(str(held['name']))}, whose {' and '.join(differ)} differ from this one's")
    for kind, now in facts(inputs(setup)).items():
        for name, content in facts(held["inputs"].get(kind, {})).items():
            if name in now and now[name] != content:
                raise foreign(folder, f"runs of {shown(name)} as it was before it was changed")
    if held.get("part") != (list(part) if part else None):
        raise foreign(folder, f"{part_said(held.get('part'))} of this study, and {part_said(part)} was asked for")
    return held


def part_said(part: Sequence[int] | None) -> str:
    """A part in words."""
    return f"part {part[0]} of {part[1]}" if part else "the whole"


def stored_in(folder: Path) -> dict[str, Any] | None:
    """Read the manifest of a folder that holds any study of this version; None for a new folder; any other is refused."""
    try:
        if folder.exists() and not folder.is_dir():
            raise ScenarioError("results need a folder, and this is a file", file=folder)
        if not (folder / MANIFEST).exists():
            if any(folder.glob("*.parquet")) or any(folder.glob("*/*.parquet")):
                raise foreign(folder, "files of another study")
            return None
    except OSError as error:
        raise unwritable(folder, error) from None
    held = read_manifest(folder)
    version = shown(str(held.get("version")))
    if held.get("kind") != "study":
        raise foreign(folder, f"the results of {shown(str(held.get('command', 'another command')))}")
    if type(held.get("format")) is int and held["format"] > FORMAT:
        hint = "install the newer version, or choose another --out"
        raise ScenarioError(f"these results were written by a newer version ({version})", file=folder, hint=hint)
    if "version" in held and held["version"] != __version__:
        raise foreign(folder, f"results of version {version}; runs of {__version__} may differ from them")
    if not is_unchanged({name: value for name, value in held.items() if name not in PROGRESS}):
        raise ScenarioError("the manifest is damaged", file=folder / MANIFEST, hint="choose another --out")
    return held


def points_of(folder: Path, held: dict[str, Any] | None, rows: pd.DataFrame) -> pd.DataFrame:
    """The points that are there, then the new ones of the design; a damaged file is rebuilt from the design if possible."""
    fresh = read_points(bytes_of(distinct(rows)))
    if held is None:
        return fresh
    try:
        content = (folder / POINTS).read_bytes()
    except OSError:
        content = b""
    for points in _candidates(content, held["points"], fresh):
        if sha(bytes_of(points)) == held["points"]:
            return distinct(fresh, points)
    problem = "the points of the study cannot be read, or the design has changed"
    raise ScenarioError(problem, file=folder / POINTS, hint="choose another --out")


def _candidates(content: bytes, total: str, fresh: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """The points that the folder may hold: those of the file, those of the design, or both when growing was interrupted."""
    if sha(content) == total:
        yield read_points(content)
    yield fresh
    try:
        yield distinct(fresh, read_points(content))
    except (OSError, ValueError, KeyError, pa.ArrowException):
        return


def refuse_less(
    folder: Path, old: dict[str, Any], new: dict[str, Any], points: pd.DataFrame, rows: pd.DataFrame
) -> None:
    """Refuse a study that no longer asks for runs that the folder holds."""
    kinds = ("worlds", "policies")
    gone = [name for kind in kinds for name in old[kind] if name not in new[kind]]
    if gone:
        raise foreign(folder, f"runs of {', '.join(gone)}, which the study no longer asks for")
    if any(new[kind][: len(old[kind])] != old[kind] for kind in kinds):
        raise foreign(folder, "the same worlds and policies in another order; new ones go to the end")
    if old["replicates"] > new["replicates"]:
        raise foreign(folder, f"{counted(old['replicates'], 'replicates')}, and the study asks for {new['replicates']}")
    if (numbers_of(points, distinct(rows)) < 0).any():
        more = "it may grow by a longer sequence, more blocks, more values or more factors"
        raise foreign(folder, f"points that the study no longer has; {more}")


def grown(old: dict[str, Any] | None, new: dict[str, Any]) -> list[Box]:
    """The runs that a study asks for and did not ask for before, as boxes that do not overlap."""
    boxes = []
    for world in new["worlds"]:
        seen = bool(old) and world in old["worlds"]
        there = tuple(old["policies"]) if seen else ()
        more = tuple(name for name in new["policies"] if name not in there)
        points, replicates = (old["points"], old["replicates"]) if seen else (0, 0)
        everywhere, always = (0, new["points"]), (0, new["replicates"])
        boxes += [
            Box(world, there, (points, new["points"]), always),
            Box(world, there, (0, points), (replicates, new["replicates"])),
            Box(world, more, everywhere, always),
        ]
    return [box for box in boxes if box.runs]


def fixed(setup: Setup) -> dict[str, Any]:
    """The parts of a study that may not change when it grows."""
    study = setup.study
    factors = [
        {"field": factor.field, "label": factor.label, "policies": list(factor.policies), "kind": _kind(setup, factor)}
        for factor in study.factors
    ]
    return {"seed": study.seed, "months": study.months, "tables": [str(table) for table in study.tables], "factors": factors}


def _kind(setup: Setup, factor: Factor) -> str:
    """The kind of a factor's values; a column in the file of points holds one kind."""
    value = setup.ends(factor)[0]
    return "yes or no" if isinstance(value, bool) else "text" if isinstance(value, str) else "number"


def inputs(setup: Setup) -> dict[str, dict[str, Any]]:
    """All worlds, policies and sections that the runs are made from, by name."""
    return {
        "worlds": {world.name: disclosed(world) for world in setup.worlds},
        "policies": {policy.name: policy.model_dump(mode="json") for policy in setup.policies},
        "like": {f"{label}: {name}": value for label, like in setup.like.items() for name, value in like.items()},
    }


def hash_of(setup: Setup) -> str:
    """The SHA-256 of the study, with its worlds and policies in full."""
    content = {**inputs(setup), "study": setup.study.model_dump(mode="json")}
    return sha(json.dumps(content, sort_keys=True, default=str).encode())


def _as_json(content: Any) -> Any:
    """The content after a round trip through JSON."""
    return json.loads(json.dumps(content, default=str))
