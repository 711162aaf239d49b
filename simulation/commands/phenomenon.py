"""`mentorship phenomenon`: a phenomenon of complexity beside what chance gives, and the switch that makes it vanish."""

import shlex
from argparse import Namespace
from pathlib import Path
from typing import Any

import pandas as pd

from simulation import __version__
from simulation.commands.compiling import compile_first
from simulation.commands.console import Progress, print_json, printed
from simulation.figures import style
from simulation.phenomena.demonstration import Shown, named, phenomenon
from simulation.phenomena.phenomenon import Finding
from simulation.results import prepare, save

FOLDER = Path("results") / "phenomena"


def carry_out(asked: Namespace) -> int:
    """Run the phenomenon with its mechanism on and off, write table and figure, and say what was found."""
    what = named(asked.name)
    seeds, out = asked.seeds or what.seeds, Path(asked.out or FOLDER / asked.name)
    command = ["mentorship", "phenomenon", asked.name, "--seeds", str(seeds), "--seed", str(asked.seed)]
    manifest = {
        "version": __version__,
        "command": shlex.join(command),
        "phenomenon": what.name,
        "seeds": seeds,
        "seed": asked.seed,
    }
    prepare(out, manifest)
    silent = asked.quiet or asked.json
    compile_first(silent)
    with Progress(not silent, "programs") as progress:
        found = phenomenon(what.name, seeds=seeds, workers=asked.workers, progress=progress, seed=asked.seed)
    save(out, _tables(found), manifest)
    figures = [str(path) for path in style.save(found.figure, out / what.name)]
    if asked.json:
        print_json(_known(found, seeds) | {"seed": asked.seed, "folder": str(out), "figures": figures})
    else:
        printed("\n".join(_lines(found, seeds)))
        printed(f"\nFigure: {figures[0]}")
    return 0


def _arms(found: Shown) -> tuple[tuple[str, Finding, dict[str, float]], ...]:
    """Both findings with their further numbers."""
    return ("on", found.on, found.also_on), ("off", found.off, found.also_off)


def _tables(found: Shown) -> dict[str, pd.DataFrame]:
    """A row a finding; and a row for each further number."""
    about = {"phenomenon": found.phenomenon.name, "statistic": found.phenomenon.statistic}
    findings = [{**about, "mechanism": arm, **finding._asdict()} for arm, finding, _ in _arms(found)]
    further = [
        {"phenomenon": found.phenomenon.name, "mechanism": arm, "statistic": text, "value": float(value)}
        for arm, _, also in _arms(found)
        for text, value in also.items()
    ]
    tables = {"findings": pd.DataFrame(findings)}
    return tables | ({"further": pd.DataFrame(further)} if further else {})


def _known(found: Shown, seeds: int) -> dict[str, Any]:
    """What was found, for machines."""
    what = found.phenomenon
    arms = {arm: {**finding._asdict(), "also": also} for arm, finding, also in _arms(found)}
    said = {name: getattr(what, name) for name in ("name", "title", "statistic", "switch", "source")}
    return {**said, "seeds": seeds, **arms, "appears": found.appears, "vanishes": found.vanishes}


def _lines(found: Shown, seeds: int) -> list[str]:
    """What was found, in plain sentences."""
    what = found.phenomenon
    lines = [
        what.title,
        "",
        f"Measured:      {what.statistic}, in {seeds} programs.",
        f"Switched off:  {what.switch}.",
        "",
    ]
    lines += [f"Mechanism {arm + ':':<5}{_said(finding)}" for arm, finding, _ in _arms(found)]
    lines += [""] if found.also_on else []
    lines += [
        f"Also: {text}: {value:.2f}; with the mechanism off {found.also_off[text]:.2f}."
        for text, value in found.also_on.items()
    ]
    return [*lines, "", _verdict(found), f"Source: {what.source}."]


def _said(finding: Finding) -> str:
    """A finding: value, interval, chance, p."""
    span = f"{finding.value:.3f} ({finding.low:.3f} to {finding.high:.3f})"
    return f"{span}; chance alone gives {finding.chance:.3f}; {_p(finding.p)}"


def _p(p: float) -> str:
    """How likely chance alone would be so far off."""
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}"


def _verdict(found: Shown) -> str:
    """Whether it is the mechanism that makes the phenomenon."""
    if found.appears and found.vanishes:
        return "It is there with the mechanism, and gone without it: the mechanism makes it."
    if not found.appears:
        return "With the mechanism on, chance is not ruled out: this does not show the phenomenon. Try more --seeds."
    return "It is there with the mechanism, but something beyond chance is left without it."
