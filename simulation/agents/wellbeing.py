"""What a month gives to a mentee's well-being: ties, own group in the unit, need that is met."""

from typing import Any

from simulation.agents import acquaint
from simulation.agents.science import strain
from simulation.record import RECENT


def given(mentee: Any, ties: list[Any]) -> tuple[float, float, float, float]:
    """What ties give: the best and what the worst lacks, contact with one's own group, and wishes met less denied."""
    best, worst, kin, wished, hours = 0.0, 0.0, 0.0, 0.0, mentee.scene.context.meeting_hours
    for tie in ties:
        quality, mentor = tie.quality, tie.partner
        best, worst = max(best, quality), max(worst, 1.0 - quality)
        kin = max(kin, min(tie.contact / hours, 1.0) * acquaint.kinship(mentee, mentor))
        wished += acquaint.wishes(mentee, mentor)
    return best, worst, kin, wished


def threat(mentee: Any) -> float:
    """Identity threat: the mean over attributes, by the own group's share of the unit."""
    scene, total, unit, group = mentee.scene, 0.0, mentee.unit, mentee.group
    heads = max(scene.units["heads"][unit], 1)
    for a in scene.attributes:
        own = scene.group_counts[unit, scene.setting.first_group[a] + group[a]]
        total += strain.threat(own / heads, scene.rules.strain)
    return total / max(len(scene.attributes), 1)


def coverage(mentee: Any, ties: list[Any]) -> float:
    """The share of felt need met by a tie with fitting expertise and contact in the last three months."""
    covered, total = 0.0, 0.0
    current = [(tie.domain, tie.partner.expertise) for tie in ties if tie.silent <= RECENT]
    for d in mentee.scene.domains:
        felt = mentee.felt(d)
        best = max((expertise[d] for domain, expertise in current if domain == d), default=0.0)
        covered += felt * max(best, 0.0)
        total += felt
    return covered / total if total > 0.0 else 0.0
