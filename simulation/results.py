"""The tables of a study on disk: Parquet files, a manifest, and a digest of their values."""

import hashlib
import io
import json
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from simulation import __version__
from simulation.scenario.errors import ScenarioError, shown
from simulation.scenario.policy import Policy
from simulation.scenario.world import World

MANIFEST = "manifest.json"

# Entries that may differ between two runs of one study. Of the command only the verb counts: paths can be written in two ways.
PASSING = ("version", "command", "digest", "tables", "finished", "workers")


def digest(tables: Mapping[str, pd.DataFrame]) -> str:
    """The SHA-256 of the values of tables, in hexadecimal; the same before and after they were on disk.

    It covers tables in alphabetical order and columns in order; numbers in eight bytes, little-endian; text in UTF-8
    with its lengths; and a byte for each value that says whether it is missing.
    """
    total = hashlib.sha256()
    for name in sorted(tables):
        table = tables[name]
        total.update(f"{name}\0{len(table)}\0".encode())
        for column in table.columns:
            kind, missing, parts = _bytes(table[column])
            total.update(f"{column}\0{kind}\0".encode())
            total.update(missing.astype("<u1").tobytes())
            for part in parts:
                total.update(part)
    return total.hexdigest()


def _bytes(column: pd.Series) -> tuple[str, np.ndarray, list[bytes]]:
    """The kind of a column, which of its values are missing, and its bytes."""
    missing = column.isna().to_numpy(dtype=bool)
    if not isinstance(column.dtype, pd.CategoricalDtype):
        if pd.api.types.is_bool_dtype(column.dtype):
            return "yes or no", missing, [column.fillna(False).to_numpy(dtype="<u1").tobytes()]
        if pd.api.types.is_unsigned_integer_dtype(column.dtype):
            return "whole", missing, [column.fillna(0).to_numpy(dtype="<u8").tobytes()]
        if pd.api.types.is_integer_dtype(column.dtype):
            return "whole", missing, [column.fillna(0).to_numpy(dtype="<i8").tobytes()]
        if pd.api.types.is_float_dtype(column.dtype):
            values = np.where(missing, 0.0, column.to_numpy(dtype="<f8", na_value=np.nan))
            return "number", missing, [values.astype("<f8").tobytes()]
    texts = ["" if gone else str(value) for value, gone in zip(column.astype(object), missing, strict=True)]
    encoded = [text.encode() for text in texts]
    lengths = np.fromiter((len(text) for text in encoded), dtype="<i8", count=len(encoded))
    return "text", missing, [lengths.tobytes(), b"".join(encoded)]


def stamped(table: pd.DataFrame, world: str, policy: str, replicate: int) -> pd.DataFrame:
    """Put the three columns that every table on disk has in front of a table."""
    stamp = {"world": world, "policy": policy, "replicate": replicate}
    new = {name: value for name, value in stamp.items() if name not in table.columns}
    return table.assign(**new)[[*new, *table.columns]]


def manifest_of(command: str, world: World, policies: Policy | Iterable[Policy], seed: int, **more: Any) -> dict[str, Any]:
    """Describe a study: the command that repeats it, world and policies by name and in full, the seed, and `more`."""
    one = isinstance(policies, Policy)
    listed = [policies] if one else list(policies)
    return {
        "version": __version__,
        "command": command,
        "world": world.name,
        "policy": listed[0].name if one else [policy.name for policy in listed],
        "seed": seed,
        **more,
        "inputs": {
            "world": world.model_dump(mode="json"),
            "policies": [policy.model_dump(mode="json") for policy in listed],
        },
    }


