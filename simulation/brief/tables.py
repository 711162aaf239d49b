"""The tables of the brief behind page one: the headline, people, equity, sets of parameters."""

from typing import Any

import numpy as np
import pandas as pd

from simulation.brief.said import Study, cell
from simulation.equity import equity
from simulation.figures import wording
from simulation.judgement import first_gap
from simulation.outcomes import Unit, headlines
from simulation.scenario.counted import counted


def headline(study: Study) -> dict[str, Any]:
    """The headline table: levels for the baseline, and for the others the difference, its interval and its verdict."""
    outcomes = study.tables["outcomes"]
    shown = [wording.fitted_to(name, study.differences) for name in headlines("brief") if name in outcomes]
    columns = [{"outcome": row, "margin": wording.amount(row.margin, row)} for row in shown]
    rows = []
    for policy, title in study.titles.items():
        cells = []
        for described in shown:
            row = study.found(policy, described.name)
            if policy == study.baseline or row is None:
                cells.append(cell(wording.level(study.level(policy, described.name), described)))
                continue
            change, span = wording.change(row.difference, described), wording.interval(row.low_all, row.high_all, described)
            cells.append(cell(change, row.verdict, described.name, row.needed, span))
        rows.append({"policy": title, "cells": cells})
    return {"columns": columns, "rows": rows}


def both_ends(study: Study) -> list[dict[str, Any]]:
    """A table an identity attribute: both ends under each policy, the gap between them, and what became of it."""
    if "groups" not in study.tables or study.differences.empty:
        return []
    tables = []
    for name, rows in equity(study.tables["groups"], study.differences).groupby("attribute", sort=False):
        columns = {outcome: _column(found, outcome) for outcome, found in rows.groupby("outcome", sort=False)}
        policies = [policy for policy in study.titles if policy in set(rows["policy"])]
        tables.append({
            "attribute": wording.attribute(name),
            "reference": wording.inside(wording.words(rows["reference"].iloc[0])),
            "columns": [wording.outcome(outcome) for outcome in columns],
            "rows": [
                {"policy": study.titles[policy], "cells": [column.get(policy, cell("–")) for column in columns.values()]}
                for policy in policies
            ],
        })  # fmt: skip
    return tables


def _column(rows: pd.DataFrame, outcome: str) -> dict[str, dict[str, str]]:
    """The cells of one outcome by policy: the levels of both ends, and how the gap between them changed, as they are shown."""
    judged = rows[rows["said"].map(lambda told: isinstance(told, str))]
    described = wording.fitted(wording.outcome(outcome), judged[["low", "high"]].assign(no_gap=np.nan).to_numpy(float))
    today = next(((row.top, row.rest) for row in rows.itertuples() if not isinstance(row.said, str)), (np.nan, np.nan))
    cells = {}
    for row in rows.itertuples():
        text = wording.ends(row.top, row.rest, described)
        if not isinstance(row.said, str):
            cells[row.policy] = cell(text)
            continue
        change = wording.gap_change((row.top, row.rest), today, described)
        span = f"({wording.interval(row.low, row.high, described)})"
        if wording.within(change, row.low, row.high, described):  # else a gap of few people, which some runs lack
            span = f"gap {wording.change(change, described)} {span}"
        cells[row.policy] = cell(text, row.said, "gap", interval=span, also="; few people" if row.small is True else "")
    return cells


def people(study: Study) -> dict[str, Any] | None:
    """How many people stay only under each policy, and how many only under the baseline, of 100 who were ever there."""
    rows = study.differences[study.differences["outcome"] == "retention"] if len(study.differences) else study.differences
    if not {"people_gained", "people_lost"} <= set(rows) or rows["people_gained"].isna().all():
        return None
    found = []
    for row in rows.itertuples():
        gained, lost = (round(float(value), 1) for value in (row.people_gained, row.people_lost))
        found.append({
            "policy": study.titles.get(row.policy, row.policy), "gained": wording.level(gained, Unit()),
            "lost": wording.level(lost, Unit()), "net": wording.change(gained - lost, Unit()),
            "better": wording.level(getattr(row, "share_better", np.nan), Unit("%", "", 100.0, 0)),
        })  # fmt: skip
    groups = study.tables.get("groups")
    ever = np.nan if groups is None else groups.loc[groups["attribute"] == "all", "heads"].mean()
    return {"rows": found, "ever": counted(round(ever), "people") if np.isfinite(ever) else ""}


def sets(study: Study) -> list[dict[str, str]]:
    """In how many sets of numbers each policy does better, in retention and in the gap of the first identity."""
    table = study.tables.get("plausible")
    if table is None or table.empty:
        return []
    gap, rows = first_gap(study.tables["outcomes"]), []
    title = wording.outcome(gap).title if gap else "Gap"
    for policy, found in table.set_index("outcome").groupby("policy", sort=False):
        kept = found.loc["retention"]
        narrower = found.loc[gap] if gap in found.index else None
        rows.append({
            "policy": study.titles.get(policy, policy), "sets": f"{kept['sets']:.0f}",
            "better": f"{kept['better']:.0f} ({kept['clearly_better']:.0f} clearly)",
            "worse": f"{kept['worse']:.0f} ({kept['clearly_worse']:.0f} clearly)",
            "gap": title, "narrower": "" if narrower is None else f"{narrower['better']:.0f}",
            "share": wording.percent(kept["parameter_share"]),
        })  # fmt: skip
    return rows


def bill(study: Study) -> list[dict[str, Any]]:
    """What a year takes under each policy, item by item, where somebody pays or gives time; none where nobody counted it."""
    if "costs" not in study.tables:
        return []
    costs = study.tables["costs"]
    wide = costs.pivot_table("yearly", ["item", "payer"], "policy", "sum", sort=False, observed=True)
    wide = wide.reindex(columns=list(study.titles))[lambda table: table.fillna(0.0).ne(0.0).any(axis=1)]
    rows = wide.iterrows()
    return [{"item": wording.words(item), "payer": payer, "yearly": list(map(wording.money, row))} for (item, payer), row in rows]
