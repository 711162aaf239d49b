"""The summary of a comparison that a program designer reads on screen."""

from collections.abc import Iterator
from typing import Any

import pandas as pd
from rich.console import RenderableType
from rich.text import Text

from simulation.advice import Advice
from simulation.commands.console import listed, table
from simulation.commands.words import compare as words
from simulation.equity import equity
from simulation.figures import wording
from simulation.judgement import CANNOT_TELL, ENOUGH, SAME, headline_intervals, turn_gaps
from simulation.outcomes import Outcome, Unit, headlines
from simulation.scenario.counted import counted
from simulation.scenario.policy import Policy

COLOURS = {"better": "green", "worse": "red"}


def summary(tables: dict[str, pd.DataFrame], policies: list[Policy]) -> Iterator[RenderableType]:
    """Outcome by outcome: the baseline's level, then each policy's difference, its interval and a verdict."""
    outcomes, baseline = tables["outcomes"], policies[0]
    levels = outcomes[outcomes["policy"] == baseline.name].mean(numeric_only=True)
    contrasts = turn_gaps(tables["contrasts"])
    titles = wording.titles({policy.name: policy.title for policy in policies})
    blocks = []
    for name in headlines("screen"):
        rows = contrasts[contrasts["outcome"] == name]
        if rows.empty or name not in levels:
            continue
        described = wording.fitted_to(name, contrasts)
        level = wording.level(levels[name], described)
        level += f" ({described.unit})" if described.unit != "%" else ""
        heading = words.LEVEL.format(outcome=described.title, level=level, baseline=wording.inside(titles[baseline.name]))
        unit = f" {words.POINTS}" if described.difference_unit == "percentage points" else ""
        heading += words.MARGIN.format(margin=wording.amount(described.margin, described) + unit)
        lines = []
        for row in rows.itertuples():
            change, span = wording.change(row.difference, described), wording.interval(row.low_all, row.high_all, described)
            lines.append((titles.get(row.policy, row.policy), change + unit, span, judged(row, described)))
        blocks.append((heading, lines))
    cells = [line[:3] for _, lines in blocks for line in lines]
    least = tuple(max(map(len, column)) for column in zip(*cells, strict=True))
    for heading, lines in blocks:
        yield from (heading, table(lines, right=(1,), least=least), "")
    yield from _equity(tables.get("groups"), contrasts, titles, least)
    yield from _people(contrasts, titles, least)
    yield from _plausible(tables.get("plausible"), titles, least)
    yield words.NOTE
    if held := headline_intervals(contrasts):
        yield words.TOGETHER.format(count=counted(held, "intervals"))
    runs = outcomes["replicate"].nunique()
    if runs < ENOUGH:
        yield words.FEW.format(count=counted(runs, "replicates"), enough=ENOUGH)


def advised(advice: Advice) -> Iterator[RenderableType]:
    """The advice, how sure it is, and what could change it."""
    yield from ("", words.ADVICE, *advice.sentences)
    for heading, lines in ((words.HOW_SURE, advice.sure), (words.TURNS, advice.turns)):
        if lines:
            yield from ("", heading, listed(lines))


def judged(row: Any, described: Outcome) -> Text:
    """A verdict in words: what is the case, or what could still be true and how many replicates would tell."""
    if row.verdict == CANNOT_TELL:
        return Text(wording.open_question(row.low_all, row.high_all, row.needed, described))
    if described.name.startswith("gap_"):
        return Text(words.GAP[row.verdict], COLOURS.get(row.verdict, ""))
    if described.name == "cost":
        return Text(words.COSTS.get(row.verdict, row.verdict))
    return Text(words.SAME if row.verdict == SAME else row.verdict, COLOURS.get(row.verdict, ""))


def _equity(
    groups: pd.DataFrame | None, contrasts: pd.DataFrame, titles: dict[str, str], least: tuple[int, ...]
) -> Iterator[RenderableType]:
    """What both ends of each identity have, a column an outcome, and whether the gap between them is narrower or wider."""
    if groups is None:
        return
    for name, rows in equity(groups, contrasts).groupby("attribute", sort=False):
        heads = ["", *(wording.outcome(outcome).title for outcome in rows["outcome"].unique())]
        lines = [
            (titles.get(policy, policy), *(_ends(row) for row in cells.itertuples()))
            for policy, cells in rows.groupby("policy", sort=False)
        ]
        by, reference = wording.attribute(name), wording.inside(wording.words(rows["reference"].iloc[0]))
        yield from (words.EQUITY.format(attribute=by, reference=reference), table(lines, heads, least=least[:1]))
        yield from ([words.SMALL_NOTE] if rows["small"].eq(True).any() else []) + [""]


def _ends(row: Any) -> Text:
    """Both levels, and what a policy makes of the gap between them."""
    described = wording.outcome(row.outcome)
    said = words.GAP.get(row.said, "") + (words.SMALL if row.small is True and row.said in words.GAP else "")
    return Text(f"{wording.ends(row.top, row.rest, described)} {said}".rstrip(), COLOURS.get(row.said, ""))


def _people(contrasts: pd.DataFrame, titles: dict[str, str], least: tuple[int, ...]) -> Iterator[RenderableType]:
    """How many stay under a policy and would have left under the baseline, and the reverse, per 100 mentees."""
    rows = contrasts[contrasts["outcome"] == "retention"]
    if {"people_gained", "people_lost"} <= set(rows):
        found = zip(rows["policy"], rows["people_gained"], rows["people_lost"], strict=True)
        lines = [(titles.get(name, name), *(wording.level(count, Unit()) for count in people)) for name, *people in found]
        yield from (words.PEOPLE, table(lines, words.PEOPLE_HEADS, right=(1, 2), least=least[:1]), "")


def _plausible(found: pd.DataFrame | None, titles: dict[str, str], least: tuple[int, ...]) -> Iterator[RenderableType]:
    """In how many sets of parameters retention is better, when sets were given."""
    if found is None or found.empty:
        return
    rows, lines = found[found["outcome"] == "retention"], []
    for row in rows.itertuples():
        known = pd.notna(row.parameter_share)
        share = words.PARAMETERS.format(share=wording.percent(row.parameter_share)) if known else ""
        better = words.CLEARLY.format(count=row.better, clearly=row.clearly_better)
        worse = words.CLEARLY.format(count=row.worse, clearly=row.clearly_worse)
        lines.append((titles.get(row.policy, row.policy), better, worse, share))
    sets = f"{rows['sets'].max():,}"
    yield from (words.PLAUSIBLE.format(sets=sets), table(lines, words.PLAUSIBLE_HEADS, least=least[:1]), "")
