"""Figures drawn and saved one by one: a picture that fails does not take the others with it."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from matplotlib.figure import Figure

from simulation.figures import captions, style

Draw = Callable[[], object]  # gives a Figure, or the Axes in one
KINDS = (".png", ".svg")


class Drawn(NamedTuple):
    """The files of the figures that were drawn, and why each of the others was not, by its name."""

    paths: list[Path]
    failed: dict[str, Exception]


def draw_each(figures: Iterable[tuple[str, Draw]], folder: Path) -> Drawn:
    """Draw each figure, given by its name and the call that draws it, and save it as PNG and SVG; `OSError` is raised."""
    folder.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    failed: dict[str, Exception] = {}
    for stem, draw in figures:
        try:
            drawn = draw()
            figure = drawn if isinstance(drawn, Figure) else drawn.get_figure(root=True)
            paths += style.save(figure, folder / stem, *captions.described(stem))
        except OSError:  # no room, for this figure and all others
            raise
        except Exception as error:
            failed[stem] = error
    return Drawn(paths, failed)


def named(figures: Iterable[tuple[str, Draw]]) -> list[tuple[str, Draw]]:
    """Give every figure a name that is fit for a file, and no two the same; names of users may hold any sign."""
    fit: dict[str, tuple[str, Draw]] = {}
    for name, draw in figures:
        stem = plain = re.sub(r"[^\w.-]+", "_", name)
        again = 2
        while stem.casefold() in fit:
            stem, again = f"{plain}_{again}", again + 1
        fit[stem.casefold()] = (stem, draw)
    return list(fit.values())


def files(stems: Iterable[str]) -> list[str]:
    """The names of the files of figures."""
    return [stem + kind for stem in stems for kind in KINDS]
