"""Page one of the brief: who gains and who loses, what it costs, what it does to mentors, what to watch."""

from typing import Any

import numpy as np
import pandas as pd

from simulation.advice import Advice
from simulation.brief.said import Study, leveled, said
from simulation.comparison.costs import shown_by_payer
from simulation.equity import equity
from simulation.figures import wording

SHOWN = {"retention": "stay", "access": "ever have a mentor"}
MENTORS = {
    "mentor_burnout": "Burnout, of 100", "mentor_retention": "Mentors who stay", "mentor_load": "Mentees per mentor",
    "mentor_load_gini": "Uneven load: 0 all alike, 1 one has all",
}  # fmt: skip
PAYERS = {
    "cash": "Cash", "protected": "Protected time of mentors", "paid": "In all",
    "mentors": "Time of mentors that nobody pays", "mentees": "Time of mentees that nobody pays",
}  # fmt: skip
PRICE = "Each person more who stays costs about {price} ({low} to {high})."
CHEAPER = "More people stay, and it costs less than today."
NO_PRICE = "It is not clear that more people stay, so there is no price for one of them."
ROOM, LETTERS = 26, 110  # lines of sentences and tables that fit on paper in the usual size, and letters in a line
FAR = 0.0005  # a change of a level that is no mere rounding


def first_page(study: Study, advice: Advice) -> dict[str, Any]:
    """The values of page one; `other` is the policy that stands beside today's practice."""
    other = beside(study, advice)
    groups, money, mentors = _groups(study, other), _money(study, other), _mentors(study, other)
    prose = [*advice.sentences, *advice.sure, *advice.turns, *advice.misses, *advice.harms]
    lines = sum(len(text) // LETTERS + 1 for text in prose) + len(groups) + max(len(money), len(mentors))
    return {
        "dense": lines > ROOM,
        "advised": other in advice.first, "other": study.titles.get(other, ""), "today": study.titles[study.baseline],
        "advice": advice, "groups": groups,
        "money": money, "more": _one_more(study, other), "mentors": mentors,
    }  # fmt: skip


def beside(study: Study, advice: Advice) -> str | None:
    """The policy to show beside today's practice: the one advised, else the one that keeps most in these runs."""
    if chosen := [name for name in advice.first if name != study.baseline and name in study.titles]:
        return chosen[0]
    rows = study.differences
    if len(kept := rows[rows["outcome"] == "retention"].dropna(subset="difference") if len(rows) else rows):
        return kept.loc[kept["difference"].idxmax(), "policy"]
    return next((name for name in study.titles if name != study.baseline), None)


def _groups(study: Study, other: str | None) -> list[dict[str, Any]]:
    """Everyone, then each group of each attribute and the gap between its ends: who stays and who has a mentor, today and then.

    A row has a `name`, `few` (few people), whether it is a `gap`, and for each outcome two levels and what is said of the gap.
    """
    shown = [name for name in SHOWN if name in study.tables["outcomes"]]
    rows = [_line("Everyone", [(*leveled(study, other, name), "") for name in shown])]
    groups = study.tables.get("groups")
    if groups is None or study.differences.empty:
        return rows
    ends = equity(groups, study.differences)
    for attribute in ends["attribute"].unique():
        of_attribute = groups[groups["attribute"] == attribute]
        for group, found in of_attribute.groupby("group", sort=False, observed=True):
            levels = found.groupby(["outcome", "policy"], observed=True)["value"].mean()
            cells = [_levels(*(levels.get((name, policy), np.nan) for policy in (study.baseline, other)), name) for name in shown]
            rows.append(_line(wording.words(group), cells, few=bool(found["small"].mean() > 0.5)))
        mine = ends[ends["attribute"] == attribute].set_index(["policy", "outcome"])
        both = [((study.baseline, name), (other, name)) for name in shown]  # a policy of which all runs failed has no ends
        two = {then[1]: (mine.loc[today], mine.loc[then]) for today, then in both if {today, then} <= set(mine.index)}
        if of_attribute["group"].nunique() > 2:
            rest = [_levels(today["rest"], then["rest"], name) for name, (today, then) in two.items()]
            rows.append(_line(f"All but {wording.words(mine['reference'].iloc[0])}", rest))
        rows.append(_line(f"Gap by {wording.attribute(attribute)}", [_gap(*pair) for pair in two.values()], gap=True))
    return rows


def _line(name: str, cells: list[tuple[str, str, str]], few: bool = False, gap: bool = False) -> dict[str, Any]:
    return {"name": name, "few": few, "gap": gap, "cells": cells}


def _levels(today: float, then: float, name: str) -> tuple[str, str, str]:
    return (*(wording.level(value, wording.outcome(name)) for value in (today, then)), "")


def _gap(today: pd.Series, then: pd.Series) -> tuple[str, str, str]:
    """The gap between two ends today and then, as the levels are shown, and how it moved."""
    described = wording.outcome(today.name[1])
    before, after = ([float(one["top"]), float(one["rest"])] for one in (today, then))
    if then["small"] is True or then["small"] is np.True_:
        told = "too few people to tell"
    else:
        told = said(then["said"], "gap") + _by_whom(before, after, then["said"])
    return (*(wording.amount(abs(wording.between(*pair, described)), described) for pair in (before, after)), told)


def _by_whom(before: list[float], after: list[float], verdict: str) -> str:
    """Whether a gap narrowed or widened by what those behind gained, or by what those ahead lost."""
    ahead = 0 if before[0] >= before[1] else 1
    up, down = after[1 - ahead] - before[1 - ahead], after[ahead] - before[ahead]  # of those behind, of those ahead
    if verdict == "better":
        return ", levelled up" if down >= -FAR else ", levelled down" if up <= FAR else ", levelled up and down"
    if verdict == "worse":
        return ": those behind lose" if up < -FAR else ": those ahead gain more"
    return ""


def _money(study: Study, other: str | None) -> list[tuple[str, str, str]]:
    """What a year costs the whole program, today and under the other policy; a row for each who pays, then for each mentee."""
    rows = []
    if "costs" in study.tables:
        sums = shown_by_payer(study.tables["costs"]).reindex((study.baseline, other))
        rows = [(title, *(wording.level(one, wording.MONEY) for one in sums[payer])) for payer, title in PAYERS.items()]
    return [*rows, ("For each mentee", *leveled(study, other, "cost"))] if "cost" in study.tables["outcomes"] else rows


def _one_more(study: Study, other: str | None) -> str:
    """What one person more kept costs; empty where nobody counted it."""
    keeping = study.tables.get("keeping")
    rows = [] if keeping is None else list(keeping[keeping["policy"] == other].itertuples())
    if not rows:
        return ""
    row = rows[0]
    known = np.isfinite([row.price, row.low, row.high]).all()
    if known and row.high < 0.0:
        return CHEAPER
    return PRICE.format(**{end: wording.money(getattr(row, end)) for end in ("price", "low", "high")}) if known else NO_PRICE


def _mentors(study: Study, other: str | None) -> list[tuple[str, str, str, str]]:
    """What the other policy does to mentors: a row an outcome, with its verdict in words."""
    rows = []
    for name, title in MENTORS.items():
        if name in study.tables["outcomes"]:
            found = study.found(other, name)
            rows.append((title, *leveled(study, other, name), said(found.verdict, name) if found is not None else ""))
    return rows
