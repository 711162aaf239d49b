"""`mentorship compare`: policies on the same people and luck; tables, figures, brief and a summary on screen."""

import shlex
from argparse import Namespace
from typing import Any

import pandas as pd

from simulation.advice import advise
from simulation.commands.advising import FILE, over_sets, priorities_of, sets_of, turned, write_advice
from simulation.commands.again import folder_for, usual_folder
from simulation.commands.brief import FIGURES, PAGE, write_brief
from simulation.commands.compiling import compile_first
from simulation.commands.console import Progress, print_json, printed, remarked
from simulation.commands.drawing import draw_into
from simulation.commands.money_lines import money_lines, told
from simulation.commands.summary import advised, summary
from simulation.commands.words import compare as words
from simulation.commands.words.any_command import FAILED, ROSTER
from simulation.comparison.budget import SCALED, AtBudget, at_budget
from simulation.comparison.compare import CAP, compare
from simulation.figures import wording
from simulation.figures.album import figures_of
from simulation.figures.captions import stems
from simulation.figures.drawn import files
from simulation.results import file_of, manifest_of, save, stamped
from simulation.scenario.counted import counted
from simulation.scenario.cross_checks import check_together
from simulation.scenario.errors import ScenarioError, shown
from simulation.scenario.idle import value_of
from simulation.scenario.parameter_sets import ParameterSets
from simulation.scenario.policy import Policy
from simulation.scenario.priorities import Priorities
from simulation.scenario.privacy import left_out, stand_ins
from simulation.scenario.repeating import change, run_command, word_of
from simulation.scenario.world import World, has_own_prices

POLICIES = ("ad_hoc", "single_discipline", "multi_discipline", "mentee_choice", "six_tips")
TABLES = ("outcomes", "contrasts", "plausible", "costs", "keeping", "people", "groups", "survival", "course", "early", "failures")
ADVISING = ("plausible", "sets", "turning")  # written only where there are sets of parameters, or where it is asked
TOLD = ("outcomes", "contrasts", "plausible", "costs", "keeping", "failures")  # to machines
LISTED = 10  # failed runs that are told one by one
FIRST = ("mentees", "mentors", "ties", "months")


def carry_out(asked: Namespace) -> int:
    """Compare, write everything, and print a summary; 1 when some runs failed."""
    world, policies, named = _chosen(asked)
    parameters = ParameterSets.load(asked.parameters) if asked.parameters else None
    priorities, sets = priorities_of(asked, world), sets_of(asked)
    silent = asked.quiet or asked.json
    brought = _brought(world, policies, parameters, asked, silent) if asked.budget else []
    policies = [one.policy for one in brought] or policies
    manifest = _manifest(world, policies, named, parameters, priorities, sets, brought, asked)
    figures = [f"{FIGURES}/{name}" for name in files(stems([identity.name for identity in world.identities]))]
    usual = usual_folder("comparison", world.name)
    tables = dict.fromkeys((*TABLES, *FIRST, *ADVISING))
    out, changed = folder_for(asked, usual, manifest, [*map(file_of, tables), *figures, PAGE, FILE])
    for sentence in left_out(world):
        remarked(ROSTER.format(sentence=sentence), silent)
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
    tables |= over_sets(world, policies, sets, asked, silent)
    tables |= turned(world, policies, tables, priorities, asked, silent, manifest.get("budget"))
    tables = {name: table if "world" in table else table.assign(world=world.name) for name, table in tables.items()}
    advice = advise(tables, priorities, wording.titles({policy.name: policy.title for policy in policies}), manifest.get("budget"))
    save(out, tables, manifest)
    remarked(words.DRAWING, silent)
    facts = write_advice(out, advice)
    drawn = draw_into(out, figures_of(tables, world=stand_ins(world)), FIGURES)
    page = write_brief(out, drawn, advice)
    if asked.json:
        result = {"world": world.name, "baseline": policies[0].name, "policies": [policy.name for policy in policies]}
        result |= {"seed": asked.seed, "advice": facts, "folder": str(out), "changed": changed}
        result |= {name: manifest[name] for name in ("own_prices", "budget", "left_out") if name in manifest}
        result |= {name: tables[name] for name in TOLD if name in tables}
        print_json({**result, "figures": [str(path) for path in drawn.paths], "brief": str(page)})
    else:
        printed(*summary(tables, policies), *money_lines(tables, policies, manifest), *advised(advice), "")
        printed(words.FIGURES.format(path=out / FIGURES), words.BRIEF.format(path=page), whole=True)
    words_of = dict(zip((policy.name for policy in policies), named, strict=True))
    return 1 if _tell_failures(tables.get("failures"), policies, words_of, parameters, asked) else 0


