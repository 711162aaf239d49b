"""The decision brief of a comparison: one HTML page that a dean can read, print and file."""

import base64
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2
import numpy as np
import pandas as pd

from simulation.figures import captions, contrasts, wording

TEMPLATES = Path(__file__).with_name("templates")
HEADLINES = ("retention", "gap", "spark_rate", "need_coverage", "mentor_load_gini", "mentor_burnout", "cost")
SAID = {
    "cost": {"better": "cheaper", "worse": "dearer"},
    "gap": {"better": "narrower", "worse": "wider", "reversed": "turned round"},
}
LARGEST = 1_500_000  # bytes of an SVG; above it the PNG is embedded
Z = 1.959964  # the normal's 97.5 % point


def write(folder: Path | str) -> Path:
    """Write `brief.html` into the folder of a comparison, from its tables, manifest and figures; return its path.

    Needs `outcomes.parquet` and `contrasts.parquet`; uses `manifest.json` and the figures in `figures/` if there.
    """
    folder = Path(folder)
    outcomes = pd.read_parquet(folder / "outcomes.parquet")
    differences = contrasts.turn_gaps(pd.read_parquet(folder / "contrasts.parquet"), outcomes)
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    sets = folder / "plausible.parquet"
    plausible = pd.read_parquet(sets) if sets.exists() else None
    page = folder / "brief.html"
    page.write_text(
        render(outcomes, differences, manifest, _figures(folder / "figures"), plausible), encoding="utf-8"
    )
    return page


def render(
    outcomes: pd.DataFrame,
    differences: pd.DataFrame,
    manifest: Mapping[str, Any],
    figures: list[dict[str, str]],
    plausible: pd.DataFrame | None = None,
) -> str:
    """Typeset the brief; `differences` are contrasts with their gaps turned (`contrasts.turn_gaps`)."""
    baseline = differences["baseline"].iloc[0] if len(differences) else outcomes["policy"].iloc[0]
    names = list(dict.fromkeys([baseline, *outcomes["policy"]]))
    gap = contrasts.widest_gap(outcomes, baseline)
    shown = [name for name in (gap if name == "gap" else name for name in HEADLINES) if name in outcomes]
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, undefined=jinja2.StrictUndefined
    )
    attribute = wording.attribute(wording.gap_parts(gap)[1]) if gap else ""
    return environment.get_template("brief.html.j2").render(
        world=_world(manifest, outcomes),
        policies=_policies(manifest, names),
        baseline=wording.words(baseline),
        replicates=outcomes["replicate"].nunique() if "replicate" in outcomes else 1,
        advice=advise(outcomes, differences, gap),
        told=[verdicts(differences, name) for name in ("retention", gap) if name and len(differences)],
        columns=[{"title": _title(name), "unit": wording.outcome(name).difference_unit} for name in shown],
        rows=[_row(name, baseline, shown, outcomes, differences) for name in names],
        gap_words=f"Gap by {attribute}: how far the groups’ retention is apart; less is better." if gap else "",
        people=_people(differences),
        sets=_sets(plausible, gap),
        figures=figures,
        comparisons=(len(names) - 1) * (2 if gap else 1),
        command=manifest.get("command"),
        version=manifest.get("version"),
        seed=manifest.get("seed"),
        digest=manifest.get("digest"),
    )


