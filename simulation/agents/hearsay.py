"""What a mentee has heard of mentors, and from whom."""

from typing import Any

from simulation.agents.science import hear
from simulation.columns import KNOWN
from simulation.draws import Purpose, uniform


def peer_of(mentee: Any) -> Any | None:
    """Somebody who came to the same unit, now or in recent years; may be gone, and may be oneself."""
    scene, luck = mentee.scene, mentee.scene.luck[Purpose.PEER]
    back = int(uniform(luck, mentee.row, 0) * min(scene.setting.years, scene.cohort + 1))
    first, end = scene.members(scene.cohort - back, mentee.unit)
    if end == first:
        return None
    return scene.mentees.get(first + int(uniform(luck, mentee.row, 1) * (end - first)))


def standing(mentee: Any, mentor: Any) -> float:
    """The standing of a mentor in a mentee's ears."""
    known = mentee.known
    for k in range(KNOWN):
        if known[k] == mentor.row:
            return hear.believed(mentee.known_standing[k], mentee.known_weight[k], mentee.scene.rules.hear)
    return 0.5


def best_known(mentee: Any, but: Any | None) -> tuple[Any | None, float]:
    """The mentor of highest standing among those heard of, other than `but`, and the standing."""
    scene, known, best, most = mentee.scene, mentee.known, None, 0.5
    for k in range(KNOWN):
        mentor = scene.mentors.get(known[k])
        if mentor is not None and mentor is not but and mentor.active == 1:
            found = hear.believed(mentee.known_standing[k], mentee.known_weight[k], scene.rules.hear)
            if found > most:
                best, most = mentor, found
    return best, most


def alternatives(mentee: Any, mentor: Any) -> float:
    """What a mentee believes to find elsewhere than with this mentor."""
    return (best_known(mentee, mentor)[1] - 0.5) * 2.0
