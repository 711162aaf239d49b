"""`mentorship brief`: the decision brief of a comparison, written anew from its tables."""

from argparse import Namespace
from pathlib import Path

from simulation import brief
from simulation.advice import Advice
from simulation.commands.console import print_json, printed
from simulation.commands.drawing import draw_into, reason
from simulation.commands.words import brief as words
from simulation.figures.album import figures_of
from simulation.figures.drawn import Drawn, files
from simulation.folder import refuse_strangers, writing
from simulation.results import load
from simulation.scenario.errors import ScenarioError

FIGURES, PAGE = "figures", "brief.html"


def carry_out(asked: Namespace) -> int:
    """Draw the figures that are missing, and write the brief."""
    folder = Path(asked.folder)
    if not folder.is_dir():
        raise ScenarioError(words.NO_FOLDER, file=folder)
    tables = load(folder)
    if "contrasts" not in tables:
        raise ScenarioError(words.NO_COMPARISON, file=folder, hint=words.COMPARE_FIRST)
    refuse_strangers(folder, [PAGE])
    missing = [one for one in figures_of(tables) if not all((folder / FIGURES / name).exists() for name in files(one[:1]))]
    page = write_brief(folder, draw_into(folder, missing, FIGURES, replaces=False))
    if asked.json:
        print_json({"brief": str(page)})
    else:
        printed(str(page), whole=True)
    return 0


def write_brief(folder: Path, drawn: Drawn, advice: Advice | None = None) -> Path:
    """Write the brief of a comparison, which says what could not be drawn, and return its path; `advice` as in `brief.write`."""
    with writing(folder, [PAGE]) as written:
        page = brief.write(folder, {stem: reason(error) for stem, error in drawn.failed.items()}, advice)
        written.add(PAGE)
    return page