def advise(outcomes: pd.DataFrame, differences: pd.DataFrame, gap: str | None) -> list[str]:
    """Say in plain sentences which policy to look at first, what it costs, and what stands against it."""
    if differences.empty:
        return ["Only one policy was run: there is nothing to compare."]
    baseline = wording.words(differences["baseline"].iloc[0]).lower()
    keeps, narrows = _judged(differences, "retention"), _judged(differences, gap)
    gains = differences[differences["outcome"] == "retention"].set_index("policy")["difference"]
    good = [name for name in keeps if keeps[name] == "better" and narrows.get(name) not in ("worse", "reversed")]
    both = [name for name in good if narrows.get(name) == "better"]
    best = sorted(both or good, key=lambda name: -gains[name])
    traded = [name for name in keeps if keeps[name] == "better" and name not in good]
    if best:
        first = best[0]
        alone = "" if gains[first] == gains.max() else "of the policies that do not worsen the gap, "
        opening = f"{alone}{wording.words(first).lower()} keeps most mentees: against {baseline} retention changes by "
        opening += _points(differences, "retention", first)
        if both:
            opening += f". It also narrows the {_inside(gap)}, by {_points(differences, gap, first)}"
        elif gap:
            opening += f". Whether it changes the {_inside(gap)}, one cannot tell"
        sentences = [f"{opening[0].upper()}{opening[1:]}.{_price(differences, first)}"]
        sentences += [text for text in (_runner_up(best, outcomes), _cheapest(best, outcomes, differences)) if text]
    else:
        also = f" without making the {_inside(gap)} worse" if gap else ""
        sentences = [
            f"No policy clearly keeps more mentees than {baseline}{also}: these runs give no ground for a change."
        ]
    if traded:
        sentences.append(
            f"A trade to weigh: {_names(traded)} keeps more mentees, but not of every group: "
            f"the {_inside(gap)} gets worse."
        )
    return sentences


def verdicts(differences: pd.DataFrame, name: str) -> dict[str, Any]:
    """List the policies by what can be told of them in one outcome, the largest difference first."""
    said = _judged(differences, name)
    rows = (
        differences[differences["outcome"] == name].set_index("policy")["difference"].abs().sort_values(ascending=False)
    )
    words = {
        "better": "Clearly better",
        "worse": "Clearly worse",
        "reversed": "Turned round",
        "cannot tell": "Cannot tell",
    }
    if name.startswith("gap_"):
        words |= {"better": "Clearly narrower", "worse": "Clearly wider"}
    lists = {label: _names([policy for policy in rows.index if said[policy] == one]) for one, label in words.items()}
    return {"title": _title(name), "lists": {label: names for label, names in lists.items() if names}}


def _price(differences: pd.DataFrame, policy: str) -> str:
    """What a policy costs beyond the baseline, in a sentence; nothing where cost was not measured."""
    cost = differences.loc[(differences["outcome"] == "cost") & (differences["policy"] == policy), "difference"]
    if cost.empty or not np.isfinite(cost.iloc[0]):
        return ""
    amount = wording.level(abs(cost.iloc[0]), wording.outcome("cost"))
    return f" It costs {amount} {'more' if cost.iloc[0] > 0 else 'less'} per mentee and year, at the prices of the world file."


def _cheapest(best: list[str], outcomes: pd.DataFrame, differences: pd.DataFrame) -> str:
    """The cheapest among the good policies, when it is not the best of them."""
    if "cost" not in outcomes or len(best) < 2:
        return ""
    low = outcomes[outcomes["policy"].isin(best)].groupby("policy", observed=True)["cost"].mean().idxmin()
    if low == best[0]:
        return ""
    gain = _points(differences, "retention", low)
    name = wording.words(low).lower()
    price = _price(differences, low)
    return f"The cheapest that does well on the same counts is {name}: retention changes by {gain}.{price}"


def _runner_up(best: list[str], outcomes: pd.DataFrame) -> str:
    """Whether the best differs from the next best, run by run."""
    if len(best) < 2:
        return ""
    wide = outcomes.pivot_table(index="replicate", columns="policy", values="retention", observed=True)
    paired = (wide[best[0]] - wide[best[1]]).dropna()
    reach = Z * paired.sem() if len(paired) > 1 else np.nan
    second = wording.words(best[1]).lower()
    if contrasts.verdict(paired.mean() - reach, paired.mean() + reach, 1) == "cannot tell":
        return f"Whether it keeps more than the next best, {second}, one cannot tell: let cost and the gap decide."
    row = {"difference": paired.mean(), "low": paired.mean() - reach, "high": paired.mean() + reach}
    return f"It keeps clearly more than the next best, {second}: by {_said(row, wording.outcome('retention'))}."


def _judged(differences: pd.DataFrame, name: str | None) -> dict[str, str]:
    """The verdict on each policy for one outcome."""
    rows = differences[differences["outcome"] == name]
    return dict(zip(rows["policy"], contrasts.judged(rows), strict=True))


