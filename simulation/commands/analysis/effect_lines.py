"""What the command line says of a factorial of two levels, and which figures it draws."""

import dataclasses
from collections.abc import Iterator

import pandas as pd
from matplotlib.figure import Figure

from simulation.figures.effect_figures import effect_panels, interaction_map, negligible_said, verdict_said
from simulation.figures.wording import amount, change, factor, level, outcome
from simulation.outcomes import Outcome
from simulation.studies.sweep import Sweep

TOLD = 5  # pairs that are said on screen
PAIRS = ("more", "less")
JUDGED = {1: " (better)", -1: " (worse)", 0: ""}


def lines_of_effects(rows: pd.DataFrame) -> Iterator[str]:
    """What each factor does alone and given the others, the most helpful on top; then the pairs that are not their sum."""
    first = rows.iloc[0]
    if first["note"]:
        yield first["note"]
        return
    described = outcome(first["outcome"])
    of = {name: part.set_index("factor") for name, part in rows.groupby("measure")}
    together, alone, given = of["together"].iloc[0], of["alone"], of["given_others"]
    least = rows["used"].min()
    if least < first["replicates"]:
        yield f"from {least} of {first['replicates']} replicates: a failed run takes its own with it"
    value, low, high = (level(of["all_off"][name].iloc[0], described) for name in ("value", "low", "high"))
    yield (
        f"all off: {value} ({low} to {high}); all on: {_effect(together, described)}, "
        f"and the sum of each alone is {change(alone['value'].sum(skipna=False), described)}"
    )
    yield f"unit: {described.difference_unit or 'its own'}; negligible: {negligible_said(first)}"
    yield f"{'':<30}{'alone':<40}given the others"
    order = given["value"] * (described.better or 1.0)
    for name in order.sort_values(ascending=False, kind="stable").index:
        told = (f"{_effect(row, described)}: {verdict_said(row)}" for row in (alone.loc[name], given.loc[name]))
        yield f"{factor(name):<30}{next(told):<40}{next(told)}"
    yield from _pairs_said(rows[rows["measure"] == "interaction"])


def _effect(row: pd.Series, described: Outcome) -> str:
    """An effect with its interval; an end that is only nearly zero has one more digit, so that its side is seen."""
    known = pd.notna(row["low"]) and pd.notna(row["high"])
    ends = f"{_end(row['low'], described)} to {_end(row['high'], described)}" if known else "no interval"
    return f"{change(row['value'], described)} ({ends})"


def _end(value: float, described: Outcome) -> str:
    """An end of an interval."""
    said = change(value, described)
    finer = change(value, dataclasses.replace(described, decimals=described.decimals + 1))
    return finer if said[0] == "0" and finer[0] != "0" else said


def _pairs_said(pairs: pd.DataFrame) -> Iterator[str]:
    """Which pairs clearly give more or less than the sum of the two, the largest first."""
    if pairs.empty:
        return
    clear = pairs[pairs["verdict"].isin(PAIRS)].sort_values("value", key=abs, ascending=False, kind="stable")
    holm = f" after Holm's correction for {len(pairs)} pairs" if len(pairs) > 1 else ""
    if clear.empty:
        yield f"no two of them clearly give more or less than the sum of both{holm}"
        return
    for _, row in clear.head(TOLD).iterrows():
        described = outcome(row["outcome"])
        way = described.better if row["verdict"] == "more" else -described.better
        yield (
            f"{factor(row['factor'])} and {_within(factor(row['other']))} together: "
            f"{amount(abs(row['value']), described)} {described.difference_unit} {row['verdict']} than the sum of both"
            f"{JUDGED[way]}"
        )
    more = len(clear) - TOLD
    yield (f"and {more} more; " if more > 0 else "") + f"clear{holm}"


def _within(said: str) -> str:
    """A name inside a sentence."""
    return said[:1].lower() + said[1:]


def figures_of_effects(table: pd.DataFrame, done: Sweep) -> Iterator[tuple[str, Figure]]:
    """A sheet a policy, as differences from the baseline where there is one; a map an outcome with clear pairs."""
    title = done.setup.study.title
    rows = table[table["baseline"].notna()] if table["baseline"].notna().any() else table
    for key, part in rows.groupby(["world", "policy"], sort=False):
        yield "_".join(("effects", *key)), effect_panels(part, title)
        for name, one in part.groupby("outcome", sort=False):
            if one["other"].nunique() > 1 and one["verdict"].isin(PAIRS).any():
                yield "_".join(("interactions", *key, name)), interaction_map(one).get_figure(root=True)
