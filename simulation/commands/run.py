"""`mentorship run`: one policy in one world, once."""

import json
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from numbers import Real
from typing import Any

import pandas as pd

from simulation.commands.compiling import compile_first
from simulation.commands.console import print_json, printed, remarked, table
from simulation.commands.words import run as words
from simulation.commands.words.any_command import ROSTER, TABLES_AT
from simulation.figures import wording
from simulation.page.recording import digest, recorded
from simulation.results import file_of, manifest_of, prepare, save, stamped
from simulation.run import simulate
from simulation.scenario.counted import counted
from simulation.scenario.cross_checks import check_together, check_waves
from simulation.scenario.errors import ScenarioError, shown
from simulation.scenario.parameter_sets import ParameterSets
from simulation.scenario.policy import Policy
from simulation.scenario.privacy import STAND_INS, stand_ins
from simulation.scenario.repeating import run_command
from simulation.scenario.world import World

TABLES = ("months", "mentees", "mentors", "ties", "groups", "arrivals")
TRACED = ("tie_months", "asks", "mentee_months", "mentor_months", "views", "moves")


def carry_out(asked: Namespace) -> int:
    """Run once; write the tables when a folder is given."""
    world, policy = _changed(_world(asked), Policy.load(asked.policy), asked.set)
    check_together(world, policy, asked.policy)
    months = asked.months or world.people.months
    check_waves(asked.surveys, months, world)
    parameters, row = asked.parameters or "", asked.parameter_set or 0
    command = run_command(asked.world, asked.policy, asked.seed, months, asked.set, parameters, row)
    command += f" --surveys {','.join(map(str, asked.surveys))}" if asked.surveys else ""
    command += " --trace" if asked.trace else ""
    manifest = manifest_of(command, world, policy, asked.seed, months=months, trace=asked.trace, surveys=asked.surveys)
    more = {**dict.fromkeys(TRACED, asked.trace), "surveys": asked.surveys}
    kept = (*TABLES, *(name for name, wanted in more.items() if wanted))
    if asked.out:
        prepare(asked.out, manifest, [*map(file_of, kept), file_of("outcomes")])
    if world.roster:
        remarked(ROSTER.format(sentence=STAND_INS), asked.quiet or asked.json)
    compile_first(asked.quiet or asked.json)
    run = simulate(stand_ins(world), policy, seed=asked.seed, months=months, trace=asked.trace, surveys=asked.surveys)
    outcomes = {name: value for name, value in dict(run.outcomes).items() if isinstance(value, Real)}
    if asked.out:
        tables = {name: getattr(run, name) for name in kept}
        tables["outcomes"] = pd.DataFrame([outcomes])
        tables = {name: stamped(one, world.name, policy.name, 0) for name, one in tables.items() if one is not None}
        save(asked.out, tables, {**manifest, "run_digest": run.digest})
    recording = None
    if asked.digest:
        traced = run if asked.trace else simulate(stand_ins(world), policy, seed=asked.seed, months=months, trace=True)
        recording = digest(recorded(traced))
    if asked.json:
        result = {"world": world.name, "policy": policy.name, "seed": asked.seed, "months": months, "outcomes": outcomes}
        print_json({**result, "digest": run.digest if asked.digest else None, "recording_digest": recording,
                    "folder": asked.out})  # fmt: skip
    elif asked.digest:
        printed(run.digest, words.RECORDING.format(digest=recording), whole=True)
    else:
        months = counted(months, "months")
        printed(words.HEAD.format(policy=policy.title, world=world.title, months=months, seed=asked.seed))
        printed(table(_rows(outcomes), right=(1,)))
    if asked.out:
        remarked(TABLES_AT.format(folder=asked.out), asked.quiet or asked.json, whole=True)
    return 0


def _world(asked: Namespace) -> World:
    """The world, with a set of parameters where one is asked for."""
    world = World.load(asked.world)
    if (asked.parameters is None) != (asked.parameter_set is None):
        raise ScenarioError(words.SET_MISSING, field="run")
    return world if asked.parameters is None else ParameterSets.load(asked.parameters).changed(world, asked.parameter_set)


def _changed(world: World, policy: Policy, changes: Sequence[str]) -> tuple[World, Policy]:
    """The world and the policy after `--set NAME=VALUE`; values as in a file, or as JSON."""
    wanted: dict[str, dict[str, Any]] = {"world": {}, "policy": {}}
    for change in changes:
        name, equals, text = change.partition("=")
        kind, _, field = name.strip().partition(".")
        if not equals or not field or kind not in wanted:
            raise ScenarioError(words.BAD_CHANGE.format(change=shown(change)), field="run: --set")
        try:
            wanted[kind][field] = json.loads(text)
        except ValueError:
            wanted[kind][field] = text.strip()  # a word needs no quotes
    return world.with_(wanted["world"]), policy.with_(wanted["policy"])


def _rows(outcomes: Mapping[str, float]) -> Iterator[tuple[str, str, str]]:
    """Each outcome in words, its value and its unit; what was not measured is left out."""
    for name, value in outcomes.items():
        described = wording.outcome(name)
        if not name.startswith(("world", "replicate", "ratio_")) and pd.notna(value):
            unit = "" if described.unit == "%" else described.unit
            yield described.title, wording.level(value, described), unit
