"""`mentorship run`: one policy in one world, once."""

import json
import shlex
from argparse import Namespace
from collections.abc import Mapping, Sequence
from numbers import Real
from typing import Any

import pandas as pd

from simulation.commands.compiling import compile_first
from simulation.commands.console import print_json, printed, remarked
from simulation.figures import wording
from simulation.results import manifest_of, prepare, save, stamped
from simulation.run import simulate
from simulation.scenario.cross_checks import check_together
from simulation.scenario.errors import ScenarioError, shown
from simulation.scenario.policy import Policy
from simulation.scenario.world import World

TABLES = ("months", "mentees", "mentors", "ties", "groups")


def carry_out(asked: Namespace) -> int:
    """Run once; write the tables when a folder is given."""
    world, policy = _changed(World.load(asked.world), Policy.load(asked.policy), asked.set)
    check_together(world, policy, asked.policy)
    months = asked.months or world.people.months
    command = shlex.join(
        ["mentorship", "run", asked.world, asked.policy, "--seed", str(asked.seed), "--months", str(months)]
        + [word for change in asked.set for word in ("--set", change)]
    )
    manifest = manifest_of(command + (" --trace" if asked.trace else ""), world, policy, asked.seed, months=months)
    if asked.out:
        prepare(asked.out, manifest)
    compile_first(asked.quiet or asked.json)
    run = simulate(world, policy, seed=asked.seed, months=asked.months, trace=asked.trace)
    outcomes = {name: value for name, value in dict(run.outcomes).items() if isinstance(value, Real)}
    if asked.out:
        tables = {name: getattr(run, name) for name in (*TABLES, *(["tie_months"] if asked.trace else []))}
        tables["outcomes"] = pd.DataFrame([outcomes])
        tables = {
            name: stamped(table, world.name, policy.name, 0) for name, table in tables.items() if table is not None
        }
        save(asked.out, tables, {**manifest, "run_digest": run.digest})
    if asked.json:
        result = {
            "world": world.name,
            "policy": policy.name,
            "seed": asked.seed,
            "months": months,
            "outcomes": outcomes,
        }
        print_json({**result, "digest": run.digest if asked.digest else None, "folder": asked.out})
    elif asked.digest:
        printed(run.digest)
    else:
        printed(f"{policy.title} in {world.title}, {months} months, seed {asked.seed}")
        printed("\n".join(_lines(outcomes)))
    if asked.out:
        remarked(f"The tables lie in {asked.out}", asked.quiet or asked.json)
    return 0


def _changed(world: World, policy: Policy, changes: Sequence[str]) -> tuple[World, Policy]:
    """The world and the policy with what `--set NAME=VALUE` says; values as in a file, or as JSON."""
    wanted: dict[str, dict[str, Any]] = {"world": {}, "policy": {}}
    for change in changes:
        name, equals, text = change.partition("=")
        kind, _, field = name.strip().partition(".")
        if not equals or not field or kind not in wanted:
            problem = f"value {shown(change)}, allowed: world.FIELD=VALUE or policy.FIELD=VALUE"
            raise ScenarioError(problem, field="run: --set")
        try:
            wanted[kind][field] = json.loads(text)
        except ValueError:
            wanted[kind][field] = text.strip()  # a word needs no quotes
    return world.with_(wanted["world"]), policy.with_(wanted["policy"])


def _lines(outcomes: Mapping[str, float]) -> list[str]:
    """Each outcome in words, with its unit; what was not measured is left out."""
    lines = []
    for name, value in outcomes.items():
        described = wording.outcome(name)
        if not name.startswith(("world", "replicate", "ratio_")) and pd.notna(value):
            unit = "" if described.unit == "%" else f" ({described.unit})" if described.unit else ""
            lines.append(f"  {described.title + unit:<62}{wording.level(value, described):>12}")
    return lines
