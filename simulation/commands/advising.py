"""The advice at the end of `mentorship compare`: what it is asked by, the runs that it takes, and its file."""

import json
from argparse import Namespace
from pathlib import Path
from typing import Any

import pandas as pd

from simulation.advice.advise import Advice, as_facts, question
from simulation.advice.affordable import too_dear, without
from simulation.advice.priorities import check_priorities
from simulation.advice.turning import turning
from simulation.commands.console import Progress, remarked
from simulation.commands.words import compare as words
from simulation.comparison.compare import compare
from simulation.folder import writing
from simulation.judgement import ENOUGH
from simulation.scenario.counted import counted
from simulation.scenario.errors import ScenarioError
from simulation.scenario.parameter_sets import PER_SET, ParameterSets
from simulation.scenario.policy import Policy
from simulation.scenario.priorities import Priorities
from simulation.scenario.world import World

FILE = "advice.json"
MOST_SETS, SHARE = 16, 0.08  # sets of parameters, and sets for each replicate: 40 % more runs at most
POSTERIOR = "posterior"


def priorities_of(asked: Namespace, world: World) -> Priorities:
    """The office's priorities, checked against the world; the usual ones where none are given."""
    word = asked.priorities or "usual"
    priorities = Priorities.load(word)
    check_priorities(priorities, word, world)
    return priorities


def sets_of(asked: Namespace) -> int:
    """How many sets of parameters stand beside the main runs; none where the main runs are over sets themselves."""
    if asked.parameters:
        if asked.sets:
            raise ScenarioError(words.TWO_SETS, field="--sets", hint=words.ONE_OF_THEM)
        return 0
    if asked.sets is not None:
        return int(asked.sets)
    if asked.replicates == "auto":
        return MOST_SETS
    return min(MOST_SETS, round(SHARE * asked.replicates)) if asked.replicates >= ENOUGH else 0


def over_sets(world: World, policies: list[Policy], sets: int, asked: Namespace, silent: bool) -> dict[str, pd.DataFrame]:
    """The tables `sets` and `plausible`: the policies under so many sets of parameters that nearly fit what is published."""
    if not sets:
        return {}
    remarked(words.SETS.format(sets=counted(sets, "sets")), silent)
    with Progress(not silent, "runs") as progress:
        found = compare(
            world, policies, replicates=sets * PER_SET, seed=asked.seed, workers=asked.workers, progress=progress,
            parameters=ParameterSets.load(POSTERIOR),
        )  # fmt: skip
    return {"sets": found.outcomes, "plausible": found.plausible}


def turned(
    world: World, policies: list[Policy], tables: dict[str, pd.DataFrame], priorities: Priorities, asked: Namespace, silent: bool,
    budget: dict[str, Any] | None = None,
) -> dict[str, pd.DataFrame]:  # fmt: skip
    """The table `turning`, where it is asked for and there is something to turn."""
    beyond = too_dear(budget, policies[0].name)
    judged = [policy for policy in policies if policy.name not in beyond]
    found = question(without(tables, beyond), priorities, judged) if asked.turning else None
    if found is None:
        return {}
    remarked(words.TURNING, silent)
    sets = ParameterSets.load(asked.parameters or POSTERIOR)
    with Progress(not silent, "values") as progress:
        return {"turning": turning(world, found, sets, asked.seed, asked.workers, progress)}


def write_advice(folder: Path, advice: Advice) -> dict[str, Any]:
    """Write the advice into the folder of a comparison, and return it as facts."""
    facts = as_facts(advice)
    with writing(folder, [FILE]) as written:
        (folder / FILE).write_text(json.dumps(facts, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        written.add(FILE)
    return facts
