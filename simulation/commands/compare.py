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
    """Compare, write everything, and say what came out; 1 when some runs failed."""
    world, policies, words = _chosen(asked)
    parameters = ParameterSets.load(asked.parameters) if asked.parameters else None
    out = Path(asked.out or Path("results") / f"{re.sub(r'[^A-Za-z0-9_-]+', '_', world.name)}-comparison")
    said = ["mentorship", "compare", asked.world, *words, "--replicates", str(asked.replicates), "--seed", str(asked.seed)]
    also = {"replicates": asked.replicates, "months": world.people.months}
    if parameters:
        said += ["--parameters", asked.parameters]
        also["parameters"] = {"name": parameters.name, "sets": len(parameters.changes), "digest": parameters.digest}
    manifest = manifest_of(shlex.join(said), world, policies, asked.seed, **also)
    prepare(out, manifest)
    silent = asked.quiet or asked.json
    remarked(f"Comparing {len(policies)} policies in {world.title or world.name}.", silent)
    compile_first(silent)
    with Progress(not silent) as progress:
        comparison = compare(
            world, policies, replicates=asked.replicates, seed=asked.seed, workers=asked.workers, progress=progress,
            parameters=parameters,
        )
    if asked.replicates == "auto":
        remarked(_why_it_stopped(len(comparison.replicates)), silent)
    tables = _tables(comparison, world)
    save(out, tables, manifest)
    remarked("Drawing the figures and writing the brief.", silent)
    figures = draw_all(tables, out / "figures")
    page = brief.write(out) or out / "brief.html"
    if asked.json:
        result = {
            "world": world.name,
            "baseline": policies[0].name,
            "policies": [policy.name for policy in policies],
            "seed": asked.seed,
        }
        result |= {name: tables[name] for name in ("outcomes", "contrasts", "plausible", "failures") if name in tables}
        print_json({**result, "folder": str(out), "figures": [str(path) for path in figures], "brief": str(page)})
    else:
        printed("\n".join(summary(tables, policies)))
        printed(f"\nFigures: {out / 'figures'}\nBrief:   {page}")
    return 1 if _tell_failures(tables.get("failures"), world, asked) else 0


def _why_it_stopped(replicates: int) -> str:
    """Say whether `auto` was sure enough, or came to its cap."""
    if replicates < CAP:
        return f"Stopped after {replicates:,} replicates: retention and its gaps are known closely enough."
    return f"Stopped at the cap of {CAP:,} replicates; retention or a gap may not be known as closely as wished."


def _chosen(asked: Namespace) -> tuple[World, list[Policy], list[str]]:
    """The world and the policies, the baseline first; each must fit the world and have a name of its own."""
    world = World.load(asked.world)
    words = list(asked.policies) or list(POLICIES)
    policies = [Policy.load(word) for word in words]
    if len(policies) == 1 and policies[0].name != "ad_hoc":
        policies, words = [Policy.load("ad_hoc"), *policies], ["ad_hoc", *words]
    if len(policies) == 1:
        raise ScenarioError(
            "a comparison needs two policies or more", field="compare", hint="name another POLICY beside ad_hoc"
        )
    names: set[str] = set()
    for policy, word in zip(policies, words, strict=True):
        check_together(world, policy, word)
        if policy.name in names:
            raise ScenarioError(
                f"two of the policies have the name {shown(policy.name)}",
                field="compare",
                hint="give each a name of its own",
            )
        names.add(policy.name)
    return world, policies, words


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
    remarked(f"mentorship: {len(failures):,} runs failed:")
    for row in failures.head(10).to_dict("records"):
        remarked(f"  {row.get('policy')}, replicate {row.get('replicate')}: {row.get('error', 'no reason given')}")
    first = failures.iloc[0]
    words = ["mentorship", "run", asked.world, str(first.get("policy")), "--seed", str(first.get("seed", asked.seed))]
    remarked(f"  to replay the first: {first.get('replay') or shlex.join(words)}")
    return True
