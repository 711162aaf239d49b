"""One function per figure: it takes a tidy frame and gives matplotlib Axes, or a Figure of panels; it runs no model."""

from simulation.figures.album import draw_all
from simulation.figures.contrasts import contrast, contrast_panels
from simulation.figures.equity import equity_map
from simulation.figures.load import load_by_group, mean_load, overload
from simulation.figures.network import mentoring_network, mentoring_networks
from simulation.figures.retention import count_survival, retention_by_group, retention_curves
from simulation.figures.style import heading, house
from simulation.figures.ties import life_of_ties, monthly

__all__ = [
    "contrast", "contrast_panels", "count_survival", "draw_all", "equity_map", "heading", "house", "life_of_ties",
    "load_by_group", "mean_load", "mentoring_network", "mentoring_networks", "monthly", "overload", "retention_by_group",
    "retention_curves",
]  # fmt: skip
