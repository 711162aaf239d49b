"""What decides in a comparison: an office's priorities, held against what the world has and what was measured."""

from collections.abc import Collection

from simulation.advice.rule import Deciding
from simulation.outcomes import GAPPED, TABLE, find, gaps_among
from simulation.scenario.errors import ScenarioError, nearest, shown
from simulation.scenario.priorities import Priorities
from simulation.scenario.world import World

GAP = "gap_"
NO_WAY = "{name} cannot decide: neither way of it is better, or no gap in it is taken"
KNOWN = (*(name for name, row in TABLE.items() if row.better and row.margin), *(GAP + name for name in GAPPED))


def check_priorities(priorities: Priorities, file: str, world: World | None = None) -> None:
    """Refuse an outcome of which nobody knows which way is better, and an identity that the world has not."""
    for name in priorities.order:
        if name not in KNOWN:
            there = name in TABLE or name.removeprefix(GAP) in TABLE
            problem = NO_WAY if there else "no outcome is called {name}"
            hint = nearest(name, KNOWN) or f"known: {', '.join(KNOWN)}"
            raise ScenarioError(problem.format(name=shown(name)), file=file, field="order", hint=hint)
    known = [identity.name for identity in world.identities] if world else []
    for name in priorities.attributes if world else ():
        if name not in known:
            hint = nearest(name, known) or f"known: {', '.join(known)}"
            raise ScenarioError(f"{world.name} has no identity called {shown(name)}", file=file, field="attributes", hint=hint)


def deciding(priorities: Priorities, columns: Collection[str], small: Collection[str] = ()) -> list[Deciding]:
    """The outcomes that decide, in order: those that were measured, a gap for each attribute, and no gap of few people."""
    found = []
    for name in priorities.order:
        wanted = _gaps(priorities, columns, name.removeprefix(GAP)) if name.startswith(GAP) else [name]
        found += [
            Deciding(one, priorities.margins.get(name, find(one).margin)) for one in wanted if one in columns and one not in small
        ]
    return found


def _gaps(priorities: Priorities, columns: Collection[str], of: str) -> list[str]:
    """The columns of the gaps that count in an outcome."""
    known = gaps_among(columns, of)
    return [f"{GAP}{of}_{attribute}" for attribute in priorities.attributes] if priorities.attributes else known[:1]
