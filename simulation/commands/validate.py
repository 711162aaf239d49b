"""`mentorship validate`: the published patterns, one line each: value, interval, band, in or out."""

import shlex
from argparse import Namespace
from math import isfinite

import numpy as np
import pandas as pd

from simulation import __version__
from simulation.commands.compiling import compile_first
from simulation.commands.console import Progress, print_json, printed, remarked
from simulation.evidence.theories import theories_of, try_theories
from simulation.evidence.validate import SEEDS, validate
from simulation.results import prepare, save

COMMAND = "mentorship validate"


def carry_out(asked: Namespace) -> int:
    """Measure the patterns and say which are reproduced."""
    silent = asked.quiet or asked.json
    seeds = asked.seeds or SEEDS
    command = f"{COMMAND} --seeds {seeds} --seed {asked.seed}"
    if asked.theories:
        command += f" --theories {shlex.quote(asked.theories)}"
    manifest = {"version": __version__, "command": command, "seed": asked.seed, "theories": asked.theories}
    if asked.out:
        prepare(asked.out, manifest)
    if asked.theories:
        theories_of(asked.theories)
    compile_first(silent)
    with Progress(not silent, "studies") as progress:
        if asked.theories:
            table = try_theories(asked.theories, seeds, asked.seed, workers=asked.workers, progress=progress)
        else:
            table = validate(seeds=seeds, seed=asked.seed, workers=asked.workers, progress=progress)
    if asked.out:
        save(asked.out, {"patterns": table}, manifest)
        remarked(f"The table lies in {asked.out}", silent)
    if asked.json:
        print_json({"patterns": [_known(row) for row in table.to_dict("records")]})
    else:
        printed("\n".join(_side_by_side(table) if asked.theories else _lines(table)))
    return 0


def _known(row: dict) -> dict:
    """A row for machines: the band as two ends, of which one may be open."""
    band = [end if isfinite(end) else None for end in (row.pop("band_low"), row.pop("band_high"))]
    return {**row, "band": band}


def _band(low: float, high: float) -> str:
    """A band in words."""
    if not isfinite(low):
        return f"at most {high:g}"
    return f"at least {low:g}" if not isfinite(high) else f"{low:g} to {high:g}"


def _lines(table: pd.DataFrame) -> list[str]:
    """A line a clause, and what comes out in sum."""
    lines = []
    for row in table.itertuples():
        said = "in " if row.in_band else "OUT"
        twins = "" if np.isnan(row.causal) else f"; in twins {row.causal:.2f}"
        lines.append(
            f"{row.id:<4}{row.kind} {said} {row.value:7.2f} ({row.low:.2f} to {row.high:.2f}), "
            f"band {_band(row.band_low, row.band_high)}: {row.text}{twins}"
        )
    for kind, what in (("C", "that may be fitted"), ("V", "that are never fitted")):
        part = table[table["kind"] == kind]
        lines.append(f"{part['in_band'].sum()} of {len(part)} clauses {what} are in their band")
    return lines


def _side_by_side(table: pd.DataFrame) -> list[str]:
    """A line a clause, with a column a theory: its value, in brackets when it is out of the band."""
    names = list(dict.fromkeys(table["theory"]))
    width = max(map(len, names)) + 2
    lines = [f"{'':<34}{'band':<18}" + "".join(f"{name:>{width}}" for name in names)]
    for (pattern, clause), rows in table.groupby(["id", "clause"], sort=False):
        first, by_name = rows.iloc[0], rows.set_index("theory")
        cells = [f"{row.value:.2f}" if row.in_band else f"({row.value:.2f})" for row in by_name.loc[names].itertuples()]
        band = _band(first["band_low"], first["band_high"])
        lines.append(f"{pattern + ' ' + clause:<32}{first['kind']} {band:<18}" + "".join(f"{cell:>{width}}" for cell in cells))
    for kind in sorted(set(table["kind"])):
        part = table[table["kind"] == kind].groupby("theory")["in_band"].agg(["sum", "size"])
        cells = [f"{part.loc[name, 'sum']} of {part.loc[name, 'size']}" for name in names]
        lines.append(f"{'in their band, kind ' + kind:<52}" + "".join(f"{cell:>{width}}" for cell in cells))
    return lines
