"""What each factor of a factorial of two levels does, on screen and in figures."""

import dataclasses
from collections.abc import Iterator

import numpy as np
import pandas as pd
from rich.console import RenderableType

from simulation.commands.console import table
from simulation.commands.words import sensitivity as words
from simulation.figures.drawn import Draw
from simulation.figures.effect_figures import SLIDE, effect_panels, interaction_map, negligible_said, verdict_said
from simulation.figures.wording import amount, change, factor, inside, level, outcome
from simulation.outcomes import Outcome
from simulation.scenario.counted import counted
from simulation.studies.sweep import Sweep

TOLD = 5  # pairs that are shown on screen
PAIRS = ("more", "less")


def lines_of_effects(rows: pd.DataFrame) -> Iterator[RenderableType]:
    """What each factor does alone and given the others, the most helpful on top; then pairs that differ from their sum."""
    first = rows.iloc[0]
    if first["note"]:
        yield first["note"]
        return
    described = outcome(first["outcome"])
    of = {name: part.set_index("factor") for name, part in rows.groupby("measure")}
    together, alone, given = of["together"].iloc[0], of["alone"], of["given_others"]
    least = rows["used"].min()
    if least < first["replicates"]:
        yield words.REPLICATES.format(used=least, count=first["replicates"])
    value, low, high = (level(of["all_off"][name].iloc[0], described) for name in ("value", "low", "high"))
    total = change(alone["value"].sum(skipna=False), described)
    yield words.ALL.format(level=value, low=low, high=high, together=effect_said(together, described), alone=total)
    yield words.NEGLIGIBLE.format(unit=described.difference_unit or words.OWN_UNIT, size=negligible_said(first))
    lines = []
    order = given["value"] * (described.better or 1.0)
    for name in order.sort_values(ascending=False, kind="stable").index:
        both = [(effect_said(row, described), verdict_said(row)) for row in (alone.loc[name], given.loc[name])]
        lines.append((factor(name), *(words.EFFECT_VERDICT.format(effect=one, verdict=said) for one, said in both)))
    yield table(lines, words.EFFECT_HEADS)
    yield from _pairs_said(rows[rows["measure"] == "interaction"])


def effect_said(row: pd.Series, described: Outcome) -> str:
    """An effect with its interval; an end that is only nearly zero has one more digit, so that its side is seen."""
    known = pd.notna(row["low"]) and pd.notna(row["high"])
    ends = words.ENDS.format(low=_end(row["low"], described), high=_end(row["high"], described))
    return words.EFFECT.format(change=change(row["value"], described), ends=ends if known else words.NO_INTERVAL)


def _end(value: float, described: Outcome) -> str:
    """An end of an interval."""
    said = change(value, described)
    finer = change(value, dataclasses.replace(described, decimals=described.decimals + 1))
    return finer if said[0] == "0" and finer[0] != "0" else said


def _pairs_said(pairs: pd.DataFrame) -> Iterator[str]:
    """Which pairs clearly do more or less than the sum of both, the largest first."""
    if pairs.empty:
        return
    clear = pairs[pairs["verdict"].isin(PAIRS)].sort_values("value", key=abs, ascending=False, kind="stable")
    holm = words.HOLM.format(count=counted(len(pairs), "pairs")) if len(pairs) > 1 else ""
    if clear.empty:
        yield words.NO_PAIR.format(holm=holm)
        return
    for _, row in clear.head(TOLD).iterrows():
        described = outcome(row["outcome"])
        way = described.better if row["verdict"] == "more" else -described.better
        yield words.PAIR.format(
            one=factor(row["factor"]), other=inside(factor(row["other"])), amount=amount(abs(row["value"]), described),
            unit=described.difference_unit, verdict=row["verdict"], judged=words.JUDGED[way],
        )  # fmt: skip
    more = words.MORE_PAIRS.format(count=len(clear) - TOLD) if len(clear) > TOLD else ""
    yield more + words.CLEAR.format(holm=holm)


def figures_of_effects(table: pd.DataFrame, done: Sweep) -> Iterator[tuple[str, Draw]]:
    """Slides a policy, as differences from the baseline where there is one; a map an outcome with clear pairs."""
    title = done.setup.study.title
    rows = table[table["baseline"].notna()] if table["baseline"].notna().any() else table
    for key, part in rows.groupby(["world", "policy"], sort=False):
        yield from _slides("_".join(("effects", *key)), part, title)
        for name, one in part.groupby("outcome", sort=False):
            if one["other"].nunique() > 1 and one["verdict"].isin(PAIRS).any():
                yield "_".join(("interactions", *key, name)), lambda one=one: interaction_map(one)


def _slides(stem: str, rows: pd.DataFrame, title: str) -> Iterator[tuple[str, Draw]]:
    """The outcomes of a policy on as few slides as they have room on, in the order of the study."""
    outcomes = list(dict.fromkeys(rows["outcome"]))
    parts = np.array_split(outcomes, -(-len(outcomes) // SLIDE))
    for number, part in enumerate(parts, start=1):
        of = words.SLIDE.format(title=title, number=number, count=len(parts)) if len(parts) > 1 and title else title
        shown = rows[rows["outcome"].isin(part)]
        yield stem if number == 1 else f"{stem}_{number}", lambda shown=shown, of=of: effect_panels(shown, of)
