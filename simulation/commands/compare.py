"""`mentorship compare`: policies on the same people and luck; tables, figures, brief and a summary on screen."""

import re
import shlex
from argparse import Namespace
from pathlib import Path
from typing import Any

import pandas as pd

from simulation.commands.again import folder_for
from simulation.commands.brief import FIGURES, PAGE, write_brief
from simulation.commands.compiling import compile_first
from simulation.commands.console import Progress, print_json, printed, remarked
from simulation.commands.drawing import draw_into
from simulation.commands.summary import summary
from simulation.commands.words import compare as words
from simulation.commands.words.any_command import FAILED
from simulation.comparison.compare import CAP, compare
from simulation.figures.album import figures_of
from simulation.figures.captions import stems
from simulation.figures.drawn import files
from simulation.results import file_of, manifest_of, save, stamped
from simulation.scenario.counted import counted
from simulation.scenario.cross_checks import check_together
from simulation.scenario.errors import ScenarioError, shown
from simulation.scenario.parameter_sets import ParameterSets
from simulation.scenario.policy import Policy
from simulation.scenario.repeating import run_command, word_of
from simulation.scenario.world import World

POLICIES = ("ad_hoc", "single_discipline", "multi_discipline", "mentee_choice", "six_tips")
TABLES = ("outcomes", "contrasts", "plausible", "people", "groups", "survival", "failures")
LISTED = 10  # failed runs that are told one by one
FIRST = ("mentees", "mentors", "ties", "months")


def carry_out(asked: Namespace) -> int:
    """Compare, write everything, and print a summary; 1 when some runs failed."""
    world, policies, named = _chosen(asked)
    parameters = ParameterSets.load(asked.parameters) if asked.parameters else None
    usual = Path("results") / f"{re.sub(r'[^A-Za-z0-9_-]+', '_', world.name)}-comparison"
    said = ["mentorship", "compare", asked.world, *named, "--replicates", str(asked.replicates), "--seed", str(asked.seed)]
    also = {"replicates": asked.replicates, "months": world.people.months}
    if parameters:
        said += ["--parameters", asked.parameters]
        also["parameters"] = {"name": parameters.name, "sets": len(parameters.changes), "digest": parameters.digest}
    manifest = manifest_of(shlex.join(said), world, policies, asked.seed, **also)
    tables = [name for name in (*TABLES, *FIRST) if parameters or name != "plausible"]
    figures = [f"{FIGURES}/{name}" for name in files(stems([identity.name for identity in world.identities]))]
    out, changed = folder_for(asked, usual, manifest, [*map(file_of, tables), *figures, PAGE])
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
    drawn = draw_into(out, figures_of(tables), FIGURES)
    page = write_brief(out, drawn)
    if asked.json:
        result = {"world": world.name, "baseline": policies[0].name, "policies": [policy.name for policy in policies]}
        result["seed"] = asked.seed
        result |= {name: tables[name] for name in ("outcomes", "contrasts", "plausible", "failures") if name in tables}
        result |= {"folder": str(out), "changed": changed}
        print_json({**result, "figures": [str(path) for path in drawn.paths], "brief": str(page)})
    else:
        printed(*summary(tables, policies), "")
        printed(words.FIGURES.format(path=out / FIGURES), words.BRIEF.format(path=page), whole=True)
    words_of = dict(zip((policy.name for policy in policies), named, strict=True))
    return 1 if _tell_failures(tables.get("failures"), words_of, parameters, asked) else 0


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


def _tell_failures(
    failures: pd.DataFrame | None, words_of: dict[str, str], parameters: ParameterSets | None, asked: Namespace
) -> bool:
    """Say which runs failed and how to replay one; whether any did. `words_of` has the user's word for each policy."""
    if failures is None or failures.empty:
        return False
    remarked(FAILED.format(count=counted(len(failures), "runs")))
    for row in failures.head(LISTED).to_dict("records"):
        remarked(words.FAILED_RUN.format(**row))
    if len(failures) > LISTED:
        remarked(words.MORE_FAILED.format(count=len(failures) - LISTED))
    remarked(words.REPLAY.format(command=_replay(failures.iloc[0], words_of, parameters, asked)), whole=True)
    return True


def _replay(failed: pd.Series, words_of: dict[str, str], parameters: ParameterSets | None, asked: Namespace) -> str:
    """The command that repeats a run that failed, from any folder."""
    world, policy = word_of("world", asked.world), word_of("policy", words_of[failed["policy"]])
    drawn = (parameters.word, int(parameters.rows(asked.seed, [failed["replicate"]])[0])) if parameters else ()
    return run_command(world, policy, failed["seed"], 0, (), *drawn)
