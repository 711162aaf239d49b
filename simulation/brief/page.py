"""Typesetting the page of the brief: its tables, and the values of the template."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import jinja2
import numpy as np
import pandas as pd

from simulation.advice import Advice
from simulation.brief.verdicts import verdicts
from simulation.equity import equity
from simulation.figures import wording
from simulation.judgement import CANNOT_TELL, SAME, headline_intervals
from simulation.outcomes import Unit, gaps_among, headlines
from simulation.scenario.counted import counted

SAID = {
    "cost": {"better": "cheaper", "worse": "dearer"},
    "gap": {"better": "narrower", "worse": "wider", "reversed": "turned round"},
}
EVERYWHERE = {SAME: "practically the same", CANNOT_TELL: "cannot tell"}


def render(
    outcomes: pd.DataFrame,
    differences: pd.DataFrame,
    advice: Advice,
    manifest: Mapping[str, Any],
    figures: list[dict[str, str]],
    plausible: pd.DataFrame | None = None,
    groups: pd.DataFrame | None = None,
    missing: Sequence[str] = (),
) -> str:
    """Typeset the brief; `differences` are contrasts with their gaps turned (`judgement.turn_gaps`), `missing` are figures."""
    baseline = differences["baseline"].iloc[0] if len(differences) else outcomes["policy"].iloc[0]
    names = list(dict.fromkeys([baseline, *outcomes["policy"]]))
    gap = next((name for of in ("access", "retention") for name in gaps_among(outcomes, of)), None)
    shown = [name for name in headlines("brief") if name in outcomes]
    beside = jinja2.FileSystemLoader(Path(__file__).parent)
    environment = jinja2.Environment(loader=beside, autoescape=True, trim_blocks=True, undefined=jinja2.StrictUndefined)
    return environment.get_template("page.html.j2").render(
        world=_world(manifest, outcomes),
        policies=_policies(manifest, names),
        baseline=wording.words(baseline),
        replicates=outcomes["replicate"].nunique() if "replicate" in outcomes else 1,
        advice=advice,
        told=[verdicts(differences, name) for name in ("retention", gap) if name and len(differences)],
        columns=[
            {"title": row.title, "unit": row.difference_unit, "text": row.text, "margin": wording.amount(row.margin, row)}
            for row in map(wording.outcome, shown)
        ],
        rows=[_row(name, baseline, shown, outcomes, differences) for name in names],
        equity=[] if groups is None else _equity(equity(groups, differences)),
        people=_people(differences),
        sets=_sets(plausible, gap),
        figures=figures,
        missing=missing,
        together=headline_intervals(differences) if len(differences) else 0,
        **{name: manifest.get(name) for name in ("command", "version", "seed", "digest")},
    )


def _row(policy: str, baseline: str, shown: list[str], outcomes: pd.DataFrame, differences: pd.DataFrame) -> dict[str, Any]:
    """A row of the headline table: levels for the baseline, differences for the others."""
    cells = []
    for name in shown:
        described = wording.outcome(name)
        row = differences[(differences["policy"] == policy) & (differences["outcome"] == name)]
        if policy == baseline or row.empty:
            mean = outcomes.loc[outcomes["policy"] == policy, name].mean()
            text = wording.level(abs(mean) if name.startswith("gap_") else mean, described)
            cells.append({"text": text, "interval": "", "said": "", "kind": "level"})
            continue
        first = row.iloc[0]
        cells.append({
            "text": wording.change(first["difference"], described),
            "interval": wording.interval(first["low_all"], first["high_all"], described),
            "said": _said(first["verdict"], name.split("_")[0], first["needed"]),
            "kind": _kind(first["verdict"]),
        })  # fmt: skip
    return {"policy": wording.words(policy), "cells": cells}


def _equity(found: pd.DataFrame) -> list[dict[str, Any]]:
    """A table an identity attribute: both ends under each policy, and the change of the gap between them."""
    tables = []
    for name, rows in found.groupby("attribute", sort=False):
        tables.append({
            "attribute": wording.attribute(name),
            "reference": wording.inside(wording.words(rows["reference"].iloc[0])),
            "columns": [wording.outcome(outcome) for outcome in rows["outcome"].unique()],
            "rows": [
                {"policy": wording.words(policy), "cells": [_ends(cell) for cell in cells.itertuples()]}
                for policy, cells in rows.groupby("policy", sort=False)
            ],
        })  # fmt: skip
    return tables


def _ends(row: Any) -> dict[str, str]:
    """A cell: the levels of both ends, the change of the gap with its interval, and what is clear of it."""
    described = wording.outcome(row.outcome)
    text = wording.ends(row.top, row.rest, described)
    if not isinstance(row.said, str):
        return {"text": text, "interval": "", "said": "", "kind": "level"}
    span = f"gap {wording.change(row.difference, described)} ({wording.interval(row.low, row.high, described)})"
    said = _said(row.said, "gap") + ("; few people" if row.small is True else "")
    return {"text": text, "interval": span, "said": said, "kind": _kind(row.said)}


def _kind(said: str) -> str:
    """How a verdict is coloured."""
    return said if said in ("better", "worse") else "unsure" if said in (CANNOT_TELL, SAME) else "other"


def _said(verdict: str, of: str, needed: float = np.nan) -> str:
    """A verdict in words, of an outcome of a kind (`cost`, `gap` or any other), and how many replicates would tell."""
    told = SAID.get(of, {}).get(verdict) or EVERYWHERE.get(verdict, verdict)
    return f"{told}; about {counted(int(needed), 'replicates')} would tell" if np.isfinite(needed) else told


def _people(differences: pd.DataFrame) -> list[dict[str, str]]:
    """How many people stay only under the policy, and how many only under the baseline."""
    rows = differences[differences["outcome"] == "retention"]
    if not {"people_gained", "people_lost"} <= set(rows):
        return []
    return [
        {
            "policy": wording.words(row.policy),
            "gained": wording.level(row.people_gained, Unit()),
            "lost": wording.level(row.people_lost, Unit()),
            "net": wording.change(row.people_gained - row.people_lost, Unit()),
            "better": wording.level(getattr(row, "share_better", np.nan), Unit("%", "", 100.0, 0)),
        }
        for row in rows.itertuples()
    ]


def _sets(table: pd.DataFrame | None, gap: str | None) -> list[dict[str, str]]:
    """In how many plausible sets of parameters each policy does better, in retention and in a gap."""
    if table is None or table.empty:
        return []
    rows = []
    for policy, found in table.set_index("outcome").groupby("policy", sort=False):
        kept = found.loc["retention"]
        narrower = found.loc[gap] if gap in found.index else None
        rows.append({
            "policy": wording.words(policy), "sets": f"{kept['sets']:.0f}",
            "better": f"{kept['better']:.0f} ({kept['clearly_better']:.0f} clearly)",
            "worse": f"{kept['worse']:.0f} ({kept['clearly_worse']:.0f} clearly)",
            "narrower": "" if narrower is None else f"{narrower['better']:.0f}",
            "share": wording.percent(kept["parameter_share"]),
        })  # fmt: skip
    return rows


def _world(manifest: Mapping[str, Any], outcomes: pd.DataFrame) -> dict[str, str]:
    """The world's title and text, and its size in a sentence, as far as the manifest has them."""
    inputs = manifest.get("inputs", {}).get("world") or {}
    name = manifest.get("world") or (outcomes["world"].iloc[0] if "world" in outcomes else "A program")
    people = inputs.get("people", {})
    size = ""
    if {"mentees", "mentors"} <= set(people):
        months = manifest.get("months") or people.get("months")
        followed = f" and is followed for {counted(months, 'months')}" if months else ""
        size = f"It begins with {counted(people['mentees'], 'mentees')} and {counted(people['mentors'], 'mentors')}{followed}."
    return {"title": inputs.get("title") or wording.words(name), "text": inputs.get("text", ""), "size": size}


def _policies(manifest: Mapping[str, Any], names: list[str]) -> list[dict[str, str]]:
    """Each policy in words, with its own description where the manifest has one."""
    inputs = manifest.get("inputs", {}).get("policies") or []
    texts = {policy.get("name"): policy.get("text", "") for policy in inputs}
    return [{"title": wording.words(name), "text": texts.get(name, "")} for name in names]
