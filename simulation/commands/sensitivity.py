"""`mentorship sensitivity`: runs a study and analyses its factors; the design decides which analysis.

Morris and Saltelli designs show which factors matter. Latin hypercubes, Sobol sequences and lists show where a policy
backfires. A factorial of two ranges is a map with a boundary; a factorial of factors with two values each shows what
each factor does, alone and given the others; another factorial of up to three factors gives curves. One at a time shows
what is lost without each factor.
"""

import shlex
from argparse import Namespace
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from rich.console import Group, RenderableType
from rich.padding import Padding

from simulation import __version__
from simulation.analysis.boundary import boundary
from simulation.analysis.curves import MOST, curves, varied
from simulation.analysis.discovery import discovery
from simulation.analysis.effects import effects
from simulation.analysis.knock_outs import knock_outs
from simulation.analysis.sensitivity import sensitivity
from simulation.commands.analysis.backfire_lines import figures_of_backfire, lines_of_backfire
from simulation.commands.analysis.curve_lines import figures_of_curves, lines_of_curves
from simulation.commands.analysis.effect_lines import figures_of_effects, lines_of_effects
from simulation.commands.analysis.knock_out_lines import figures_of_knock_outs, lines_of_knock_outs, page_of_knock_outs
from simulation.commands.analysis.sensitivity_lines import figures_of_sensitivity, lines_of_sensitivity
from simulation.commands.analysis.tipping_lines import figures_of_tipping, lines_of_tipping
from simulation.commands.console import print_json, printed
from simulation.commands.drawing import draw_into
from simulation.commands.sweep import refuse_no_folder, swept, tell_failures, tried_dry
from simulation.commands.words import sensitivity as words
from simulation.figures import wording
from simulation.figures.drawn import Draw
from simulation.figures.study_figures import luck_said, said
from simulation.folder import write_whole, writing
from simulation.results import file_of, refuse_foreign, save
from simulation.scenario.counted import counted
from simulation.scenario.errors import ScenarioError
from simulation.scenario.study import DesignKind
from simulation.studies.setup import Setup, set_up
from simulation.studies.sweep import Sweep

VERB = "sensitivity"
LUCKY = 0.5  # share of luck above which it is a warning
KEYS = ["world", "policy", "baseline", "outcome"]


class Analysis(NamedTuple):
    """An analysis of a study: its table, what it says of each response, and its figures by name."""

    name: str
    table: Callable[[Sweep], pd.DataFrame]
    lines: Callable[[pd.DataFrame], Iterator[RenderableType]]
    figures: Callable[[pd.DataFrame, Sweep], Iterator[tuple[str, Draw]]]
    page: Callable[[pd.DataFrame, Sweep], str] | None = None  # Markdown; its lines are then said of all responses at once


def analysis_of(setup: Setup) -> Analysis:
    """The analysis that fits the design of a study; a `ScenarioError` when none does."""
    kind, factors = setup.study.design.kind, setup.study.factors
    if kind in (DesignKind.MORRIS, DesignKind.SALTELLI):
        return SENSITIVITY
    if kind is DesignKind.ONE_BY_ONE:
        return KNOCK_OUTS
    if kind is not DesignKind.FACTORIAL and len(setup.policies) > 1 and len(factors) > 1:
        return BACKFIRE
    if kind is DesignKind.FACTORIAL and factors and all(len(one.values or one.like) == 2 for one in factors):
        return EFFECTS
    numeric = all(factor.low is not None or not isinstance(setup.ends(factor)[0], str | bool) for factor in factors)
    if kind is DesignKind.FACTORIAL and len(factors) == 2 and numeric:
        return TIPPING
    if kind is DesignKind.FACTORIAL and 1 <= len(varied(setup)) <= MOST:
        return CURVES
    policies = counted(len(setup.policies), "policies")
    problem = words.NO_ANALYSIS.format(kind=kind, factors=counted(len(factors), "factors"), policies=policies)
    raise ScenarioError(f"study {setup.study.name}: {problem}", field="design.kind", hint=words.DESIGNS)


def carry_out(asked: Namespace) -> int:
    """Run what is missing of the study, analyse it, and say which factors matter."""
    setup = set_up(asked.study)
    analysis = analysis_of(setup)
    if asked.dry_run:
        return tried_dry(asked)
    refuse_no_folder(asked, VERB)
    folder, path = Path(asked.out) / "analysis", Path(asked.out) / "analysis" / file_of(analysis.name)
    manifest = {"version": __version__, "command": shlex.join(["mentorship", VERB, asked.study, "--out", asked.out])}
    refuse_foreign(folder, manifest, [path.name, *([path.with_suffix(".md").name] if analysis.page else [])])
    done = swept(setup, asked, VERB)
    if done.lost:
        return tell_failures(done)
    table = analysis.table(done)
    save(folder, {analysis.name: table}, manifest)
    if analysis.page:
        _write_page(path.with_suffix(".md"), analysis.page(table, done))
    figures = [str(made) for made in draw_into(folder, analysis.figures(table, done)).paths]
    if asked.json:
        print_json({"analysis": analysis.name, "table": str(path), "figures": figures, "rows": table})
    elif asked.quiet:
        printed(str(folder), whole=True)
    else:
        printed(*(analysis.lines(table) if analysis.page else _told(analysis, table)))
        printed(words.FOLDER.format(folder=folder), whole=True)
    return tell_failures(done)


def _write_page(path: Path, text: str) -> None:
    """Write a page of the analysis."""
    with writing(path.parent, [path.name]) as written:
        write_whole(path, lambda part: part.write_text(text, encoding="utf-8"))
        written.add(path.name)


def _told(analysis: Analysis, table: pd.DataFrame) -> Iterator[RenderableType]:
    """What an analysis says of each response, under a heading; levels only where there is no difference."""
    differences = table[table["baseline"].notna()]
    for _, rows in (table if differences.empty else differences).groupby(KEYS, sort=False, dropna=False):
        first = rows.iloc[0]
        yield words.HEAD.format(response=said(first), world=wording.words(first["world"]))
        lines = list(analysis.lines(rows))
        if luck_said(first) and (pd.notna(first["luck"]) or not first["note"]):
            lines.append(luck_said(first))
        if first["luck"] > LUCKY:
            lines.append(words.LUCK)
        yield Padding.indent(Group(*lines), 2)
        yield ""


SENSITIVITY = Analysis("sensitivity", sensitivity, lines_of_sensitivity, figures_of_sensitivity)
BACKFIRE = Analysis("backfire", discovery, lines_of_backfire, figures_of_backfire)
TIPPING = Analysis("tipping", boundary, lines_of_tipping, figures_of_tipping)
CURVES = Analysis("curves", curves, lines_of_curves, figures_of_curves)
EFFECTS = Analysis("effects", effects, lines_of_effects, figures_of_effects)
KNOCK_OUTS = Analysis("knock_outs", knock_outs, lines_of_knock_outs, figures_of_knock_outs, page_of_knock_outs)
