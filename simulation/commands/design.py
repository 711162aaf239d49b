"""`mentorship design`: what a budget should buy; a front of designs, three of them as policies, and what more money buys."""

import shlex
from argparse import Namespace
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from rich.console import RenderableType

from simulation.commands.again import folder_for, usual_folder
from simulation.commands.compiling import compile_first
from simulation.commands.console import Progress, listed, print_json, printed, remarked, table
from simulation.commands.drawing import draw_into
from simulation.commands.summary import judged
from simulation.commands.words import compare as compare_words
from simulation.commands.words import design as words
from simulation.commands.words.any_command import ROSTER
from simulation.comparison.compared import contrasts_of
from simulation.comparison.replicates import seed_of
from simulation.design import choices
from simulation.design.aims import COST, Aims, Tried
from simulation.design.search import FEWEST, Search
from simulation.design.tables import designs_of, front_of
from simulation.executor import threads_or
from simulation.figures import wording
from simulation.figures.drawn import files
from simulation.figures.front import front as drawn_front
from simulation.folder import write_whole, writing
from simulation.judgement import turn_gaps
from simulation.results import file_of, manifest_of, save
from simulation.scenario.counted import counted
from simulation.scenario.cross_checks import check_together
from simulation.scenario.errors import ScenarioError
from simulation.scenario.loading import find, located
from simulation.scenario.policy import Policy
from simulation.scenario.privacy import left_out
from simulation.scenario.sentences import differences
from simulation.scenario.world import World
from simulation.studies.points import analysis_package
from simulation.studies.setup import Setup, set_up

TABLES, FIGURE, TODAY = ("designs", "front", "steps"), "front", "today"


def carry_out(asked: Namespace) -> int:
    """Search, measure what was chosen again on new luck, write it, and say it."""
    if asked.replicates < FEWEST:
        raise ScenarioError(words.TOO_FEW.format(least=counted(FEWEST, "replicates")), field="design")
    world, setup = _levers_in(asked)
    analysis_package("optuna")
    today, budget, replicates = setup.policies[0], asked.budget, asked.replicates
    said = ["mentorship", "design", asked.world, "--budget", f"{budget:.15g}", "--levers", asked.levers, "--designs",
            asked.designs, "--replicates", replicates, "--seed", asked.seed]  # fmt: skip
    sought = {"budget": budget, "levers": [factor.model_dump(mode="json") for factor in setup.study.levers]}
    more = {**sought, "designs": asked.designs, "replicates": replicates}
    manifest = manifest_of(shlex.join(map(str, said)), world, [today], asked.seed, **more)
    names = [f"{name}.toml" for name in (TODAY, *choices.RULES)]
    written = [*map(file_of, TABLES), *names, *files([FIGURE])]
    out, changed = folder_for(asked, usual_folder("design", world.name), manifest, written)
    silent = asked.quiet or asked.json
    for sentence in left_out(world):
        remarked(ROSTER.format(sentence=sentence), silent)
    remarked(words.START.format(budget=_money(budget), world=world.title or world.name), silent)
    compile_first(silent)
    new_seed = seed_of(asked.seed, replicates)  # of a replicate that the search does not come to
    with Progress(not silent, "runs") as progress, threads_or(None, asked.workers) as executor:
        search = Search(setup, budget, asked.seed, executor, progress)
        front = search.go(asked.designs, replicates)
        if not front:
            raise ScenarioError(words.NOTHING.format(budget=_money(budget)), field="design")
        renewed = {tried.number: tried for tried in search.afresh(dict.fromkeys([search.today, *front]), new_seed)}
    named, labels = choices.named(front, search.today, search.aims), [factor.label for factor in setup.study.levers]
    best = choices.best_within(front, search.today, search.aims)
    tables = {
        "designs": designs_of(search.designs, search.aims, labels, {tried.number for tried in front}),
        "front": front_of([renewed[tried.number] for tried in front], renewed[0], search.aims, labels, named),
        "steps": choices.steps([renewed[tried.number] for tried in best], renewed[0], search.aims),
    }
    tables = {name: made.assign(world=world.name)[["world", *made]] for name, made in tables.items()}
    save(out, tables, manifest)
    policies = {name: _named(tried.policy if tried.values else today, name, today) for name, tried in named.items()}
    written = _write(out, {TODAY: today, **policies})
    drawn = draw_into(out, [(FIGURE, lambda: drawn_front(tables["designs"], tables["front"], budget, words.TITLES))])
    contrasts = _contrasts({name: renewed[tried.number] for name, tried in named.items()}, renewed[0], search.aims)
    enough = choices.enough(tables["steps"])
    if asked.json:
        print_json({
            "world": world.name, "budget": budget, "seed": asked.seed, "new_seed": new_seed, "designs": len(search.designs),
            "choices": {name: tried.number for name, tried in named.items()}, "contrasts": contrasts, "enough": enough,
            "front": tables["front"], "steps": tables["steps"], "policies": [str(path) for path in written],
            "folder": str(out), "changed": changed, "figures": [str(path) for path in drawn.paths],
        })  # fmt: skip
        return 0
    counts = {"designs": counted(len(search.designs), "designs"), "paid": int(tables["designs"]["affordable"].sum())}
    printed(words.TRIED.format(**counts, budget=_money(budget), front=len(front)))
    printed(words.LUCK.format(replicates=counted(replicates, "replicates")), "")
    for name in named:
        printed(*_choice(name, named, renewed, policies[name], today, contrasts), "")
    printed(
        *([words.NO_GAPS, ""] if "narrowest_gaps" not in named else []), *_steps(tables["steps"], enough, budget), ""
    )
    pictures = [words.FIGURE.format(path=path) for path in drawn.paths[:1]]
    printed(words.FILES.format(files=", ".join(map(str, written))), *pictures, whole=True)
    again = ["mentorship", "compare", asked.world, *written, "--replicates", replicates, "--seed", new_seed]
    printed(words.AGAIN.format(command=shlex.join(map(str, again))), whole=True)
    return 0


