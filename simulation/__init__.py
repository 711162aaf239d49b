"""A simulator of mentorship programs as complex adaptive systems (Harper et al. 2024, doi 10.36834/cmej.79339)."""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

# Where each public name lives; read when first asked for, so that the command line answers at once.
_HOMES = {
    "World": "simulation.scenario.world",
    "Policy": "simulation.scenario.policy",
    "ScenarioError": "simulation.scenario.errors",
    "MentorshipModel": "simulation.model",
    "simulate": "simulation.run",
    "compare": "simulation.comparison.compare",
    "Study": "simulation.scenario.study",
    "sweep": "simulation.studies.sweep",
}

__all__ = ["MentorshipModel", "Policy", "ScenarioError", "Study", "World", "__version__", "compare", "simulate", "sweep"]


def __getattr__(name: str) -> Any:
    """The public name, imported from where it lives."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """The public names, for those who explore."""
    return sorted(__all__)