def _brought(
    world: World, policies: list[Policy], parameters: ParameterSets | None, asked: Namespace, silent: bool
) -> list[AtBudget]:
    """The policies as a budget buys them."""
    remarked(words.BRINGING.format(budget=f"{asked.budget:,.0f}"), silent)
    compile_first(silent)
    runs = CAP // 5 if asked.replicates == "auto" else asked.replicates
    return at_budget(world, policies, asked.budget, runs, asked.seed, workers=asked.workers, parameters=parameters)


def _manifest(
    world: World, policies: list[Policy], named: list[str], parameters: ParameterSets | None, priorities: Priorities, sets: int,
    brought: list[AtBudget], asked: Namespace,
) -> dict[str, Any]:  # fmt: skip
    """What the comparison is made of, and the command that makes it again."""
    said = ["mentorship", "compare", asked.world, *named, "--replicates", str(asked.replicates), "--seed", str(asked.seed)]
    also = {"replicates": asked.replicates, "months": world.people.months, "own_prices": has_own_prices(world)}
    also |= {"priorities": priorities.model_dump(mode="json"), "sets": sets, "turning": asked.turning}
    if parameters:
        also["parameters"] = {"name": parameters.name, "sets": len(parameters.changes), "digest": parameters.digest}
    if brought:
        also["budget"] = {"yearly": asked.budget, "policies": {one.policy.name: told(one) for one in brought}}
    for name in ("priorities", "sets", "parameters"):
        if getattr(asked, name) is not None:
            said += [f"--{name}", str(getattr(asked, name))]
    said += ["--turning"] * asked.turning + (["--budget", f"{asked.budget:.15g}"] if brought else [])
    return manifest_of(shlex.join(said), world, policies, asked.seed, **also)


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
    return {name: table for name, table in tables.items() if table is not None}


def _tell_failures(
    failures: pd.DataFrame | None, policies: list[Policy], words_of: dict[str, str], parameters: ParameterSets | None,
    asked: Namespace,
) -> bool:
    """Say which runs failed and how to replay one; whether any did. `words_of` has the user's word for each policy."""
    if failures is None or failures.empty:
        return False
    remarked(FAILED.format(count=counted(len(failures), "runs")))
    for row in failures.head(LISTED).to_dict("records"):
        remarked(words.FAILED_RUN.format(**row))
    if len(failures) > LISTED:
        remarked(words.MORE_FAILED.format(count=len(failures) - LISTED))
    remarked(words.REPLAY.format(command=_replay(failures.iloc[0], policies, words_of, parameters, asked)), whole=True)
    return True


def _replay(
    failed: pd.Series, policies: list[Policy], words_of: dict[str, str], parameters: ParameterSets | None, asked: Namespace
) -> str:
    """The command that repeats a run that failed, from any folder, with what its policy could buy for the budget."""
    one = next(policy for policy in policies if policy.name == failed["policy"])
    bought = [change("policy", name, value_of(one, name)) for name in SCALED] if asked.budget else []
    world, policy = word_of("world", asked.world), word_of("policy", words_of[failed["policy"]])
    drawn = (parameters.word, int(parameters.rows(asked.seed, [failed["replicate"]])[0])) if parameters else ()
    return run_command(world, policy, failed["seed"], 0, bought, *drawn)
