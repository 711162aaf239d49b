"""The tables of a study on disk: Parquet files, a manifest, and a digest of their values."""

import hashlib
import io
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from simulation import __version__
from simulation.folder import (
    FILES,
    MANIFEST,
    foreign,
    listed,
    read_manifest,
    refuse_strangers,
    unwritable,
    write_manifest,
    write_whole,
    writing,
)  # fmt: skip
from simulation.scenario.errors import ScenarioError, shown
from simulation.scenario.policy import Policy
from simulation.scenario.privacy import disclosed, left_out
from simulation.scenario.world import World

# Entries that may differ between two runs of one study. Of the command only the verb counts: paths can be written in two ways.
PASSING = ("version", "command", "digest", "run_digest", "tables", FILES)
# Texts of a scenario on which no run depends.
TOLD = ("title", "text", "source", "hazard_source", "threat_source")


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
    """Describe a study: the command that repeats it, world and policies by name and in full, the seed, and `more`.

    Of the people of a roster it says how many they are, and what is left out of the tables.
    """
    one = isinstance(policies, Policy)
    listed = [policies] if one else list(policies)
    return {
        "version": __version__,
        "command": command,
        "world": world.name,
        "policy": listed[0].name if one else [policy.name for policy in listed],
        "seed": seed,
        **more,
        **({"left_out": left_out(world)} if world.roster else {}),
        "inputs": {
            "world": disclosed(world),
            "policies": [policy.model_dump(mode="json") for policy in listed],
        },
    }


def _study(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """The entries of a manifest by which a study is recognized."""
    kept = {key: value for key, value in manifest.items() if key not in PASSING}
    verb = [*str(manifest.get("command", "")).split(), "", ""][1]
    return facts({**kept, "verb": verb})


def facts(content: Any) -> Any:
    """What runs depend on in a description of scenarios, after a round trip through JSON: all but titles, texts and sources."""
    return _untold(json.loads(json.dumps(content, default=str)))


def _untold(content: Any) -> Any:
    if isinstance(content, dict):
        told = {key for key, value in content.items() if key in TOLD and isinstance(value, str)}
        return {key: _untold(value) for key, value in content.items() if key not in told}
    return [_untold(entry) for entry in content] if isinstance(content, list) else content


def refuse_foreign(folder: str | Path, manifest: Mapping[str, Any], names: Collection[str] = ()) -> None:
    """Raise a `ScenarioError` when the folder is a file, or holds the results of another study.

    Files of somebody else that stand where one of `names` is to be written are refused as well.
    """
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
        elif any(folder.glob("*.parquet")):
            raise foreign(folder, "files of another study")
        refuse_strangers(folder, names)
    except (OSError, ValueError) as error:
        if isinstance(error, ScenarioError):
            raise
        raise unwritable(folder, error) from None


def prepare(folder: str | Path, manifest: Mapping[str, Any], names: Collection[str] = ()) -> None:
    """Make the folder and check that it can be written, before the work starts; refuse as `refuse_foreign` does."""
    folder = Path(folder)
    refuse_foreign(folder, manifest, names)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            pass
    except (OSError, ValueError) as error:
        raise unwritable(folder, error) from None


def file_of(table: str) -> str:
    """The name of the file of a table."""
    return f"{table}.parquet"


def save(folder: str | Path, tables: Mapping[str, pd.DataFrame], manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Write the tables and the manifest, each whole or not at all, and return the manifest with its digest."""
    folder, tables = Path(folder), dict(tables)
    files = {file_of(name): table for name, table in tables.items()}
    prepare(folder, manifest, files)
    known = {"digest": digest(tables), "tables": {name: len(tables[name]) for name in sorted(tables)}}
    try:
        # Written first, so that after an interruption the folder is recognized as this study's.
        write_manifest(folder, {**manifest, "digest": None, "tables": {}, FILES: listed(folder)})
        with writing(folder, files) as written:
            for name, table in files.items():
                arrow = pa.Table.from_pandas(table, preserve_index=False)
                write_whole(folder / name, lambda part, arrow=arrow: pq.write_table(arrow, part))
                written.add(name)
        complete = {**read_manifest(folder), **known}
        write_manifest(folder, complete)
    except OSError as error:
        raise unwritable(folder, error) from None
    return complete


def parquet_of(table: pd.DataFrame) -> bytes:
    """The table as the bytes of a Parquet file."""
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pandas(table, preserve_index=False), out, compression="zstd")
    return out.getvalue()


def load(folder: str | Path, only: Sequence[str] | None = None, columns: list[str] | None = None) -> dict[str, pd.DataFrame]:
    """Read the tables of a folder of results, by name: all, or `only` some; all columns, or some."""
    manifest = read_manifest(folder)
    names = manifest.get("tables")
    if not manifest.get("digest") or not isinstance(names, dict):
        raise ScenarioError("these results are unfinished", file=folder, hint="give the command again")
    return {name: _table(Path(folder), name, manifest, columns) for name in (names if only is None else only)}


def _table(folder: Path, name: str, manifest: Mapping[str, Any], columns: list[str] | None) -> pd.DataFrame:
    """Read one table: a file, or the chunks that the manifest lists, in the order of the runs."""
    if not re.fullmatch(r"\w+", name):
        raise ScenarioError(f"the manifest names a strange table, {shown(name)}", file=folder / MANIFEST)
    in_chunks = (folder / name).is_dir()
    path = folder / name if in_chunks else folder / file_of(name)
    try:
        if not in_chunks:
            return pq.read_table(path, columns=columns).to_pandas()
        parts = [pq.read_table(part, columns=columns).to_pandas() for part in _chunks(path, manifest)]
        return _in_order(pd.concat(parts, ignore_index=True))
    except (OSError, ValueError, pa.ArrowException) as error:
        gone = isinstance(error, FileNotFoundError)
        hint = "give the command again" if gone else "delete it and give the command again"
        raise ScenarioError(f"this table {'is missing' if gone else 'cannot be read'}", file=path, hint=hint) from None


def _chunks(path: Path, manifest: Mapping[str, Any]) -> Iterator[Path]:
    """The files of a table that the manifest lists chunk by chunk; whatever else lies beside them is not of the study."""
    lines, part = manifest.get("chunks"), manifest.get("part")
    first, parts = part if isinstance(part, list) and len(part) == 2 else (1, 1)  # part 2 of 3 has chunks 1, 4, 7 and so on
    for place, line in enumerate(lines if isinstance(lines, list) else []):
        if isinstance(line, dict) and path.name in (line.get("rows") or {}):
            yield path / chunk_file(first - 1 + parts * place)


def chunk_file(number: int) -> str:
    """The name of the file of a chunk."""
    return file_of(f"{number:06d}")


def _in_order(table: pd.DataFrame) -> pd.DataFrame:
    """Sort rows by world, point, replicate and policy; worlds and policies keep their order in the study."""
    order = table[["world", "point", "replicate", "policy"]].copy()
    for column in ("world", "policy"):
        order[column] = pd.factorize(order[column])[0]
    return table.loc[order.sort_values(list(order), kind="stable").index].reset_index(drop=True)
