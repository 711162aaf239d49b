"""The tables of a search: every design with its levers and outcomes, and the front on new luck."""

from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from simulation.design.aims import COST, Aims, Tried, affordable
from simulation.judgement import estimate


def designs_of(designs: Sequence[Tried], aims: Aims, levers: Sequence[str], front: Collection[int]) -> pd.DataFrame:
    """Make the table of designs: a row a design: its levers, each aim and the yearly cost with intervals, on the search's luck."""
    return pd.DataFrame([
        {**_about(tried, levers), "affordable": affordable(tried, aims), "front": tried.number in front, **_measured(tried, aims)}
        for tried in designs
    ]).convert_dtypes()  # fmt: skip


def front_of(
    renewed: Sequence[Tried], today: Tried, aims: Aims, levers: Sequence[str], named: Mapping[str, Tried]
) -> pd.DataFrame:
    """Make the table of the front: a row a design, the cheapest first, measured on new luck, with the names it was chosen under.

    `gain`, `gain_low` and `gain_high` are in retention against today, replicate by replicate, with its own interval.
    """
    rows = []
    for tried in renewed:
        gain = estimate(tried.of("retention") - today.of("retention"))
        names = ", ".join(name for name, chosen in named.items() if chosen.number == tried.number)
        rows.append({**_about(tried, levers), "choice": names, **_measured(tried, aims),
                     "gain": gain.value, "gain_low": gain.low, "gain_high": gain.high})  # fmt: skip
    return pd.DataFrame(rows).convert_dtypes()


def _about(tried: Tried, levers: Sequence[str]) -> dict:
    return {"design": tried.number, **{name: tried.values.get(name) for name in levers}, "replicates": tried.replicates}


def _measured(tried: Tried, aims: Aims) -> dict:
    found = {name: tried.estimate(name) for name in (*aims.names, COST)}
    return {f"{name}{end}": value for name, one in found.items()
            for end, value in (("", one.value), ("_low", one.low), ("_high", one.high))}  # fmt: skip
