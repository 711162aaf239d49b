"""Patterns of one's own, from a file: TOML where a clause names an outcome, Python for whatever that cannot say.

A Python file is like those of `patterns/`: its `CLAUSES` are a list of `Clause`, and one `VirtualStudy` or more measures them.
"""

import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from simulation.evidence.own_clauses import Own, own_clauses
from simulation.evidence.patterns.clauses import BY_KEY, CLAUSES, Clause
from simulation.evidence.patterns.virtual import VirtualStudy, laid_out
from simulation.evidence.validate import studies_for
from simulation.scenario.errors import ScenarioError, shown
from simulation.scenario.loading import find, read_text
from simulation.scenario.policy import Policy
from simulation.scenario.repeating import word_of
from simulation.scenario.targets import Targets
from simulation.scenario.world import World

NEEDS = "a file of patterns has CLAUSES, a list of Clause, and a VirtualStudy that measures them"


def patterns_in(name_or_path: str | Path) -> Own:
    """The patterns of a file, with the studies that measure them; a fault raises `ScenarioError` with its line.

    Of a TOML file (`Targets`) these are its clauses and the published patterns that it names, or all of these without any.
    """
    if str(name_or_path).endswith(".py"):
        return _of_python(Path(name_or_path).expanduser())
    targets = Targets.load(name_or_path)
    own = own_clauses(targets, find(Targets.kind, name_or_path))
    wanted = targets.patterns or (() if targets.clauses or targets.numbers else {clause.pattern for clause in CLAUSES})
    published = tuple(clause for clause in CLAUSES if clause.pattern in wanted)
    return own._replace(clauses=own.clauses + published, studies=own.studies + studies_for(published))


def _of_python(path: Path) -> Own:
    """The patterns of a Python file."""
    scope: dict[str, Any] = {"__name__": path.stem, "__file__": str(path)}
    try:
        code = compile(read_text(path), str(path), "exec")
    except (SyntaxError, ValueError) as error:
        raise ScenarioError(f"this is not Python: {error}", file=path, line=getattr(error, "lineno", None)) from None
    _carefully(path, "this file cannot be run", exec, code, scope)
    clauses, found = scope.get("CLAUSES"), [one for one in scope.values() if isinstance(one, VirtualStudy)]
    if not isinstance(clauses, list | tuple) or not clauses or not found or not all(isinstance(one, Clause) for one in clauses):
        raise ScenarioError(NEEDS, file=path)
    _check_clauses(path, clauses, found)
    return Own(tuple(clauses), tuple(_ready(path, study) for study in found))


def _check_clauses(path: Path, clauses: list[Clause], studies: list[VirtualStudy]) -> None:
    """Refuse clauses without a band or a kind, of which there are two, or that not exactly one study measures."""
    keys, measured = [clause.key for clause in clauses], [key for study in studies for key in study.clauses]
    for clause in clauses:
        if clause.kind not in ("C", "V") or not clause.low < clause.high:
            raise ScenarioError("a clause needs the kind C or V, and a low below its high", file=path, field=clause.key)
        if clause.key in BY_KEY or keys.count(clause.key) > 1:
            raise ScenarioError("there is another clause of this name", file=path, field=clause.key)
        if measured.count(clause.key) != 1:
            told = f"{measured.count(clause.key) or 'none'} of the studies of this file measures it, and exactly one has to"
            raise ScenarioError(told, file=path, field=clause.key)
    strange = next((key for key in measured if key not in keys), None)
    if strange:
        raise ScenarioError("a study measures this, and CLAUSES does not name it", file=path, field=strange)


def _ready(path: Path, study: VirtualStudy) -> VirtualStudy:
    """A study whose files are found beside the file of patterns, and whose faults are told in a sentence."""
    try:
        beside = path.parent
        arms = {
            name: arm._replace(world=word_of(World.kind, arm.world, beside), policy=word_of(Policy.kind, arm.policy, beside))
            for name, arm in study.arms.items()
        }
        laid_out(study._replace(arms=arms), {})
    except ScenarioError as error:
        place = ": ".join(filter(None, [error.file if error.line else "", error.field, error.problem]))
        raise ScenarioError(place, file=path, field=f"study {study.name}", hint=error.hint) from None

    def stated(totals: Any) -> dict[str, float]:
        said = _carefully(path, f"study {study.name}", study.state, totals)
        missing = [key for key in study.clauses if key not in said]
        if missing:
            raise ScenarioError(f"state does not give {shown(missing[0])}", file=path, field=f"study {study.name}")
        return said

    return study._replace(arms=arms, count=partial(_carefully, path, f"study {study.name}", study.count), state=stated)


def _carefully(path: Path, field: str, function: Callable, *given: Any) -> Any:
    """Call what somebody else wrote; an error in it is told with its line."""
    try:
        return function(*given)
    except ScenarioError:
        raise
    except Exception as error:
        lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
        told = f"{type(error).__name__}: {error}"
        raise ScenarioError(told, file=path, line=lines[-1] if lines else None, field=field) from None
