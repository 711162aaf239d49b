"""`mentorship pilot`: what a randomised pilot would show of a policy, and whether that is worth it."""

import shlex
from argparse import Namespace
from collections.abc import Iterator

import numpy as np
import pandas as pd
from rich.console import RenderableType

from simulation.commands.again import folder_for, usual_folder
from simulation.commands.compiling import compile_first
from simulation.commands.console import Progress, print_json, printed, remarked, table
from simulation.commands.drawing import draw_into
from simulation.commands.words import pilot as words
from simulation.commands.words.any_command import ROSTER
from simulation.comparison.lives import OUTCOMES
from simulation.comparison.pilot import ENOUGH, LENGTHS, STEPPED, Size, check_pilot, pilot, power
from simulation.figures import wording
from simulation.figures.drawn import files
from simulation.figures.pilot_figure import pilots
from simulation.judgement import CANNOT_TELL, SAME, verdict
from simulation.results import file_of, manifest_of, save
from simulation.scenario.counted import counted
from simulation.scenario.errors import ScenarioError
from simulation.scenario.policy import Policy
from simulation.scenario.privacy import STAND_INS
from simulation.scenario.world import World

TABLES = ("pilot", "power")


def carry_out(asked: Namespace) -> int:
    """Run pilots; write the tables and the figure; say the answer first, and then the numbers."""
    world, policy, baseline = World.load(asked.world), Policy.load(asked.policy), Policy.load(asked.baseline)
    if asked.assign == STEPPED and asked.share is not None:
        raise ScenarioError(words.NO_SHARE, field="pilot")
    main = Size(asked.assign, 1.0 if asked.assign == STEPPED else asked.share or 0.5, asked.months)
    check_pilot(world, policy, baseline, main)  # before anything is written
    said = ["mentorship", "pilot", asked.world, asked.policy, "--assign", asked.assign, "--months", str(asked.months)]
    said += [] if asked.assign == STEPPED else ["--share", f"{main.share:g}"]
    said += ["--baseline", asked.baseline, "--replicates", str(asked.replicates), "--seed", str(asked.seed)]
    about = {"pilot": main._asdict(), "replicates": asked.replicates}
    manifest = manifest_of(shlex.join(said), world, [baseline, policy], asked.seed, **about)
    manifest |= {"left_out": [STAND_INS]} if world.roster else {}
    silent = asked.quiet or asked.json
    usual = usual_folder("pilot", world.name, policy.name)
    out, changed = folder_for(asked, usual, manifest, [*map(file_of, TABLES), *files([TABLES[0]])])
    if world.roster:
        remarked(ROSTER.format(sentence=STAND_INS), silent)
    compile_first(silent)
    with Progress(not silent, "pilots") as progress:
        found = pilot(world, policy, main.assign, main.share, main.months, baseline, asked.replicates, asked.seed,
                      workers=asked.workers, progress=progress)  # fmt: skip
    worth = power(found)
    stamp = {"world": world.name, "policy": policy.name}
    tables = {name: one.assign(**stamp)[[*stamp, *one.columns]] for name, one in zip(TABLES, (found, worth), strict=True)}
    save(out, tables, manifest)
    own = _of(worth, main)
    figures = draw_into(out, [(TABLES[0], lambda: pilots(_of(found, main), own, wording.called(policy)))]).paths
    answer = list(answered(worth, main, world, policy))
    if asked.json:
        told = {**stamp, "baseline": baseline.name, **main._asdict(), "replicates": asked.replicates, "seed": asked.seed}
        told |= {"folder": str(out), "changed": changed, "figures": [str(path) for path in figures]}
        print_json({**told, "answer": answer, "power": worth})
    else:
        printed(*answer, "", *_numbers(own, worth, main.assign), *_lengths(worth, main), words.NOTE)
        for path in figures[:1]:
            printed(words.FIGURE.format(path=path), whole=True)
    return 0


def _of(rows: pd.DataFrame, size: Size) -> pd.DataFrame:
    """The rows of one size."""
    return rows[(rows[list(Size._fields)] == list(size)).all(axis=1)]


def answered(worth: pd.DataFrame, main: Size, world: World, policy: Policy) -> Iterator[str]:
    """The answer in sentences: what one would see, what it is worth, what would do."""
    rows = {row.outcome: row for row in _of(worth, main).itertuples()}
    first = rows[OUTCOMES[0]]
    described, title = wording.outcome(first.outcome), wording.inside(wording.outcome(first.outcome).title)
    months = counted(main.months, "months")
    share, steps = wording.percent(main.share), counted(main.periods - 1, "steps")
    offered = words.OFFERED[main.assign].format(share=share, months=months, steps=steps)
    named = {kind: wording.inside(wording.called(one)) for kind, one in (("policy", policy), ("world", world))}
    yield words.HEAD.format(**named, offered=offered)
    truth = {"truth": _points(first.truth, described), "span": wording.interval(first.truth_low, first.truth_high, described)}
    effects = {name: verdict(row.truth_low, row.truth_high, 0, wording.outcome(name).margin) for name, row in rows.items()}
    little = {SAME: words.LITTLE, CANNOT_TELL: words.UNSURE}.get(effects[first.outcome])
    if little:
        yield little.format(outcome=title, months=months, **truth)
    else:
        yield words.RIGHT.format(outcome=title, months=months, **truth)
        yield from _seen(first, main)
        yield from _also(rows, effects)
        yield words.WORTH.format(found=_of_100(first.power), wrong=_of_100(first.wrong_sign))
    yield words.ALARMS.format(alarms=_of_100(first.false_alarms))
    if not little:
        yield from _would_do(worth, first, title, main)
    others = {name: wording.inside(wording.outcome(name).title) for name in OUTCOMES[1:]}
    small = [said for name, said in others.items() if effects[name] in (SAME, CANNOT_TELL)]
    missed = [said for name, said in others.items() if said not in small and rows[name].power < ENOUGH]
    for text, names in ((words.MISSED, missed), (words.TOO_LITTLE, small)):
        if names:
            yield text.format(outcomes=wording.listed(names))