def _points(differences: pd.DataFrame, name: str, policy: str) -> str:
    """A policy's difference in an outcome, in points, with its interval."""
    row = differences[(differences["outcome"] == name) & (differences["policy"] == policy)].iloc[0]
    return _said(row, wording.outcome(name))


def _said(row: Mapping[str, float] | pd.Series, described: wording.Outcome) -> str:
    span = wording.interval(row["low"], row["high"], described)
    return f"{wording.change(row['difference'], described)} points (95 % interval {span})"


def _names(policies: list[str]) -> str:
    return wording.listed([wording.words(name) for name in policies])


def _title(name: str) -> str:
    return wording.outcome(name).title


def _inside(name: str) -> str:
    """An outcome's title inside a sentence."""
    return _title(name)[0].lower() + _title(name)[1:]


def _row(
    policy: str, baseline: str, shown: list[str], outcomes: pd.DataFrame, differences: pd.DataFrame
) -> dict[str, Any]:
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
        said, first = contrasts.judged(row)[0], row.iloc[0]
        kind = said if said in ("better", "worse") else "unsure" if said == "cannot tell" else "other"
        cells.append({
            "text": wording.change(first["difference"], described),
            "interval": wording.interval(first["low"], first["high"], described),
            "said": SAID.get(name.split("_")[0], {}).get(said, said),
            "kind": kind,
        })  # fmt: skip
    return {"policy": wording.words(policy), "cells": cells}


def _people(differences: pd.DataFrame) -> list[dict[str, str]]:
    """Who stays only under the policy, and only under the baseline."""
    rows = differences[differences["outcome"] == "retention"]
    if not {"people_gained", "people_lost"} <= set(rows):
        return []
    plain = wording.Outcome("", "", "")
    return [
        {
            "policy": wording.words(row.policy),
            "gained": wording.level(row.people_gained, plain),
            "lost": wording.level(row.people_lost, plain),
            "net": wording.change(row.people_gained - row.people_lost, plain),
            "better": wording.level(getattr(row, "share_better", np.nan), wording.Outcome("", "%", "", 100.0, 1, 0)),
        }
        for row in rows.itertuples()
    ]


def _sets(table: pd.DataFrame | None, gap: str | None) -> list[dict[str, str]]:
    """In how many plausible sets of parameters each policy does better, in retention and in the widest gap."""
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
    """The world's title and text, and its size in a sentence, as far as the manifest tells."""
    inputs = manifest.get("inputs", {}).get("world") or {}
    name = manifest.get("world") or (outcomes["world"].iloc[0] if "world" in outcomes else "A program")
    people = inputs.get("people", {})
    size = ""
    if {"mentees", "mentors"} <= set(people):
        months = manifest.get("months") or people.get("months")
        size = f"It begins with {people['mentees']:,} mentees and {people['mentors']:,} mentors" + (
            f" and is followed for {months:,} months." if months else "."
        )
    return {"title": inputs.get("title") or wording.words(name), "text": inputs.get("text", ""), "size": size}


def _policies(manifest: Mapping[str, Any], names: list[str]) -> list[dict[str, str]]:
    """Each policy in words, with its own description where the manifest has one."""
    inputs = manifest.get("inputs", {}).get("policies") or []
    texts = {policy.get("name"): policy.get("text", "") for policy in inputs}
    return [{"title": wording.words(name), "text": texts.get(name, "")} for name in names]


def _figures(folder: Path) -> list[dict[str, str]]:
    """Every figure of a folder in reading order, as data in the page: SVG, or PNG where that is too large."""
    found = []
    for stem in sorted({path.stem for path in folder.glob("*.[ps][nv]g")}, key=captions.order):
        svg, png = folder / f"{stem}.svg", folder / f"{stem}.png"
        path, kind = (
            (svg, "svg+xml") if svg.exists() and (svg.stat().st_size <= LARGEST or not png.exists()) else (png, "png")
        )
        said = captions.caption(stem)
        source = f"data:image/{kind};base64,{base64.b64encode(path.read_bytes()).decode('ascii')}"
        found.append(
            {
                "stem": stem,
                "source": source,
                "heading": said.heading,
                "text": said.text,
                "alternative": said.alternative,
            }
        )
    return found
