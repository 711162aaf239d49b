"""The kinds of files, and how to tell which one a file is."""

from collections.abc import Mapping
from typing import Any

from simulation.scenario.errors import nearest
from simulation.scenario.files import EVERYWHERE, Scenario
from simulation.scenario.policy import WITH_OFFER, Policy
from simulation.scenario.priorities import Priorities
from simulation.scenario.study import Study
from simulation.scenario.targets import Targets
from simulation.scenario.world import World

KINDS: dict[str, type[Scenario]] = {kind.kind: kind for kind in (World, Policy, Study, Targets, Priorities)}
OWN = {
    "world": [name for name in World.model_fields if name not in EVERYWHERE],
    "policy": [*WITH_OFFER, "start_month", "end_month"],
    "study": [name for name in Study.model_fields if name not in EVERYWHERE],
    "targets": [name for name in Targets.model_fields if name not in EVERYWHERE],
    "priorities": [name for name in Priorities.model_fields if name not in EVERYWHERE],
}


def kind_of(data: Mapping[str, Any]) -> str | None:
    """The kind of a file by its sections; None where they do not tell. A name counts twice as much as one near to it."""
    score = {
        kind: sum(2 if key in names else bool(nearest(key, names)) for key in data if key not in EVERYWHERE)
        for kind, names in OWN.items()
    }
    best = max(score, key=score.get)
    return best if list(score.values()).count(score[best]) == 1 else None