def _levers_in(asked: Namespace) -> tuple[World, Setup]:
    """The world, and the levers to search in it; every value must fit the world."""
    world, found, file = World.load(asked.world), set_up(asked.levers), find("study", asked.levers)
    today = found.policies[0]
    check_together(world, today)
    for place, lever in enumerate(found.study.levers):
        with located(
            "study", file, ("levers", place, "values" if lever.low is None else "low"), f"levers.{lever.label}"
        ):
            if lever.low is not None:
                raise ScenarioError(words.A_RANGE, hint=words.GIVE_VALUES)
            for value in found.ends(lever):
                check_together(world, today.with_(found.changes([lever], {lever.label: value}, today.name)))
    return world, Setup(found.study, [world], [today], found.like, found.beside)


def _named(policy: Policy, name: str, today: Policy) -> Policy:
    """The policy of a choice under the name by which it is told."""
    text = " ".join(sentence for *_, sentence in differences(today, policy)) or words.AS_TODAY
    return policy.with_({"name": name, "title": words.TITLES[name], "text": text})


def _write(folder: Path, policies: Mapping[str, Policy]) -> list[Path]:
    """Write policies as files that `compare` takes."""
    paths = [folder / f"{name}.toml" for name in policies]
    with writing(folder, [path.name for path in paths]) as written:
        for path, policy in zip(paths, policies.values(), strict=True):
            write_whole(path, lambda part, policy=policy: part.write_text(policy.to_toml(), encoding="utf-8"))
            written.add(path.name)
    return paths


def _contrasts(named: Mapping[str, Tried], today: Tried, aims: Aims) -> pd.DataFrame:
    """What each choice changes against today, on new luck."""
    rows = [
        pd.DataFrame(
            {"policy": name, "replicate": np.arange(tried.replicates), **{aim: tried.of(aim) for aim in aims.names}}
        )
        for name, tried in {TODAY: today, **named}.items()
    ]
    return turn_gaps(contrasts_of(pd.concat(rows, ignore_index=True), aims.names))


def _money(amount: float) -> str:
    return wording.level(amount, wording.MONEY)


def _choice(
    name: str,
    named: Mapping[str, Tried],
    renewed: Mapping[int, Tried],
    policy: Policy,
    today: Policy,
    contrasts: pd.DataFrame,
) -> Iterator[RenderableType]:
    """A choice: what it costs a year, why it was chosen, what differs from today, and what that does."""
    yield words.HEAD.format(name=words.TITLES[name], cost=_money(renewed[named[name].number].of(COST).mean()))
    yield words.WHY_LINE.format(why=words.WHY[name])
    first = next(other for other in named if named[other] is named[name])
    if first != name:
        yield words.AS_BEFORE.format(other=wording.inside(words.TITLES[first]))
        return
    changes = [sentence for *_, sentence in differences(today, policy)]
    if not changes:
        yield words.AS_TODAY
        return
    yield words.WHAT
    yield listed(changes)
    yield words.MEASURED
    yield table([_line(row) for row in contrasts[contrasts["policy"] == name].itertuples()], right=(1, 2))


def _line(row: Any) -> tuple[RenderableType, ...]:
    """An outcome: its level today and under the choice, the change, its interval and the verdict."""
    described = wording.outcome(row.outcome)
    unit = f" {compare_words.POINTS}" if described.difference_unit == "percentage points" else ""
    level = wording.level(abs(row.level) if row.outcome.startswith("gap_") else row.level, described)
    span = wording.interval(row.low_all, row.high_all, described)
    change = wording.change(row.difference, described) + unit
    return described.title, words.FROM.format(level=level), change, span, judged(row, described)


def _steps(found: pd.DataFrame, enough: float, budget: float) -> Iterator[RenderableType]:
    """What each further part of the budget buys."""
    kept = wording.outcome("retention")
    yield words.STEPS
    yield table(
        [
            (_money(row.within), _money(row.cost), wording.level(row.retention, kept), wording.change(row.gain, kept),
             wording.interval(row.low, row.high, kept))
            for row in found.itertuples()
        ],
        words.STEPS_HEADS, right=(0, 1, 2, 3),
    )  # fmt: skip
    said = words.ENOUGH if 0.0 < enough < float("inf") else words.ALL_BUYS if enough else words.NONE_BUYS
    yield said.format(money=_money(enough if said is words.ENOUGH else budget))
