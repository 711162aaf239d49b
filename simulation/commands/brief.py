"""`mentorship brief`: the decision brief of a comparison, written anew from its tables."""

from argparse import Namespace
from pathlib import Path

from simulation import brief
from simulation.commands.console import print_json, printed
from simulation.commands.words import brief as words
from simulation.figures import draw_all
from simulation.results import load
from simulation.scenario.errors import ScenarioError


def carry_out(asked: Namespace) -> int:
    """Draw the figures that are missing, and write the brief."""
    folder = Path(asked.folder)
    if not folder.is_dir():
        raise ScenarioError(words.NO_FOLDER, file=folder)
    tables = load(folder)
    if "contrasts" not in tables:
        raise ScenarioError(words.NO_COMPARISON, file=folder, hint=words.COMPARE_FIRST)
    if not any((folder / "figures").glob("*.png")):
        draw_all(tables, folder / "figures")
    page = brief.write(folder) or folder / "brief.html"
    if asked.json:
        print_json({"brief": str(page)})
    else:
        printed(str(page), whole=True)
    return 0
