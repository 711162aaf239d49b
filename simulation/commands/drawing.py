"""The pictures of a command: drawn, listed as its own, and told where one could not be drawn."""

from collections.abc import Iterable
from pathlib import Path

from simulation.commands.console import remarked
from simulation.commands.words.any_command import NOT_DRAWN
from simulation.figures.captions import caption
from simulation.figures.drawn import Draw, Drawn, draw_each, files, named
from simulation.folder import writing
from simulation.scenario.errors import one_line


def draw_into(folder: Path, figures: Iterable[tuple[str, Draw]], within: str = ".", replaces: bool = True) -> Drawn:
    """Draw figures into a folder of results, `within` a folder of it, and say which could not be drawn, and why."""
    fit = named(figures)
    names = [(Path(within) / name).as_posix() for name in files(stem for stem, _ in fit)]
    with writing(folder, names, replaces) as written:
        drawn = draw_each(fit, folder / within)
        written |= {path.relative_to(folder).as_posix() for path in drawn.paths}
    for stem, error in drawn.failed.items():
        remarked(NOT_DRAWN.format(figure=caption(stem).heading, reason=reason(error)))
    return drawn


def reason(error: Exception) -> str:
    """Why something failed, on one line."""
    return one_line(f"{type(error).__name__}: {error}".strip().removesuffix(":"))
