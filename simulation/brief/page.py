"""Typesetting the page of the brief: the values of its template."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import jinja2
from pydantic import ValidationError

from simulation.advice import Advice
from simulation.brief.first_page import beside, first_page
from simulation.brief.glossary import Glossary
from simulation.brief.said import Study
from simulation.brief.signs import early_signs
from simulation.brief.tables import bill, both_ends, headline, people, sets
from simulation.figures import wording
from simulation.judgement import headline_intervals
from simulation.scenario.counted import counted
from simulation.scenario.errors import ScenarioError
from simulation.scenario.policy import Policy
from simulation.scenario.sentences import in_sentences
from simulation.scenario.world import Prices

PROCESS = ("ties", "network", "load_by")  # figures of what happens; all others are of outcomes
OWN_PRICES = "own_prices"


def render(study: Study, advice: Advice, figures: list[dict[str, str]], missing: Sequence[str] = ()) -> str:
    """Typeset the brief; `missing` says which figures could not be drawn, and why."""
    beside_page = jinja2.FileSystemLoader(Path(__file__).parent)
    environment = jinja2.Environment(loader=beside_page, autoescape=True, trim_blocks=True, undefined=jinja2.StrictUndefined)
    environment.filters["explained"] = Glossary().explain
    outcomes, manifest = study.tables["outcomes"], study.manifest
    process = [figure for figure in figures if figure["stem"].startswith(PROCESS)]
    return environment.get_template("page.html.j2").render(
        world=_world(manifest, outcomes),
        policies=list(_policies(manifest, study.titles)),
        baseline=study.titles[study.baseline],
        replicates=outcomes["replicate"].nunique() if "replicate" in outcomes else 1,
        page_one=first_page(study, advice),
        signs=early_signs(study, beside(study, advice)),
        headline=headline(study), equity=both_ends(study), people=people(study), sets=sets(study), bill=bill(study),
        process=process,
        product=[figure for figure in figures if figure not in process],
        missing=missing,
        together=headline_intervals(study.differences) if len(study.differences) else 0,
        months=counted(manifest["months"], "months") if manifest.get("months") else "",
        **{name: manifest.get(name) for name in ("command", "version", "seed", "digest", "budget")},
    )  # fmt: skip


def titles(manifest: Mapping[str, Any], names: Sequence[str]) -> dict[str, str]:
    """What each policy of a manifest is called."""
    inputs = {policy.get("name"): policy.get("title") for policy in manifest.get("inputs", {}).get("policies") or []}
    return wording.titles({name: inputs.get(name) for name in names})


def _policies(manifest: Mapping[str, Any], titles: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Each policy: its title, its own text, and its levers in sentences, tip by tip, where the manifest has them."""
    inputs = {policy.get("name"): policy for policy in manifest.get("inputs", {}).get("policies") or []}
    for name, title in titles.items():
        given = inputs.get(name, {})
        told = wording.words(name)
        yield {"title": title, "drawn": "" if told == title else told, "text": given.get("text", ""), "tips": _levers(given)}


def _levers(given: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    """The levers of a policy as the manifest has it; none where an older version wrote it otherwise."""
    try:
        policy = Policy.model_validate(given)
    except (ValidationError, ScenarioError):
        return []
    above = ("", policy.title, policy.text)
    return [(text, levers) for text, levers in in_sentences(policy) if levers or not (text in above or ": as in" in text)]


def _world(manifest: Mapping[str, Any], outcomes: Any) -> dict[str, Any]:
    """The world in words, as far as the manifest has it: title, text, size, groups, prices, and what was left out."""
    inputs = manifest.get("inputs", {}).get("world") or {}
    name = manifest.get("world") or (outcomes["world"].iloc[0] if "world" in outcomes else "A program")
    people, prices = inputs.get("people") or {}, inputs.get("prices") or {}
    size = ""
    if {"mentees", "mentors"} <= set(people):
        months = manifest.get("months") or people.get("months")
        followed = f" and is followed for {counted(months, 'months')}" if months else ""
        size = f"It begins with {counted(people['mentees'], 'mentees')} and {counted(people['mentors'], 'mentors')}{followed}."
    return {
        "title": inputs.get("title") or wording.words(name), "text": inputs.get("text", ""), "size": size,
        "disciplines": wording.listed([wording.inside(wording.words(one["name"])) for one in inputs.get("disciplines") or []]),
        "identities": list(_identities(inputs)),
        "prices": {wording.words(key): wording.number_said(value) for key, value in prices.items()},
        "own_prices": manifest.get(OWN_PRICES, prices != Prices().model_dump()),
        "left_out": manifest.get("left_out") or [],
    }  # fmt: skip


def _identities(inputs: Mapping[str, Any]) -> Iterator[str]:
    """The make-up of mentees and mentors by each identity attribute, in words."""
    for identity in inputs.get("identities") or []:
        shares = []
        for side in ("mentees", "mentors"):
            of_side = (identity.get(side) or {}).items()
            parts = [f"{wording.percent(share)} {wording.inside(wording.words(group))}" for group, share in of_side]
            shares.append(f"of {side} {wording.listed(parts)}")
        yield f"{wording.words(wording.attribute(identity['name']))}: {'; '.join(shares)}."