def _seen(row, main: Size) -> Iterator[str]:
    """What one would see, and which way it misleads, where it does by more than matters."""
    described = wording.outcome(row.outcome)
    estimate = _points(row.estimate, described)
    if verdict(row.bias_low, row.bias_high, 0, described.margin) in (CANNOT_TELL, SAME):
        yield words.ABOUT_RIGHT.format(estimate=estimate)
        return
    way = "high" if row.bias * row.truth > 0.0 else "low"
    much = _points(abs(row.bias), described).lstrip("+")
    yield words.BIASED.format(estimate=estimate, much=much, way=way, why=words.WHY[main.assign])
    yield words.INSTEAD[f"{way}er"]


def _also(rows: dict, effects: dict[str, str]) -> Iterator[str]:
    """On which other outcomes it shows too much or too little, by more than may be chance and does not matter."""
    found: dict[str, list[str]] = {"large": [], "small": []}
    for name in OUTCOMES[1:]:
        row, described = rows[name], wording.outcome(name)
        if {effects[name], verdict(row.bias_low, row.bias_high, 0, described.margin)}.isdisjoint((CANNOT_TELL, SAME)):
            found["large" if row.bias * row.truth > 0.0 else "small"].append(wording.inside(described.title))
    yield from (words.ALSO.format(way=way, outcomes=wording.listed(names)) for way, names in found.items() if names)


def _smallest(worth: pd.DataFrame, outcome: str) -> pd.DataFrame:
    """The smallest size that would do for an outcome, or no row: in the program as it is, the shortest, with the least share."""
    margin = wording.outcome(outcome).margin
    rows = worth[(worth["outcome"] == outcome) & (worth["power"] >= ENOUGH)]
    matters = [verdict(row.truth_low, row.truth_high, 0, margin) != SAME for row in rows.itertuples()]
    return rows[np.array(matters, bool)].sort_values(["times", "months", "share"]).head(1)


def _size(row, assign: str) -> str:
    """A size in words."""
    size = words.SIZES[assign].format(share=wording.percent(row.share), months=counted(row.months, "months"))
    return size + (words.TWICE if row.times > 1 else "")


def _would_do(worth: pd.DataFrame, first, title: str, main: Size) -> Iterator[str]:
    """Whether this pilot would do, and the smallest that would."""
    if first.power >= ENOUGH:
        yield words.ENOUGH.format(outcome=title)
    smallest = _smallest(worth, first.outcome)
    for row in smallest.itertuples():
        yield words.SMALLEST.format(outcome=title, size=_size(row, main.assign), found=_of_100(row.power))
    if smallest.empty:
        yield words.NONE_WOULD.format(months=counted(max(main.months, *LENGTHS), "months"), outcome=title)


def _numbers(own: pd.DataFrame, worth: pd.DataFrame, assign: str) -> Iterator[RenderableType]:
    """The numbers of the pilot itself, a line an outcome."""
    shown, value = [], []
    for row in own.itertuples():
        described = wording.outcome(row.outcome)
        bias = f"{wording.change(row.bias, described)} ({wording.interval(row.bias_low, row.bias_high, described)})"
        spread = wording.amount(row.spread, described)
        shares = (wording.percent(share) for share in (row.power, row.wrong_sign, row.coverage, row.false_alarms))
        levels = (wording.change(level, described) for level in (row.truth, row.estimate))
        shown.append((described.title, *levels, bias, spread, described.difference_unit))
        smallest = [_size(one, assign) for one in _smallest(worth, row.outcome).itertuples()] or [words.NONE]
        value.append((described.title, *shares, *smallest))
    least = (max(len(line[0]) for line in shown),)
    yield from (words.SHOWN, table(shown, words.SHOWN_HEADS, right=range(1, 5), least=least), "")
    yield from (words.VALUE, table(value, words.VALUE_HEADS, right=range(1, 5), least=least), "")


def _lengths(worth: pd.DataFrame, main: Size) -> Iterator[RenderableType]:
    """How many pilots of other sizes and lengths find the effect on the first outcome."""
    rows = worth[worth["outcome"] == OUTCOMES[0]]
    lengths, lines = sorted(rows["months"].unique()), []
    for (times, share), part in rows.groupby(["times", "share"]):
        whose = words.ONCE if times == 1 else words.DOUBLE
        found = part.set_index("months")["power"].reindex(lengths)
        lines.append((whose if main.assign == STEPPED else f"{whose}, {wording.percent(share)}", *map(_of_100, found)))
    heads = ("", *(counted(int(months), "months") for months in lengths))
    title = wording.inside(wording.outcome(OUTCOMES[0]).title)
    yield from (words.LENGTHS.format(outcome=title), table(lines, heads, right=range(1, len(heads))), "")


def _points(value: float, described) -> str:
    """A difference with its unit."""
    unit = {"percentage points": " points"}.get(described.difference_unit, f" {described.difference_unit}")
    return wording.change(value, described) + unit


def _of_100(share: float) -> str:
    return wording.percent(share).removesuffix(" %")
