"""Rival theories measured by the same patterns: a pattern is worth more, the more theories it tells apart.

A pattern that a random model passes is worth nothing. Source: Platt 1964, strong inference, 10.1126/science.146.3642.347.
"""

from collections.abc import Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from simulation.evidence.emulation import half_of_band
from simulation.evidence.patterns.clauses import CLAUSES, Clause
from simulation.evidence.patterns.virtual import VirtualStudy
from simulation.evidence.validate import SEEDS, STUDIES, measure_clauses
from simulation.executor import Progress
from simulation.scenario.errors import ScenarioError, nearest, shown
from simulation.scenario.study import DesignKind, Study
from simulation.studies.points import rows_of
from simulation.studies.setup import set_up

FULL = "full"  # the model as it is
NAME = "title"  # the field of a world whose values are the names of the theories
LEAST = 0.1  # of half the width of a band
SURE = 4.0  # standard errors; by chance one difference in 16,000 is larger, and of knock-outs there are thousands


def theories_of(study: Study | str | Path) -> dict[str, dict[str, Any]]:
    """The changes of parameters of each theory in a study, by name; a study that is no such list raises `ScenarioError`.

    A study of one factor at a time is taken too: the first theory is the model as it is, and each other one has one change.
    """
    setup = set_up(study)
    factors = setup.study.uncertainties
    if setup.study.design.kind is DesignKind.ONE_BY_ONE and not setup.study.levers:
        return {FULL: {}} | {factor.label: {factor.field: setup.ends(factor)[0]} for factor in factors}
    names = [factor.label for factor in factors if factor.field == NAME]
    others = [factor.field for factor in factors if not factor.field.startswith("parameters.") and factor.field != NAME]
    if setup.study.design.kind is not DesignKind.LIST or len(names) != 1 or setup.study.levers or others:
        problem = f"study {setup.study.name}: theories are a list of parameters, with the field {shown(NAME)} for their names"
        raise ScenarioError(problem, field=others[0] if others else "uncertainties")
    rows = rows_of(setup)
    return {
        row[names[0]]: {factor.field: row[factor.label] for factor in factors if factor.field != NAME}
        for row in rows.to_dict("records")
    }


def moved(table: pd.DataFrame) -> pd.DataFrame:
    """A row a theory after the first: which clauses leave their band that the first theory meets, which come in, which move.

    A clause moves when it differs from that of the first theory by more than `SURE` standard errors, in the same
    populations, and if it also leaves or enters its band, or changes by more than `LEAST` of half the width of it. One near
    an end of its band may leave it without being said to move.

    Returns `theory`, `leaves`, `comes_in` and `moves` (keys of clauses, with commas), and `in_c` and `in_v`, how many are in.
    """
    keyed = table.assign(key=table["id"] + " " + table["clause"].str.replace("_", " "))
    names = list(dict.fromkeys(keyed["theory"]))
    first, *others = (keyed[keyed["theory"] == name].set_index("key") for name in names)
    rows = []
    for name, row in zip(names[1:], others, strict=True):
        change = (row["value"] - first["value"]).abs()
        crossed = first["in_band"] != row["in_band"]
        large = crossed | (change > LEAST * half_of_band(row["band_low"], row["band_high"]))
        changed = {
            "leaves": crossed & first["in_band"], "comes_in": crossed & row["in_band"],
            "moves": large & (change > SURE * row["error"]),
        }  # fmt: skip
        said = {column: ", ".join(where.index[where]) for column, where in changed.items()}
        inside = row["in_band"].groupby(row["kind"]).sum()
        rows.append({"theory": name, **said, "in_c": int(inside.get("C", 0)), "in_v": int(inside.get("V", 0))})
    return pd.DataFrame(rows)


def one_parameter(study: Study | str | Path) -> tuple[str, dict[str, float]] | None:
    """What the one parameter is called in which the theories of a study differ, and its value in each; None if there is no one.

    It must be a number, and the only one that differs; every theory must have it.
    """
    theories = theories_of(study)
    called = {factor.field: factor.name or factor.field for factor in set_up(study).study.uncertainties}
    fields = [field for field in called if field != NAME and len({theory.get(field) for theory in theories.values()}) > 1]
    values = {name: theory.get(fields[0]) for name, theory in theories.items()} if len(fields) == 1 else {}
    if not values or any(isinstance(value, str | bool | None) for value in values.values()):
        return None
    return called[fields[0]], {name: float(value) for name, value in values.items()}


def rival(name: str, study: Study | str | Path = "rivals") -> dict[str, Any]:
    """What a theory of a study changes in the parameters, against the first theory; an unknown name raises `ScenarioError`."""
    theories = theories_of(study)
    if name not in theories:
        hint = nearest(name, theories) or f"theories: {', '.join(theories)}"
        raise ScenarioError(f"value {shown(name)}: there is no theory of that name", field="theory", hint=hint)
    full = next(iter(theories.values()))
    return {field: value for field, value in theories[name].items() if value != full[field]}


def try_theories(
    study: Study | str | Path,
    seeds: int = SEEDS,
    seed: int = 1,
    executor: Executor | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    studies: tuple[VirtualStudy, ...] = STUDIES,
    clauses: Sequence[Clause] = CLAUSES,
) -> pd.DataFrame:
    """Measure every clause under every theory; arguments as in `validate`.

    Returns a row a theory and clause: `theory`, the columns of `validate`, and `error`, the standard error of the difference
    from the first theory, of which the populations are the same (0 for the first theory itself).
    """
    tables, first = [], None
    for name, theory in theories_of(study).items():
        table, drawn = measure_clauses(theory, seeds, seed, executor, workers, progress, studies, clauses)
        first = first or drawn
        errors = [_error(drawn[key] - first[key]) for key in table["id"] + "." + table["clause"]]
        tables.append(table.assign(theory=name, error=errors))
    table = pd.concat(tables, ignore_index=True)
    return table[["theory", *table.columns.drop("theory")]]


def _error(differences: np.ndarray) -> float:
    """The standard deviation of bootstrap samples; missing where most of them are."""
    known = differences[np.isfinite(differences)]
    return float(known.std()) if len(known) > len(differences) // 2 else np.nan
