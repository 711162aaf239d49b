"""The digest of a study's content, which is the same however the study grew, who ran it and in how many parts.

Each run has a SHA-256 of what it was (world, policy, what its point says of the factors, replicate) and of its tables. The
runs of a study are added up, so that their order and the numbers of points count for nothing.
Source: Bellare and Micciancio 1997, 10.1007/3-540-69053-0_13, hashes of sets by addition.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from simulation.studies.checksums import sha

SIZE = 2**256


def content_of(runs: Sequence[Mapping[str, Any]], points: pd.DataFrame, first: int, outcomes: pd.DataFrame) -> str:
    """The digest of the runs of a chunk.

    Args:
        runs: of each run `world`, `policy`, `point`, `replicate`, `seed`, perhaps an `error`, and `tables`, the digest of those
            that are kept beside the outcomes.
        points: what the points of the chunk say of the factors, in order.
        first: the number of the first of them.
        outcomes: a column an outcome, a row a run; what is missing counts as what is not there.
    """
    names, numbers = np.array(outcomes.columns), outcomes.to_numpy("<f8")
    said = [_said(values) for values in points.to_dict("records")]
    hashes = []
    for run, row in zip(runs, numbers, strict=True):
        known = ~np.isnan(row)
        facts = [run[name] for name in ("world", "policy", "replicate", "seed")]
        facts += [said[run["point"] - first], run.get("error"), run.get("tables"), names[known].tolist()]
        hashes.append(sha(json.dumps(facts, sort_keys=True).encode() + row[known].tobytes()))
    return added(hashes)


def added(hashes: Iterable[str]) -> str:
    """The sum of SHA-256, as 64 hexadecimal digits."""
    return f"{sum(int(one, 16) for one in hashes) % SIZE:064x}"


def _said(values: Mapping[str, Any]) -> dict[str, Any]:
    """What a point says: a missing value leaves its factor alone, and 3 is 3.0."""
    known = {name: value for name, value in values.items() if not pd.isna(value)}
    return {name: _plain(value) for name, value in known.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, str | bool | np.bool_):
        return value if isinstance(value, str) else bool(value)
    return float(value)
