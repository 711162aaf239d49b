"""`mentorship brief`: the decision brief of a comparison, written anew from its tables."""

from argparse import Namespace
from pathlib import Path

from simulation import brief
from simulation.commands.console import print_json, printed
from simulation.figures import draw_all
from simulation.results import load
from simulation.scenario.errors import ScenarioError


def carry_out(asked: Namespace) -> int:
    """Draw the figures that are missing, and write the brief."""
    folder = Path(asked.folder)
    if not folder.is_dir():
        raise ScenarioError("there is no such folder", file=folder)
    tables = load(folder)
    if "contrasts" not in tables:
        raise ScenarioError(
            "a brief needs the results of a comparison", file=folder, hint="mentorship compare writes them"
        )
    if not any((folder / "figures").glob("*.png")):
        draw_all(tables, folder / "figures")
    page = brief.write(folder) or folder / "brief.html"
    if asked.json:
        print_json({"brief": str(page)})
    else:
        printed(str(page))
    return 0
