"""The shared look of the figures: colours that colour-blind people and black-and-white prints can tell apart."""

import dataclasses
import functools
import zlib
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from html import escape
from pathlib import Path
from typing import ParamSpec, TypeVar

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator, MultipleLocator

P = ParamSpec("P")
R = TypeVar("R")

# Okabe & Ito (2008), Color Universal Design, without its yellow, which cannot be read on white; then an olive, a grey and
# Paul Tol's wine. Dashes and markers also tell all ten apart.
COLOURS = ("#000000", "#D55E00", "#0072B2", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#8A8A2A", "#8C8C8C", "#882255")
DASHES = ("-", (0, (5, 1.5)), (0, (1.2, 1.2)), (0, (6, 1.5, 1.2, 1.5)))
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "<", ">", "p")
INK, QUIET, FAINT = "#1a1a1a", "#5f5f5f", "#d9d9d9"
BETTER, WORSE, UNDECIDED = "#0072B2", "#D55E00", "#6b6b6b"
WIDTH, SMALL, TEXT = 7.2, 7.5, 8.5  # inches; points
DPI = 150  # of a PNG

HOUSE = {
    "font.family": "DejaVu Sans",
    "font.size": TEXT,
    "text.color": INK,
    "text.parse_math": False,  # users may write $ in their names; no text of ours is a formula
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
    "axes.formatter.useoffset": False,  # a tick says its value, and no number elsewhere is to be added to it
    "axes.formatter.limits": (-6, 9),
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
    """The colour, dashes and marker of a policy or group in all figures; each of the three is enough to recognize it."""

    colour: str
    dashes: str | tuple
    marker: str

    @property
    def ink(self) -> str:
        """The colour, dark enough for small letters on white."""
        return to_hex([0.62 * part for part in to_rgb(self.colour)])


# The place of each shipped policy and group among the colours, dashes and markers. A name has one look in all figures of all
# commands. What often stands in one picture also differs by lightness, or by dashes, for print and for the colour-blind.
FIXED = {
    "ad_hoc": (0, 0, 0), "single_discipline": (5, 1, 1), "multi_discipline": (6, 2, 2), "mentee_choice": (4, 3, 4),
    "six_tips": (3, 0, 3), "move_on": (7, 1, 5), "prioritized": (9, 2, 6), "evaluated": (8, 3, 9),
    "identity_optional": (1, 1, 7), "identity_required": (2, 2, 8), "mosaic": (9, 3, 0), "one_mentor": (1, 0, 1),
    "one_mentor_any": (2, 3, 2),
    "man": (0, 0, 0), "woman": (1, 1, 1), "boy_or_man": (0, 0, 0), "girl_or_woman": (1, 1, 1), "majority": (0, 0, 0),
    "minority": (1, 1, 1),
}  # fmt: skip


def looks(names: Iterable[object]) -> dict[object, Look]:
    """Give every name its look: a shipped policy or group has a fixed one, any other the one of a number made of its name.

    Where two of a figure would look alike, the later by name takes the next look that is free. So a look never depends on the
    order of the names, and on the other names only where two collide.
    """
    names = list(dict.fromkeys(names))
    found = {name: Look(COLOURS[c], DASHES[d], MARKERS[m]) for name in names if (place := FIXED.get(name)) for c, d, m in [place]}
    colours = {look.colour for look in found.values()}
    for name in sorted((name for name in names if name not in found), key=str):
        first = zlib.crc32(str(name).encode())
        steps = [(first + step) % len(COLOURS) for step in range(len(COLOURS))]
        free = [place for place in steps if COLOURS[place] not in colours] or steps
        worn = {(look.colour, look.dashes) for look in found.values()}
        every = [Look(COLOURS[k], DASHES[(k + turn) % len(DASHES)], MARKERS[k]) for turn in range(len(DASHES)) for k in free]
        found[name] = next((look for look in every if (look.colour, look.dashes) not in worn), every[0])
        colours.add(found[name].colour)
    return {name: found[name] for name in names}


def housed(draw: Callable[P, R]) -> Callable[P, R]:
    """Draw in the house style, and leave matplotlib's own settings unchanged."""

    @functools.wraps(draw)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> R:
        with mpl.rc_context(HOUSE):
            return draw(*args, **kwargs)

    return drawn


def house() -> AbstractContextManager[None]:
    """Draw in the house style what stands in a `with` block; afterwards matplotlib has its own settings again.

    matplotlib's colours C0 to C9 are `COLOURS` there, and a figure fits its parts into itself (constrained layout). Show or save
    the figure before the end of the block.
    """
    sizes = {"figure.figsize": (WIDTH, 3.4), "figure.constrained_layout.use": True}
    return mpl.rc_context(HOUSE | sizes | {"axes.prop_cycle": mpl.cycler(color=COLOURS)})


def sheet(width: float = WIDTH, height: float = 4.0) -> Figure:
    """Make an empty figure of a size in inches, outside pyplot and without a window."""
    figure = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(figure)
    figure.get_layout_engine().set(w_pad=0.06, h_pad=0.06, wspace=0.04, hspace=0.06)
    return figure


def axes(ax: Axes | None, width: float = WIDTH, height: float = 4.0) -> Axes:
    """Take the caller's Axes, or make one on a new sheet."""
    return sheet(width, height).add_subplot() if ax is None else ax


def heading(figure: Figure, text: str) -> None:
    """Write the heading of a figure of several panels, at the left."""
    figure.suptitle(text, x=0.01, linespacing=1.25, ha="left", fontsize=10, fontweight="bold")


def panels(figure: Figure, count: int, columns: int, **share: bool) -> np.ndarray:
    """Make `count` panels, row by row."""
    grid = figure.subplots(-(-count // columns), columns, squeeze=False, **share).ravel()
    for panel in grid[count:]:
        panel.remove()
    return grid[:count]


def months_below(ax: Axes, last: float) -> None:
    """Put ticks under every year, or under every few years when there are many."""
    ax.xaxis.set_major_locator(MultipleLocator(12 if last <= 96 else 24 * round(last / 192 + 0.5)))


def in_percent(axis: Axis) -> None:
    """Write an axis of shares in percent, with as many decimals as its ticks need."""
    axis.set_major_formatter(FuncFormatter(lambda share, _: f"{100.0 * share:.6g} %"))


def differences_below(ax: Axes) -> None:
    """Put few ticks with signs under an axis of differences; fewer still where their labels are long, as those of money."""
    most = max(map(abs, ax.get_xlim()))
    ax.xaxis.set_major_locator(MaxNLocator(2 if most >= 1e4 else 4, steps=[1, 2, 2.5, 5, 10], min_n_ticks=2 if most >= 1e4 else 3))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: "0" if abs(x) < 1e-12 else f"{x:+,.10g}".replace("-", "−")))


@housed
def save(figure: Figure, stem: Path, title: str = "", described: str = "") -> list[Path]:
    """Save a figure as PNG and as SVG; the same picture gives the same bytes.

    The SVG carries a title, by default the heading of the picture, and what people need who cannot see it.
    """
    figure.set_dpi(DPI)  # letters are wider at one resolution than at another: they are laid out at that of the file
    figure.get_layout_engine().execute(figure)  # once, not for each file
    figure.set_layout_engine("none")
    png, svg = stem.with_name(stem.name + ".png"), stem.with_name(stem.name + ".svg")
    figure.savefig(png, dpi=DPI, metadata={"Software": None})
    figure.savefig(svg, metadata={"Date": None, "Creator": None})
    _describe(svg, headline(figure) or title or stem.name, described)
    return [png, svg]


def headline(figure: Figure) -> str:
    """The heading of a figure, on one line; of a figure without one, the title of its first panel."""
    titles = (ax.get_title(loc) for ax in figure.axes for loc in ("left", "center"))
    return " ".join((figure.get_suptitle() or next(filter(None, titles), "")).split())


def _describe(svg: Path, title: str, described: str) -> None:
    """Put the title and the description into an SVG, as its first elements, and tie them to it."""
    text = svg.read_text(encoding="utf-8")
    place = text.index(">", text.index("<svg")) + 1
    told = {"title": title, "desc": described}
    inside = "".join(f"\n <{tag}>{escape(said, quote=False)}</{tag}>" for tag, said in told.items() if said)
    svg.write_text(text[: place - 1] + ' role="img">' + inside + text[place:], encoding="utf-8")