def _study(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """The entries of a manifest by which a study is recognized, after a round trip through JSON."""
    kept = {key: value for key, value in manifest.items() if key not in PASSING}
    verb = [*str(manifest.get("command", "")).split(), "", ""][1]
    return json.loads(json.dumps({**kept, "verb": verb}, default=str))


def refuse_foreign(folder: str | Path, manifest: Mapping[str, Any]) -> None:
    """Raise a `ScenarioError` when the folder is a file, or holds the results of another study."""
    folder = Path(folder)
    try:
        if folder.exists() and not folder.is_dir():
            raise ScenarioError("results need a folder, and this is a file", file=folder)
        if not folder.is_dir():
            return
        if (folder / MANIFEST).exists():
            held = read_manifest(folder)
            if _study(held) != _study(manifest):
                raise foreign(folder, f"the results of another study ({shown(str(held.get('command', 'unknown')))})")
        elif any(folder.glob("*.parquet")) or (folder / "brief.html").exists():
            raise foreign(folder, "files of another study")
    except (OSError, ValueError) as error:
        if isinstance(error, ScenarioError):
            raise
        raise unwritable(folder, error) from None


def foreign(folder: Path, what: str) -> ScenarioError:
    """Make the error for a folder that holds something else."""
    return ScenarioError(f"the folder holds {what}", file=folder, hint="choose another --out")


def unwritable(folder: Path, error: Exception) -> ScenarioError:
    """Make the error for a folder that cannot be used."""
    reason = getattr(error, "strerror", None) or str(error)
    return ScenarioError(f"the folder cannot be used ({reason})", file=folder, hint="choose another --out")


def prepare(folder: str | Path, manifest: Mapping[str, Any]) -> None:
    """Make the folder and check that it can be written, before the work starts; other results are refused."""
    refuse_foreign(folder, manifest)
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
        trial = Path(folder) / f".trial.{os.getpid()}"
        trial.touch()
        trial.unlink()
    except (OSError, ValueError) as error:
        raise unwritable(Path(folder), error) from None


def save(folder: str | Path, tables: Mapping[str, pd.DataFrame], manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Write the tables and the manifest, each whole or not at all, and return the manifest with its digest."""
    folder = Path(folder)
    prepare(folder, manifest)
    tables = dict(tables)
    complete = {**manifest, "digest": digest(tables), "tables": {name: len(tables[name]) for name in sorted(tables)}}
    try:
        # Written first, so that after an interruption the folder is recognized as this study's.
        write_whole(folder / MANIFEST, lambda part: _write_json(part, {**manifest, "digest": None, "tables": {}}))
        for name, table in tables.items():
            arrow = pa.Table.from_pandas(table, preserve_index=False)
            write_whole(folder / f"{name}.parquet", lambda part, arrow=arrow: pq.write_table(arrow, part))
        for path in folder.glob("*.parquet"):
            if path.stem not in tables:
                path.unlink()
        write_whole(folder / MANIFEST, lambda part: _write_json(part, complete))
    except OSError as error:
        raise unwritable(folder, error) from None
    return complete


def _write_json(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False, default=str) + "\n", encoding="utf-8")


def parquet_of(table: pd.DataFrame) -> bytes:
    """The table as the bytes of a Parquet file."""
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pandas(table, preserve_index=False), out, compression="zstd")
    return out.getvalue()


def write_whole(path: Path, write: Callable[[Path], None]) -> None:
    """Write a file under a temporary name, flush it, and give it its own name."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        write(part)
        with part.open("rb+") as stream:
            os.fsync(stream.fileno())
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def read_manifest(folder: str | Path) -> dict[str, Any]:
    """Read the manifest of a folder of results."""
    path = Path(folder) / MANIFEST
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ScenarioError(f"no results here: there is no {MANIFEST}", file=folder) from None
    except (OSError, ValueError, RecursionError):
        raise ScenarioError("the manifest cannot be read", file=path) from None
    if not isinstance(manifest, dict):
        raise ScenarioError("the manifest is not a table of facts", file=path)
    return manifest


def load(folder: str | Path, only: Sequence[str] | None = None, columns: list[str] | None = None) -> dict[str, pd.DataFrame]:
    """Read the tables of a folder of results, by name: all, or `only` some; all columns, or some."""
    manifest = read_manifest(folder)
    names = manifest.get("tables")
    if not manifest.get("digest") or not isinstance(names, dict):
        raise ScenarioError("these results are unfinished", file=folder, hint="give the command again")
    return {name: _table(Path(folder), name, columns) for name in (names if only is None else only)}


def _table(folder: Path, name: str, columns: list[str] | None) -> pd.DataFrame:
    """Read one table: a file, or the files of a folder, in the order of the runs."""
    if not re.fullmatch(r"\w+", name):
        raise ScenarioError(f"the manifest names a strange table, {shown(name)}", file=folder / MANIFEST)
    path = folder / name if (folder / name).is_dir() else folder / f"{name}.parquet"
    try:
        if not path.is_dir():
            return pq.read_table(path, columns=columns).to_pandas()
        parts = [pq.read_table(part, columns=columns).to_pandas() for part in sorted(path.glob("*.parquet"))]
        return _in_order(pd.concat(parts, ignore_index=True))
    except (OSError, ValueError, pa.ArrowException) as error:
        what = "is missing" if isinstance(error, FileNotFoundError) else "cannot be read"
        raise ScenarioError(f"this table {what}", file=path, hint="give the command again") from None


def _in_order(table: pd.DataFrame) -> pd.DataFrame:
    """Sort rows by world, point, replicate and policy; worlds and policies keep their order in the study."""
    order = table[["world", "point", "replicate", "policy"]].copy()
    for column in ("world", "policy"):
        order[column] = pd.factorize(order[column])[0]
    return table.loc[order.sort_values(list(order), kind="stable").index].reset_index(drop=True)
