"""The pages of the reference that are made from the program: commands, outcomes, tables, worlds, policies, parameters."""

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path

from simulation.cli import _parser
from simulation.dictionary import OF_ANALYSES, OF_COMPARISONS, OF_DESIGNS, OF_PILOTS, OF_RUNS, OF_STUDIES, Table
from simulation.dictionary.comparisons import IN_STUDIES, STAMP
from simulation.outcomes.table import HIGHER, LOWER, NEITHER, OF_ALL, OF_ATTRIBUTES, OF_PEOPLE, WHEN, Outcome
from simulation.scenario import parameter_tables
from simulation.scenario.loading import shipped_folder, shipped_names
from simulation.scenario.policy import Policy
from simulation.scenario.sentences import in_sentences
from simulation.scenario.study import Design, Factor, Study
from simulation.scenario.world import World

BETTER = {HIGHER: "higher", LOWER: "lower", NEITHER: "neither"}
TAKEN = {"moment": "at the moment", "mean": "whole study"}


def pages() -> dict[str, str]:
    """The text of each page, by name."""
    makers = {
        "commands": commands, "outcomes": outcomes, "tables": tables, "worlds": worlds, "policies": policies,
        "parameters": parameters, "studies": studies,
    }  # fmt: skip
    return {name: "\n".join(maker()) + "\n" for name, maker in makers.items()}


def _table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """A table, line by line."""
    heads = list(heads)
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield "| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |"
    yield ""


def commands() -> Iterator[str]:
    """Every command with its arguments, from the parsers."""
    top, parsers = _parser()
    yield f"# Commands\n\n{top.description} The command is `mentorship`; `python -m simulation` is the same.\n"
    yield "Exit codes: 0 done; 1 some runs failed (the command says which, and how to repeat one); 2 bad input (it says what"
    yield "is allowed); 130 interrupted. Results go to standard output, everything else to standard error.\n"
    yield from _table(("command", "what it does"), ((f"[`{name}`](#{name})", one.description) for name, one in parsers.items()))
    for name, parser in parsers.items():
        yield f"## {name}\n\n{parser.description}\n"
        yield f"```text\n{' '.join(parser.format_usage().removeprefix('usage: ').split())}\n```\n"
        actions = [action for action in parser._actions if not isinstance(action, argparse._HelpAction)]
        yield from _table(("argument", "what it is"), ((f"`{_said(action)}`", action.help) for action in actions))


def _said(action: argparse.Action) -> str:
    """An argument as one writes it."""
    if not action.option_strings:
        return str(action.metavar)
    return " ".join([action.option_strings[0], *([str(action.metavar)] if action.nargs != 0 else [])])


def outcomes() -> Iterator[str]:
    """Every outcome, from the one table that everything else reads."""
    yield "# Outcomes\n"
    yield "An outcome is one number about a run that is over. All of them are columns of the table `outcomes` "
    yield "([Tables](tables.md)); *Observation* in [the description](odd.md) says exactly how each is counted.\n".replace(
        "odd.md", "../explanation/odd.md"
    )
    yield "* **better**: which way is better. Where neither is, no verdict is given."
    yield f"* **taken**: at the moment, {WHEN['moment']}; or over the whole study."
    yield "* **margin**: the smallest difference that matters, in the unit of the outcome. It is assumed."
    yield "* ★ marks the headlines: what screen and brief show first.\n"
    for title, rows in (
        ("Of mentees, for everyone and for every group", OF_PEOPLE),
        ("Of ties, of mentors and of the program", OF_ALL),
        ("Of an identity attribute", OF_ATTRIBUTES),
    ):
        yield f"## {title}\n"
        if rows is OF_ATTRIBUTES:
            yield "The column is called `<name>_<attribute>`, once for each identity attribute of the world.\n"
        yield from _table(("name", "what it is", "unit", "better", "taken", "margin"), map(_outcome, rows))
    yield "## Gaps between groups\n"
    gapped = sorted((one for one in OF_PEOPLE if one.gap), key=lambda one: one.gap)
    yield f"Of {', '.join(f'`{one.name}`' for one in gapped)} there is a gap for each identity attribute of the world, and for "
    yield "all attributes crossed: `gap_<name>_<attribute>` is the value of the reference group (the first that the world names) "
    yield "less that of all others, and `ratio_<name>_<attribute>` the one over the other. A gap is better nearer to zero."


def _outcome(one: Outcome) -> tuple[str, ...]:
    """An outcome as a row."""
    name = f"`{one.name}`{' ★' if one.headline else ''}"
    return name, f"**{one.title}**: {one.text}", one.unit, BETTER[one.better], TAKEN[one.when], f"{one.margin * one.scale:,g}"


