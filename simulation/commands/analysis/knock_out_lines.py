"""What is lost without each factor, on screen, in figures and as a table in Markdown."""

from collections.abc import Iterator

import pandas as pd
from rich.console import RenderableType

from simulation.analysis.knock_outs import clear, summary
from simulation.commands.analysis.effect_lines import effect_said
from simulation.commands.console import table as laid_out
from simulation.commands.words import sensitivity as words
from simulation.figures import wording
from simulation.figures.drawn import Draw
from simulation.figures.knock_out_figures import knock_out_map
from simulation.figures.wording import outcome, short
from simulation.scenario.counted import counted
from simulation.scenario.field_words import field_at
from simulation.scenario.policy import Policy
from simulation.scenario.world import World
from simulation.studies.sweep import Sweep


def lines_of_knock_outs(rows: pd.DataFrame) -> Iterator[RenderableType]:
    """A row a factor that moves something, the largest effect on top; then the factors that move nothing."""
    found = _ranked(rows)
    yield words.COUNTED.format(count=counted(int(rows.groupby("factor", sort=False).size().max()), "responses"))
    lines = [
        (short(row["factor"]), *_most_said(row), *(str(row[count]) for count in ("moves", "cannot_tell", "negligible")))
        for _, row in found[found["verdict"] == "moves"].iterrows()
    ]
    if lines:
        yield laid_out(lines, words.KNOCK_OUT_HEADS, right=(4, 5, 6))
    for verdict, said in words.NOTHING.items():
        names = [short(name) for name in found.loc[found["verdict"] == verdict, "factor"]]
        if names:
            yield said.format(factors=", ".join(names))


def told_of(rows: pd.DataFrame) -> pd.DataFrame:
    """A row a factor, in words: `factor`, where it is `off`, what it `moves` most, the `effect` and `where`.

    The last three are empty texts where nothing moves; the verdict is beside them.
    """
    found = _ranked(rows)
    told = [_most_said(row) if row["verdict"] == "moves" else ("", "", "") for _, row in found.iterrows()]
    said = pd.DataFrame(told, columns=["moves", "effect", "where"], index=found.index)
    return found[["factor", "off", "verdict"]].join(said)


def page_of_knock_outs(rows: pd.DataFrame, done: Sweep) -> str:
    """The table in Markdown: a row a factor, with the rows of the evidence that its field leans on."""
    study = done.setup.study
    sources = {factor.label: _evidence(World, factor.field) for factor in study.uncertainties}
    sources |= {factor.label: _evidence(Policy, factor.field) for factor in study.levers}
    lines = [words.PAGE_HEAD]
    for row in told_of(rows).itertuples():
        moves = row.moves or words.PAGE_NOTHING[row.verdict]
        lines.append(f"| `{short(row.factor)}` | {row.off} | {moves} | {row.effect} | {row.where} | {sources[row.factor]} |")
    return "\n".join(lines) + "\n"


def figures_of_knock_outs(table: pd.DataFrame, done: Sweep) -> Iterator[tuple[str, Draw]]:
    """A map a world of what each factor moves, as differences from the baseline where there is one."""
    rows = table[table["baseline"].notna()] if table["baseline"].notna().any() else table
    sure = clear(rows)
    for world, part in rows.groupby("world", sort=False):
        yield f"knock_outs_{world}", lambda part=part: knock_out_map(part, sure[part.index])


def _ranked(rows: pd.DataFrame) -> pd.DataFrame:
    """The summary of all factors, the largest effect on top, in units of what is negligible."""
    found = summary(rows)
    size = found["value"].abs() / found["smallest"]
    return found.loc[size.sort_values(ascending=False, kind="stable").index]


def _most_said(row: pd.Series) -> tuple[str, str, str]:
    """What a factor moves most, by how much, and where."""
    described = outcome(row["outcome"])
    at = words.DIFFERENCE_AT if isinstance(row["baseline"], str) else words.LEVEL_AT
    names = {name: wording.inside(wording.words(row[name])) for name in ("world", "policy", "baseline")}
    title = words.KNOCK_OUT_UNIT.format(title=described.title, unit=described.difference_unit or words.OWN_UNIT)
    return title, effect_said(row, described), at.format(**names)


def _evidence(kind: type, field: str) -> str:
    """The rows of the evidence behind a field; empty for a section or an entry of a list."""
    found = field_at(kind, tuple(field.split(".")))
    more = found.json_schema_extra if found else None
    return str(more.get("source", "assumed")) if isinstance(more, dict) else ""
