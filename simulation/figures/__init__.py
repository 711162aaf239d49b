"""One function per figure: it takes a tidy frame and gives matplotlib Axes, or a Figure of panels; it runs no model."""

from simulation.figures.album import draw_all
from simulation.figures.contrasts import contrast, contrast_panels
from simulation.figures.equity import equity_panels
from simulation.figures.load import load_by_group, load_ratio, mean_load, overload
from simulation.figures.network import mentoring_network, mentoring_networks
from simulation.figures.retention import count_survival, retention_curves
from simulation.figures.retention_groups import retention_by_group
from simulation.figures.style import heading, house
from simulation.figures.ties import course_of, life_of_ties, monthly

__all__ = [
    "contrast", "contrast_panels", "count_survival", "course_of", "draw_all", "equity_panels", "heading", "house",
    "life_of_ties", "load_by_group", "load_ratio", "mean_load", "mentoring_network", "mentoring_networks", "monthly",
    "overload", "retention_by_group",
    "retention_curves",
]  # fmt: skip