def tables() -> Iterator[str]:
    """Every column of every table, from the data dictionary."""
    yield "# Tables\n"
    yield "What every column of every table means. Tables are pandas frames in Python and Parquet files on disk, with a "
    yield "`manifest.json` beside them: version, command, world, policy, seed and digest. Months count from 0. What is "
    yield "missing is a missing value, never 0 or −1. Words in angle brackets stand for what a world or study names.\n"
    stamp = ", ".join(f"`{column.name}`" for column in STAMP)
    yield f"On disk every table of a run also has {stamp}; in a study it has `point` as well.\n"
    for title, room in (
        ("A run", OF_RUNS), ("Outcomes and comparisons", OF_COMPARISONS), ("What a budget should buy", OF_DESIGNS),
        ("Pilots", OF_PILOTS), ("Studies", OF_STUDIES), ("Analyses", OF_ANALYSES),
    ):  # fmt: skip
        yield f"## {title}\n"
        for table in room:
            yield from _columns(table)


def _columns(table: Table) -> Iterator[str]:
    """A table of the dictionary: one row is what, who writes it, and its columns."""
    yield f"### {table.name}\n\nA row is {table.row}. Written by {table.found}.\n"
    rows = [*table.columns, *(IN_STUDIES["outcomes"] if table.name == "outcomes" else ())]
    missing = any(column.missing for column in rows)
    heads = ("column", "unit", "meaning", *(["missing"] if missing else []))
    yield from _table(heads, ((f"`{one.name}`", one.unit, one.text, *([one.missing] if missing else [])) for one in rows))


def worlds() -> Iterator[str]:
    """The shipped worlds, and every field of a world."""
    yield "# Worlds\n"
    yield "A world is what a program office does not decide: people, context, base hazards and prices. It is a file; copy one "
    yield "and change it. Each figure has its source beside it, by rows of [Sources](../explanation/sources.md).\n"
    rows = []
    for name in shipped_names("world"):
        world = World.load(name)
        groups = "; ".join(f"{one.name}: {', '.join(one.groups)}" for one in world.identities) or "none"
        people = world.people
        rows.append((f"[`{name}`](#{name})", world.title, f"{people.mentees:,}", f"{people.mentors:,}", people.months, groups))
    yield from _table(("name", "what it is", "mentees", "mentors", "months", "groups"), rows)
    for name in shipped_names("world"):
        yield from _file("world", name, World.load(name).text)
    yield "## Fields of a world\n"
    yield from parameter_tables.fields_of_a_world()


def policies() -> Iterator[str]:
    """The shipped policies in sentences, and every lever."""
    yield "# Policies\n"
    yield "A policy is what a program office decides, in six sections that are the six tips. With every lever at its default it "
    yield "is ad hoc mentoring. `mentorship show` gives the same sentences for your own.\n"
    shipped = [Policy.load(name) for name in shipped_names("policy")]
    yield from _table(("name", "what it is"), ((f"[`{one.name}`](#{one.name})", one.title) for one in shipped))
    for policy in shipped:
        yield from _file("policy", policy.name, policy.text)
        told = [(text, lines) for text, lines in in_sentences(policy) if lines or ":" not in text]
        for text, lines in told[2 if policy.text else 1 :]:
            yield f"{text}\n"
            yield from (f"* {line}" for line in lines)
            yield ""
    yield "## Levers\n"
    yield "A default means \"as without a program\".\n"
    yield from parameter_tables.levers()


def parameters() -> Iterator[str]:
    """Every parameter of the rules."""
    yield "# Parameters\n"
    yield "The numbers of the rules, in a world file under `[parameters]`. The shipped worlds set none, so that all share "
    yield "this set. [The evidence](../explanation/evidence.md) says which are measured, fitted, guided by a finding or assumed.\n"
    yield from parameter_tables.parameters()


def studies() -> Iterator[str]:
    """The shipped studies, and every field of a study."""
    yield "# Shipped studies\n"
    yield "A study runs policies in worlds at many points; [the guide](../how-to/studies.md) tells how.\n"
    shipped = [Study.load(name) for name in shipped_names("study")]
    yield from _table(("name", "what it asks", "design"), ((f"`{one.name}`", one.title, f"`{one.design.kind}`") for one in shipped))
    yield "## Fields of a study\n"
    for title, kind in (("study", Study), ("design", Design), ("levers and uncertainties", Factor)):
        yield from parameter_tables.section(title, kind, "")


def _file(kind: str, name: str, text: str) -> Iterator[str]:
    """A shipped file: its text, and itself, folded."""
    path = Path(shipped_folder(kind)) / f"{name}.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    yield f"## {name}\n\n{text}\n"
    yield '??? note "The file"\n\n    ```toml'
    yield from (f"    {line}" for line in lines)
    yield "    ```\n"
