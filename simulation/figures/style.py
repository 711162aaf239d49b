"""The shared look of the figures: colours that colour-blind people and black-and-white printers tell apart."""

import dataclasses
import functools
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import ParamSpec, TypeVar

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure

P = ParamSpec("P")
R = TypeVar("R")

# Okabe & Ito (2008), Color Universal Design, less its yellow, which cannot be read on white; then an olive and a grey,
# and Paul Tol's wine. Dashes and markers tell all ten apart where colour does not.
COLOURS = ("#000000", "#D55E00", "#0072B2", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#8A8A2A", "#8C8C8C", "#882255")
DASHES = ("-", (0, (5, 1.5)), (0, (1.2, 1.2)), (0, (6, 1.5, 1.2, 1.5)))
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "<", ">", "p")
INK, QUIET, FAINT = "#1a1a1a", "#5f5f5f", "#d9d9d9"
BETTER, WORSE, UNDECIDED = "#0072B2", "#D55E00", "#6b6b6b"
WIDTH, SMALL, TEXT = 7.2, 7.5, 8.5  # inches; points

HOUSE = {
    "font.family": "DejaVu Sans",
    "font.size": TEXT,
    "text.color": INK,
    "axes.titlesize": 10,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlepad": 8,
    "axes.labelsize": TEXT,
    "axes.labelcolor": INK,
    "axes.edgecolor": QUIET,
    "axes.linewidth": 0.7,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "grid.color": "#e6e6e6",
    "grid.linewidth": 0.6,
    "xtick.labelsize": SMALL + 0.5,
    "ytick.labelsize": SMALL + 0.5,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.major.size": 3,
    "ytick.major.size": 3,
    "lines.linewidth": 1.5,
    "legend.fontsize": SMALL,
    "legend.frameon": False,
    "figure.facecolor": "white",
    "figure.constrained_layout.use": False,
    "svg.fonttype": "path",
    "svg.hashsalt": "mentorship",
}


@dataclasses.dataclass(frozen=True)
class Look:
    """How one policy or group is drawn, everywhere: by colour, by dashes and by marker, so that each alone suffices."""

    colour: str
    dashes: str | tuple
    marker: str

    @property
    def ink(self) -> str:
        """The colour, dark enough for small letters on white."""
        return to_hex([0.62 * part for part in to_rgb(self.colour)])


def looks(names: Iterable[object]) -> dict[object, Look]:
    """Give every name its look, by its place in the order."""
    distinct = list(dict.fromkeys(names))
    return {
        name: Look(COLOURS[i % len(COLOURS)], DASHES[i % len(DASHES)], MARKERS[i % len(MARKERS)])
        for i, name in enumerate(distinct)
    }


def housed(draw: Callable[P, R]) -> Callable[P, R]:
    """Draw in the house style, and leave matplotlib's own settings as they were."""

    @functools.wraps(draw)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> R:
        with mpl.rc_context(HOUSE):
            return draw(*args, **kwargs)

    return drawn


def sheet(width: float = WIDTH, height: float = 4.0) -> Figure:
    """Make an empty figure (inches) that belongs to no window and to no pyplot list."""
    figure = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(figure)
    figure.get_layout_engine().set(w_pad=0.06, h_pad=0.06, wspace=0.04, hspace=0.06)
    return figure


def axes(ax: Axes | None, width: float = WIDTH, height: float = 4.0) -> Axes:
    """Take the caller's Axes, or make one on a new sheet."""
    return sheet(width, height).add_subplot() if ax is None else ax


@housed
def save(figure: Figure, stem: Path) -> list[Path]:
    """Save a figure as PNG (150 dpi) and SVG beside each other, with the same bytes for the same picture."""
    figure.get_layout_engine().execute(figure)  # once, not for each file
    figure.set_layout_engine("none")
    png, svg = stem.with_name(stem.name + ".png"), stem.with_name(stem.name + ".svg")
    figure.savefig(png, dpi=150, metadata={"Software": None})
    figure.savefig(svg, metadata={"Date": None, "Creator": None})
    return [png, svg]
