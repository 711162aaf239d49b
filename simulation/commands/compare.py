"""`mentorship compare`: policies on the same people and luck; tables, figures, brief and a summary on screen."""

import re
import shlex
from argparse import Namespace
from pathlib import Path
from typing import Any

import pandas as pd

from simulation import brief
from simulation.commands.compiling import compile_first
from simulation.commands.console import Progress, print_json, printed, remarked
from simulation.commands.summary import summary
from simulation.commands.words import compare as words
from simulation.commands.words.any_command import FAILED, counted
from simulation.comparison.compare import CAP, compare
from simulation.figures import draw_all
from simulation.results import manifest_of, prepare, save, stamped
from simulation.scenario.cross_checks import check_together
from simulation.scenario.errors import ScenarioError, shown
from simulation.scenario.parameter_sets import ParameterSets
from simulation.scenario.policy import Policy
from simulation.scenario.world import World

POLICIES = ("ad_hoc", "single_discipline", "multi_discipline", "mentee_choice", "six_tips")
TABLES = ("outcomes", "contrasts", "plausible", "people", "groups", "survival", "failures")
FIRST = ("mentees", "mentors", "ties", "months")


def carry_out(asked: Namespace) -> int:
    """Compare, write everything, and print a summary; 1 when some runs failed."""
    world, policies, named = _chosen(asked)
    parameters = ParameterSets.load(asked.parameters) if asked.parameters else None
    out = Path(asked.out or Path("results") / f"{re.sub(r'[^A-Za-z0-9_-]+', '_', world.name)}-comparison")
    said = ["mentorship", "compare", asked.world, *named, "--replicates", str(asked.replicates), "--seed", str(asked.seed)]
    also = {"replicates": asked.replicates, "months": world.people.months}
    if parameters:
        said += ["--parameters", asked.parameters]
        also["parameters"] = {"name": parameters.name, "sets": len(parameters.changes), "digest": parameters.digest}
    manifest = manifest_of(shlex.join(said), world, policies, asked.seed, **also)
    prepare(out, manifest)
    silent = asked.quiet or asked.json
    remarked(words.START.format(count=len(policies), world=world.title or world.name), silent)
    compile_first(silent)
    with Progress(not silent, "runs") as progress:
        comparison = compare(
            world, policies, replicates=asked.replicates, seed=asked.seed, workers=asked.workers, progress=progress,
            parameters=parameters,
        )
    if asked.replicates == "auto":
        used = len(comparison.replicates)
        remarked((words.SURE if used < CAP else words.CAPPED).format(count=counted(used, "replicates")), silent)
    tables = _tables(comparison, world)
    save(out, tables, manifest)
    remarked(words.DRAWING, silent)
    figures = draw_all(tables, out / "figures")
    page = brief.write(out) or out / "brief.html"
    if asked.json:
        result = {"world": world.name, "baseline": policies[0].name, "policies": [policy.name for policy in policies]}
        result["seed"] = asked.seed
        result |= {name: tables[name] for name in ("outcomes", "contrasts", "plausible", "failures") if name in tables}
        print_json({**result, "folder": str(out), "figures": [str(path) for path in figures], "brief": str(page)})
    else:
        printed(*summary(tables, policies), "")
        printed(words.FIGURES.format(path=out / "figures"), words.BRIEF.format(path=page), whole=True)
    return 1 if _tell_failures(tables.get("failures"), world, asked) else 0


def _chosen(asked: Namespace) -> tuple[World, list[Policy], list[str]]:
    """The world and the policies, the baseline first; each must fit the world and have a name of its own."""
    world = World.load(asked.world)
    named = list(asked.policies) or list(POLICIES)
    policies = [Policy.load(word) for word in named]
    if len(policies) == 1 and policies[0].name != "ad_hoc":
        policies, named = [Policy.load("ad_hoc"), *policies], ["ad_hoc", *named]
    if len(policies) == 1:
        raise ScenarioError(words.TOO_FEW, field="compare", hint=words.NAME_ANOTHER)
    names: set[str] = set()
    for policy, word in zip(policies, named, strict=True):
        check_together(world, policy, word)
        if policy.name in names:
            raise ScenarioError(words.SAME_NAME.format(name=shown(policy.name)), field="compare", hint=words.OTHER_NAME)
        names.add(policy.name)
    return world, policies, named


def _tables(comparison: Any, world: World) -> dict[str, pd.DataFrame]:
    """The tables of a comparison, and of each policy's first run, as they go to disk."""
    tables = {name: getattr(comparison, name, None) for name in TABLES}
    for name in FIRST:
        runs = [stamped(getattr(run, name), world.name, policy, 0) for policy, run in (comparison.runs or {}).items()]
        tables[name] = pd.concat(runs, ignore_index=True) if runs else None
    return {
        name: table if "world" in table else table.assign(world=world.name)
        for name, table in tables.items()
        if table is not None
    }


def _tell_failures(failures: pd.DataFrame | None, world: World, asked: Namespace) -> bool:
    """Say which runs failed and how to replay one; whether any did."""
    if failures is None or failures.empty:
        return False
    remarked(FAILED.format(count=counted(len(failures), "runs")))
    for row in failures.head(10).to_dict("records"):
        remarked(words.FAILED_RUN.format(**{"error": words.NO_REASON} | row))
    first = failures.iloc[0]
    again = ["mentorship", "run", asked.world, str(first.get("policy")), "--seed", str(first.get("seed", asked.seed))]
    remarked(words.REPLAY.format(command=first.get("replay") or shlex.join(again)), whole=True)
    return True
